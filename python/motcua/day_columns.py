"""Columns of days that belong to different calendars, or are shared by threads."""

from __future__ import annotations

from typing import Any, Callable, Sequence

import numpy as np

from . import _core
from ._civil import day_numbers
from ._layers import refuse
from .errors import Error
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
        How many threads share the rows.

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
    amounts = np.asarray(n)
    if amounts.dtype.kind not in "iu":
        refuse("n", n, "whole numbers")
    columns = day_numbers(days), amounts.astype(np.int64, copy=False)
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
    columns = day_numbers(start, "start"), day_numbers(end, "end")
    return _run(_core.count_working_days_batch, calendars, calendar_index, columns, on_error, threads)


def _run(
    batch: Callable[..., None],
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    columns: tuple[np.ndarray, np.ndarray],
    on_error: str,
    threads: int,
) -> np.ndarray:
    if on_error not in ("raise", "nat"):
        refuse("on_error", on_error, "'raise' or 'nat'")
    shape = np.broadcast_shapes(*(column.shape for column in columns), np.shape(calendar_index))

    def laid_out(column: Any, dtype: type) -> np.ndarray:
        return np.require(np.broadcast_to(column, shape), dtype, ["C", "A"])

    index = None if calendar_index is None else laid_out(_indices(calendar_index), np.int32)
    out = np.empty(shape, np.int64)
    handles = [calendar._calendar for calendar in calendars]
    first, second = (laid_out(column, np.int64) for column in columns)
    try:
        batch(handles, index, first, second, out, int(threads))
    except Error as error:
        if not error.rows or on_error == "raise":
            raise
    return out


def _indices(index: Any) -> np.ndarray:
    """Indices as int32; one that int32 cannot hold fails as an index without a calendar."""
    array = np.asarray(index)
    if array.dtype.kind not in "iu":
        refuse("calendar_index", index, "whole numbers")
    return np.clip(array, -1, np.iinfo(np.int32).max)
