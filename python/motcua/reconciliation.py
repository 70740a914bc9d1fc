"""Reconciliation (đối soát danh mục): a foreign catalogue of units against the registry."""

from __future__ import annotations

from collections import Counter
from typing import Any, Iterable, Mapping, NamedTuple

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


class Reconciliation:
    """The findings of a run: exactly one a row, then one a missing unit."""

    def __init__(self, rows: list[Mapping[str, Any]], findings: list[Finding]):
        self.rows = rows
        self.findings = findings

    def counts(self) -> dict[str, int]:
        """How many findings there are of each kind."""
        return dict(Counter(finding.kind for finding in self.findings))

    def problems(self) -> list[Finding]:
        """The findings that are not ``exact``."""
        return [finding for finding in self.findings if finding.kind != "exact"]

    def table(self) -> list[dict[str, str]]:
        """One flat row a finding, as written by :meth:`to_csv`."""
        return [self._flat(finding) for finding in self.findings]

    def to_csv(self, path: str) -> None:
        """Write all findings as CSV, in UTF-8 with a byte order mark so that Excel reads it."""
        import csv

        with open(path, "w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS)
            writer.writeheader()
            writer.writerows(self.table())

    def to_html(self, path: str, title: str = "Đối soát danh mục đơn vị hành chính") -> None:
        """Write a self-contained page for an official: counts, then every problem."""
        from ._reconciliation_page import page

        with open(path, "w", encoding="utf-8") as file:
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
    return "" if value is None else str(value)


def catalogue_rows(rows: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """The columns code, name and parent of each row, as text."""
    given = []
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(f"row {number}: expected a mapping with code, name, parent, found {type(row).__name__}")
        given.append((_text(row, "code"), _text(row, "name"), _text(row, "parent")))
    return given
