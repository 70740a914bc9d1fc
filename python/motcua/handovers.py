"""Handover on a merger (bàn giao): what abolished bodies hold passes to their successors."""

from __future__ import annotations

from typing import Any, Iterable, Mapping, NamedTuple, Sequence

from . import _core
from ._civil import given_a, given_mapping, given_rows, given_text, known_day
from .access import AccountMove, Accounts, hint_rows
from .dossiers import EventLog
from .machine import Machine, machines_of
from .units import Registry


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
    machine: Machine | Mapping[str | None, Machine] | None = None,
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
    machine : Machine, or mapping of procedure to Machine, optional
        As of :class:`DossierRegister`; where ``log`` is a journal, what it was opened with.
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
        return log.hand_over(registry, date, agencies, machine, hints, accounts)
    table = given_mapping(agencies, "agencies")
    hints = given_rows(hints or (), "hints")
    if accounts is not None:
        given_a(Accounts, accounts, "accounts")
    moved = accounts.handover(registry, date, agencies, hints) if accounts is not None else (None, (), ())
    transferred, undecided = _core.handover(
        given_a(EventLog, log, "log")._core,
        given_a(Registry, registry, "registry")._core,
        known_day(date, "date"),
        [given_text(agency, "agencies") for agency in table],
        [given_text(agency, "agencies") for agency in table.values()],
        machines_of(machine),
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
