"""Columns of deadlines, and of the acceptances that meet them, by calendar and limit."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

import numpy as np

from . import _core
from ._batches import calendar_indices, core_calendars, laid_out, laid_out_index, run_batch, shape_of
from ._civil import NAT, array_of, is_scalar, minute_numbers, refuse, to_datetime
from .errors import Error

if TYPE_CHECKING:
    from .working_calendar import WorkingCalendar

_POLICIES = {"by_day": 0, "by_hour": 1}


def deadlines(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    accepted_at: Any,
    limit: Any,
    policy: str = "by_day",
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray | dt.datetime | np.datetime64:
    """Deadlines of rows that belong to different calendars.

    ``calendar_index`` is a column of indices into ``calendars`` (None: the first for all). The
    other parameters are those of :meth:`WorkingCalendar.deadlines`.
    """
    times = {"accepted_at": accepted_at}
    return _minutes(_core.deadline_batch, calendars, calendar_index, times, limit, policy, on_error, threads)


def latest_acceptances(
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    due: Any,
    limit: Any,
    policy: str = "by_day",
    on_error: str = "raise",
    threads: int = 1,
) -> np.ndarray | dt.datetime | np.datetime64:
    """:meth:`WorkingCalendar.latest_acceptance` of rows that belong to different calendars.

    ``calendar_index`` is a column of indices into ``calendars`` (None: the first for all).
    """
    return _minutes(
        _core.latest_acceptance_batch, calendars, calendar_index, {"due": due}, limit, policy, on_error, threads
    )


def _minutes(
    batch: Callable[..., None],
    calendars: Sequence[WorkingCalendar],
    calendar_index: Any,
    times: Mapping[str, Any],
    limit: Any,
    policy: str,
    on_error: str,
    threads: int,
) -> np.ndarray | dt.datetime | np.datetime64:
    """A batch that makes a time of the one named time of each row, under its calendar and limit."""
    ((field, given),) = times.items()
    column = minute_numbers(given, field, on_error)
    limits, limit_index, bad = _limits(limit)
    calendar_column = calendar_indices(calendar_index)
    shape = shape_of(**{field: column}, limit=limit_index, calendar_index=calendar_column)
    out = np.empty(shape, np.int64)
    run_batch(
        batch,
        core_calendars(calendars),
        laid_out_index(calendar_column, shape),
        limits,
        laid_out_index(limit_index, shape),
        _policy(policy),
        laid_out(column, shape),
        out,
        shape=shape,
        on_error=on_error,
        threads=threads,
        known=lambda row: bad.get(0 if limit_index is None else int(np.broadcast_to(limit_index, shape).flat[row])),
    )
    return _minute_result(out, not shape and is_scalar(given))


def _limits(limit: Any) -> tuple[list, np.ndarray | None, dict[int, str]]:
    """The distinct limits, each row's index among them (None: one for all), and what was wrong.

    A limit that cannot be read has an index past the end, so that its rows fail by themselves.
    """
    if isinstance(limit, (str, _core.TimeLimit)):
        return [_core.TimeLimit.parse(limit)], None, {}
    rows = array_of(limit, "limit", object)
    seen: dict[Any, int] = {}
    index = np.fromiter((seen.setdefault(one, len(seen)) for one in rows.flat), np.int32, rows.size)
    parsed, position, bad = [], {}, {}
    for one, number in seen.items():
        try:
            position[number] = len(parsed)
            parsed.append(_core.TimeLimit.parse(str(one) if isinstance(one, str) else one))
        except Error as error:
            position[number] = -1 - number
            bad[-1 - number] = str(error)
    order = np.array([position[number] for number in range(len(seen))], np.int32)
    return parsed or [_core.TimeLimit.parse("none")], order[index].reshape(rows.shape), bad


def _policy(policy: str) -> int:
    if not isinstance(policy, str) or policy not in _POLICIES:
        refuse("policy", policy, "'by_day' or 'by_hour'")
    return _POLICIES[policy]


def _minute_result(out: np.ndarray, scalar: bool) -> Any:
    if not scalar:
        return out.view("M8[m]")
    number = int(out)
    return np.datetime64("NaT", "m") if number == NAT else to_datetime(number)
