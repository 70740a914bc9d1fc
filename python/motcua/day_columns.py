"""Columns of days that belong to different calendars, or are shared by threads."""

from __future__ import annotations

from typing import Any, Callable, Mapping, Sequence

import numpy as np

from . import _core
from ._batches import calendar_indices, core_calendars, laid_out, laid_out_index, run_batch, shape_of, whole_numbers
from ._civil import day_numbers, minute_numbers
from .working_calendar import WorkingCalendar


def add_working_days(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    days: Any,
    n: Any,
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray:
    """The n-th working day after each day, each row under its own calendar.

    Parameters
    ----------
    calendars : sequence of WorkingCalendar
        At least one.
    calendar_index : array of int or None
        The index of each row's calendar; None: the first for all.
    days : date-like, any shape
        NaT stays NaT.
    n : int or array of int
        0 or more; 0 gives the day itself.
    on_error : {"raise", "nat"}
        One exception that lists every bad row, or NaT there.
    threads : int
        How many threads share the rows, at least 1; short columns use fewer.

    Returns
    -------
    array of datetime64[D]
        Of the shape that the columns have together.

    Raises
    ------
    OutsideCoverage, InvalidArgument
        With ``rows``: a day outside coverage, a negative ``n``, an index without a calendar.

    Examples
    --------
    >>> cal = WorkingCalendar.national()
    >>> add_working_days([cal], [0, 0], np.array(["2025-08-28", "2025-08-29"], "M8[D]"), 1)
    array(['2025-08-29', '2025-09-03'], dtype='datetime64[D]')
    """
    columns = {"days": day_numbers(days, on_error=on_error), "n": whole_numbers(n, "n")}
    return _run(_core.add_working_days_batch, calendars, calendar_index, columns, on_error, threads).view("M8[D]")


def count_working_days(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    start: Any,
    end: Any,
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray:
    """Working days in (start, end], each row under its own calendar; negative if reversed.

    The parameters are those of :func:`add_working_days`. A row without a result, for NaT or under
    ``on_error="nat"``, holds the smallest int64.
    """
    columns = {"start": day_numbers(start, "start", on_error), "end": day_numbers(end, "end", on_error)}
    return _run(_core.count_working_days_batch, calendars, calendar_index, columns, on_error, threads)


def working_minutes(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    start: Any,
    end: Any,
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray:
    """Working minutes in [start, end), each row under its own calendar; negative if reversed.

    The parameters are those of :func:`add_working_days`; a row without a result, for NaT or under
    ``on_error="nat"``, holds the smallest int64.

    Examples
    --------
    >>> cal = WorkingCalendar.national()
    >>> working_minutes([cal], None, ["2025-07-01T11:00"], ["2025-07-01T14:00"])
    array([60])
    """
    columns = {"start": minute_numbers(start, "start", on_error), "end": minute_numbers(end, "end", on_error)}
    return _run(_core.working_minutes_batch, calendars, calendar_index, columns, on_error, threads)


def is_working_day(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    days: Any,
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray:
    """Whether each day has office hours under the row's own calendar; False for NaT.

    The parameters are those of :func:`add_working_days`; under ``on_error="nat"`` a bad row is False.

    Examples
    --------
    >>> cal = WorkingCalendar.national()
    >>> is_working_day([cal], [0, 0], ["2025-04-26", "2025-05-02"])  # worked for 2 May
    array([ True, False])
    """
    numbers, index = day_numbers(days, on_error=on_error), calendar_indices(calendar_index)
    shape = shape_of(days=numbers, calendar_index=index)
    out = np.empty(shape, np.uint8)
    run_batch(
        _core.is_working_day_batch,
        core_calendars(calendars),
        laid_out_index(index, shape),
        laid_out(numbers, shape),
        out,
        shape=shape,
        on_error=on_error,
        threads=threads,
    )
    return out.astype(bool)


def _run(
    batch: Callable[..., None],
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    columns: Mapping[str, np.ndarray],
    on_error: str,
    threads: int,
) -> np.ndarray:
    index = calendar_indices(calendar_index)
    shape = shape_of(**columns, calendar_index=index)
    out = np.empty(shape, np.int64)
    first, second = (laid_out(column, shape) for column in columns.values())
    run_batch(
        batch,
        core_calendars(calendars),
        laid_out_index(index, shape),
        first,
        second,
        out,
        shape=shape,
        on_error=on_error,
        threads=threads,
    )
    return out
