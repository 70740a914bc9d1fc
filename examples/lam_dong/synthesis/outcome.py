"""Who is resolved when, so that the published counts come out to the dossier."""

from __future__ import annotations

import numpy as np

from . import targets
from .office_time import MINUTES, busy_minutes
from .offices import Offices
from .plan import DAY_15, DAY_16, DAY_17, FINISH, FIRST, LAST, STOP, WITHDRAW, Plan, published_wards, waiting


def settle_communes(rng: np.random.Generator, plan: Plan, offices: Offices) -> None:
    """Close the communes' dossiers: 54,931 resolved, of them 1,509 overdue; 19,632 open within their limit."""
    in_1, in_3 = published_wards(plan, offices)
    left_3 = _longest(plan, in_3, targets.WARD_3_RECEIVED - targets.WARD_3_RESOLVED, after=DAY_17)
    settled = in_1 | (in_3 & ~left_3)
    pending = _pending(rng, plan, targets.COMMUNES["pending"], forbidden=settled)
    overdue = _overdue(
        rng, plan, ~pending & ~in_1 & ~in_3, targets.COMMUNES["overdue"], targets.OVERDUE_BY_16["communes"]
    )
    latest = np.full(len(plan), LAST)
    latest[in_1], latest[in_3 & ~left_3] = DAY_15, DAY_17
    earliest = np.where(left_3, DAY_17 + 1, FIRST)
    _finish_in_time(rng, plan, ~pending & ~overdue, earliest, latest)
    _refuse_some(rng, plan, ~pending & ~overdue & ~in_1)
    returned = rng.choice(np.flatnonzero(in_1), targets.WARD_1_RETURNED, replace=False)
    plan.ending[returned] = STOP


def settle_departments(rng: np.random.Generator, plan: Plan) -> None:
    """Close the departments' dossiers: 17,376 resolved, of them 1,232 overdue; 13,980 open."""
    late = _late_and_open(rng, plan)
    pending = _pending(rng, plan, targets.DEPARTMENTS["pending"] - late.sum(), forbidden=late) | late
    overdue = _overdue(rng, plan, ~pending, targets.DEPARTMENTS["overdue"], targets.OVERDUE_BY_16["departments"])
    everyone = np.full(len(plan), LAST)
    _finish_in_time(rng, plan, ~pending & ~overdue, np.full(len(plan), FIRST), everyone)
    _refuse_some(rng, plan, ~pending & ~overdue)


def _longest(plan: Plan, among: np.ndarray, count: int, after: int) -> np.ndarray:
    """The dossiers due last, all due later than a day."""
    rows = np.flatnonzero(among & (plan.due_day > after))
    _enough(len(rows), count, "dossiers of Phường 3 Bảo Lộc due after 17 July")
    chosen = rows[np.argsort(-plan.due_day[rows], kind="stable")[:count]]
    return _mask(plan, chosen)


def _pending(rng: np.random.Generator, plan: Plan, count: int, forbidden: np.ndarray) -> np.ndarray:
    """Open at the end of the period and within their limit: those with most of it still ahead."""
    must = waiting(plan) & ~forbidden
    rows = np.flatnonzero((plan.due_day > LAST) & ~must & ~forbidden)
    _enough(len(rows), count - must.sum(), "dossiers due after the period")
    used = (LAST + 1 - plan.accepted[rows] / MINUTES) / (plan.due_day[rows] + 1 - plan.accepted[rows] / MINUTES)
    order = np.argsort(used + 0.15 * rng.random(len(rows)), kind="stable")
    return must | _mask(plan, rows[order[: count - must.sum()]])


def _late_and_open(rng: np.random.Generator, plan: Plan) -> np.ndarray:
    rows = np.flatnonzero((plan.due_day >= FIRST + 5) & (plan.due_day < LAST) & ~waiting(plan))
    return _mask(plan, rng.choice(rows, targets.DEPARTMENTS_PENDING_OVERDUE, replace=False))


def _overdue(rng: np.random.Generator, plan: Plan, among: np.ndarray, count: int, by_16: int) -> np.ndarray:
    """Choose and date the overdue ends: who was overdue on 1 July, then ``by_16`` to 16 July, then the rest."""
    step_day = plan.last_step() // MINUTES
    lost = np.flatnonzero(among & (plan.due_day < FIRST))
    _enough(count, len(lost), "overdue dossiers (too many were overdue on 1 July)")
    early = np.flatnonzero(among & (plan.due_day >= FIRST) & (plan.due_day < DAY_16) & (step_day <= DAY_16))
    slow = _slowness(rng, plan)
    early = rng.choice(early, by_16, replace=False, p=slow[early] / slow[early].sum())
    rest = np.flatnonzero(among & ~_mask(plan, early) & (plan.due_day >= DAY_16 - 2) & (plan.due_day < LAST))
    rest = rng.choice(rest, count - len(lost) - len(early), replace=False, p=slow[rest] / slow[rest].sum())
    for rows, first, last in ((lost, FIRST, LAST), (early, FIRST, DAY_16), (rest, DAY_16 + 1, LAST)):
        day = np.maximum(plan.due_day[rows] + rng.geometric(0.4, len(rows)), np.maximum(step_day[rows], first))
        if rows is lost:
            day = rng.integers(np.maximum(step_day[rows], FIRST), LAST + 1)
        _end_on(rng, plan, rows, np.clip(day, first, last))
    return _mask(plan, np.concatenate([lost, early, rest]))


def _slowness(rng: np.random.Generator, plan: Plan) -> np.ndarray:
    """How prone to lateness each dossier's office is: offices differ, as they do."""
    office = np.exp(0.7 * rng.standard_normal(int(plan.office.max()) + 1))
    return office[plan.office]


def _finish_in_time(rng, plan: Plan, who: np.ndarray, earliest: np.ndarray, latest: np.ndarray) -> None:
    rows = np.flatnonzero(who)
    low = np.maximum(plan.last_step()[rows] // MINUTES, earliest[rows])
    high = np.minimum(plan.due_day[rows], latest[rows])
    if (high < low).any():
        raise SystemExit(f"generate: {(high < low).sum()} dossiers have no day left to be in time; change the mix")
    day = low + np.floor((high - low + 1) * rng.random(len(rows)) ** 0.6).astype(np.int64)
    _end_on(rng, plan, rows, np.minimum(day, high))


def _end_on(rng: np.random.Generator, plan: Plan, rows: np.ndarray, day: np.ndarray) -> None:
    """End dossiers on given days, at a busy minute after their last step."""
    step_day, step_minute = np.divmod(plan.last_step()[rows], MINUTES)
    minute = busy_minutes(rng, len(rows))
    room = MINUTES - 1 - step_minute
    soon = step_minute + 3 + np.floor((room - 3) * rng.random(len(rows)) ** 1.5).astype(np.int64)
    plan.ended[rows] = day * MINUTES + np.where(day == step_day, np.minimum(soon, MINUTES - 1), minute)
    plan.ending[rows] = FINISH


def _refuse_some(rng: np.random.Generator, plan: Plan, among: np.ndarray) -> None:
    """Some in-time ends are written refusals, some are withdrawals by the applicant."""
    rows = np.flatnonzero(among)
    lot = rng.random(len(rows))
    plan.ending[rows[lot < 0.013]] = STOP
    plan.ending[rows[(lot >= 0.013) & (lot < 0.017)]] = WITHDRAW


def _enough(have: int, need: int, what: str) -> None:
    if have < need:
        raise SystemExit(f"generate: {have} {what}, {need} are needed; change the mix")


def _mask(plan: Plan, rows: np.ndarray) -> np.ndarray:
    mask = np.zeros(len(plan), bool)
    mask[rows] = True
    return mask
