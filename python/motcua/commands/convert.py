"""motcua convert FILE: the addresses of a file as units of today."""

from __future__ import annotations

import json
import sys

from ..cli import shown

HELP = "Convert an address column (CSV, TSV, XLSX, Parquet) to the units of today."


def add_arguments(parser) -> None:
    parser.add_argument("file", help="a table with a header row")
    parser.add_argument("--column", metavar="NAME", help="the column with the addresses (default: found by its name)")
    parser.add_argument("--output", metavar="PATH", help="all rows with the result (default: NAME.converted.EXT)")
    parser.add_argument("--review", metavar="PATH", help="the rows that need a human (default: NAME.review.EXT)")
    parser.add_argument("--at", metavar="DATE", help="the day of the addresses, which ranks candidates (default: any)")
    parser.add_argument("--confidence", type=float, default=0.9, help="below this a human looks (default: 0.9)")
    parser.add_argument("--encoding", default="utf-8-sig", help="of a CSV or TSV file (default: UTF-8)")
    parser.add_argument("--sheet", metavar="NAME", help="of a workbook (default: the first)")


def run(args) -> int:
    from ..conversion import REASONS, convert_file

    shows = sys.stderr.isatty()
    report = convert_file(
        args.file,
        args.column,
        args.output,
        args.review,
        at=args.at,
        confidence=args.confidence,
        encoding=args.encoding,
        sheet=args.sheet,
        progress=_show_progress if shows else None,
    )
    if shows:
        print(end="\r\x1b[K", file=sys.stderr)
    left = report.rows - report.settled
    if args.json:
        print(json.dumps({**report._asdict(), "settled": report.settled, "left": left}, ensure_ascii=False, indent=2))
    else:
        print(f"{report.rows:,} rows: {report.settled:,} converted, {left:,} for a human")
        for reason, count in sorted(report.reasons.items(), key=lambda item: -item[1]):
            print(f"  {count:10,}  {reason:22} {REASONS[reason]}")
        print(shown(f"written: {report.output}" + (f", {report.review}" if report.review else "")))
    return 1 if left else 0


def _show_progress(done: int, total: int | None) -> None:
    share = f" of {total:,} ({done / total:.0%})" if total else ""
    print(f"\r{done:,}{share} rows", end="", file=sys.stderr, flush=True)
