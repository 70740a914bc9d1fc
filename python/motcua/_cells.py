"""Cells of CSV and TSV files, so that a spreadsheet shows them and runs nothing.

A spreadsheet takes a cell that begins with ``= + - @``, a tab or a carriage return for a
formula, and what motcua writes holds text that others sent in. Such a cell is written with an
apostrophe before it, and read back without: ``plain(neutral(cell)) == cell`` for every text.
Numbers, also as text ("-5", "+1,5"), are left alone.
"""

from __future__ import annotations

import csv
import re
from typing import Any, Iterable

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?%?")


def neutral(cell: Any) -> Any:
    """The cell as a file should have it; None is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def plain(cell: str) -> str:
    """What was written as ``cell``."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


class CellWriter:
    """A ``csv.writer`` of neutral cells, lines ended by LF unless told otherwise."""

    def __init__(self, file: Any, delimiter: str = ",", lineterminator: str = "\n"):
        self._writer = csv.writer(file, delimiter=delimiter, lineterminator=lineterminator)

    def writerow(self, row: Iterable[Any]) -> None:
        self._writer.writerow([neutral(cell) for cell in row])

    def writerows(self, rows: Iterable[Iterable[Any]]) -> None:
        for row in rows:
            self.writerow(row)
