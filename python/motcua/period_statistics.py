"""Statutory counts: form II.06a (kết quả giải quyết thủ tục hành chính)."""

from __future__ import annotations

import os
from typing import Any, Iterator, Mapping, Sequence

from . import _core
from ._civil import day_number, given_list, given_text, to_date
from .dossiers import DossierRegister, EventLog
from .errors import InvalidArgument, WrongType

_GROUPINGS = ("agency", "field", "procedure", "channel")
COUNTS = (
    "received_online",
    "received_direct_postal",
    "received",
    "carried_over",
    "processed",
    "resolved",
    "early",
    "on_time",
    "overdue",
    "returned",
    "pending",
    "pending_within",
    "pending_overdue",
)
# Form II.06a, columns 3 to 13, in its order.
FORM_COLUMNS = (
    "processed",
    "received_online",
    "received_direct_postal",
    "carried_over",
    "resolved",
    "early",
    "on_time",
    "overdue",
    "pending",
    "pending_within",
    "pending_overdue",
)


class Counts:
    """The counts of a group.

    Attributes
    ----------
    received, received_online, received_direct_postal : int
        Accepted in the period.
    carried_over : int
        Accepted before it and still open when it began.
    processed : int
        received + carried_over = resolved + pending.
    resolved, early, on_time, overdue : int
        Finished in the period, by the day they were due.
    returned : int
        The part of resolved that was not eligible (status 8).
    pending, pending_within, pending_overdue : int
        Open at the end of the last day.
    on_time_rate : float or None
        100 x (early + on_time) / resolved, two decimals; None if nothing was resolved.
    """

    __slots__ = (*COUNTS, "on_time_rate", "_by", "keys")

    def __init__(self, by: Sequence[str], keys: Sequence[str], values: Sequence[int]):
        self._by = tuple(by)
        self.keys = tuple(keys)
        for name, value in zip(COUNTS, values):
            setattr(self, name, value)
        self.on_time_rate: float | None = None if values[-1] < 0 else values[-1] / 100

    def __getattr__(self, name: str) -> str:
        # The key of a grouping: row.agency, row.field, row.procedure, row.channel.
        if name in _GROUPINGS and name in self._by and self.keys:
            return self.keys[self._by.index(name)]
        raise AttributeError(name)

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)

    def as_dict(self) -> dict[str, Any]:
        """Keys and counts by name."""
        row: dict[str, Any] = dict(zip(self._by, self.keys))
        row.update({name: getattr(self, name) for name in COUNTS})
        row["on_time_rate"] = self.on_time_rate
        return row

    def __repr__(self) -> str:
        return f"<Counts {' '.join(self.keys)} processed={self.processed} resolved={self.resolved}>"


class Statistics(Sequence):
    """The counts of a period, one row a group, by keys.

    Attributes
    ----------
    first, last : date
    by : tuple of str
    rows : list of Counts
    """

    def __init__(self, core: _core.Statistics, first: int, last: int, by: Sequence[str]):
        self._core = core
        self.first = to_date(first)
        self.last = to_date(last)
        self.by = tuple(by)
        self.rows = [Counts(self.by, keys, values) for keys, values in core.rows(len(self.by))]

    def __repr__(self) -> str:
        return f"<Statistics {self.first} to {self.last} by {', '.join(self.by) or 'nothing'}: {len(self)} rows>"

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, k: Any) -> Any:
        return self.rows[k]

    def __iter__(self) -> Iterator[Counts]:
        return iter(self.rows)

    def total(self) -> Counts:
        """The counts of all groups together."""
        return Counts(self.by, (), self._core.total())

    def form(self, number: str = "II.06a") -> list[dict[str, Any]]:
        """The form: one dict a row, and the total last, with keys "1" to "13" as the
        columns are numbered. "1" is the row's number and "2" its keys, joined by " / ";
        the total has None and "Tổng số". Raises InvalidArgument for another form.
        """
        if number != "II.06a":
            raise InvalidArgument(f"form '{number}': expected II.06a", status=3, reason=1)
        rows = []
        for k, counts in enumerate([*self.rows, self.total()]):
            last = k == len(self.rows)
            row: dict[str, Any] = {"1": None if last else k + 1, "2": "Tổng số" if last else " / ".join(counts.keys)}
            row.update({str(3 + column): getattr(counts, name) for column, name in enumerate(FORM_COLUMNS)})
            rows.append(row)
        return rows

    @staticmethod
    def headings() -> list[str]:
        """The headings of columns 3 to 13 in Vietnamese."""
        return [_core.form_heading(k) for k in range(len(FORM_COLUMNS))]

    def to_csv(self, path: str | os.PathLike[str] | None = None) -> str:
        """All counts as CSV, the total last; written to ``path`` if given."""
        return _written(self._core.to_csv(), path)

    def to_html(
        self,
        path: str | os.PathLike[str] | None = None,
        title: str = "Tình hình, kết quả giải quyết thủ tục hành chính",
        names: Mapping[str, str] | None = None,
    ) -> str:
        """The form as one self-contained page; ``names`` says what to print for keys."""
        shown = dict(names or {})
        return _written(self._core.to_html(title, list(shown), list(shown.values())), path)


def _written(text: str, path: str | os.PathLike[str] | None) -> str:
    if path is not None:
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
    return text


def statistics(
    dossiers: DossierRegister | EventLog, first: Any, last: Any, by: Sequence[str] = ("agency",)
) -> Statistics:
    """Count a period by days, both included.

    The register's log is folded as of the end of ``last``, whatever the register's own
    minute: the status on a past day cannot be read from today's.

    Parameters
    ----------
    dossiers : DossierRegister, EventLog or Journal
        A log is folded as :class:`DossierRegister` does by default.
    first, last : date
    by : sequence of str
        Any of "agency", "field", "procedure", "channel"; empty for one total row.

    Raises
    ------
    InvalidArgument
        If last is before first, or for a grouping unknown or given twice.
    WrongType
        For a parameter of another type.
    """
    if hasattr(dossiers, "register"):  # a journal
        dossiers = dossiers.register()
    elif isinstance(dossiers, EventLog):
        dossiers = DossierRegister(dossiers)
    if not isinstance(dossiers, DossierRegister):
        found = type(dossiers).__name__
        raise WrongType(f"dossiers: expected a DossierRegister, an EventLog or a Journal, found {found}")
    by = (by,) if isinstance(by, str) else given_list(by, "by", "a sequence of str")
    for name in by:
        if given_text(name, "by") not in _GROUPINGS:
            raise InvalidArgument(f"by '{name}': expected any of {', '.join(_GROUPINGS)}", status=3, reason=1)
    start, end = day_number(first, "first"), day_number(last, "last")
    core = _core.Statistics.count(dossiers._core, start, end, [_GROUPINGS.index(name) for name in by])
    return Statistics(core, start, end, by)
