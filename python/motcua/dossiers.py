"""Events, and the register of dossiers."""

from __future__ import annotations

import datetime as dt
import json
import os
from typing import Any, Iterable, Iterator, Mapping

import numpy as np

from . import _core
from ._batches import whole_numbers
from ._civil import (
    NAT,
    array_of,
    given_a,
    given_mapping,
    given_path,
    given_rows,
    given_text,
    minute_number,
    refuse,
    to_datetime,
)
from ._event_json import encodable, event_line
from .dossier import MARKS, Dossier
from .errors import InvalidArgument
from .machine import Machine, machines_of
from .problems import Problem, problems_from
from .procedures import Catalogue
from .steps import step_rows
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

    Notes
    -----
    Keys of an event. Needed of every one:

    ``id`` : text of 1 to 256 bytes without control characters, unique; with the same content
        again it adds nothing, with other content it is a problem.
    ``dossier`` : the dossier's code, a text of the same form.
    ``kind`` : one of ``motcua.dossiers.KINDS``.
    ``at`` : local time, ``YYYY-MM-DDTHH:MM`` (or a datetime of whole minutes).

    Needed of the event that opens a dossier, and until acceptance to be corrected:

    ``agency`` : who received it; later whose act it is, and of `forward`, `assign` and `transfer`
        where the work goes. A unit's code on that day, or an agency's identification code.
    ``procedure`` : the code of a procedure or of a linked group.
    ``channel`` : 1 direct, 2 online, 3 postal; of a later event how the citizen came for it.

    Where they belong:

    ``limit`` : of `accept` a time limit as ``"3wd"`` (where absent the catalogue's); of `extend` the
        time granted beyond the old due time.
    ``due`` : of `extend` the new due time, in place of ``limit``; later than the one it has.
    ``competent`` : of an opening event or a `transfer`, the agency that decides, where another one
        receives.
    ``case`` : of an opening event of a linked group, its case, as ``"social_insurance"``.
    ``step``, ``done`` : of an event that moves the work, the step that begins, and the open step
        that ends; whole numbers, 1 to 255.
    ``fee_paid``, ``result_ready`` : true or false, of `accept` and `hand_over` under the machine's
        reading ``fee="checked"``: nothing is left to pay; the electronic result is there.
    ``hamlet``, ``parcel``, ``successor`` : texts, of any event: the hamlet (thôn) or land parcel
        of the matter, or the agency chosen for it; what decides a handover when a unit is split.
    ``actor``, ``note`` : texts: the account that did it, and anything to remember; a note is
        personal.

    Any other key is kept and comes out as it came in.

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

    def __repr__(self) -> str:
        return f"<EventLog of {len(self):,} events, {len(self.problems):,} problems>"

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, k: int) -> dict[str, Any]:
        index = k + len(self) if k < 0 else k
        if not 0 <= index < len(self):
            raise IndexError(f"event {k} of {len(self)}")
        return json.loads(self._core.event(index))

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[k] for k in range(len(self)))


def _calendar_of(calendar: Any, field: str) -> Any:
    return None if calendar is None else given_a(WorkingCalendar, calendar, field)._calendar


_TERMS = ("alert", "forwarding", "passing_on", "appraisal")


def _terms_of(terms: Mapping[str, str] | None) -> list[str]:
    """The terms in the order of the core; empty is the decree's."""
    given = given_mapping(terms, "terms")
    for name in given:
        if name not in _TERMS:
            refuse("terms, key", name, f"one of {', '.join(_TERMS)}")
    return [given_text(given.get(name, ""), f"terms, {name}") for name in _TERMS]


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
    terms : mapping, optional
        The other terms of Decree 118/2025 beside the limit, where sector law says otherwise; "none":
        not watched. ``alert`` "2h" (art. 17.2), ``forwarding`` "same_day@15:00>result" (art. 18.2),
        ``passing_on`` "1wd" (art. 20), ``appraisal`` "3wd" (art. 19.5). What was missed is a mark.
    calendars : mapping of agency to WorkingCalendar, optional
        Agencies with a calendar of their own.
    policy : "by_day" or "by_hour"
    machine : Machine, or mapping of procedure to Machine, optional
        The national one if not given. One that names its procedures is for those alone, and the
        others have the national one; of a mapping the key None is for the procedures that it
        does not name. Before acceptance a dossier follows its procedure to another machine, where
        that has the state it is in.
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
        machine: Machine | Mapping[str | None, Machine] | None = None,
        as_of: Any = None,
        calendars: Mapping[str, Any] | None = None,
        steps: Any = None,
        reception: str = "8wh",
        terms: Mapping[str, str] | None = None,
    ):
        if given_text(policy, "policy") not in _POLICIES:
            raise InvalidArgument(f"policy '{policy}': expected by_day or by_hour", status=3, reason=1)
        own = given_mapping(calendars, "calendars")
        minute = NAT if as_of is None else minute_number(as_of, "as_of")
        if as_of is not None and minute == NAT:
            raise InvalidArgument("as_of 'NaT': expected a datetime, or None for the last event", status=3, reason=1)
        self._core = _core.DossierRegister.fold(
            given_a(EventLog, log, "log")._core,
            _calendar_of(calendar, "calendar"),
            given_a(Catalogue, catalogue, "catalogue")._core if catalogue is not None else None,
            machines_of(machine),
            _POLICIES[policy],
            [given_text(agency, "calendars") for agency in own],
            [_calendar_of(one, f"calendars[{agency!r}]") for agency, one in own.items()],
            minute,
            [] if steps is False else step_rows(steps),
            [given_text(reception, "reception"), *_terms_of(terms)],
            steps is False,
        )

    def __repr__(self) -> str:
        return f"<DossierRegister of {len(self):,} dossiers as of {self.as_of}>"

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
            is), ``receiving``, ``competent``, ``procedure``, ``field``, ``case`` (of a
            linked group, else None), ``channel``, ``limit`` (None before acceptance) and ``outcome``
            as objects; times as datetime64[m]; ``status``, ``visits``,
            ``supplements``, ``step`` (0: none) as uint8; ``returned``, ``extended``,
            ``provisional`` and the marks (``motcua.dossier.MARKS``) as bool.
        """
        numbers = {name: np.empty(len(self), np.uint32) for name in (*_AGENCIES, "procedure")}
        numbers.update({name: np.empty(len(self), np.int32) for name in ("entry", "limit", "group")})
        minutes = {name: np.empty(len(self), np.int64) for name in _MINUTES}
        small = ("status", "channel", "outcome", "visits", "supplements", "extended", "provisional", "step")
        bytes_ = {name: np.empty(len(self), np.uint8) for name in small}
        marks = np.empty(len(self), np.uint32)
        self._core.fill({**numbers, **minutes, **bytes_, "marks": marks})
        columns: dict[str, np.ndarray] = {"dossier": _objects(self._core.codes())}
        for name in (*_AGENCIES, "procedure"):
            columns[name] = _named(numbers[name], self._core.text)
        columns["field"] = _named(numbers["entry"], self._core.field)
        columns["case"] = _named(numbers["group"], lambda number: self._core.case(number) or None)
        columns["channel"] = _objects(_CHANNELS)[bytes_["channel"]]
        columns["limit"] = _named(numbers["limit"], lambda number: self._core.limit(number) if number >= 0 else None)
        columns.update({name: array.view("M8[m]") for name, array in minutes.items()})
        columns["outcome"] = _objects(OUTCOMES)[bytes_["outcome"]]
        columns.update({name: bytes_[name] for name in ("status", "visits", "supplements", "step")})
        columns["returned"] = (bytes_["status"] == 8) & (minutes["finished_at"] != NAT)
        columns.update({name: bytes_[name].astype(bool) for name in ("extended", "provisional")})
        columns.update({name: (marks >> bit & 1).astype(bool) for bit, name in enumerate(MARKS)})
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
    core = given_a(Machine, machine, "machine")._core if machine is not None else None
    _core.fold_statuses(core, offsets, *columns, statuses, refused)
    return statuses, refused
