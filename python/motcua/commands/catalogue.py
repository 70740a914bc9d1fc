"""motcua catalogue: check a catalogue of procedures, convert it between TSV and portal JSON."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter

from ..cli import shown

HELP = "Check a catalogue of procedures, or convert it between TSV and the portal's JSON."


def add_arguments(parser) -> None:
    parser.add_argument("action", choices=("check", "to-json", "to-tsv"), help="what to do with it")
    parser.add_argument("path", help="a folder of TSV files, or a file of LayThuTuc JSON")
    parser.add_argument(
        "out", nargs="?", help="to-json: the file to write (default: standard output); to-tsv: a folder"
    )
    parser.add_argument("--at", metavar="DATE", help="check what is valid on this day, against its authorities")
    parser.add_argument("--kind", metavar="KIND", action="append", help="check: only findings of this kind")
    parser.add_argument("--count", action="store_true", help="check: how many findings of each kind")


def run(args) -> int:
    from .._civil import refuse
    from ..errors import InvalidArgument
    from ..procedures import FINDING_KINDS

    unknown = [kind for kind in args.kind or () if kind not in FINDING_KINDS]
    if unknown:
        refuse("--kind", unknown[0], f"one of {', '.join(FINDING_KINDS)}")
    catalogue = _read(args.path)
    if args.action == "check":
        return _check(catalogue, args)
    if args.action == "to-tsv":
        if not args.out:
            raise InvalidArgument("out '': expected a folder to write to", status=3, reason=1)
        catalogue.write(args.out)
        return 0
    text = json.dumps(catalogue.to_portal_json(), ensure_ascii=False, indent=1) + "\n"
    if args.out:
        with open(args.out, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")
    return 0


def _read(path: str):
    import motcua

    if os.path.isdir(path):
        return motcua.Catalogue.read(path)
    with open(path, "rb") as file:
        return motcua.Catalogue.from_portal_json(file.read())


def _check(catalogue, args) -> int:
    findings = catalogue.check(at=args.at)
    if args.kind:
        findings = [finding for finding in findings if finding.kind in args.kind]
    counts = dict(sorted(Counter(finding.kind for finding in findings).items()))
    if args.json:
        rows = [
            {"kind": f.kind, "code": f.code, "where": f.where, "value": f.value, "expected": f.expected}
            for f in findings
        ]
        summary = {"procedures": len(catalogue), "counts": counts}
        json.dump(summary if args.count else {**summary, "findings": rows}, sys.stdout, ensure_ascii=False, indent=1)
        print()
    elif args.count:
        for kind, count in counts.items():
            print(f"{count:7,}  {kind}")
    else:
        print("kind\tcode\twhere\tvalue\texpected")
        for finding in findings:
            cells = (finding.kind, finding.code, finding.where, finding.value, finding.expected)
            print("\t".join(shown(cell.replace("\t", " ")) for cell in cells))
    return 1 if findings else 0
