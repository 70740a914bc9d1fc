"""Working calendars and deadlines."""

from __future__ import annotations

import datetime as dt
from typing import Any, Callable, Iterable, Mapping, NamedTuple, Sequence

import numpy as np

from . import _core
from ._batches import core_calendar, laid_out, run_batch, shape_of, whole_numbers
from ._civil import NAT, day_number, day_numbers, is_nat, is_scalar, minute_numbers, to_date, whole_number
from ._layers import given_rows_of, layer_tuple, layers_of, notice_tuples, refuse, rows_of
from .dataset import core_dataset
from .dates import ChangedDay, Holiday, holiday_rows
from .errors import Error, WrongType
from .minute_columns import deadlines, latest_acceptances

_NO_DAY = -(2**31)


class MovedDeadline(NamedTuple):
    """A deadline that a new calendar moves.

    ``index`` is its place in the list that was asked for, ``days`` are the days between acceptance
    and due that the two calendars see differently, ``why`` the same days with what stands on them.
    Under an open pause (``paused``) nothing is due; then ``old_left`` and ``new_left`` are the
    working minutes left when it began. ``provisional`` speaks of the new due time.
    """

    index: int
    old_due: dt.datetime | None
    new_due: dt.datetime | None
    days: list[dt.date]
    why: list[ChangedDay]
    paused: bool
    old_left: int | None
    new_left: int | None
    provisional: bool


class WorkingCalendar:
    """The working calendar (lịch làm việc) of an office. Immutable; threads may share it.

    Examples
    --------
    >>> cal = WorkingCalendar.national()
    >>> cal.deadline("2025-08-28T15:10", "3wd").due
    datetime.datetime(2025, 9, 4, 17, 30)
    """

    __slots__ = ("_calendar",)

    def __init__(self, calendar: _core.Calendar):
        if not isinstance(calendar, _core.Calendar):
            found = type(calendar).__name__
            raise WrongType(f"calendar: expected what WorkingCalendar.national() gives, found {found}")
        self._calendar = calendar

    def __repr__(self) -> str:
        first, last = self.coverage
        return f"<WorkingCalendar {first} to {last}>"

    @classmethod
    def national(
        cls, first: Any = None, last: Any = None, dataset: Any = None, culture_day_compensated: bool = False
    ) -> WorkingCalendar:
        """The calendar of national law, for all that the dataset covers unless asked.

        Parameters
        ----------
        first, last : date-like, optional
            The days covered, inclusive; 2004-01-01 .. 2040-12-31 by default.
        dataset : Dataset, optional
            Other facts than the built-in ones.
        culture_day_compensated : bool
            Whether 24/11 on a weekend is made up; disputed, and by default not.
        """
        if not isinstance(culture_day_compensated, (bool, np.bool_)):
            found = type(culture_day_compensated).__name__
            raise WrongType(f"culture_day_compensated: expected True or False, found {found}")
        return cls(
            _core.Calendar.national(
                core_dataset(dataset), _bound(first, "first"), _bound(last, "last"), bool(culture_day_compensated)
            )
        )

    def with_layer(
        self, layer: Mapping[str, Any] | Iterable[Mapping[str, Any]], name: str = "layer"
    ) -> WorkingCalendar:
        """This calendar with a layer (a dict) or several on top; later layers win.

        Keys, all but ``source`` optional: ``weekly`` ({"mon": [("07:00", "11:30"), ...]}, a weekday
        not named is off), ``days_off`` [(date, name)], ``make_up`` [(date, weekday)], ``half_days``
        [(date, [periods])], ``valid_from``, ``valid_to`` (exclusive), ``source``, and ``reception``
        (as ``weekly``): when the counter takes dossiers in outside the working hours, such as Saturday
        mornings. That makes no working time; explanations tell it.

        ``name`` is what refusals call the layers, such as the key of the file that they were read from.

        Raises
        ------
        InvalidArgument
            Naming the place: ``layer[1].days_off[2] '2025-02-30': expected a date that exists``.
        """
        calendar = self._calendar
        for place, one in layers_of(layer, name):
            given = layer_tuple(one, place)
            try:
                calendar = calendar.with_layer(given)
            except Error as error:
                raise type(error)(f"{place}.{error}", status=error.status, reason=error.reason) from None
        return WorkingCalendar(calendar)

    def with_each(self, layers: Iterable[Mapping[str, Any]]) -> list[WorkingCalendar]:
        """One calendar for each layer; equal layers share their memory. Refusals are those of with_layer."""
        given = [layer_tuple(one, f"layers[{k}]") for k, one in enumerate(given_rows_of(layers, "layers"))]
        return [WorkingCalendar(made) for made in self._calendar.with_each(given)]

    def with_notice(self, rows: Iterable[Mapping[str, Any]], complete_years: Sequence[int] = ()) -> WorkingCalendar:
        """This calendar under a new official notice (thông báo).

        Rows are dicts (or rows of :func:`holidays`) with ``date``, ``kind`` (holiday, compensatory,
        swapped_off, make_up), ``name``, ``source``, and ``partner``, the day that a make-up day
        replaces; where as many days are given off in exchange as are to be worked, the partners may be
        left out and follow from the order of dates.

        Only the days named change, and what the law leaves to a notice to divide: where the rows give
        off at least as many weekdays around Tết or National Day, as holiday or compensatory rest, as the
        rule did, the rule's days of that holiday fall away. A swap alone replaces nothing. A year becomes
        official when the rows complete it, or when ``complete_years`` names it: the rows are then its
        whole table, and one holiday row is enough to replace the rule's days of that holiday.

        Raises
        ------
        InvalidArgument
            Naming the row: without ``source``, twice for one day, or a make-up day without sense, which
            works a day that is worked anyway, or for a day that is not off or is made up already.
        """
        years = [whole_number(year, "complete_years") for year in rows_of(complete_years, "complete_years")]
        return WorkingCalendar(self._calendar.with_notice(notice_tuples(rows), years))

    @property
    def coverage(self) -> tuple[dt.date, dt.date]:
        """The first and the last day covered."""
        return self._calendar.coverage()

    @property
    def version(self) -> str:
        """The dataset's version and a digest of what lies over it."""
        return self._calendar.version()

    def holidays(self, year: int) -> list[Holiday]:
        """The special days of a year under this calendar's notices."""
        return holiday_rows(self._calendar.holidays(whole_number(year, "year")))

    def is_working_day(self, days: Any, on_error: str = "raise", threads: int = 1) -> bool | np.ndarray:
        """Whether each day has office hours.

        Parameters
        ----------
        days : date-like, or an array of them
            Any shape; an aware datetime or a text with a zone is converted to UTC+7.
        on_error : {"raise", "nat"}
            One exception that lists every bad row, or False there.
        threads : int
            How many threads share the rows, at least 1; short columns use fewer.

        Returns
        -------
        bool, or an array of bool of the same shape
            False for NaT.

        Raises
        ------
        OutsideCoverage
            With ``rows``, the index of every day outside :attr:`coverage`.

        Examples
        --------
        >>> WorkingCalendar.national().is_working_day(["2025-04-26", "2025-05-02"])  # worked for 2 May
        array([ True, False])
        """
        numbers = day_numbers(days, on_error=on_error)
        out = np.empty(numbers.shape, np.uint8)
        self._run(_core.is_working_day_batch, laid_out(numbers, numbers.shape), out, on_error=on_error, threads=threads)
        return bool(out) if is_scalar(days) else out.astype(bool)

    def add_working_days(
        self, days: Any, n: Any, on_error: str = "raise", threads: int = 1
    ) -> dt.date | np.datetime64 | np.ndarray:
        """The n-th working day after each day; the day itself, working or not, for n = 0.

        Parameters
        ----------
        days : date-like, or an array of them
        n : int, or an array of them
            0 or more; one for all, or one per row.
        on_error : {"raise", "nat"}
            One exception that lists every bad row, or NaT there.
        threads : int
            How many threads share the rows, at least 1; short columns use fewer.

        Returns
        -------
        date, or ``datetime64[D]`` of the common shape
            NaT for NaT.

        Raises
        ------
        InvalidArgument
            For a negative ``n``, or shapes that do not fit each other.
        OutsideCoverage
            With ``rows``, where a day or its answer lies outside :attr:`coverage`.

        Examples
        --------
        >>> WorkingCalendar.national().add_working_days("2025-08-29", 1)  # 1 and 2 September are off
        datetime.date(2025, 9, 3)
        """
        numbers, count = day_numbers(days, on_error=on_error), whole_numbers(n, "n")
        shape = shape_of(days=numbers, n=count)
        if count.ndim:
            count = laid_out(count, shape)
        out = np.empty(shape, np.int64)
        self._run(
            _core.add_working_days_batch, laid_out(numbers, shape), count, out, on_error=on_error, threads=threads
        )
        return _day_result(out, is_scalar(days) and np.ndim(n) == 0)

    def count_working_days(self, start: Any, end: Any, on_error: str = "raise", threads: int = 1) -> int | np.ndarray:
        """Working days in (start, end]; negative if reversed.

        Parameters
        ----------
        start, end : date-like, or arrays of them
        on_error : {"raise", "nat"}
            One exception that lists every bad row, or the smallest int64 there.
        threads : int
            How many threads share the rows, at least 1; short columns use fewer.

        Returns
        -------
        int, or an array of int64 of the common shape
            The smallest int64 in an array where either day is NaT.

        Raises
        ------
        InvalidArgument
            Where a single day is NaT and ``on_error`` is "raise": no int could stand for that.
        OutsideCoverage
            With ``rows``.

        Examples
        --------
        >>> WorkingCalendar.national().count_working_days("2025-08-29", "2025-09-04")
        2
        """
        columns = {"start": day_numbers(start, "start", on_error), "end": day_numbers(end, "end", on_error)}
        out = self._count(_core.count_working_days_batch, columns, on_error, threads)
        return out if out.ndim or not (is_scalar(start) and is_scalar(end)) else int(out)

    def working_minutes(self, start: Any, end: Any, on_error: str = "raise", threads: int = 1) -> int | np.ndarray:
        """Working minutes in [start, end); negative if reversed.

        The midnight after the last covered day may end an interval. The parameters, what is returned
        and what is raised are those of :meth:`count_working_days`.

        Examples
        --------
        >>> WorkingCalendar.national().working_minutes("2025-07-01T11:00", "2025-07-01T14:00")
        60
        """
        columns = {"start": minute_numbers(start, "start", on_error), "end": minute_numbers(end, "end", on_error)}
        out = self._count(_core.working_minutes_batch, columns, on_error, threads)
        return out if out.ndim or not (is_scalar(start) and is_scalar(end)) else int(out)

    def _run(self, batch: Callable[..., None], *columns: np.ndarray, on_error: str, threads: int) -> None:
        run_batch(batch, [self._calendar], None, *columns, shape=columns[-1].shape, on_error=on_error, threads=threads)

    def _count(
        self, batch: Callable[..., None], columns: Mapping[str, np.ndarray], on_error: str, threads: int
    ) -> np.ndarray:
        shape = shape_of(**columns)
        out = np.empty(shape, np.int64)
        start, end = (laid_out(column, shape) for column in columns.values())
        self._run(batch, start, end, out, on_error=on_error, threads=threads)
        if not shape and on_error == "raise":  # a caller would reckon with the smallest int64
            for field, time in columns.items():
                if int(time) == NAT:
                    refuse(field, "NaT", "a time")
        return out

    def deadline(
        self,
        accepted_at: Any,
        limit: Any,
        policy: str = "by_day",
        pauses: Sequence[Any] = (),
        resume: str = "resume",
        extension: Any = None,
    ) -> _core.Deadline:
        """When one dossier is due (hạn trả kết quả).

        Parameters
        ----------
        accepted_at : date-like
            The minute of acceptance, local time. NaT is refused, since no deadline can hang on it;
            :meth:`deadlines` passes it through.
        limit : TimeLimit or str
            For example ``"3wd"``, ``"same_day@15:00"``, ``"5wd+7d+5d"``.
        policy : {"by_day", "by_hour"}
            Whether a working day is counted as a day or as 480 working minutes.
        pauses : sequence of (from, to) or (from, to, practice)
            Sorted and disjoint; ``to`` None or NaT for a pause that is still open.
        resume : {"resume", "restart", "shift"}
            The practice of pauses that name none.
        extension : date-like, optional
            The new due minute, given once; not before the old one, which stays ``original_due``.
            None or NaT: not extended.

        Returns
        -------
        Deadline
            With ``due`` (None for a limit of none, and while a pause is open), ``effective_start``,
            ``original_due``, ``provisional``, ``paused``, ``remaining(now)``, ``elapsed(now)``,
            ``lateness(finished_at)`` and ``explain(language)``.

        Raises
        ------
        InvalidArgument
            For NaT, a limit that cannot be read, a fraction of a working day under by_day, pauses that are
            unsorted, overlap or are empty (named by index), an extension before the due time.
        OutsideCoverage
            Where the acceptance, a pause that counts, or the due time lies outside :attr:`coverage`.

        Notes
        -----
        Civil Code 2015, arts 144-148; the readings of what these leave open are in decision 0008.

        Examples
        --------
        >>> cal = WorkingCalendar.national()
        >>> cal.deadline("2025-07-01T08:00", "5wd", pauses=[("2025-07-02T08:00", "2025-07-04T07:30")]).due
        datetime.datetime(2025, 7, 10, 17, 30)
        """
        return _core.compute_deadline(self._calendar, accepted_at, limit, policy, pauses, resume, extension)

    def deadlines(
        self, accepted_at: Any, limit: Any, policy: str = "by_day", on_error: str = "raise", threads: int = 1
    ) -> np.ndarray | dt.datetime | np.datetime64:
        """When many dossiers are due.

        Parameters
        ----------
        accepted_at : date-like, or an array of them
            The minutes of acceptance, any shape; NaT stays NaT.
        limit : TimeLimit or str, or a sequence of them
            One for all rows, or one per row; a limit of none gives NaT.
        policy : {"by_day", "by_hour"}
        on_error : {"raise", "nat"}
            One exception that lists every bad row, or NaT there.
        threads : int
            How many threads share the rows, at least 1; short columns use fewer.

        Returns
        -------
        ``datetime64[m]`` of the common shape, or a datetime for a single time

        Raises
        ------
        InvalidArgument, OutsideCoverage
            With ``rows``, where :meth:`deadline` would refuse the row.

        Examples
        --------
        >>> WorkingCalendar.national().deadlines(["2025-08-28T15:10", "NaT"], "3wd")
        array(['2025-09-04T17:30',              'NaT'], dtype='datetime64[m]')
        """
        return deadlines([self], None, accepted_at, limit, policy, on_error, threads)

    def recompute(self, deadlines: Sequence[_core.Deadline], before: WorkingCalendar) -> list[MovedDeadline]:
        """The deadlines, computed under ``before``, that move under this calendar, and why.

        Each row of the result names the deadline by its ``index``, its old and its new due time, and
        the changed days between acceptance and due with their notices. Deadlines that stay are left
        out; one under an open pause is listed when what is left on its clock changes. Where the due time
        without an extension passes the extension, the later of both is the new due time.

        Raises
        ------
        InvalidArgument
            Naming the first of ``deadlines`` that another calendar than ``before`` computed.

        Examples
        --------
        >>> before = WorkingCalendar.national()
        >>> after = before.with_layer({"days_off": [("2025-07-02", "Bão")], "source": "12/QĐ-UBND"})
        >>> moved = after.recompute([before.deadline("2025-07-01T08:00", "1wd")], before)
        >>> moved[0].old_due.day, moved[0].new_due.day, moved[0].why[0].source
        (2, 3, '12/QĐ-UBND')
        """
        old, rows = core_calendar(before, "before"), rows_of(deadlines, "deadlines")
        version = before.version
        for k, row in enumerate(rows):
            if not isinstance(row, _core.Deadline):
                raise WrongType(f"deadlines[{k}]: expected a Deadline, found {type(row).__name__}")
            if row.calendar_version != version:
                refuse(f"deadlines[{k}]", row.calendar_version, f"a deadline computed under before, {version}")
        return [MovedDeadline(*row) for row in _core.recompute(old, self._calendar, rows)]

    def latest_acceptance(
        self, due: Any, limit: Any, policy: str = "by_day", on_error: str = "raise", threads: int = 1
    ) -> np.ndarray | dt.datetime | np.datetime64:
        """The greatest minute whose due time is not after ``due``: the inverse of :meth:`deadlines`.

        Parameters
        ----------
        due : date-like, or an array of them
            The wished minutes; NaT stays NaT.
        limit, policy, on_error, threads
            As of :meth:`deadlines`.

        Returns
        -------
        datetime, or ``datetime64[m]`` of the common shape

        Raises
        ------
        OutsideCoverage
            With ``rows``, where no acceptance within coverage meets the due time.
        InvalidArgument
            With ``rows``, for a limit of none, and as :meth:`deadlines`.

        Examples
        --------
        >>> WorkingCalendar.national().latest_acceptance("2025-09-04T17:30", "3wd")
        datetime.datetime(2025, 8, 28, 17, 30)
        """
        return latest_acceptances([self], None, due, limit, policy, on_error, threads)


def _bound(value: Any, field: str) -> int:
    if value is None:
        return _NO_DAY
    if is_nat(value):
        refuse(field, value, "a day")
    return max(_NO_DAY + 1, min(2**31 - 1, day_number(value, field)))


def _day_result(out: np.ndarray, scalar: bool) -> Any:
    if not scalar:
        return out.view("M8[D]")
    number = int(out)
    return np.datetime64("NaT", "D") if number == NAT else to_date(number)
