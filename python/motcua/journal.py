"""The journal: events that are durable, chained, and merge (sổ nhật ký hồ sơ)."""

from __future__ import annotations

import datetime as dt
import json
import operator
import os
import re
from typing import Any, Callable, Iterable, Iterator, Mapping, NamedTuple, Sequence

from ._civil import given_list, given_path, given_text
from ._event_json import encodable, event_line
from .dossiers import Dossier, DossierRegister, EventLog
from .errors import InvalidArgument, Unavailable, UnknownDossier, WrongType
from .handovers import HandoverReport, handover

try:
    from . import _journal
except ImportError as _missing:  # built without SQLite and protobuf, or their libraries are not there
    _journal = None
    _why_missing = str(_missing)

_MODES = {"create": 0, "existing": 1, "read": 2}
_PLAIN_RULES = dict(catalogue=None, calendar=None, calendars=None, policy="by_day", machine=None)
_PORTION = 4096
_GREATEST = 2**63 - 1  # sequence number
Progress = Callable[[int, int], None]
_FIRST, _BEYOND = -62_135_596_800_000, 253_402_300_800_000  # milliseconds, years 1 to 9999
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.timezone.utc)


class RecordedEvent(dict):
    """An event as it was appended, and where it stands in the journal.

    Equal to a dict of the same keys. A field whose personal data was erased is None.

    Attributes
    ----------
    sequence : int
        Its place in order of arrival here, from 1 without a gap.
    turn : int
        Its place in the order that all merged journals share.
    recorded_at : datetime
        When it was written down, UTC, by the clock of the host that did.
    hash : str
        SHA-256 of the chain up to it, hexadecimal.
    erased : tuple of str
        Names of the fields whose key was destroyed.
    """

    __slots__ = ("sequence", "turn", "hash", "erased", "_milliseconds")

    def __init__(self, row: Mapping[str, Any]):
        super().__init__(row["event"])
        self.sequence: int = row["sequence"]
        self.turn: int = row["turn"]
        self.hash: str = row["hash"]
        self._milliseconds: int = row["recorded_at"]
        self.erased = tuple(row["erased"])
        if self.erased:
            self.update(dict.fromkeys(self.erased))

    @property
    def recorded_at(self) -> dt.datetime:
        return _EPOCH + dt.timedelta(milliseconds=self._milliseconds)


class Head(NamedTuple):
    """Where a chain stands. Kept elsewhere, it proves later that nothing before it changed."""

    sequence: int
    hash: str


class Verification(NamedTuple):
    """What :meth:`Journal.verify` found; true if nothing is wrong.

    Attributes
    ----------
    ok : bool
    events : int
        Rows whose links hold, from the first.
    head : Head
        The last of them.
    broken_at : int or None
        Sequence number of the first broken link.
    problem : str
        Empty if nothing is wrong.
    """

    ok: bool
    events: int
    head: Head
    broken_at: int | None
    problem: str

    def __bool__(self) -> bool:
        return self.ok


class Conflict(NamedTuple):
    """Two events of which one sets the other aside; both stay in the journal.

    ``kind`` is id (one id, two contents), or what two officers decided without knowing of
    each other: acceptance, outcome, extension, supplement, payment, hand_over, holder,
    officer, or status where they did different things of which one does not apply after
    the other or undoes it. ``rule`` says which one stands: the one that the fold applies,
    and if it applies both, the later. An id that two dossiers use is listed under both.
    """

    kind: str
    dossier: str
    rule: str
    stands: RecordedEvent
    set_aside: RecordedEvent

    def __repr__(self) -> str:
        # By their ids: the events hold notes and names.
        ids = f"stands={self.stands.get('id')!r}, set_aside={self.set_aside.get('id')!r}"
        return f"Conflict(kind={self.kind!r}, dossier={self.dossier!r}, rule={self.rule!r}, {ids})"


class ClockSkew(NamedTuple):
    """A clock that cannot have been right.

    ``kind`` is ahead (written down later than it is now here), behind (written down before
    what its writer already knew), future (happened later than it was written down) or
    backwards (happened before an earlier known event of its dossier). ``minutes`` is the
    most that one event, whose id is ``event``, is off; an hour or less is not noticed.
    """

    kind: str
    events: int
    minutes: int
    event: str


class MergeReport(NamedTuple):
    """What a merge did. ``conflicts`` and ``skews`` are those that the new events brought."""

    added: int
    duplicates: int
    conflicts: list[Conflict]
    skews: list[ClockSkew]


class Journal:
    """An append-only journal in a SQLite file or a PostgreSQL database.

    Threads may share one, and any number of processes may open the same. Use
    :meth:`open`; a journal is also a context manager that closes itself.

    Examples
    --------
    >>> with motcua.Journal.open("sqlite:commune.db") as j:
    ...     j.append([{"id": "1", "dossier": "D1", "kind": "accept", "at": "2025-07-01T08:15",
    ...                "agency": "24820", "procedure": "1.001193", "channel": 1, "limit": "3wd"}])
    ...     j.dossier("D1").status, bool(j.verify())
    [1]
    (2, True)
    """

    def __init__(self, core: Any, url: str, rules: dict[str, Any]):
        self._open_core = core
        self._url = url
        self._rules = rules
        self._log: EventLog | None = None
        self._seen = (-1, 0)  # generation and last sequence number in _log
        self._register: DossierRegister | None = None

    @classmethod
    def open(
        cls,
        url: str | os.PathLike[str],
        *,
        mode: str = "create",
        personal: Iterable[str] = (),
        catalogue: Any = None,
        calendar: Any = None,
        calendars: Mapping[str, Any] | None = None,
        policy: str = "by_day",
        machine: Any = None,
    ) -> Journal:
        """Open a journal, and make it where there is none.

        Parameters
        ----------
        url : str
            ``sqlite:PATH`` or ``postgresql://...`` as libpq reads it. Two journals of one
            database live in two schemas: ``?options=-csearch_path%3Dname``.
        mode : "create", "existing" or "read"
            The latter two refuse a journal that is not there; "read" writes nothing.
        personal : iterable of str
            Keys of events whose values are personal data, so that :meth:`erase` can erase
            them. The journal remembers them, and those of journals it merges; ``note``,
            ``personal``, ``applicant``, ``phone``, the portal's ``ChuHoSo`` and the like
            always are. Names are one however they are capitalised; a key whose value holds
            one at any depth is sealed whole. Other known fields are never sealed: an
            ``actor`` is an officer.
        catalogue, calendar, calendars, policy, machine
            What dossiers are folded with, as in :class:`DossierRegister`, and checked here.

        Raises
        ------
        InvalidArgument
            For another form of url, a journal that must exist and does not, or a name in
            ``personal`` that cannot be sealed.
        MalformedData
            For a file that is no journal, or of a later version.
        Unavailable
            If disk or server fail.
        """
        rules = dict(catalogue=catalogue, calendar=calendar, calendars=calendars, policy=policy, machine=machine)
        text, names = _url(url), _names_of_options(mode, personal, **rules)
        return cls(_module().Journal.open(text, _MODES[mode], names), text, rules)

    @classmethod
    def restore(
        cls,
        backup: str | os.PathLike[str],
        url: str | os.PathLike[str],
        *,
        progress: Progress | None = None,
        **options: Any,
    ) -> Journal:
        """Make a journal at ``url`` out of a backup, and open it with ``options`` of :meth:`open`.

        Personal data erased after the backup was made is in the backup; merge the journal
        that knows of the erasures, or erase again.
        """
        _names_of_options(**options)  # refused before anything is copied
        with cls._open_source(backup) as source:
            source.backup(url, progress=progress)
        return cls.open(url, **options)

    @classmethod
    def _open_source(cls, place: str | os.PathLike[str]) -> Journal:
        """A journal to take from. For writing where that can be, since an older one is migrated;
        a medium that is write-protected is only read."""
        try:
            return cls.open(place, mode="existing")
        except Unavailable:
            return cls.open(place, mode="read")

    @property
    def _core(self) -> Any:
        if self._open_core is None:
            raise InvalidArgument("journal: expected one that is open, it is closed", status=3, reason=1)
        return self._open_core

    def close(self) -> None:
        """Close it; what was appended is durable already."""
        self._open_core = None
        self._log = self._register = None

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __repr__(self) -> str:
        # Of a server nothing more: the url may hold a password.
        return f"<Journal {self._url if self._url.startswith('sqlite:') else 'postgresql'}>"

    def append(self, events: Iterable[Mapping[str, Any] | bytes], recorded_at: dt.datetime | None = None) -> list[int]:
        """Append events: all or none, durable when it returns.

        Parameters
        ----------
        events : iterable of dict or of bytes
            As in a JSON line, or encoded messages ``motcua.v1.Event``; also a single one.
        recorded_at : datetime, optional
            When they were written down, if not now.

        Returns
        -------
        list of int
            The sequence number of each event. An event that the journal holds already
            is not added again, and has the number it got then.

        Raises
        ------
        MalformedData, InvalidArgument
            For bad events; ``rows`` lists their indices, and nothing was appended.
        ConflictingEvent
            For an id that the journal holds with other content.
        Unavailable
            If disk or server fail. Appending the same events again is right then.
        """
        if isinstance(events, str):
            raise WrongType("events: expected dicts or bytes, found str")
        single = isinstance(events, (Mapping, bytes))
        rows = [events] if single else given_list(events, "events", "an iterable of dicts or bytes")
        rows = [row.SerializeToString() if hasattr(row, "SerializeToString") else row for row in rows]
        moment = _module().NO_TIME if recorded_at is None else _milliseconds(recorded_at)
        if rows and all(isinstance(row, bytes) for row in rows):
            return self._core.append_encoded(rows, moment)
        for k, row in enumerate(rows):
            if not isinstance(row, Mapping):
                raise InvalidArgument(f"events[{k}]: expected a dict", status=3, reason=1, rows=[k])
        lines = "\n".join(event_line(row, k) for k, row in enumerate(rows))
        distinct: dict[Any, int] = {}
        for row in rows:
            distinct.setdefault(str(row.get("id")), len(distinct))
        sequences = self._core.append(encodable(lines), moment, len(rows))
        return [sequences[distinct[str(row["id"])]] for row in rows]

    def events(
        self, since: int = 0, *, order: str = "canonical", dossier: str | None = None
    ) -> Iterator[RecordedEvent]:
        """The events whose sequence number is greater than ``since``.

        Parameters
        ----------
        since : int
            Of the last event seen; 0 for all. Beyond the last there are none.
        order : "canonical" or "arrival"
            Canonical order is that of writing, with the events of merged branches in
            their place: the same in all journals that hold the same events. In order of
            arrival come also the events that another of the same id sets aside.
        dossier : str, optional
            Only those of one dossier.
        """
        if order not in ("canonical", "arrival"):
            raise _refused("order", order, "canonical or arrival")
        if isinstance(since, bool) or not isinstance(since, int) or since < 0:
            raise _refused("since", since, "a sequence number, or 0")
        code = "" if dossier is None else given_text(dossier, "dossier")
        if dossier is not None and not code:
            raise _refused("dossier", code, "a dossier's code")
        return self._read(self._core.select(min(since, _GREATEST), order == "canonical", code))

    @staticmethod
    def _read(cursor: Any) -> Iterator[RecordedEvent]:
        while lines := cursor.next(_PORTION):
            # One array is read faster than as many objects.
            for row in json.loads(f"[{lines.rstrip().replace(chr(10), ',')}]"):
                yield RecordedEvent(row)

    def __len__(self) -> int:
        return len(self._core.select(0, True, ""))

    def __iter__(self) -> Iterator[RecordedEvent]:
        return self.events()

    def dossier(self, id: str, as_of: Any = None) -> Dossier:
        """The dossier of that code, folded from its events. Raises UnknownDossier."""
        log = EventLog()
        if given_text(id, "id"):
            self._core.select(0, True, id).load(log._core)
        if not len(log):
            raise UnknownDossier(f"dossier '{id}': expected one that the journal has", status=5, reason=5)
        return DossierRegister(log, as_of=as_of, **self._rules).dossier(id)

    def log(self) -> EventLog:
        """All events as a log of their own, in canonical order."""
        log = EventLog()
        self._core.select(0, True, "").load(log._core)
        return log

    def register(self, as_of: Any = None) -> DossierRegister:
        """Every dossier, folded with what the journal was opened with."""
        log = self._current_log()
        if as_of is not None:
            return DossierRegister(log, as_of=as_of, **self._rules)
        if self._register is None:
            self._register = DossierRegister(log, **self._rules)
        return self._register

    def _current_log(self) -> EventLog:
        """A log kept between calls; only what is new is read."""
        generation, last = self._core.generation(), self._core.head()[0]
        if self._log is None or self._seen[0] != generation:
            self._log, self._seen, self._register = EventLog(), (generation, 0), None
        if self._seen[1] != last:
            self._core.select(self._seen[1], True, "").load(self._log._core)
            self._seen, self._register = (generation, last), None
        return self._log

    def hand_over(
        self,
        registry: Any,
        date: Any,
        agencies: Any = None,
        machine: Any = None,
        hints: Iterable[Mapping[str, str]] = (),
        accounts: Any = None,
    ) -> HandoverReport:
        """As :func:`motcua.handover`; the transfers are appended.

        ``machine`` is what the journal was opened with where absent.
        """
        log = self.log()
        before = len(log)
        machine = self._rules["machine"] if machine is None else machine
        report = handover(log, registry, date, agencies, machine, hints, accounts)
        self.append(log[k] for k in range(before, len(log)))
        return report

    @property
    def head(self) -> Head:
        """Where the chain stands."""
        sequence, digest = self._core.head()
        return Head(sequence, digest.hex())

    def verify(self, anchor: Head | tuple[int, str] | None = None, *, progress: Progress | None = None) -> Verification:
        """Follow every link of the chain.

        Parameters
        ----------
        anchor : Head, optional
            A head that was kept elsewhere; it must still be on the chain. Without one,
            rows cut off at the end cannot be missed.
        progress : callable, optional
            Called with the rows done and all of them; what it raises is raised in the end.

        What is appended meanwhile is not followed.
        """
        sequence, kept = (0, b"") if anchor is None else _anchor(anchor)
        ok, events, broken_at, last, problem = self._core.verify(sequence, kept, _heard(progress))
        return Verification(ok, events, Head(events, last.hex()), broken_at or None, problem)

    def branch(self, path: str | os.PathLike[str], *, progress: Progress | None = None) -> Journal:
        """A journal of its own with all that this one holds, for an office without network.

        What is appended there comes back with :meth:`merge`. Raises InvalidArgument if
        there is a journal at ``path`` already.
        """
        self._core.copy(_url(path), _heard(progress))
        return Journal.open(path, **self._rules)

    def merge(self, branch: Journal | str | os.PathLike[str], *, progress: Progress | None = None) -> MergeReport:
        """Take in all events of another journal: in any order, any number of times.

        All journals that have merged the same events hold the same, in the same canonical
        order. Decisions made side by side are kept, and reported with the rule that says
        which one stands. Names of personal fields are taken over. Raises MalformedData, and
        takes in nothing, if the chain of the branch is broken, or holds what :meth:`append`
        would not have written. ``progress`` is called as by :meth:`verify`; every row of the
        branch is read twice and counts twice.
        """
        if not isinstance(branch, Journal):
            with Journal._open_source(branch) as other:
                return self.merge(other, progress=progress)
        report = json.loads(self._core.merge(branch._core, _heard(progress)))
        skews = [ClockSkew(**skew) for skew in report["skews"]]
        return MergeReport(report["added"], report["duplicates"], self._conflicts(report["conflicts"]), skews)

    def conflicts(self) -> list[Conflict]:
        """Every conflict there is, by dossier."""
        return self._conflicts(json.loads(self._core.conflicts()))

    def _conflicts(self, rows: Sequence[dict[str, Any]]) -> list[Conflict]:
        found: dict[int, RecordedEvent] = {}

        def event(sequence: int, dossier: str) -> RecordedEvent:
            # Of one id the two contents can name two dossiers, hence the second look.
            for where in (dossier, None):
                if sequence not in found:
                    found.update((e.sequence, e) for e in self.events(order="arrival", dossier=where))
            return found[sequence]

        return [
            Conflict(
                row["kind"],
                row["dossier"],
                row["rule"],
                event(row["stands"], row["dossier"]),
                event(row["set_aside"], row["dossier"]),
            )
            for row in rows
        ]

    def backup(self, path: str | os.PathLike[str], *, progress: Progress | None = None) -> Head:
        """Copy everything, as of now, into a new journal while writers go on.

        Every link is checked on the way. Returns where the copy stands.
        """
        sequence, digest = self._core.copy(_url(path), _heard(progress))
        return Head(sequence, digest.hex())

    def erase(self, dossier: str) -> int:
        """Erase the personal data of a dossier: its keys are destroyed beyond recovery.

        The chain stays whole; the fields read None. Returns how many keys there were.
        Copies made before hold theirs until they merge this journal. What others wrote of the
        dossier without knowing of the erasure is erased when it is merged; what is written
        afterwards is sealed anew. A PostgreSQL server's own log (WAL) and base backups hold
        a key as long as they are kept, and so does a log of its statements with their
        parameters. In a SQLite file the
        bytes of a key stay in the write-ahead log as long as another connection reads an
        older state: Unavailable is raised then, after two seconds, though the fields read
        None already; erase again when it has left, also after a merge that brought an
        erasure, to have the log cleared.
        """
        return self._core.erase(given_text(dossier, "dossier"))

    def export(self, path: str | os.PathLike[str], **options: Any) -> int:
        """Write events to a file, ``.jsonl`` or ``.parquet``; see :func:`motcua.exports.export`."""
        from .exports import export

        return export(self, path, **options)

    def import_(self, path: str | os.PathLike[str], **options: Any) -> int:
        """Append the events of a file; see :func:`motcua.exports.import_`."""
        from .exports import import_

        return import_(self, path, **options)


def _module() -> Any:
    if _journal is None:
        raise InvalidArgument(f"this motcua has no journal: {_why_missing}", status=3, reason=1)
    return _journal


def _names_of_options(mode: Any = "create", personal: Any = (), **rules: Any) -> list[str]:
    """Checks what a journal is opened with; the names of personal fields as a list."""
    if not isinstance(mode, str) or mode not in _MODES:
        raise _refused("mode", mode, ", ".join(_MODES))
    if isinstance(personal, (str, bytes)):
        raise WrongType(f"personal: expected an iterable of names, found {type(personal).__name__}")
    names = given_list(personal, "personal", "an iterable of names")
    names = [given_text(name, f"personal[{k}]") for k, name in enumerate(names)]
    if {**_PLAIN_RULES, **rules} != _PLAIN_RULES:
        DossierRegister(EventLog(), **rules)  # refuses what cannot be folded with
    return names


def _url(place: str | os.PathLike[str]) -> str:
    text = given_path(place, "url")
    return text if text.startswith(("sqlite:", "postgresql:", "postgres:")) else f"sqlite:{text}"


def _heard(progress: Any) -> Any:
    if progress is not None and not callable(progress):
        raise WrongType(f"progress: expected a callable, found {type(progress).__name__}")
    return progress


def _anchor(anchor: Any) -> tuple[int, bytes]:
    try:
        sequence, digest = anchor
        sequence = operator.index(sequence)
    except (TypeError, ValueError):
        raise WrongType(f"anchor: expected a Head, found {type(anchor).__name__}") from None
    if not 0 <= sequence <= _GREATEST:
        raise _refused("anchor", sequence, "a sequence number, or 0")
    digest = given_text(digest, "anchor")
    if sequence == 0 and not digest:
        return 0, b""
    if not re.fullmatch("[0-9A-Fa-f]{64}", digest):
        raise _refused("anchor", digest, "64 hexadecimal digits")
    return sequence, bytes.fromhex(digest)


def _milliseconds(moment: dt.datetime) -> int:
    if not isinstance(moment, dt.datetime):
        raise _refused("recorded_at", moment, "a datetime")
    if moment.tzinfo is None:  # naive times are Vietnam's
        moment = moment.replace(tzinfo=dt.timezone(dt.timedelta(hours=7)))
    passed = round((moment - _EPOCH) / dt.timedelta(milliseconds=1))
    if not _FIRST <= passed < _BEYOND:
        raise _refused("recorded_at", moment, "a moment that is in the years 1 to 9999 in UTC too")
    return passed


def _refused(field: str, value: Any, expected: str) -> InvalidArgument:
    return InvalidArgument(f"{field} '{value}': expected {expected}", status=3, reason=1)
