"""Official days off, and the Vietnamese lunar calendar."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from . import _core
from ._civil import NAT, day_number, is_nat, refuse, whole_number
from ._layers import KINDS
from .dataset import core_dataset


class Holiday(NamedTuple):
    """A special day: ``kind`` is holiday, compensatory, swapped_off or make_up.

    ``official`` tells whether it comes from the complete table of its year; otherwise the
    Labour Code's rule speaks, and a notice may yet change it. ``partner`` is the other day
    of a swap.
    """

    date: dt.date
    kind: str
    name: str
    source: str
    official: bool
    partner: dt.date | None = None


class LunarDate(NamedTuple):
    """A date of the lunar calendar; ``verified`` is False before 1968."""

    year: int
    month: int
    day: int
    leap: bool = False
    verified: bool = True


class ExplainedDay(NamedTuple):
    """A day of an explanation: whether it counted, why, and by which article, notice or decision.

    ``mark`` is start, counted, half, skipped or paused; ``minutes`` are the working minutes
    counted where the limit is in minutes.
    """

    date: dt.date
    counted: bool
    reason: str
    source: str
    mark: str
    provisional: bool
    minutes: int


class ChangedDay(NamedTuple):
    """A day that two calendars see differently, in working minutes, and what stands on it now.

    ``name`` and ``source`` are the holiday, closure or make-up day and its article, notice or
    decision; where nothing stands on the day any more, what stood there.
    """

    date: dt.date
    old_minutes: int
    new_minutes: int
    name: str
    source: str


def holidays(year: int, dataset: Any = None) -> list[Holiday]:
    """The special days of a year, holidays on weekends included.

    Raises
    ------
    OutsideCoverage
        For a year that the tables of law do not cover (2004-2040).

    Examples
    --------
    >>> [day.date.isoformat() for day in holidays(2026) if day.kind == "make_up"]
    ['2026-01-10', '2026-08-22']
    """
    return holiday_rows(_core.holidays(core_dataset(dataset), whole_number(year, "year")))


def lunar(date: Any) -> LunarDate:
    """The lunar date of a day, 1900-2199.

    Examples
    --------
    >>> lunar("2025-01-29")
    LunarDate(year=2025, month=1, day=1, leap=False, verified=True)
    """
    number = day_number(date)
    if number == NAT:
        refuse("date", date, "a day")
    return LunarDate(*_core.lunar(whole_number(number, "date")))


def solar(year: int, month: int, day: int, leap: bool = False) -> dt.date:
    """The day of a lunar date; ``leap`` asks for the second month of that number.

    Raises
    ------
    InvalidArgument
        For a month that is not leap in that year, or a day that the month does not have.

    Examples
    --------
    >>> solar(2025, 3, 10)
    datetime.date(2025, 4, 7)
    """
    numbers = [whole_number(value, field) for value, field in ((year, "year"), (month, "month"), (day, "day"))]
    if leap not in (False, True):
        refuse("leap", leap, "True or False")
    return _core.solar(*numbers, bool(leap))


def clock_start(received_at: Any, competent_at: Any = None) -> dt.datetime:
    """Where a dossier's clock starts.

    At reception; from 2026-08-05 on (Decree 309/2026, art. 8), where another agency than the
    receiving one is competent, when that agency receives the dossier.
    """
    for value, field in ((received_at, "received_at"), (competent_at, "competent_at")):
        if is_nat(value):
            refuse(field, value, "a time")
    return _core.clock_start(received_at, competent_at)


def holiday_rows(rows: list[tuple]) -> list[Holiday]:
    """Rows of the extension as :class:`Holiday`."""
    return [
        Holiday(day, KINDS[kind], name, source, official, partner)
        for day, partner, kind, official, name, source in rows
    ]
