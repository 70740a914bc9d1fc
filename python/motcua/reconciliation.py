"""Reconciliation (đối soát danh mục): a foreign catalogue of units against the registry."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from numbers import Integral, Real
from typing import Any, Iterable, Mapping, NamedTuple, Sequence

from ._civil import given_path, given_text
from .errors import InvalidArgument, WrongType
from .units import Unit


class Finding(NamedTuple):
    """What was found about one row, or about one unit that no row stands for.

    Attributes
    ----------
    index : int or None
        The row, from 0; None for a missing unit.
    kind : str
        exact, spelling, type, parent, code, stale, ambiguous, surplus or missing.
    unit : Unit or None
        The best unit, wherever one is defensible.
    stage : str or None
        How the row's name matches that unit's name.
    proposal : str
        The correction in words; empty if nothing is to be done.
    others : list of Unit
        The successors of a stale unit, or the candidates of an ambiguous row.
    """

    index: int | None
    kind: str
    unit: Unit | None
    stage: str | None
    proposal: str
    others: list[Unit]


class Correction(NamedTuple):
    """One line of the table that one can send to whoever keeps the catalogue.

    Attributes
    ----------
    row : str
        The row, from 1; "" for a unit to add.
    action : str
        update (the new columns replace the old), delete, add, or review (a human chooses).
    code, name, parent : str
        As the catalogue has them.
    new_code, new_name, new_parent_code, new_parent_name : str
        As they should be; empty for delete and review.
    reason : str
        The kind of the finding.
    reason_vi : str
        A remark in Vietnamese, mostly empty.
    choices : list of str
        For review: the units to choose from.
    """

    row: str
    action: str
    code: str
    name: str
    parent: str
    new_code: str
    new_name: str
    new_parent_code: str
    new_parent_name: str
    reason: str
    reason_vi: str
    choices: list[str]


class Reconciliation:
    """The findings of a run: exactly one a row, then one a missing unit.

    ``unused_columns`` are the headings of a file that were not understood, for the page to say so.
    """

    unused_columns: Sequence[str] = ()

    def __init__(
        self,
        rows: list[Mapping[str, Any]],
        findings: list[Finding],
        at: dt.date | None = None,
        dataset_version: str = "",
    ):
        self.rows = rows
        self.findings = findings
        self.at = at
        self.dataset_version = dataset_version

    def __repr__(self) -> str:
        counts = ", ".join(f"{kind} {count}" for kind, count in self.counts().items())
        return f"<Reconciliation {self.at}: {counts or 'nothing'}>"

    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind."""
        return dict(Counter(finding.kind for finding in self.findings))

    def problems(self) -> list[Finding]:
        """The findings that are not ``exact``."""
        return [finding for finding in self.findings if finding.kind != "exact"]

    def corrections(self) -> list[Correction]:
        """What to change in the catalogue, one line a problem, in the order of the findings.

        A unit of another day is replaced by its successor if it has one only and no other
        row stands for that one; a row whose unit has a row already is to be deleted. A missing
        unit that a replaced row stands for from then on has no line.
        """
        return [line for line in self._decisions() if line.action != "none"]

    def _decisions(self) -> list[Correction]:
        """A correction for each of :meth:`problems`, in their order."""
        standing = {
            finding.unit: finding.index for finding in self.findings if finding.index is not None and _stands(finding)
        }
        return [self._correction(finding, standing) for finding in self.problems()]

    def to_corrections(self, path: str) -> None:
        """Write :meth:`corrections` as CSV for Excel, choices joined by "; "."""
        from ._cells import CellWriter

        with open(given_path(path, "path"), "w", encoding="utf-8-sig", newline="") as file:
            writer = CellWriter(file)
            writer.writerow(Correction._fields)
            for line in self.corrections():
                writer.writerow([*line[:-1], "; ".join(line.choices)])

    def _correction(self, finding: Finding, standing: dict[Unit, int]) -> Correction:
        action, unit, said = _decided(finding, standing)
        row = {} if finding.index is None else self.rows[finding.index]
        parent = unit.parent if unit is not None else None
        return Correction(
            "" if finding.index is None else str(finding.index + 1),
            action,
            _text(row, "code"),
            _text(row, "name"),
            _text(row, "parent"),
            unit.code if unit else "",
            unit.full_name if unit else "",
            parent.code if parent else "",
            parent.full_name if parent else "",
            finding.kind,
            said,
            [_described(other) for other in finding.others] if action == "review" else [],
        )

    def table(self) -> list[dict[str, str]]:
        """One flat row a finding, as written by :meth:`to_csv`."""
        return [self._flat(finding) for finding in self.findings]

    def to_csv(self, path: str) -> None:
        """Write all findings as CSV, in UTF-8 with a byte order mark so that Excel reads it."""
        from ._cells import CellWriter

        with open(given_path(path, "path"), "w", encoding="utf-8-sig", newline="") as file:
            writer = CellWriter(file, lineterminator="\r\n")
            writer.writerow(_COLUMNS)
            writer.writerows(row.values() for row in self.table())

    def to_html(self, path: str, title: str = "Đối soát danh mục đơn vị hành chính") -> None:
        """Write a self-contained page for an official: counts, then every problem."""
        from ._reconciliation_page import page

        with open(given_path(path, "path"), "w", encoding="utf-8") as file:
            file.write(page(self, title))

    def _flat(self, finding: Finding) -> dict[str, str]:
        row = {} if finding.index is None else self.rows[finding.index]
        unit = finding.unit
        parent = unit.parent if unit else None
        return {
            "row": "" if finding.index is None else str(finding.index + 1),
            "code": _text(row, "code"),
            "name": _text(row, "name"),
            "parent": _text(row, "parent"),
            "kind": finding.kind,
            "stage": finding.stage or "",
            "unit_code": unit.code if unit else "",
            "unit_name": unit.full_name if unit else "",
            "unit_parent": parent.full_name if parent else "",
            "proposal": finding.proposal,
        }


def _stands(finding: Finding) -> bool:
    return finding.kind in ("exact", "spelling", "type", "parent", "code") and finding.unit is not None


def _decided(finding: Finding, standing: dict[Unit, int]) -> tuple[str, Unit | None, str]:
    """The action, the unit the row should stand for, and a remark."""
    if finding.kind == "missing":
        row = standing.get(finding.unit)
        return ("add", finding.unit, "") if row is None else ("none", finding.unit, f"dòng {row + 1} nay là đơn vị này")
    if finding.kind == "ambiguous":
        return "review", None, ""
    if finding.kind == "surplus":
        other = standing.get(finding.unit) if finding.unit is not None else None
        return "delete", None, "không có đơn vị như vậy" if other is None else f"đơn vị đã có ở dòng {other + 1}"
    if finding.kind != "stale":
        return "update", finding.unit, ""
    was = f"đơn vị cũ: {finding.unit.full_name}" if finding.unit is not None else ""
    if not finding.others:
        return "delete", None, f"{was}, không rõ đơn vị kế thừa"
    if len(finding.others) > 1:
        return "review", None, was
    successor = finding.others[0]
    if successor in standing:
        return "delete", None, f"{was}, nay là {successor.full_name}, đã có ở dòng {standing[successor] + 1}"
    standing[successor] = finding.index
    return "update", successor, was


def _described(unit: Unit) -> str:
    parent = unit.parent
    return f"{unit.code} {unit.full_name}" + (f", {parent.full_name}" if parent else "")


_COLUMNS = [
    "row",
    "code",
    "name",
    "parent",
    "kind",
    "stage",
    "unit_code",
    "unit_name",
    "unit_parent",
    "proposal",
]


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if type(value) is str:
        return value
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""  # what pandas writes where nothing is
    if isinstance(value, Real) and not isinstance(value, Integral):
        if value != value:
            return ""
        if float(value).is_integer():
            return str(int(value))  # a column of codes with gaps
    return str(value)


def catalogue_rows(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """The columns code, name and parent of each row, as text."""
    given = []
    for number, row in enumerate(rows):
        if type(row) is not dict and not isinstance(row, Mapping):
            raise WrongType(f"row {number}: expected a mapping with code, name, parent, found {type(row).__name__}")
        if row and "code" not in row and "name" not in row and "parent" not in row:
            found = ", ".join(repr(key) for key in list(row)[:5])
            raise InvalidArgument(
                f"row {number}: expected a key code, name or parent, found {found}", status=3, reason=1
            )
        given.append((_text(row, "code"), _text(row, "name"), _text(row, "parent")))
    try:
        "".join(map("".join, given)).encode()
    except UnicodeEncodeError:
        for number, row in enumerate(given):
            for field, value in zip(("code", "name", "parent"), row):
                given_text(value, f"row {number}, {field}")
    return given
