"""motcua resolve TEXT: which units a text may mean."""

from __future__ import annotations

import json
import sys

from ..cli import shown
from ..errors import MalformedData

HELP = "Find the units that a text may mean, and what they are today."


def add_arguments(parser) -> None:
    parser.add_argument("text", nargs="*", help="an address or a name; standard input, one a line, if absent")
    parser.add_argument("--at", metavar="DATE", help="the day that ranks candidates, YYYY-MM-DD (default: today)")
    parser.add_argument("--max", type=int, default=5, help="candidates shown for each text (default: 5)")


def run(args) -> int:
    import motcua

    reg = motcua.Registry.national()
    texts = [" ".join(args.text)] if args.text else _lines()
    found, doubtful = [], 0
    for text in texts:
        matches = reg.resolve(text, args.at, args.max)
        doubtful += not matches or matches[0].score < 0.9
        if args.json:
            found.append({"text": text, "matches": [_plain(match) for match in matches]})
        else:
            _show(text, matches)
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
    return 1 if doubtful else 0


def _lines() -> list[str]:
    """The lines of standard input, which is UTF-8 whatever the terminal says."""
    lines = sys.stdin.buffer.read().splitlines()
    texts = []
    for number, line in enumerate(lines, 1):
        try:
            texts.append(line.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise MalformedData(f"standard input, line {number}: byte {error.start} is not UTF-8") from None
    return texts


def _show(text: str, matches) -> None:
    print(shown(text))
    for match in matches:
        unit = match.unit
        until = unit.valid_to.isoformat() if unit.valid_to else "today"
        above = f", {unit.parent.full_name}" if unit.parent else ""
        doubt = "  ambiguous" if match.ambiguous else ""
        print(f"  {match.score:.2f}  {unit.code}  {unit.full_name}{above}  (to {until})  {match.stage}{doubt}")
        for edge in match.current:
            if edge.unit != unit:
                print(f"        now {edge.unit.code}  {edge.unit.full_name}  (moved {edge.moved})")
    if not matches:
        print("  no unit")


def _plain(match) -> dict:
    return {
        "code": match.unit.code,
        "full_name": match.unit.full_name,
        "valid_from": match.unit.valid_from.isoformat(),
        "valid_to": match.unit.valid_to.isoformat() if match.unit.valid_to else None,
        "score": round(match.score, 4),
        "stage": match.stage,
        "ambiguous": match.ambiguous,
        "span": list(match.span),
        "rest": match.rest,
        "current": [
            {"code": edge.unit.code, "full_name": edge.unit.full_name, "extent": edge.extent, "moved": edge.moved}
            for edge in match.current
        ],
    }
