"""Accounts and rights: who may cause an event in a dossier, and by which rule."""

from __future__ import annotations

import csv
import io
import os
from typing import Any, Iterable, Mapping, NamedTuple, Sequence

import numpy as np

from . import _core
from ._cells import plain
from ._civil import (
    NAT,
    array_of,
    day_numbers,
    given_list,
    given_mapping,
    given_path,
    given_rows,
    given_text,
    known_day,
    minute_number,
    refuse,
)
from .errors import InvalidArgument, MalformedData, WrongType
from .tables import read_rows, read_text
from .units import Registry

RELATIONS = ("any", "own", "competent", "receiving", "subordinate", "province")
_ALWAYS, _FOREVER = -(2**31), 2**31 - 1
_MINUTES_A_DAY = 1440


class Decision(NamedTuple):
    """Whether an account may cause an event; true where it may.

    ``rule`` is ``right ROLE/EVENT/RELATION``, ``delegation of ID: right ...``, or what refused:
    ``validity``, ``role``, ``relation``, ``separation FIRST/SECOND``, ``account`` (unknown), and in
    :meth:`Dossier.allowed` also ``machine``. ``reason`` is the legal source, or what was needed.
    """

    allowed: bool
    rule: str
    reason: str

    def __bool__(self) -> bool:
        return self.allowed


class Right(NamedTuple):
    """A role may cause an event where the agencies are so related."""

    role: str
    event: str
    relation: str
    source: str


class Posting(NamedTuple):
    """From a day on an account works at another agency; ``basis`` says why."""

    account: str
    date: Any
    agency: str
    basis: str


class AccountMove(NamedTuple):
    """An account of a handover; ``to`` is empty and ``candidates`` are listed if undecided."""

    account: str
    source: str
    to: str
    basis: str
    candidates: list[tuple[str, str, str]]


class AccountHandover(NamedTuple):
    """What a handover of accounts did: new accounts, who moved, and who is undecided."""

    accounts: Accounts
    moved: list[AccountMove]
    undecided: list[AccountMove]


class Matrix(list):
    """Rights as a table, role by event; a cell names the relations. ``print(matrix)`` shows it."""

    def cell(self, role: str, event: str) -> tuple[str, ...]:
        """The relations under which ``role`` may cause ``event``; empty if never."""
        return tuple(row.relation for row in self if row.role == role and row.event == event)

    def __str__(self) -> str:
        roles = list(dict.fromkeys(row.role for row in self))
        events = list(dict.fromkeys(row.event for row in self))
        cells = [["event", *roles]]
        cells += [[event, *(" ".join(self.cell(role, event)) or "-" for role in roles)] for event in events]
        widths = [max(len(row[k]) for row in cells) for k in range(len(roles) + 1)]
        return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip() for row in cells)


class Account:
    """One account of :class:`Accounts`."""

    def __init__(self, accounts: Accounts, id: str):
        self.accounts = accounts
        self.id = id

    def agency(self, at: Any) -> str:
        """Where it works on a day."""
        return self.accounts._core.agency_of(self.accounts._number(self.id), _day(at))

    def decide(self, event: str, dossier: Any, at: Any = None) -> Decision:
        """As :meth:`Accounts.decide`."""
        return self.accounts.decide(self, event, dossier, at)

    def __repr__(self) -> str:
        return f"<Account {self.id}>"


class Accounts:
    """Accounts (tài khoản) with agency, roles, validity and delegations.

    What no right grants is refused, and a refusal names its rule. Immutable.

    Parameters
    ----------
    accounts : iterable of dict
        ``id``, ``agency``, ``roles`` (a list, or text joined by commas), ``valid_from`` and
        ``valid_to`` (dates or None; the latter exclusive). ``holder``, ``name`` and ``note`` are
        ignored; any other key is refused, because a misspelt validity would be none.
    agencies : iterable of dict, or mapping of every agency to its parent or None, optional
        ``id``, ``parent``, ``province``, ``valid_from``, ``valid_to`` (exclusive): where the
        relations subordinate and province come from, as of the day that is asked about. An agency
        without a province has that of its nearest parent; one that moved has a row for each time;
        on a day without a row it stands nowhere. Where absent, the units of the registry.
    delegations : iterable of dict
        ``from``, ``to``, ``events`` (all where absent; an empty list is refused), ``valid_from``,
        ``valid_to``: `to` acts with roles and agency of `from`. Delegations do not chain.
    separations : iterable of pairs or dicts
        ``(first, second)`` or with ``source``: who caused the one event may not cause the other
        in the same dossier.
    rights : str or iterable, optional
        A table with the columns role, event, relation, source, or rows; the national one where
        absent.
    postings : iterable of dict
        ``account``, ``date``, ``agency``, ``basis``: from that day on it works there.
    registry : Registry, optional
        Its units, under their codes and day by day where they stood; ``agencies`` may name them as
        parents. The national one where neither is given.

    Raises
    ------
    InvalidArgument
        Naming list, row, field and value.

    Examples
    --------
    >>> acc = motcua.Accounts([{"id": "u1", "agency": "24820", "roles": ["one_stop_officer"]}])
    >>> acc.decide("u1", "accept", {"holder": "24820"}, "2025-07-01")
    Decision(allowed=True, rule='right one_stop_officer/accept/own', reason='Decree 118/2025/NĐ-CP art. ...')
    """

    def __init__(
        self,
        accounts: Iterable[Mapping[str, Any]] = (),
        agencies: Any = None,
        delegations: Iterable[Mapping[str, Any]] = (),
        separations: Iterable[Any] = (),
        rights: Any = None,
        postings: Iterable[Any] = (),
        registry: Registry | None = None,
    ):
        self._core = _core.Accounts.make(
            [_account(row, k) for k, row in enumerate(given_rows(accounts, "accounts"))],
            _agencies(agencies),
            [_delegation(row, k) for k, row in enumerate(given_rows(delegations, "delegations"))],
            [_separation(row, k) for k, row in enumerate(_pairs(separations, "separations"))],
            [_posting(row, k) for k, row in enumerate(_pairs(postings, "postings"))],
            _rights_table(rights),
            _registry(registry, agencies),
        )

    @classmethod
    def read(cls, path: str | os.PathLike[str], **more: Any) -> Accounts:
        """Accounts from a CSV, TSV or JSON file of rows; the other parameters as of the class.

        The apostrophe that keeps a spreadsheet from running a cell is taken off. Raises
        MalformedData for text that is not UTF-8, for a file without a header of id, agency and
        roles, with a column twice or a line that is short; InvalidArgument for another ending.
        """
        path = given_path(path, "path")
        ending = os.path.splitext(path)[1].lower()
        if ending not in (".csv", ".tsv", ".json"):
            refuse("path", path, "a .csv, .tsv or .json file")
        return cls(read_rows(path) if ending == ".json" else _table_of(path, ending), **more)

    @classmethod
    def _of(cls, core: _core.Accounts) -> Accounts:
        made = cls.__new__(cls)
        made._core = core
        return made

    def __repr__(self) -> str:
        return f"<Accounts of {len(self):,}, {len(self.rights())} rights>"

    def __len__(self) -> int:
        return len(self._core)

    def __contains__(self, id: str) -> bool:
        return isinstance(id, str) and self._core.find(given_text(id, "id")) != _core.NOBODY

    def account(self, id: str) -> Account:
        """The account of that id. Raises InvalidArgument."""
        self._number(id)
        return Account(self, id)

    def decide(self, account: str | Account, event: str, dossier: Any, at: Any = None) -> Decision:
        """May the account cause the event in the dossier at that time?

        Only the right is asked, not whether the dossier's status allows the event; see
        :meth:`Dossier.allowed` for both.

        Parameters
        ----------
        account : str or Account
        event : str
            A kind of event.
        dossier : Dossier, mapping or None
            A mapping has ``holder`` (or ``agency``), and where they differ ``competent`` and
            ``receiving``; ``acts``, pairs of event and account, for separations; any other key is
            refused. None: no dossier yet; `submit`, `accept` and `refuse` at the counter open one
            at the account's own agency, other events have nothing to happen to.
        at : date or datetime
            May be left out with a Dossier: the minute of its register.
        """
        return self._decide(account, event, dossier, at, "")

    def _decide(self, account: str | Account, event: str, dossier: Any, at: Any, without: str) -> Decision:
        """The same; roles in ``without``, joined by +, grant nothing."""
        number = self._event(event)
        id = account.id if isinstance(account, Account) else given_text(account, "account")
        who = self._core.find(id)
        if who == _core.NOBODY:
            return Decision(False, "account", "no account of that id")
        if at is None:
            at = getattr(getattr(dossier, "_register", None), "as_of", None)
        day = _day(at)
        if dossier is None and event in _OPENINGS:
            dossier = {"holder": self._core.agency_of(who, day)}
        agencies, acts = self._agencies_of(dossier), self._acts(dossier)
        return Decision(*self._core.decide(who, number, *agencies, day, acts, without))

    def decide_many(
        self, accounts: Any, events: Any, holders: Any, at: Any, competent: Any = None, receiving: Any = None
    ) -> np.ndarray:
        """Many rights at once: arrays of ids, kinds, agency codes and days (or one for all).

        ``competent`` and ``receiving`` are the holders where absent. Returns bool, one a row.
        Raises InvalidArgument for an account or event that is not known. Releases the GIL.
        """
        days = day_numbers(at, "at")
        if (days == NAT).any():
            raise InvalidArgument("at 'NaT': expected a day in every row", status=3, reason=1)
        given = (
            _numbers(accounts, "accounts", self._number),
            _numbers(events, "events", self._event),
            _numbers(holders, "holders", self._core.agency),
            _numbers(holders if competent is None else competent, "competent", self._core.agency),
            _numbers(holders if receiving is None else receiving, "receiving", self._core.agency),
            days.astype(np.int32),
        )
        try:
            columns = np.broadcast_arrays(*given)
        except ValueError:
            shapes = ", ".join(str(column.shape) for column in given)
            refuse("shapes of accounts, events, holders, competent, receiving, at", shapes, "shapes that broadcast")
        decided = np.empty(columns[0].shape, np.uint8)
        self._core.decide_many([np.ascontiguousarray(column) for column in columns], decided)
        return decided.astype(bool)

    def rights(self) -> list[Right]:
        """The table of rights in force."""
        return [Right(*row) for row in self._core.rights()]

    def matrix(self) -> Matrix:
        """The whole table of rights, printable."""
        return Matrix(self.rights())

    def events(self, account: str | Account, dossier: Any, at: Any = None) -> dict[str, Decision]:
        """The decision on every kind of event."""
        kinds = dict.fromkeys(row.event for row in self.rights())
        return {event: self.decide(account, event, dossier, at) for event in kinds}

    @property
    def postings(self) -> list[Posting]:
        """The moves of accounts, those given and those that handovers added."""
        rows = self._core.postings()
        return [Posting(id, np.datetime64(day, "D").item(), agency, basis) for id, day, agency, basis in rows]

    def handover(
        self,
        registry: Registry,
        date: Any,
        agencies: Mapping[str, str] | None = None,
        hints: Iterable[Mapping[str, str]] = (),
    ) -> AccountHandover:
        """Move the accounts of abolished bodies to the successors; clear of ``self``.

        Adds a posting on ``date`` for every account whose agency went whole into one
        successor, or that a hint (``{"account": ..., "successor": ...}``) sends to one; the
        others are listed. Running it twice adds nothing.
        """
        if not isinstance(registry, Registry):
            raise WrongType(f"registry: expected a Registry, found {type(registry).__name__}")
        table = given_mapping(agencies, "agencies")
        core, moved, undecided = self._core.hand_over(
            registry._core, known_day(date, "date"), *_texts_of(table, "agencies"), hint_rows(hints)
        )
        return AccountHandover(
            Accounts._of(core), [AccountMove(*row) for row in moved], [AccountMove(*row) for row in undecided]
        )

    def _number(self, id: str) -> int:
        number = self._core.find(given_text(id, "account"))
        if number == _core.NOBODY:
            raise InvalidArgument(f"account '{id}': expected an account of the list", status=3, reason=1)
        return number

    def _event(self, event: str) -> int:
        number = self._core.event(given_text(event, "event"))
        if number == _core.NOBODY:
            known = ", ".join(dict.fromkeys(row.event for row in self.rights()))
            raise InvalidArgument(f"event '{event}': expected one of {known}", status=3, reason=1)
        return number

    def _agencies_of(self, dossier: Any) -> tuple[int, int, int]:
        if dossier is None:
            return _core.NOBODY, _core.NOBODY, _core.NOBODY
        if isinstance(dossier, Mapping):
            for key in dossier:
                if key not in _SUBJECT_FIELDS:
                    refuse("dossier key", key, f"one of {', '.join(_SUBJECT_FIELDS)}")
            if not dossier.keys() & {"holder", "agency"}:
                refuse("dossier", dict(dossier), "the key holder, or None where there is no dossier yet")
            holder = dossier.get("holder") or dossier.get("agency") or ""
            competent = dossier.get("competent") or holder
            receiving = dossier.get("receiving") or holder
        elif hasattr(dossier, "holder"):
            holder, competent, receiving = dossier.holder, dossier.competent, dossier.receiving
        else:
            raise WrongType(f"dossier: expected a Dossier, a mapping or None, not {type(dossier).__name__}")
        return tuple(self._core.agency(given_text(code, "dossier")) for code in (holder, competent, receiving))

    def _acts(self, dossier: Any) -> list[tuple[int, int]]:
        if dossier is None:
            return []
        if isinstance(dossier, Mapping):
            acts = dossier.get("acts") or ()
        else:
            acts = [(entry.kind, entry.actor) for entry in dossier.history if entry.applied and entry.actor]
        pairs = [tuple(act) for act in _pairs(acts, "acts")]
        if any(len(pair) != 2 or not all(isinstance(word, str) for word in pair) for pair in pairs):
            raise WrongType("acts: expected pairs of event and account")
        for event, _ in pairs:
            if event not in _event_kinds() and self._core.event(given_text(event, "acts")) == _core.NOBODY:
                refuse("acts, event", event, "pairs of a kind of event and an account")
        numbers = [(self._core.event(event), self._core.find(account)) for event, account in pairs]
        return [pair for pair in numbers if _core.NOBODY not in pair]


def _table_of(path: str, ending: str) -> list[dict[str | None, Any]]:
    text = read_text(path)
    if "\0" in text:
        raise MalformedData(f"{path}: expected a table of text", status=15, reason=7)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if ending == ".tsv" else ",")
    rows: list[dict[str | None, Any]] = []
    try:
        names = list(reader.fieldnames or ())
        for row in reader:
            if None in row or None in row.values():
                raise MalformedData(
                    f"{path} line {reader.line_num}: expected {len(names)} columns", status=15, reason=7
                )
            rows.append({key: plain(cell) if isinstance(cell, str) else cell for key, cell in row.items()})
        missing = [name for name in ("id", "agency", "roles") if name not in names]
        if missing:
            raise MalformedData(f"{path} line 1: expected a column named {missing[0]}", status=15, reason=7)
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise MalformedData(f"{path} line 1: expected each column once, found {twice!r} twice", status=15, reason=7)
    except csv.Error as error:
        raise MalformedData(f"{path} line {reader.line_num + 1}: {error}", status=15, reason=7) from None
    return rows


_OPENINGS = ("submit", "accept", "refuse")  # what may happen where there is no dossier yet
_SUBJECT_FIELDS = ("holder", "agency", "competent", "receiving", "acts")


def _event_kinds() -> tuple[str, ...]:
    from .dossiers import KINDS  # which stands above this module

    return KINDS


_HINT_FIELDS = ("dossier", "account", "agency", "hamlet", "parcel", "successor", "source")


def hint_rows(hints: Iterable[Mapping[str, str]]) -> list[tuple[str, ...]]:
    """Hints of a handover as the core takes them. Raises InvalidArgument for an unknown key."""
    rows = []
    for k, hint in enumerate(given_rows(hints or (), "hints")):
        _refuse_unknown(hint, _HINT_FIELDS, "hints", k)
        rows.append(tuple(_cell(hint, field, f"hints row {k}") for field in _HINT_FIELDS))
    return rows


def _pairs(rows: Any, field: str) -> list[Any]:
    """Rows that are dicts or tuples."""
    found = given_list(rows, field, "an iterable of dicts or tuples")
    for k, row in enumerate(found):
        if not isinstance(row, (Mapping, tuple, list)):
            raise WrongType(f"{field}[{k}]: expected a dict or a tuple, found {type(row).__name__}")
    return found


def _texts_of(table: Mapping[Any, Any], field: str) -> tuple[list[str], list[str]]:
    return [given_text(key, field) for key in table], [given_text(value, field) for value in table.values()]


def _refuse_unknown(row: Mapping[str, Any], known: Sequence[str], name: str, k: int) -> None:
    for key in row:
        if key not in known:
            raise InvalidArgument(
                f"{name} row {k}, key '{key}': expected one of {', '.join(known)}", status=3, reason=1
            )


def _day(at: Any) -> int:
    minute = None if at is None else minute_number(at, "at")
    if minute is None or minute == NAT:
        raise InvalidArgument(f"at '{at or ''}': expected a date or datetime", status=3, reason=1)
    return minute // _MINUTES_A_DAY


def _validity(row: Mapping[str, Any], place: str) -> tuple[int, int]:
    return (
        _day_or(row.get("valid_from"), f"{place}, valid_from", _ALWAYS),
        _day_or(row.get("valid_to"), f"{place}, valid_to", _FOREVER),
    )


def _day_or(value: Any, field: str, absent: int) -> int:
    if value is None or (isinstance(value, str) and not value):
        return absent
    return known_day(value, field)


def _joined(words: Any, field: str) -> str:
    if isinstance(words, str):
        return words
    listed = given_list(words or (), field, "a list of texts, or text joined by commas")
    return ",".join(given_text(word, field) for word in listed)


def _account(row: Mapping[str, Any], k: int) -> tuple:
    known = ("id", "agency", "roles", "valid_from", "valid_to", "holder", "name", "note")
    _refuse_unknown(row, known, "accounts", k)
    return (
        _cell(row, "id", f"accounts row {k}"),
        _cell(row, "agency", f"accounts row {k}"),
        _joined(row.get("roles"), f"accounts row {k}, roles"),
        *_validity(row, f"accounts row {k}"),
    )


def _delegation(row: Mapping[str, Any], k: int) -> tuple:
    known = ("from", "to", "events", "valid_from", "valid_to", "note")
    _refuse_unknown(row, known, "delegations", k)
    events = _joined(row.get("events"), f"delegations row {k}, events")
    if row.get("events") is not None and not events.strip(", "):
        refuse(f"delegations row {k}, events", row["events"], "at least one event, or no key for every event")
    return (
        _cell(row, "from", f"delegations row {k}"),
        _cell(row, "to", f"delegations row {k}"),
        events,
        *_validity(row, f"delegations row {k}"),
    )


def _separation(row: Any, k: int) -> tuple[str, str, str]:
    if isinstance(row, Mapping):
        _refuse_unknown(row, ("first", "second", "source"), "separations", k)
        row = tuple(row.get(field) or "" for field in ("first", "second", "source"))
    if len(row) not in (2, 3):
        raise InvalidArgument(f"separations row {k}: expected two events, perhaps a source", status=3, reason=1)
    first, second, *source = (given_text(word, f"separations row {k}") for word in row)
    return first, second, "".join(source)


def _posting(row: Any, k: int) -> tuple[str, int, str, str]:
    if not isinstance(row, Mapping):
        row = dict(zip(Posting._fields, row))
    _refuse_unknown(row, Posting._fields, "postings", k)
    if not row.get("date"):
        raise InvalidArgument(f"postings row {k}, date '': expected a day", status=3, reason=1)
    account, agency, basis = (_cell(row, field, f"postings row {k}") for field in ("account", "agency", "basis"))
    return account, known_day(row["date"], f"postings row {k}, date"), agency, basis


def _agencies(agencies: Any) -> list[tuple[str, str, str, int, int]]:
    """Rows (id, parent, province, from, to)."""
    if agencies is None:
        return []
    if isinstance(agencies, Mapping):
        return [
            (given_text(str(id), "agencies"), given_text(str(parent or ""), "agencies"), "", _ALWAYS, _FOREVER)
            for id, parent in agencies.items()
        ]
    known = ("id", "parent", "province", "valid_from", "valid_to", "name", "note")
    rows = []
    for k, row in enumerate(given_rows(agencies, "agencies")):
        _refuse_unknown(row, known, "agencies", k)
        texts = (_cell(row, field, f"agencies row {k}") for field in ("id", "parent", "province"))
        rows.append((*texts, *_validity(row, f"agencies row {k}")))
    return rows


def _registry(registry: Registry | None, agencies: Any) -> Any:
    if registry is not None and not isinstance(registry, Registry):
        raise WrongType(f"registry: expected a Registry, found {type(registry).__name__}")
    if registry is None:
        return Registry.national()._core if agencies is None else None
    return registry._core


def _rights_table(rights: Any) -> str:
    if rights is None:
        return ""
    if isinstance(rights, str):
        if not rights:
            refuse(
                "rights", rights, "a table with the columns role, event, relation, source; None for the national one"
            )
        return rights
    rows = [
        tuple(row.get(field) for field in Right._fields) if isinstance(row, Mapping) else tuple(row)
        for row in _pairs(rights, "rights")
    ]
    for k, row in enumerate(rows):
        if len(row) != len(Right._fields) or not all(isinstance(word, str) for word in row):
            raise WrongType(f"rights[{k}]: expected the texts {', '.join(Right._fields)}")
    return "\n".join("\t".join(row) for row in (Right._fields, *rows)) + "\n"


def _numbers(values: Any, field: str, number: Any) -> np.ndarray:
    """Numbers of names, each name asked for once."""
    array = array_of(values, field)
    if array.dtype.kind not in "UO" and array.size:
        raise WrongType(f"{field}: expected texts, found {array.dtype}")
    names = [given_text(name, field) for name in array.ravel().tolist()]
    numbers = {name: number(name) for name in dict.fromkeys(names)}
    return np.array([numbers[name] for name in names], np.uint32).reshape(array.shape)


def _cell(row: Mapping[str, Any], key: str, place: str) -> str:
    """A cell as text that UTF-8 can write; nothing is empty."""
    value = row.get(key)
    return "" if value is None else given_text(value if isinstance(value, str) else str(value), f"{place}, {key}")
