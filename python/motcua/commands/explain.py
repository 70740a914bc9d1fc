"""``motcua explain``: why is a dossier due that day, and no other?"""

from __future__ import annotations

import argparse
import calendar as months
import json
import shutil
import sys
import textwrap
from typing import Any

from . import deadline

HELP = "Why is a dossier due that day? Every day, with its article or notice."
_DAYS = {"vi": ("T2", "T3", "T4", "T5", "T6", "T7", "CN"), "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")}
_SIGNS = {"start": "(", "counted": "+", "half": "~", "skipped": "-", "paused": "=", "due": "!"}
_MARKS = {
    "vi": {
        "start": "bắt đầu",
        "counted": "tính",
        "half": "một phần",
        "skipped": "không",
        "paused": "tạm dừng",
        "due": "hạn trả",
    },
    "en": {
        "start": "start",
        "counted": "counted",
        "half": "in part",
        "skipped": "skipped",
        "paused": "paused",
        "due": "due",
    },
}
_HEADS = {"vi": ("Ngày", "", "", "Vì sao", "Căn cứ"), "en": ("Date", "", "", "Why", "Source")}
_NO_LIMIT = {"vi": "không có thời hạn", "en": "no time limit: nothing is due"}
_WIDEST_SOURCE = 26


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Those of ``motcua deadline``, and how to tell it."""
    deadline.add_arguments(parser)
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="vi (default) or en")
    parser.add_argument("--month", action="store_true", help="also print the months with every day marked")
    parser.add_argument("--no-months", action="store_false", dest="month", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    """Print a table of days, and the months if asked; exit status 0."""
    found = deadline.compute(args)
    rows = found.explain(args.language)
    if args.json:
        days = [{**row._asdict(), "date": row.date.isoformat()} for row in rows]
        due = found.due.isoformat(timespec="minutes") if found.due else None
        json.dump({"due": due, "provisional": found.provisional, "days": days}, sys.stdout, ensure_ascii=False)
        print()
        return 0
    if not rows:
        print(_NO_LIMIT[args.language])
        return 0
    # Not a terminal: the width that a terminal has by custom.
    print("\n".join(_table(rows, found, args.language, shutil.get_terminal_size((80, 24)).columns)))
    if args.month:
        print()
        print("\n\n".join(_month(year, month, rows, found, args.language) for year, month in _months(rows)))
        print("\n" + "  ".join(f"{_SIGNS[mark]} {word}" for mark, word in _MARKS[args.language].items()))
    return 0


def _table(rows: list, found: Any, language: str, width: int) -> list[str]:
    """The rows in columns no wider than the terminal; what is longer goes on in the next line."""
    cells = [
        (
            row.date.isoformat(),
            _DAYS[language][row.date.weekday()],
            _MARKS[language][_mark(row, found)],
            _printable(row.reason),
            _printable(row.source),
        )
        for row in rows
    ]
    widths = [max(len(row[column]) for row in [_HEADS[language], *cells]) for column in range(5)]
    room = width - sum(widths[:3]) - len("  ") * 4
    widths[4] = min(widths[4], _WIDEST_SOURCE, max(room // 2, 1))
    widths[3] = min(widths[3], max(room - widths[4], 1))
    lines = []
    for row in [_HEADS[language], tuple("-" * size for size in widths), *cells]:
        wrapped = [textwrap.wrap(cell, size) or [""] for cell, size in zip(row, widths)]
        for line in range(max(map(len, wrapped))):
            parts = [(cell[line] if line < len(cell) else "").ljust(size) for cell, size in zip(wrapped, widths)]
            lines.append("  ".join(parts).rstrip())
    return lines


def _printable(text: str) -> str:
    """Text of layers and notices without what would steer the terminal."""
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def _mark(row: Any, found: Any) -> str:
    return "due" if found.due and row.date == found.due.date() else row.mark


def _months(rows: list) -> list[tuple[int, int]]:
    return sorted({(row.date.year, row.date.month) for row in rows})


def _month(year: int, month: int, rows: list, found: Any, language: str) -> str:
    signs = {row.date: _SIGNS[_mark(row, found)] for row in rows}
    lines = [f"{month:02}/{year}", " ".join(f"{name:>2} " for name in _DAYS[language]).rstrip()]
    for week in months.Calendar().monthdatescalendar(year, month):
        cells = [f"{day.day:>2}{signs.get(day, ' ')}" if day.month == month else "   " for day in week]
        lines.append(" ".join(cells).rstrip())
    return "\n".join(lines)
