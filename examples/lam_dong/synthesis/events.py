"""From a plan to events: what each office would have written into its system, and when."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from . import plan as planned
from .office_time import DAYS, MINUTES, civil_minute
from .offices import Offices
from .plan import FINISH, LAST, NEVER, STOP, WITHDRAW, Plan
from .procedures import SAME_DAY, Menu

KINDS = [
    "submit", "accept", "refuse", "assign", "forward", "request_supplement", "supply", "request_payment", "paid",
    "extend", "withdraw", "stop", "finish", "hand_over", "transfer",
]  # fmt: skip
KIND = {kind: number for number, kind in enumerate(KINDS)}
# Who acts: the applicant, the one-stop counter, the head, a specialist, the return desk, the system.
ACTORS = {
    "submit": "ND", "withdraw": "ND", "supply": "ND", "paid": "ND", "accept": "MC", "refuse": "MC", "forward": "MC",
    "extend": "TP", "assign": "TP", "request_supplement": "CV", "request_payment": "CV", "stop": "LD", "finish": "LD",
    "hand_over": "TKQ", "transfer": "HT",
}  # fmt: skip
FIRST_MINUTE = int(np.datetime64("2025-07-01T00:00").view(np.int64))


@dataclass
class Events:
    """Events by column, in the order of their time; dossiers and offices by index."""

    dossier: np.ndarray
    kind: np.ndarray
    at: np.ndarray  # civil minutes
    office: np.ndarray
    due: np.ndarray  # of extend: the new due minute; else NEVER


def events_of(rng: np.random.Generator, menu: Menu, offices: Offices, plan: Plan) -> Events:
    """Every event of the dossiers of a plan."""
    steps = _Steps(plan)
    quick = menu.kind[plan.line] == SAME_DAY
    _open(rng, menu, plan, steps)
    forwarded = _forward(rng, plan, steps, quick)
    for kind, moment in (("request_supplement", plan.asked), ("supply", plan.supplied),
                         ("request_payment", plan.billed), ("paid", plan.paid), ("extend", plan.extended)):  # fmt: skip
        steps.add(kind, moment != NEVER, civil_minute(moment))
    for kind, ending in (("finish", FINISH), ("stop", STOP), ("withdraw", WITHDRAW)):
        steps.add(kind, plan.ending == ending, civil_minute(plan.ended))
    _return_results(rng, plan, steps, quick)
    _decide_splits(offices, plan, steps)
    assert (forwarded <= np.where(plan.ended == NEVER, forwarded, plan.ended)).all()
    return steps.sorted(plan)


class _Steps:
    """Events gathered kind by kind."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.rows: list[np.ndarray] = []
        self.kinds: list[np.ndarray] = []
        self.minutes: list[np.ndarray] = []

    def add(self, kind: str, who: np.ndarray, minutes: np.ndarray) -> None:
        rows = np.flatnonzero(who)
        self.rows.append(rows)
        self.kinds.append(np.full(len(rows), KIND[kind]))
        self.minutes.append(minutes[rows])

    def sorted(self, plan: Plan) -> Events:
        dossier, kind, at = (np.concatenate(part) for part in (self.rows, self.kinds, self.minutes))
        old = (at < FIRST_MINUTE) & (plan.origin[dossier] != NEVER)
        office = np.where(old, plan.origin[dossier], plan.office[dossier])
        due = np.full(len(at), NEVER, np.int64)
        extends = kind == KIND["extend"]
        due[extends] = civil_minute((plan.due_day[dossier[extends]] + 1) * MINUTES - 1) + 1  # 17:00
        order = np.lexsort((dossier, at))
        return Events(dossier[order], kind[order], at[order], office[order], due[order])


def _open(rng: np.random.Generator, menu: Menu, plan: Plan, steps: _Steps) -> None:
    """Online dossiers are submitted at any hour and accepted within eight working hours."""
    online = menu.channel[plan.line] == 2
    minutes = submitted_before(rng, plan.accepted)
    # An office of July cannot have been sent anything in June.
    new = (plan.origin == NEVER) & (minutes < FIRST_MINUTE)
    minutes[new] = FIRST_MINUTE + 1 + rng.integers(0, 7 * 60 - 2, int(new.sum()))
    steps.add("submit", online, minutes)
    steps.add("accept", np.full(len(plan), True), civil_minute(plan.accepted))


def submitted_before(rng: np.random.Generator, accepted: np.ndarray) -> np.ndarray:
    """Civil minutes of online submission: from home in the evening, at the weekend, or in office hours."""
    n = len(accepted)
    within = np.maximum(accepted - 5 - np.floor(400 * rng.random(n) ** 1.6).astype(np.int64), accepted - 440)
    minutes = civil_minute(np.minimum(within, accepted - 1))
    from_home = rng.random(n) < 0.45
    # Sent while the office was closed: the eight hours run from the opening of the day of acceptance.
    day = accepted // MINUTES
    opening = DAYS[day] * 1440 + 420
    closed_days = DAYS[day] - DAYS[day - 1]  # 1 for an ordinary night, 3 over a weekend
    evening = (DAYS[day] - 1 - np.floor(closed_days * rng.random(n)).astype(np.int64)) * 1440
    clock = 17 * 60 + 5 + np.floor(6.5 * 60 * rng.random(n) ** 1.4).astype(np.int64)
    weekend = (evening // 1440) > DAYS[day - 1]
    clock = np.where(weekend, 7 * 60 + np.floor(15 * 60 * rng.random(n)).astype(np.int64), clock)
    return np.where(from_home, np.minimum(evening + clock, opening - 1), minutes)


def _forward(rng: np.random.Generator, plan: Plan, steps: _Steps, quick: np.ndarray) -> np.ndarray:
    """On to the specialist: at once, or the next morning after 15:00. Returns the moment of the last such step."""
    n = len(plan)
    has_file = ~quick | (rng.random(n) < 0.4) | (plan.ending == STOP)
    day, minute = np.divmod(plan.accepted, MINUTES)
    at_once = plan.accepted + 1 + np.floor(25 * rng.random(n)).astype(np.int64)
    moment = np.where(
        (minute > 360) & ~quick, (day + 1) * MINUTES + np.floor(20 * rng.random(n)).astype(np.int64), at_once
    )
    limit = np.minimum.reduce(
        [
            np.where(column == NEVER, (LAST + 1) * MINUTES, column)
            for column in (plan.asked, plan.billed, plan.extended, plan.ended)
        ]
    )
    moment = np.minimum(moment, limit - 1)
    forwards = has_file & (moment > plan.accepted)
    steps.add("forward", forwards, civil_minute(moment))
    assigned = moment + 1 + np.floor(50 * rng.random(n)).astype(np.int64)
    assigns = forwards & (rng.random(n) < 0.35) & (assigned < limit)
    steps.add("assign", assigns, civil_minute(assigned))
    return np.where(assigns, assigned, np.where(forwards, moment, plan.accepted))


def _return_results(rng: np.random.Generator, plan: Plan, steps: _Steps, quick: np.ndarray) -> None:
    """Results are handed over at the counter soon after, or when the applicant comes by."""
    n = len(plan)
    wait = np.where(quick, 1 + 18 * rng.random(n), 15 + rng.exponential(1.1 * MINUTES, n)).astype(np.int64)
    moment = plan.ended + wait
    came = (plan.ending == FINISH) & (moment < (LAST + 1) * MINUTES) & (rng.random(n) < 0.97)
    steps.add("hand_over", came, civil_minute(np.minimum(moment, (LAST + 1) * MINUTES - 1)))


def _decide_splits(offices: Offices, plan: Plan, steps: _Steps) -> None:
    """Where an old commune was split someone had to decide for each dossier: a transfer as the day begins."""
    split = [index for index, successors, weight in offices.old_communes if weight > 1]
    who = np.isin(plan.origin, split)
    steps.add("transfer", who, np.full(len(plan), FIRST_MINUTE))


def refused(rng: np.random.Generator, menu: Menu, offices: Offices, plan: Plan) -> Plan:
    """Dossiers that never count: turned away at reception. ``accepted`` is the moment of the refusal."""
    july = np.flatnonzero(plan.origin == NEVER)
    rows = rng.choice(july, len(july) // 70, replace=False)
    return planned.opened(plan.office[rows], plan.origin[rows], plan.line[rows], np.maximum(plan.accepted[rows] - 1, 1))


def refusals(rng: np.random.Generator, menu: Menu, plan: Plan) -> Events:
    """The events of refused dossiers: submitted online or brought to the counter, then refused."""
    steps = _Steps(plan)
    minutes = submitted_before(rng, plan.accepted)
    new = minutes < FIRST_MINUTE
    minutes[new] = FIRST_MINUTE + 1 + rng.integers(0, 7 * 60 - 2, int(new.sum()))
    steps.add("submit", menu.channel[plan.line] == 2, minutes)
    steps.add("refuse", np.full(len(plan), True), civil_minute(plan.accepted))
    return steps.sorted(plan)


def waiting_online(rng: np.random.Generator, menu: Menu, plan: Plan) -> tuple[Plan, Events]:
    """Dossiers sent on the last evening: still to be accepted, so not received yet."""
    online = np.flatnonzero((menu.channel[plan.line] == 2) & (plan.origin == NEVER))
    rows = rng.choice(online, 160, replace=False)
    late = planned.opened(plan.office[rows], plan.origin[rows], plan.line[rows], np.full(len(rows), LAST * MINUTES))
    steps = _Steps(late)
    evening = DAYS[LAST] * 1440 + 17 * 60 + 1 + rng.integers(0, 6 * 60, len(rows))
    steps.add("submit", np.full(len(rows), True), evening)
    return late, steps.sorted(late)
