"""Events, the register of dossiers, and handover on a merger."""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Any, Iterable, Iterator, Mapping, NamedTuple, Sequence

import numpy as np

from . import _core
from ._batches import whole_numbers
from ._civil import (
    NAT,
    array_of,
    given_mapping,
    given_path,
    given_rows,
    given_text,
    known_day,
    minute_number,
    to_datetime,
)
from ._event_json import encodable, event_line
from .access import AccountMove, Accounts, hint_rows
from .dossier import MARKS, Dossier
from .errors import InvalidArgument, WrongType
from .machine import Machine
from .problems import Problem, problems_from
from .procedures import Catalogue
from .steps import step_rows
from .units import Registry
from .working_calendar import WorkingCalendar

OUTCOMES = ("none", "early", "on_time", "overdue", "pending", "pending_overdue")
_CHANNELS = ("unknown", "direct", "online", "postal")
_POLICIES = {"by_day": 0, "by_hour": 1}
_MINUTES = (
    "submitted_at",
    "accepted_at",
    "original_due",
    "due",
    "finished_at",
    "handed_over_at",
    "held_since",
    "changed_at",
    "clock_start",
    "reception_due",
    "answer_due",
    "step_due",
)
_AGENCIES = ("agency", "counted_at", "receiving", "competent")


class EventLog:
    """Events (dicts as in a JSON line), each id once.

    ``problems`` lists what was wrong with lines that were left out; everything else
    was kept. Appending an event again adds nothing.

    Parameters
    ----------
    events : iterable of dict, optional

    Examples
    --------
    >>> log = motcua.EventLog([
    ...     {"id": "1", "dossier": "D1", "kind": "accept", "at": "2025-07-01T08:15",
    ...      "agency": "24820", "procedure": "1.001193", "channel": 1, "limit": "3wd"}])
    >>> len(log), log.problems
    (1, [])
    """

    def __init__(self, events: Iterable[Mapping[str, Any]] = ()):
        self._core = _core.EventLog()
        self.problems: list[Problem] = []
        self.append(events)

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> EventLog:
        """Read JSON lines. Bad lines become ``problems``. Raises InvalidArgument if the
        file cannot be read."""
        log = cls()
        log._core = _core.EventLog.read(given_path(path, "path"))
        log.problems = problems_from(log._core.problems())
        return log

    def append(self, events: Iterable[Mapping[str, Any]]) -> int:
        """Add events; how many were new. Problems are added to ``problems``, their line
        being the number of the event in ``events``, from 1."""
        lines = [event_line(event, k) for k, event in enumerate(given_rows(events, "events"))]
        added, problems = self._core.append(encodable("\n".join(lines)))
        self.problems += problems_from(problems)
        return added

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write every event as a JSON line; unknown keys come out as they came in."""
        self._core.write(given_path(path, "path"))

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, k: int) -> dict[str, Any]:
        index = k + len(self) if k < 0 else k
        if not 0 <= index < len(self):
            raise IndexError(f"event {k} of {len(self)}")
        return json.loads(self._core.event(index))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[k] for k in range(len(self)))


def _a(kind: type, value: Any, field: str) -> Any:
    if not isinstance(value, kind):
        raise WrongType(f"{field}: expected a motcua.{kind.__name__}, found {type(value).__name__}")
    return value


def _calendar_of(calendar: Any, field: str) -> Any:
    return None if calendar is None else _a(WorkingCalendar, calendar, field)._calendar


class DossierRegister:
    """Every dossier of a log (sổ theo dõi hồ sơ), folded as of a minute.

    A dossier is the fold of its events by their own time, whatever the order of
    arrival; in one minute the first event that the machine allows goes first, in the
    order of kinds and then of ids. Events that cannot be applied are ``problems``.

    Parameters
    ----------
    log : EventLog
        Later changes of the log do not reach the register.
    catalogue : Catalogue, optional
        Without one procedures are not checked, and `accept` has to bring its limit.
    calendar : WorkingCalendar, optional
        The national one if not given.
    steps : path, mapping, iterable or False, optional
        Internal processes, as :func:`motcua.steps.step_rows` reads them. Procedures that are not
        among them have the processes of the catalogue, where :meth:`Catalogue.check` finds their
        steps sound; False: no dossier has steps.
    reception : str
        How long a dossier submitted online may wait for its answer: 8 working hours by Decree
        118/2025 art. 17.2, or as sector law says.
    calendars : mapping of agency to WorkingCalendar, optional
        Agencies with a calendar of their own.
    policy : "by_day" or "by_hour"
    machine : Machine, optional
    as_of : datetime, optional
        Events after it are left out; the minute of the last event if not given.

    Raises
    ------
    InvalidArgument
        Naming field and value; of a file of steps, its path first.
    MalformedData, OSError
        A file of steps that is not UTF-8, or cannot be read.
    """

    def __init__(
        self,
        log: EventLog,
        catalogue: Catalogue | None = None,
        calendar: Any = None,
        policy: str = "by_day",
        machine: Machine | None = None,
        as_of: Any = None,
        calendars: Mapping[str, Any] | None = None,
        steps: Any = None,
        reception: str = "8wh",
    ):
        if given_text(policy, "policy") not in _POLICIES:
            raise InvalidArgument(f"policy '{policy}': expected by_day or by_hour", status=3, reason=1)
        own = given_mapping(calendars, "calendars")
        minute = NAT if as_of is None else minute_number(as_of, "as_of")
        if as_of is not None and minute == NAT:
            raise InvalidArgument("as_of 'NaT': expected a datetime, or None for the last event", status=3, reason=1)
        self._core = _core.DossierRegister.fold(
            _a(EventLog, log, "log")._core,
            _calendar_of(calendar, "calendar"),
            _a(Catalogue, catalogue, "catalogue")._core if catalogue is not None else None,
            _a(Machine, machine, "machine")._core if machine is not None else None,
            _POLICIES[policy],
            [given_text(agency, "calendars") for agency in own],
            [_calendar_of(one, f"calendars[{agency!r}]") for agency, one in own.items()],
            minute,
            [] if steps is False else step_rows(steps),
            given_text(reception, "reception"),
            steps is False,
        )

    @property
    def problems(self) -> list[Problem]:
        """Events that were not applied: impossible transitions, unknown procedures, times
        outside coverage."""
        return problems_from(self._core.problems())

    @property
    def as_of(self) -> dt.datetime | None:
        return to_datetime(self._core.as_of())

    def __len__(self) -> int:
        return len(self._core)

    def table(self) -> dict[str, np.ndarray]:
        """The register as columns, one element a dossier, by dossier code.

        Returns
        -------
        dict
            ``dossier``, ``agency`` (who holds it), ``counted_at`` (in whose statistics it
            is), ``receiving``, ``competent``, ``procedure``, ``field``, ``channel``, ``limit`` (None before acceptance)
            and ``outcome`` as objects; times as datetime64[m]; ``status``, ``visits``,
            ``supplements``, ``step`` (0: none) as uint8; ``returned``, ``extended``,
            ``provisional`` and the marks (``motcua.dossier.MARKS``) as bool.
        """
        numbers = {name: np.empty(len(self), np.uint32) for name in (*_AGENCIES, "procedure")}
        numbers.update({name: np.empty(len(self), np.int32) for name in ("entry", "limit")})
        minutes = {name: np.empty(len(self), np.int64) for name in _MINUTES}
        small = ("status", "channel", "outcome", "visits", "supplements", "extended", "provisional", "step", "marks")
        bytes_ = {name: np.empty(len(self), np.uint8) for name in small}
        self._core.fill({**numbers, **minutes, **bytes_})
        columns: dict[str, np.ndarray] = {"dossier": _objects(self._core.codes())}
        for name in (*_AGENCIES, "procedure"):
            columns[name] = _named(numbers[name], self._core.text)
        columns["field"] = _named(numbers["entry"], self._core.field)
        columns["channel"] = _objects(_CHANNELS)[bytes_["channel"]]
        columns["limit"] = _named(numbers["limit"], lambda number: self._core.limit(number) if number >= 0 else None)
        columns.update({name: array.view("M8[m]") for name, array in minutes.items()})
        columns["outcome"] = _objects(OUTCOMES)[bytes_["outcome"]]
        columns.update({name: bytes_[name] for name in ("status", "visits", "supplements", "step")})
        columns["returned"] = (bytes_["status"] == 8) & (minutes["finished_at"] != NAT)
        columns.update({name: bytes_[name].astype(bool) for name in ("extended", "provisional")})
        columns.update({name: (bytes_["marks"] >> bit & 1).astype(bool) for bit, name in enumerate(MARKS)})
        return columns

    def dossier(self, id: str) -> Dossier:
        """The dossier of that code. Raises UnknownDossier."""
        row = self._core.find(given_text(id, "id"))
        if not hasattr(self, "_table"):
            self._table = self.table()
        return Dossier(self, {name: column[row] for name, column in self._table.items()})


def _objects(values: Iterable[Any]) -> np.ndarray:
    values = list(values)
    array = np.empty(len(values), object)
    array[:] = values
    return array


def _named(numbers: np.ndarray, name: Any) -> np.ndarray:
    """An object array of the names behind numbers, each asked for once."""
    distinct, inverse = np.unique(numbers, return_inverse=True)
    return _objects(name(int(number)) for number in distinct)[inverse] if len(numbers) else _objects(())


def _column(values: Any, kind: type, field: str) -> np.ndarray:
    """Whole numbers as a contiguous array of a kind that holds them all."""
    array = array_of(values, field)
    if array.dtype == kind:
        return np.ascontiguousarray(array)
    array = whole_numbers(array, field)
    if array.size and not np.iinfo(kind).min <= array.min() <= array.max() <= np.iinfo(kind).max:
        raise InvalidArgument(f"{field}: expected numbers that fit {np.dtype(kind)}", status=3, reason=1)
    return np.ascontiguousarray(array, kind)


KINDS = (
    "submit", "accept", "refuse", "assign", "forward", "request_supplement", "supply", "request_payment", "paid",
    "extend", "withdraw", "stop", "resume", "finish", "hand_over", "transfer",
)  # fmt: skip


def fold_statuses(offsets: Any, kinds: Any, channels: Any = None, machine: Machine | None = None) -> tuple:
    """The statuses of many dossiers from events in columns, grouped by dossier and in order.

    For column stores and Spark: one look-up an event, GIL released. Guards that need a clock
    (an expired supplement, an apology a day before) are taken to hold, so this replays events that
    a register or a journal has let through.

    Parameters
    ----------
    offsets : array of int64
        The events of dossier d are ``[offsets[d], offsets[d + 1])``.
    kinds : array of uint8
        Indices in ``motcua.dossiers.KINDS``.
    channels : array of uint8, optional
        0 unknown, 1 direct, 2 online, 3 postal.

    Returns
    -------
    (statuses uint8, refused uint32)
        One element a dossier; ``refused`` counts events that the machine does not allow.

    Raises
    ------
    InvalidArgument
        Naming the row, for offsets that fall, a kind or a channel that is none.
    """
    offsets = _column(offsets, np.int64, "offsets")
    if offsets.ndim != 1 or len(offsets) == 0:
        raise InvalidArgument("offsets: expected one more than dossiers, from 0", status=3, reason=1)
    statuses, refused = np.zeros(len(offsets) - 1, np.uint8), np.zeros(len(offsets) - 1, np.uint32)
    columns = [_column(kinds, np.uint8, "kinds"), _column(() if channels is None else channels, np.uint8, "channels")]
    if offsets[-1] != len(columns[0]) or len(columns[1]) not in (0, len(columns[0])):
        raise InvalidArgument(
            f"offsets '{offsets[-1]}': expected to end at the number of events, {len(columns[0])}", status=3, reason=1
        )
    core = _a(Machine, machine, "machine")._core if machine is not None else None
    _core.fold_statuses(core, offsets, *columns, statuses, refused)
    return statuses, refused


class HandoverRow(NamedTuple):
    """A dossier of a handover; ``basis`` names the acts that moved its agency."""

    dossier: str
    source: str
    to: str
    basis: str
    candidates: list[tuple[str, str, str]]


class HandoverReport(NamedTuple):
    """What a handover did. ``undecided`` rows list candidates as (agency, moved, extent).

    ``accounts`` are the accounts after it, where some were given. ``unused_hints`` are those that
    could not decide anything, each with the reason.
    """

    transferred: list[HandoverRow]
    undecided: list[HandoverRow]
    accounts: Accounts | None = None
    moved_accounts: Sequence[AccountMove] = ()
    undecided_accounts: Sequence[AccountMove] = ()
    unused_hints: Sequence[tuple[Mapping[str, str], str]] = ()


def handover(
    log: EventLog,
    registry: Any,
    date: Any,
    agencies: Mapping[str, str] | None = None,
    machine: Machine | None = None,
    hints: Iterable[Mapping[str, str]] = (),
    accounts: Accounts | None = None,
) -> HandoverReport:
    """Pass what abolished bodies hold to their successors (bàn giao hồ sơ).

    Appends a `transfer` at 00:00 of ``date`` for every dossier, open or finished and not
    handed over, whose holder went whole into one successor; clocks are untouched. Of a holder
    that was split, a dossier goes where a hint sends it, else it is listed with its candidates.
    Running it twice adds nothing.

    Parameters
    ----------
    log : EventLog or Journal
    registry : Registry
    date : date
    agencies : mapping, optional
        Old agency to new one, for bodies that are no administrative units.
    hints : iterable of dict, optional
        Each has a ``successor`` and names a ``dossier``, an ``account``, or an ``agency`` with a
        ``hamlet`` or a land ``parcel``; ``source`` says who decided. Hamlet and parcel are those
        that the events of a dossier name under these keys; an event may also name its
        ``successor``. A hint that names none of the candidates decides nothing.
    accounts : Accounts, optional
        They move too: see ``report.accounts``.

    Raises
    ------
    InvalidArgument
        For a hint that names no successor, nothing or too much, or contradicts another; the
        log is unchanged.
    """
    if hasattr(log, "hand_over"):  # a journal
        return log.hand_over(registry, date, agencies, machine)
    table = given_mapping(agencies, "agencies")
    hints = given_rows(hints or (), "hints")
    if accounts is not None:
        _a(Accounts, accounts, "accounts")
    moved = accounts.handover(registry, date, agencies, hints) if accounts is not None else (None, (), ())
    transferred, undecided = _core.handover(
        _a(EventLog, log, "log")._core,
        _a(Registry, registry, "registry")._core,
        known_day(date, "date"),
        [given_text(agency, "agencies") for agency in table],
        [given_text(agency, "agencies") for agency in table.values()],
        _a(Machine, machine, "machine")._core if machine is not None else None,
        hint_rows(hints),
    )
    rows = [HandoverRow(*row) for row in undecided]
    unused = _unused_hints(hints, log, rows, accounts, moved[2])
    return HandoverReport([HandoverRow(*row) for row in transferred], rows, *moved, unused)


def _unused_hints(
    hints: list[Mapping[str, str]],
    log: EventLog,
    undecided: list[HandoverRow],
    accounts: Accounts | None,
    undecided_accounts: Sequence[AccountMove],
) -> list[tuple[Mapping[str, str], str]]:
    """Hints for things that are not there, or that name none of the candidates."""
    if not hints:
        return []
    dossiers = {event["dossier"] for event in log}
    unused = []
    for hint in hints:
        dossier, account, successor = hint.get("dossier"), hint.get("account"), hint.get("successor")
        if dossier:
            left = [row.candidates for row in undecided if row.dossier == dossier]
        elif account:
            left = [move.candidates for move in undecided_accounts if move.account == account]
        else:
            left = [row.candidates for row in undecided if row.source == hint.get("agency")]
        if dossier and dossier not in dossiers:
            unused.append((hint, f"dossier {dossier!r}: expected a dossier of the log"))
        elif account and accounts is not None and account not in accounts:
            unused.append((hint, f"account {account!r}: expected an account of the list"))
        elif any(found and successor not in [code for code, _, _ in found] for found in left):
            codes = ", ".join(code for code, _, _ in left[0])
            unused.append((hint, f"successor {successor!r}: expected one of the candidates {codes}"))
    return unused
