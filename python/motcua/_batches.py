"""What the calls on columns share: their shape, on_error, threads, one exception for all bad rows."""

from __future__ import annotations

from typing import Any, Callable, Iterable

import numpy as np

from . import _core
from ._civil import array_of, other_rows, refuse, whole_number
from ._layers import rows_of
from .errors import Error, WrongType


def run_batch(
    batch: Callable[..., None],
    *arguments: Any,
    shape: tuple,
    on_error: str,
    threads: int,
    known: Callable[[int], str | None] = lambda row: None,
) -> None:
    """Run a batch of the extension over columns of ``shape``.

    Under ``on_error="raise"`` the exception names every bad row; under "nat" the rows keep what the
    batch left there. ``known`` tells what was already found wrong with a row before the batch ran.
    """
    if not isinstance(on_error, str) or on_error not in ("raise", "nat"):
        refuse("on_error", on_error, "'raise' or 'nat'")
    share = whole_number(threads, "threads")
    if share < 1:
        refuse("threads", threads, "1 or more")
    try:
        batch(*arguments, share)
    except Error as error:
        if not error.rows:
            raise
        if on_error == "raise":
            words = known(error.rows[0]) or str(error)
            if shape:  # a single value has no row to name
                words = f"row {error.rows[0]}: {words}{other_rows(error.rows)}"
            raise type(error)(words, status=error.status, reason=error.reason, rows=error.rows) from None


def shape_of(**columns: Any) -> tuple:
    """The one shape that all columns take; InvalidArgument where they cannot."""
    shapes = {name: np.shape(column) for name, column in columns.items()}
    several = set(shapes.values()) - {()}
    if len(several) < 2:  # nearly always; broadcast_shapes takes longer than a short batch
        return several.pop() if several else ()
    try:
        return np.broadcast_shapes(*shapes.values())
    except ValueError:
        refuse(" and ".join(shapes), tuple(shapes.values()), "columns of one length, or single values")


def laid_out(column: np.ndarray, shape: tuple) -> np.ndarray:
    """A column over all rows as the extension takes it; not copied where it already is that."""
    if column.shape == shape and column.flags.c_contiguous and column.flags.aligned:
        return column
    return np.require(np.broadcast_to(column, shape), requirements=["C", "A"])


def laid_out_index(index: np.ndarray | None, shape: tuple) -> np.ndarray | None:
    """Likewise of a column of indices that may be left out."""
    return None if index is None else laid_out(index, shape)


def whole_numbers(values: Any, field: str) -> np.ndarray:
    """Whole numbers as int64; what int64 cannot hold is its greatest, as far outside as any."""
    array = array_of(values, field)
    if array.dtype.kind not in "iu" and array.size:
        refuse(field, values, "whole numbers")
    if array.dtype == np.uint64:
        array = np.minimum(array, np.iinfo(np.int64).max)
    return array.astype(np.int64, copy=False)


def calendar_indices(index: Any) -> np.ndarray | None:
    """Indices of calendars as int32; one that int32 cannot hold fails as an index without a calendar."""
    if index is None:
        return None
    return np.clip(whole_numbers(index, "calendar_index"), -1, np.iinfo(np.int32).max).astype(np.int32)


def core_calendar(calendar: Any, field: str) -> _core.Calendar:
    """The extension's calendar of a WorkingCalendar."""
    core = getattr(calendar, "_calendar", None)
    if not isinstance(core, _core.Calendar):
        raise WrongType(f"{field}: expected a WorkingCalendar, found {type(calendar).__name__}")
    return core


def core_calendars(calendars: Iterable[Any]) -> list[_core.Calendar]:
    """Likewise of several."""
    return [core_calendar(calendar, "calendars") for calendar in rows_of(calendars, "calendars")]
