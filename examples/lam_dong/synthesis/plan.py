"""What happens to every dossier, planned so that the published counts come out.

A plan is columns of NumPy arrays, one row a dossier. Moments are office minutes
(office_time.py). Deadlines are worked out here only to know who must be early,
who late and who still open; nothing of that reaches the events.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from . import targets
from .office_time import DAYS, MINUTES, busy_minutes, day_index, rolled_index, spread
from .offices import Offices
from .procedures import CALENDAR_DAYS, HOURS, SAME_DAY, WORKING_DAYS, Menu

FIRST, LAST = day_index(targets.FIRST_DAY), day_index(targets.LAST_DAY)
DAY_15, DAY_16, DAY_17 = (day_index(f"2025-07-{day}") for day in (15, 16, 17))
NEVER = -1
FINISH, STOP, WITHDRAW, OPEN = range(4)


@dataclass
class Plan:
    """The dossiers that count, by column; NEVER where a moment does not come."""

    office: np.ndarray  # index of the office that has it in July
    origin: np.ndarray  # index of the old office that opened it, or NEVER
    line: np.ndarray  # of the menu
    accepted: np.ndarray
    asked: np.ndarray  # a supplement is requested
    supplied: np.ndarray
    billed: np.ndarray  # a payment is requested
    paid: np.ndarray
    extended: np.ndarray
    due_day: np.ndarray  # index of the working day
    ended: np.ndarray
    ending: np.ndarray  # FINISH, STOP, WITHDRAW or OPEN

    def __len__(self) -> int:
        return len(self.office)

    def last_step(self) -> np.ndarray:
        """The last planned moment before the end."""
        return np.maximum.reduce([self.accepted, self.asked, self.supplied, self.billed, self.paid, self.extended])


def joined(plans: list[Plan]) -> Plan:
    """Plans one after the other."""
    return Plan(*(np.concatenate([getattr(plan, f.name) for plan in plans]) for f in fields(Plan)))


def opened(offices, origin, line, accepted) -> Plan:
    """Dossiers just opened, without anything further planned."""
    none = np.full(len(office := np.asarray(offices)), NEVER, np.int64)
    blank = [none.copy() for _ in range(7)]
    return Plan(office, np.asarray(origin), line, accepted, *blank, np.full(len(office), OPEN, np.int64))


def arrivals(rng: np.random.Generator, per_day: np.ndarray) -> np.ndarray:
    """Acceptance minutes for a count per working day from 1 July."""
    day = np.repeat(np.arange(FIRST, FIRST + len(per_day)), per_day)
    return day * MINUTES + busy_minutes(rng, len(day))


def opened_before(rng: np.random.Generator, menu: Menu, line: np.ndarray) -> np.ndarray:
    """Acceptance minutes before 1 July of dossiers that were open on that day."""
    back = 1 + np.floor(menu.working_days()[line] * rng.random(len(line))).astype(np.int64)
    back += np.where(rng.random(len(line)) < 0.08, 3, 0)  # so that some were overdue already
    return (FIRST - back) * MINUTES + busy_minutes(rng, len(line))


def interrupt(rng: np.random.Generator, menu: Menu, plan: Plan, supplement_share: float, spared: np.ndarray) -> None:
    """Plan supplements and payments; the clock restarts after the one and goes on after the other."""
    n, length = len(plan), np.where(spared, 0, menu.working_days()[plan.line])
    asks = (rng.random(n) < supplement_share) & (length >= 3)
    plan.asked[asks] = _later(rng, plan.accepted, np.minimum(length - 1, 3))[asks]
    plan.supplied[asks] = _later(rng, plan.asked, np.full(n, 9))[asks]
    start = np.maximum(plan.accepted, plan.supplied)
    bills = menu.pays[plan.line] & (rng.random(n) < 0.12) & (length >= 5)
    plan.billed[bills] = _later(rng, start, length - 2)[bills]
    plan.paid[bills] = _later(rng, plan.billed, np.full(n, 4))[bills]
    end = (LAST + 1) * MINUTES
    for first, then in ((plan.asked, plan.supplied), (plan.billed, plan.paid)):
        first[first >= end] = NEVER
        then[(first == NEVER) | (then >= end)] = NEVER
    waits = (plan.asked != NEVER) & (plan.supplied == NEVER)
    plan.billed[waits], plan.paid[waits] = NEVER, NEVER


def reckon(menu: Menu, plan: Plan) -> None:
    """Work out due_day as the law does, extensions apart."""
    kind, amount = menu.kind[plan.line], menu.amount[plan.line]
    start = np.maximum(plan.accepted, plan.supplied)
    day, minute = np.divmod(start, MINUTES)
    paused = np.where(plan.paid != NEVER, plan.paid // MINUTES - plan.billed // MINUTES + 1, 0)
    paused_calendar = np.where(plan.paid != NEVER, DAYS[plan.paid // MINUTES] - DAYS[plan.billed // MINUTES], 0)
    due = np.select(
        [kind == WORKING_DAYS, kind == CALENDAR_DAYS, kind == SAME_DAY, kind == HOURS],
        [
            day + amount + paused,
            rolled_index(DAYS[day] + amount + paused_calendar),
            day + (minute > 360),  # after 15:00 the next working day
            day + ((minute >= 270) & (minute + 60 * amount > MINUTES)),
        ],
    )
    plan.due_day = due


def extend(rng: np.random.Generator, menu: Menu, plan: Plan, spared: np.ndarray) -> None:
    """Put off some due dates, once and at the latest the day before (Decree 118/2025 art. 19.6)."""
    moment = (plan.due_day - 1 - rng.integers(0, 2, len(plan))) * MINUTES + busy_minutes(rng, len(plan))
    fits = (moment > plan.last_step() + MINUTES) & (moment < (LAST + 1) * MINUTES)
    long = (menu.working_days()[plan.line] >= 10) & ~spared & ~waiting(plan)
    who = fits & long & (rng.random(len(plan)) < 0.06)
    plan.extended[who] = moment[who]
    plan.due_day = plan.due_day + np.where(who, rng.integers(3, 9, len(plan)), 0)


def waiting(plan: Plan) -> np.ndarray:
    """Whether a dossier waits for its applicant at the end of the period."""
    asks = (plan.asked != NEVER) & (plan.supplied == NEVER)
    return asks | ((plan.billed != NEVER) & (plan.paid == NEVER))


def _later(rng: np.random.Generator, moment: np.ndarray, days: np.ndarray) -> np.ndarray:
    """A moment one to ``days`` working days later."""
    ahead = 1 + np.floor(np.maximum(days, 1) * rng.random(len(moment))).astype(np.int64)
    return (moment // MINUTES + ahead) * MINUTES + 1 + busy_minutes(rng, len(moment))


def open_communes(rng: np.random.Generator, menu: Menu, offices: Offices) -> list[Plan]:
    """The communes' dossiers: carried over, received, and the two wards with published counts."""
    old = offices.old_communes
    pick = rng.choice(len(old), targets.COMMUNES_CARRIED, p=_shares([weight for *_, weight in old]))
    origin = np.array([index for index, *_ in old])[pick]
    lot = rng.random(len(pick))
    to = np.array([old[i][1][int(u * len(old[i][1]))] for i, u in zip(pick.tolist(), lot.tolist())])
    line = menu.draw(rng, "commune", len(pick), open_for=True)
    carried = opened(to, origin, line, opened_before(rng, menu, line))
    per_day = _commune_arrivals()
    ward_1 = _per_day(targets.WARD_1_RECEIVED, FIRST, DAY_15) + _per_day(targets.WARD_1_LATER, DAY_15 + 1, LAST)
    ward_3 = _per_day(targets.WARD_3_RECEIVED, FIRST, DAY_17) + _per_day(targets.WARD_3_LATER, DAY_17 + 1, LAST)
    others = [
        (c, w) for c, w in zip(offices.communes, offices.commune_weight) if c not in (offices.ward_1, offices.ward_3)
    ]
    received = _received(rng, menu, per_day - ward_1 - ward_3, *zip(*others), "commune")
    first = _received(rng, menu, ward_1, [offices.ward_1], [1.0], "commune")
    third = _received(rng, menu, ward_3, [offices.ward_3], [1.0], "commune")
    return [carried, received, first, third]


def open_departments(rng: np.random.Generator, menu: Menu, offices: Offices) -> list[Plan]:
    """The departments' dossiers: carried over from the three old provinces, and received."""
    old = offices.old_departments
    pick = rng.choice(len(old), targets.DEPARTMENTS["carried_over"], p=_shares([weight for *_, weight in old]))
    origin, to = (np.array([row[column] for row in old])[pick] for column in (0, 1))
    line = _lines_of(rng, menu, offices, to, open_for=True)
    carried = opened(to, origin, line, opened_before(rng, menu, line))
    per_day = _daily()[1]
    office = rng.choice(offices.departments, per_day.sum(), p=_shares(offices.department_weight))
    line = _lines_of(rng, menu, offices, office)
    received = opened(office, np.full(len(office), NEVER), line, arrivals(rng, per_day))
    return [carried, received]


def _received(rng, menu: Menu, per_day: np.ndarray, offices, weights, kind: str) -> Plan:
    office = rng.choice(np.array(offices), per_day.sum(), p=_shares(weights))
    line = menu.draw(rng, kind, len(office))
    return opened(office, np.full(len(office), NEVER), line, arrivals(rng, per_day))


def _lines_of(rng, menu: Menu, offices: Offices, office: np.ndarray, open_for: bool = False) -> np.ndarray:
    line = np.empty(len(office), np.int64)
    for index in np.unique(office):
        mine = office == index
        line[mine] = menu.draw(rng, offices.code[index], int(mine.sum()), open_for)
    return line


def _shares(weights) -> np.ndarray:
    weights = np.asarray(weights, float)
    return weights / weights.sum()


def _per_day(total: int, first: int, last: int) -> np.ndarray:
    counts = np.zeros(LAST - FIRST + 1, np.int64)
    counts[first - FIRST : last - FIRST + 1] = spread(total, _weekday_weights()[first - FIRST : last - FIRST + 1])
    return counts


def _commune_arrivals() -> np.ndarray:
    return _daily()[0]


def _daily() -> tuple[np.ndarray, np.ndarray]:
    """Dossiers received a day by the communes and by the departments.

    "Nearly 30,000" to 16 July against the totals to 29 July leaves no choice: the
    days grow busier through the month. A quiet start, a rise in mid-July and a
    busy end, with a weekly rhythm.
    """
    communes = targets.COMMUNES["processed"] - targets.COMMUNES_CARRIED
    departments, by_16 = targets.DEPARTMENTS["received"], targets.PROVINCE_RECEIVED_BY_16
    early = DAY_16 - FIRST + 1
    ramp, rhythm = 1 / (1 + np.exp((11.5 - np.arange(LAST - FIRST + 1)) / 2.5)), _weekday_weights()
    # total = a * sum(rhythm) + b * sum(rhythm * ramp), once to 16 July and once to the end
    sums = np.array([[rhythm[:early].sum(), (rhythm * ramp)[:early].sum()], [rhythm.sum(), (rhythm * ramp).sum()]])
    a, b = np.linalg.solve(sums, [by_16, communes + departments])
    weights = rhythm * (a + b * ramp)
    total = np.concatenate([spread(by_16, weights[:early]), spread(communes + departments - by_16, weights[early:])])
    of_departments = spread(departments, weights)
    return total - of_departments, of_departments


def _weekday_weights() -> np.ndarray:
    weekday = (DAYS[FIRST : LAST + 1] + 3) % 7
    return np.array([1.18, 1.06, 0.98, 0.94, 0.84])[weekday]


def published_wards(plan: Plan, offices: Offices) -> tuple[np.ndarray, np.ndarray]:
    """The dossiers of the two wards of Bảo Lộc inside the periods whose counts are published."""
    ward_1 = (plan.office == offices.ward_1) & (plan.accepted < (DAY_15 + 1) * MINUTES)
    ward_3 = (plan.office == offices.ward_3) & (plan.accepted < (DAY_17 + 1) * MINUTES)
    return ward_1, ward_3
