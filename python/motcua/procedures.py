"""Catalogues of administrative procedures (thủ tục hành chính)."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any, Iterator, NamedTuple

from . import _core
from ._civil import day_number, to_date
from .errors import InvalidArgument
from .problems import Problem, problems_from

_LEVELS = ((1, "ministry"), (2, "province"), (4, "commune"), (8, "other"))
CHANNELS = {"direct": 1, "online": 2, "postal": 3}


class LimitRow(NamedTuple):
    """A time row of a channel. ``limit`` is ``"3wd"`` or ``"none"``; None where the page
    shows a number without a unit (``unit`` "unspecified") or prose ("text")."""

    channel: str
    row_no: int
    limit: str | None
    value: str
    unit: str
    raw: str


class FeeRow(NamedTuple):
    """A fee or charge on a time row. ``amount_vnd`` is None where only prose is printed."""

    channel: str
    row_no: int
    amount_vnd: int | None
    kind: str
    raw: str


class Procedure:
    """One version of a procedure.

    Attributes
    ----------
    code, name, field, agency : str
    levels : frozenset of str
        Of "ministry", "province", "commune", "other".
    limits : list of LimitRow
    fees : list of FeeRow
    valid_from, valid_to : date or None
        ``valid_to`` is exclusive; None for always and still.
    """

    __slots__ = ("code", "name", "field", "levels", "agency", "status", "valid_from", "valid_to", "limits", "fees")

    def __init__(self, fields: tuple):
        self.code, self.name, self.field, levels, self.agency, self.status, first, end, limits, fees = fields
        self.levels = frozenset(name for bit, name in _LEVELS if levels & bit)
        self.valid_from: dt.date | None = to_date(first)
        self.valid_to: dt.date | None = to_date(end)
        self.limits = [LimitRow(c, n, limit or None, value, unit, raw) for c, n, limit, value, unit, raw in limits]
        self.fees = [FeeRow(*fee) for fee in fees]

    def __repr__(self) -> str:
        return f"<Procedure {self.code} {self.name!r}>"


class Catalogue:
    """A catalogue of procedures; immutable, may be shared by threads.

    Examples
    --------
    >>> catalogue = motcua.Catalogue.read("core/data/procedures")       # doctest: +SKIP
    >>> catalogue.procedure("1.001193", "2025-07-01").field             # doctest: +SKIP
    'Hộ tịch'
    """

    def __init__(self, core: _core.Catalogue):
        self._core = core

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Catalogue:
        """Read a folder with procedures.tsv and time_limits.tsv, perhaps fees.tsv,
        agencies.tsv, legal_basis.tsv.

        Raises
        ------
        MalformedData
            Naming file, line, column, value and what was expected.
        InvalidArgument
            If a file cannot be read.
        """
        return cls(_core.Catalogue.read(os.fspath(folder)))

    @classmethod
    def parse(
        cls, procedures: str, time_limits: str, fees: str = "", agencies: str = "", legal_basis: str = ""
    ) -> Catalogue:
        """Read the texts of the same tables."""
        return cls(_core.Catalogue.parse(procedures, time_limits, fees, agencies, legal_basis))

    def procedure(self, code: str, at: Any) -> Procedure:
        """The version of ``code`` valid on the day ``at``. Raises UnknownProcedure."""
        return Procedure(self._core.get(self._core.find(code, day_number(at, "at"))))

    def limit(self, code: str, channel: str, at: Any) -> str:
        """The limit of a dossier whose event names none, e.g. ``"3wd"``: row 1 of the
        channel if all its rows agree. Raises InvalidArgument where they do not, or
        where row 1 has no unit."""
        if channel not in CHANNELS:
            raise InvalidArgument(f"channel '{channel}': expected direct, online or postal", status=3, reason=1)
        return self._core.limit_of(self._core.find(code, day_number(at, "at")), CHANNELS[channel])

    def check(self) -> list[Problem]:
        """What is doubtful: limits without a unit or in prose, variants in one channel,
        fees that lost their thousands, abolished authorities, odd codes."""
        return problems_from(self._core.check())

    def __len__(self) -> int:
        return len(self._core)

    def __iter__(self) -> Iterator[Procedure]:
        return (Procedure(self._core.get(i)) for i in range(len(self._core)))
