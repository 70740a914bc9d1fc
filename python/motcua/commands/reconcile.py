"""motcua reconcile FILE: a foreign catalogue of units against the registry."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys

from ..cli import shown

HELP = "Compare a catalogue of units (CSV, TSV or JSON) with the registry."


def add_arguments(parser) -> None:
    parser.add_argument("file", help="a table with the columns code, name, parent, under their usual headings")
    parser.add_argument("--at", metavar="DATE", help="the day, YYYY-MM-DD (default: today)")
    parser.add_argument("--level", choices=("province", "district", "commune"), help="look for missing ones here only")
    parser.add_argument("--within", metavar="CODE", help="look for missing units inside this unit only")
    parser.add_argument("--csv", metavar="PATH", help="write all findings here")
    parser.add_argument("--corrections", metavar="PATH", help="write what to change here, to send to the portal")
    parser.add_argument("--html", metavar="PATH", help="write a page for an official here")


def run(args) -> int:
    import motcua

    from ..tables import read_catalogue

    _check_paths(args)
    rows, unused = read_catalogue(args.file)
    if unused:
        print(shown(f"motcua reconcile: columns not used: {', '.join(map(repr, unused))}"), file=sys.stderr)
    at = args.at or dt.date.today().isoformat()
    rec = motcua.Registry.national().reconcile(rows, at, level=args.level, within=args.within)
    rec.unused_columns = unused
    if args.csv:
        rec.to_csv(args.csv)
    if args.corrections:
        rec.to_corrections(args.corrections)
    if args.html:
        rec.to_html(args.html)
    if args.json:
        print(json.dumps({"at": at, "counts": rec.counts(), "findings": rec.table()}, ensure_ascii=False, indent=2))
    elif not (args.csv or args.html or args.corrections):
        from .._cells import CellWriter

        writer = CellWriter(sys.stdout)
        writer.writerow(list(rec.table()[0]) if rec.findings else ["row"])
        writer.writerows(
            [shown(cell) if isinstance(cell, str) else cell for cell in row.values()] for row in rec.table()
        )
    else:
        for kind, count in rec.counts().items():
            print(f"{kind:10} {count:6,}")
    return 1 if rec.problems() else 0


def _check_paths(args) -> None:
    """No output may be the file that is read, or another output."""
    from ..errors import InvalidArgument

    taken = {os.path.realpath(args.file)}
    for field in ("csv", "corrections", "html"):
        path = getattr(args, field)
        if path and os.path.realpath(path) in taken:
            raise InvalidArgument(f"{field} {path!r}: expected a file of its own")
        if path:
            taken.add(os.path.realpath(path))
