"""``motcua explain``: why is a dossier due that day, and no other?"""

from __future__ import annotations

import argparse
import calendar as months
import json
import sys
from typing import Any

from . import deadline

HELP = "Why is a dossier due that day? Every day, with its article or notice."
_DAYS = {"vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_SIGNS = {"start": "(", "counted": "+", "half": "~", "skipped": "-", "paused": "="}
_LEGEND = {
    "vi": "( bắt đầu  + tính  ~ tính một phần  - không tính  = tạm dừng  ! hạn trả",
    "en": "( start  + counted  ~ in part  - not counted  = paused  ! due",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of ``motcua deadline``, and the language."""
    deadline.add_arguments(parser)
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="vi (default) or en")
    parser.add_argument("--no-months", action="store_true", help="leave out the month view")


def run(args: argparse.Namespace) -> int:
    """Print a table of days and a month view; exit status 0."""
    found = deadline.compute(args)
    rows = found.explain(args.language)
    if args.json:
        days = [{**row._asdict(), "date": row.date.isoformat()} for row in rows]
        due = found.due.isoformat(timespec="minutes") if found.due else None
        json.dump({"due": due, "provisional": found.provisional, "days": days}, sys.stdout, ensure_ascii=False)
        print()
        return 0
    for row in rows:
        source = f"  [{row.source}]" if row.source else ""
        print(f"{row.date}  {_DAYS[args.language][row.date.weekday()]}  {_sign(row, found)}  {row.reason}{source}")
    if rows and not args.no_months:
        print()
        print("\n\n".join(_month(year, month, rows, found, args.language) for year, month in _months(rows)))
        print("\n" + _LEGEND[args.language])
    return 0


def _sign(row: Any, found: Any) -> str:
    return "!" if found.due and row.date == found.due.date() else _SIGNS[row.mark]


def _months(rows: list) -> list[tuple[int, int]]:
    return sorted({(row.date.year, row.date.month) for row in rows})


def _month(year: int, month: int, rows: list, found: Any, language: str) -> str:
    signs = {row.date: _sign(row, found) for row in rows}
    lines = [f"{month:02}/{year}", " ".join(f"{name:>3}" for name in _DAYS[language])]
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = [f"{day.day:>2}{signs.get(day, ' ')}" if day.month == month else "   " for day in week]
        lines.append(" ".join(cells).rstrip())
    return "\n".join(lines)
