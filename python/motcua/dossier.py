"""One dossier: where it stands, why, and what may happen to it next."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core
from ._civil import NAT, minute_number, to_datetime
from .access import Account, Accounts, Decision
from .errors import InvalidArgument, WrongType
from .machine import ROLES

if TYPE_CHECKING:
    from .dossiers import DossierRegister

# What went wrong although every event was allowed, by bit.
MARKS = (
    "reception_late", "supplement_twice", "supplement_silent", "no_apology",
    "foreign_agency", "procedure_changed", "not_competent", "forward_late", "supplement_late", "reception_alert",
)  # fmt: skip


# What an event that ends the clock leaves as the result.
_RESULTS = {
    "finish": "granted",
    "hand_over": "granted",
    "stop": "refused",
    "refuse": "refused",
    "withdraw": "withdrawn",
}


def _marks(bits: int) -> tuple[str, ...]:
    return tuple(name for bit, name in enumerate(MARKS) if bits >> bit & 1)


class HistoryEntry(NamedTuple):
    """What one event of a dossier did; ``reason`` is its source or why it was refused.

    The fields from ``holder`` on say how the dossier stood after the event; ``marks`` are those
    that the event brought, ``state`` is the machine's name for where it stood.
    """

    id: str
    kind: str
    at: dt.datetime
    agency: str
    source_status: int
    status: int
    clock: str
    due: dt.datetime | None
    applied: bool
    reason: str
    actor: str
    holder: str
    competent: str
    original_due: dt.datetime | None
    step: int
    step_due: dt.datetime | None
    visit: bool
    marks: tuple[str, ...] = ()
    state: str = ""
    note: str = ""


class StepState(NamedTuple):
    """Where a step stands; ``begun_by`` and ``ended_by`` are ids of events, "" until then."""

    number: int
    name: str
    agency: str
    limit: str | None
    begun_at: dt.datetime | None
    ended_at: dt.datetime | None
    original_due: dt.datetime | None
    due: dt.datetime | None
    begun_by: str
    ended_by: str


class Allowed(tuple):
    """The kinds of events that may happen now. ``refused`` maps the others to their Decision,
    ``decisions`` maps all."""

    decisions: dict[str, Decision]

    @classmethod
    def _of(cls, decisions: dict[str, Decision]) -> Allowed:
        made = cls(kind for kind, decision in decisions.items() if decision.allowed)
        made.decisions = decisions
        return made

    @property
    def refused(self) -> dict[str, Decision]:
        return {kind: decision for kind, decision in self.decisions.items() if not decision.allowed}


def _by_machine_and_rights(
    accounts: Accounts, account: str | Account, kind: str, agencies: dict[str, Any], at: Any, roles: str
) -> Decision:
    """The right, by a role that the machine's row names; a role of no machine is the rights' alone."""
    decision = accounts.decide(account, kind, agencies, at)
    if not decision:
        return decision
    without = "+".join(role for role in ROLES if role not in roles.split("+"))
    within = accounts._decide(account, kind, agencies, at, without)
    if within or within.rule.startswith("separation"):
        return within
    return Decision(False, "machine", f"expected one of {roles.replace('+', ', ')}, whose act it is")


class Dossier:
    """A dossier as of the register's minute.

    Attributes
    ----------
    id : str
    status : int
        1 to 10, as the portal numbers them; ``status_name`` and ``status_name_vi`` say it.
    state : str
        Its name in the machine: of an own machine one of its states, else the status's name.
    holder : str
        The agency that holds it; ``agency`` is the one in whose statistics it is.
    receiving, competent : str
        The agency that received it and the one that decides. They differ where it was received
        regardless of boundary: an opening event names ``competent``, or, of one received since
        2026-08-05, the event that takes it out of reception names another agency.
    procedure, field, channel : str
    case : str or None
        Of a linked group (birth, death, karaoke): received under its code, the dossier has limit
        and steps of the case that an opening event named.
    limit : str or None
    deadline : datetime or None
        After pauses and extension; None without a limit, while the clock stands still, and
        until the competent agency has it where the limit runs from there.
    original_due, accepted_at, submitted_at, finished_at, handed_over_at : datetime or None
    clock_start : datetime or None
        The acceptance; of a boundary-free one since 2026-08-05, when the competent agency
        received it (Decree 309/2026 art. 8).
    reception_due : datetime or None
        Submitted online: the answer is due 8 working hours later.
    answer_due : datetime or None
        While a supplement is awaited: silent beyond this day it may be closed.
    apology_by : date or None
        The last day for an apology with a new date; None once given, or without a due time.
    step, step_due : int or None, datetime or None
        The lowest open step of the internal process, the earliest due time of the open ones.
    outcome : str
        none (never accepted), early, on_time, overdue, pending, pending_overdue.
    result : str or None
        What its end was: granted, refused (a written refusal is the result), withdrawn; None until
        then. It tells a withdrawal that is stored as status 9 from a result that is ready.
    trips : int
        How often the citizen came to the counter.
    supplements : int
        Requests made; the law allows one.
    marks : tuple of str
        What went wrong although every event was allowed: ``reception_late``,
        ``supplement_twice``, ``supplement_silent``, ``no_apology``; ``foreign_agency`` (an
        officer's act of an agency that neither holds, received nor decides it, was not sent the
        work and has no step of it), ``procedure_changed`` (accepted as another procedure than
        submitted), ``not_competent`` (decided by a commune or a province whose level the
        catalogue does not name); ``forward_late`` (papers that did not leave reception the same
        day, or the next if received after 15:00: Decree 118/2025 art. 18.2; to an agency elsewhere
        within one working day: art. 20), ``supplement_late`` (asked for by the appraisal after more
        than 3 working days: art. 19.5). ``reception_alert`` is no fault: a dossier submitted online
        has waited for 2 hours, and the officer is to be alerted (art. 17.2).
    extended, returned, provisional : bool
    history : list of HistoryEntry
    causes : dict
        The event (its id) that caused each of status, holder, competent, deadline, original_due,
        accepted_at, finished_at, handed_over_at, extended, step; lists for trips and supplements.
    steps : list of StepState
    """

    def __init__(self, dossiers: DossierRegister, row: dict[str, Any]):
        self._register = dossiers
        self.id: str = row["dossier"]
        self.status: int = int(row["status"])
        self.status_name: str = _core.status_name(self.status)
        self.status_name_vi: str = _core.status_name_vi(self.status)
        self.holder: str = row["agency"]
        self.agency: str = row["counted_at"]
        self.receiving: str = row["receiving"]
        self.competent: str = row["competent"]
        self.procedure: str = row["procedure"]
        self.field: str = row["field"]
        self.case: str | None = row["case"]
        self.channel: str = row["channel"]
        self.limit: str | None = row["limit"]
        self.deadline = row["due"].item()
        self.original_due = row["original_due"].item()
        self.submitted_at = row["submitted_at"].item()
        self.accepted_at = row["accepted_at"].item()
        self.finished_at = row["finished_at"].item()
        self.handed_over_at = row["handed_over_at"].item()
        self.clock_start = row["clock_start"].item()
        self.reception_due = row["reception_due"].item()
        self.answer_due = row["answer_due"].item()
        self.step: int | None = int(row["step"]) or None
        self.step_due = row["step_due"].item()
        self.outcome: str = row["outcome"]
        self.trips: int = int(row["visits"])
        self.supplements: int = int(row["supplements"])
        self.extended: bool = bool(row["extended"])
        self.returned: bool = bool(row["returned"])
        self.provisional: bool = bool(row["provisional"])
        self.marks: tuple[str, ...] = tuple(name for name in MARKS if row[name])

    @property
    def apology_by(self) -> dt.date | None:
        if self.deadline is None or self.extended or self.finished_at is not None:
            return None
        return self.deadline.date() - dt.timedelta(days=1)

    @property
    def result(self) -> str | None:
        ends = [entry for entry in self.history if entry.applied and entry.clock in ("end", "reopen")]
        return _RESULTS.get(ends[-1].kind) if ends and ends[-1].clock == "end" else None

    @property
    def state(self) -> str:
        return next(entry.state for entry in reversed(self.history) if entry.applied)

    @property
    def history(self) -> list[HistoryEntry]:
        times = {HistoryEntry._fields.index(name) for name in ("at", "due", "original_due", "step_due")}
        rows = self._register._core.history(self.id)
        return [
            HistoryEntry(*(to_datetime(x) if k in times else x for k, x in enumerate(row)), _marks(marks), state, note)
            for *row, state, note, marks in rows
        ]

    @property
    def steps(self) -> list[StepState]:
        return [
            StepState(number, name, agency, limit or None, *map(to_datetime, minutes), begun_by, ended_by)
            for number, name, agency, limit, *minutes, begun_by, ended_by in self._register._core.steps(self.id)
        ]

    @property
    def causes(self) -> dict[str, Any]:
        causes: dict[str, Any] = {"trips": [], "supplements": []}
        watched = {"holder": "holder", "competent": "competent", "deadline": "due", "step": "step"}
        before: dict[str, Any] = {name: None for name in (*watched, "original_due")}
        for entry in self.history:
            if not entry.applied:
                continue
            for name, field in (*watched.items(), ("original_due", "original_due")):
                if getattr(entry, field) != before[name]:
                    before[name] = getattr(entry, field)
                    causes[name] = entry.id
            if entry.status != entry.source_status:
                causes["status"] = entry.id
            if entry.visit:
                causes["trips"].append(entry.id)
            if entry.kind == "request_supplement":
                causes["supplements"].append(entry.id)
            named = {"start": "accepted_at", "end": "finished_at", "extend": "extended"}.get(entry.clock)
            if named:
                causes[named] = entry.id
            if entry.clock == "reopen":
                causes.pop("finished_at", None)
            if entry.kind == "hand_over":
                causes["handed_over_at"] = entry.id
        return causes

    def allowed(
        self, account: str | Account | None = None, at: Any = None, accounts: Accounts | None = None
    ) -> Allowed:
        """What may happen next: by the machine, and by the rights of the account.

        Parameters
        ----------
        account : Account, or str with ``accounts``, optional
            None asks the machine alone.
        at : datetime, optional
            The register's minute if not given. The dossier is taken as its events up to then make
            it.

        Returns
        -------
        Allowed
            A tuple of kinds; ``refused`` says of each other kind which rule refused it: ``machine``
            (the status, a guard, or a role that may not do it there), else as :class:`Decision`.
            An event is allowed where one role of the account, its own or delegated, has the right
            and stands in the machine's row; roles that no machine knows are asked of the rights alone.
        """
        if isinstance(account, str):
            if accounts is None:
                raise InvalidArgument(
                    f"account '{account}': expected an Account, or its id with accounts=", status=3, reason=1
                )
        elif account is not None:
            if not isinstance(account, Account):
                raise WrongType(f"account: expected an Account or its id, found {type(account).__name__}")
            accounts = account.accounts
        if accounts is not None and not isinstance(accounts, Accounts):
            raise WrongType(f"accounts: expected Accounts, found {type(accounts).__name__}")
        at = self._register.as_of if at is None else at
        minute = minute_number(at, "at")
        if minute == NAT:
            raise InvalidArgument("at 'NaT': expected a datetime", status=3, reason=1)
        acts = [(entry.kind, entry.actor) for entry in self.history if entry.applied and entry.actor]
        agencies = {"holder": self.holder, "competent": self.competent, "receiving": self.receiving, "acts": acts}
        decisions = {}
        for kind, possible, _, _, reason, roles in self._register._core.possible(self.id, minute):
            if not possible or account is None:
                decisions[kind] = Decision(possible, "machine", reason)
            else:
                decisions[kind] = _by_machine_and_rights(accounts, account, kind, agencies, at, roles)
        return Allowed._of(decisions)

    def __repr__(self) -> str:
        return f"<Dossier {self.id} {self.status} {self.status_name}>"
