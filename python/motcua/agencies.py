"""Agencies (cơ quan, đơn vị) with identification codes, hanging on units in time."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING, Any, Iterable, Mapping, NamedTuple

from . import _core
from ._civil import given_rows, given_text, known_day, to_date
from .identifiers import AgencyCode

if TYPE_CHECKING:
    from .units import Registry, Unit

_NO_DAY = -(2**31)


class Agency(NamedTuple):
    """An agency as it stood on a day.

    Attributes
    ----------
    code : AgencyCode
    name : str
        "Sở Tư pháp".
    kind : str
        "ministry" or "province" in the built-in list; a deployment's rows have their own words.
    unit : Unit or None
        The unit it hangs on, as of that day; None for a ministry.
    source : str
        Where the row comes from, and what of it is unverified.
    valid_from, valid_to : date
        valid_to is exclusive, None if still valid.
    """

    code: AgencyCode
    name: str
    kind: str
    unit: Unit | None
    source: str
    valid_from: dt.date
    valid_to: dt.date | None


class AgencyDirectory:
    """Which agency has this code, and which agencies does this unit have?

    The national directory has the ministries (G..) and, over both epochs, the provinces
    (H..): after 2025-07-01 a province has the code of its name, not of its seat.
    Departments and centres are a deployment's own rows. Immutable.

    >>> directory = Registry.national().agency_directory
    >>> directory.agency("000.00.00.H36", "2025-07-01").unit.full_name
    'Tỉnh Lâm Đồng'
    """

    def __init__(self, registry: Registry, core: _core.AgencyDirectory):
        self._registry = registry
        self._core = core

    def __repr__(self) -> str:
        return "<AgencyDirectory of ministries, provinces and the agencies given>"

    @classmethod
    def national(cls, registry: Registry) -> AgencyDirectory:
        """The directory of the registry's dataset."""
        return cls(registry, _core.AgencyDirectory.national(registry._core))

    def with_rows(self, rows: Iterable[Mapping[str, Any]] | str | os.PathLike[str]) -> AgencyDirectory:
        """This directory and a deployment's own agencies; all rows or none.

        Parameters
        ----------
        rows : iterable of mappings, or the path of a CSV, TSV or JSON file
            With ``code`` (either form), ``name`` (or ``name_vi``), ``kind``, ``unit`` (or
            ``unit_code``; a Unit or its code, may be empty), ``valid_from`` (2004-08-31 if
            absent), ``valid_to`` (exclusive, may be empty), ``source`` (or ``provenance``).

        Raises InvalidArgument for a bad code or day or a code that is taken, UnknownUnit for
        a unit that does not stand from valid_from to valid_to; the message names the row.
        """
        if isinstance(rows, (str, os.PathLike)):
            from .tables import read_rows

            rows = read_rows(os.fspath(rows))
        return AgencyDirectory(self._registry, self._core.with_rows([_row(row) for row in given_rows(rows, "rows")]))

    def agency(self, code: AgencyCode | str, at: Any) -> Agency:
        """The agency of a code, in either form, on a day. Raises UnknownUnit."""
        text = code.text if isinstance(code, AgencyCode) else given_text(code, "code")
        return self._made(self._core.find(text, known_day(at, "at")))[0]

    def agencies(self, at: Any, unit: Unit | str | None = None, within: AgencyCode | str | None = None) -> list[Agency]:
        """The agencies of a day by code: all, those of one unit, those within an agency."""
        from .units import _code

        unit_code = "" if unit is None else _code(unit, "unit")
        above = within.text if isinstance(within, AgencyCode) else given_text(within or "", "within")
        return self._made(self._core.list(known_day(at, "at"), unit_code, above))

    def _made(self, found: list[tuple]) -> list[Agency]:
        from .units import Unit

        return [
            Agency(
                AgencyCode.parse(code),
                name,
                kind,
                Unit(self._registry, units[0]) if units else None,
                source,
                to_date(valid_from),
                to_date(valid_to),
            )
            for code, name, kind, source, valid_from, valid_to, units in found
        ]


def _row(row: Mapping[str, Any]) -> tuple:
    def cell(*names: str) -> str:
        for name in names:
            value = row.get(name)
            if value is not None and value != "":
                return str(getattr(value, "code", value)) if name.startswith("unit") else str(value)
        return ""

    end = row.get("valid_to")
    return (
        cell("code"),
        cell("name", "name_vi"),
        cell("kind"),
        cell("unit", "unit_code"),
        cell("source", "provenance"),
        known_day(row.get("valid_from") or "2004-08-31", "valid_from"),
        _NO_DAY if end is None or end == "" else known_day(end, "valid_to"),
    )
