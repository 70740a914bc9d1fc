"""The Python peers, each on the rows and the calendar that motcua gets in the same process.

Prints JSON lines ``{"work", "peer", "ns", "agrees", "note"}``: nanoseconds of CPU time a row, the
median of several runs; whether its results are motcua's (None: the peer cannot express the calendar).
Peers know no make-up days: where results are compared, they are taken out of both calendars.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import sys
import time
from typing import Any, Callable

import numpy as np
from rows import MINUTES_PER_DAY, Rows

import motcua

EPOCH = dt.date(1970, 1, 1)


def measure(rows: int, run: Callable[[], Any], repeats: int) -> tuple[float, Any]:
    """The median nanoseconds of CPU time a row of several runs, and the result."""
    times, result = [], None
    for _ in range(repeats):
        start = time.process_time_ns()
        result = run()
        times.append((time.process_time_ns() - start) / rows)
    return statistics.median(times), result


def say(work: str, peer: str, ns: float | None, agrees: bool | None = None, note: str = "") -> None:
    print(json.dumps({"work": work, "peer": peer, "ns": ns, "agrees": agrees, "note": note}), flush=True)


class World:
    """The national calendar, and what the peers can have of it: days off, no make-up days."""

    def __init__(self) -> None:
        self.rows = Rows()
        self.national = motcua.WorkingCalendar.national()
        made_up = [row.date for year in range(2004, 2041) for row in motcua.holidays(year) if row.kind == "make_up"]
        self.calendar = self.national.with_layer({"days_off": [(d, "not worked") for d in made_up], "source": "peers"})
        days = np.arange(np.datetime64("2014-12-01"), np.datetime64("2033-01-01"))
        self.holidays = days[np.is_busday(days) & ~self.calendar.is_working_day(days)]
        self.days = self.rows.days.view("M8[D]")
        self.later = self.rows.later.view("M8[D]")
        self.minutes = self.rows.minutes.view("M8[m]")


def ours(world: World) -> None:
    rows, cal = world.rows, world.national
    count = len(rows.days)
    say("days64", "motcua", measure(count, lambda: cal.add_working_days(world.days, rows.amounts), 41)[0])
    say("count", "motcua, Python", measure(count, lambda: cal.count_working_days(world.days, world.later), 21)[0])
    for policy, limit in (("by_day", "20wd@15:00>start"), ("by_hour", "3wd")):
        work = "minutes " + policy
        say(work, "motcua, Python", measure(count, lambda: cal.deadlines(world.minutes, limit, policy), 21)[0])
    one = dt.datetime(2025, 8, 28, 15, 10)
    limit = motcua.TimeLimit.parse("20wd")
    ns, _ = measure(20_000, lambda: [cal.deadline(one, limit) for _ in range(20_000)], 15)
    say("one", "motcua, Python", ns)


def numpy_peers(world: World) -> None:
    rows, count = world.rows, len(world.rows.days)
    calendar = np.busdaycalendar(holidays=world.holidays)
    expected = world.calendar.add_working_days(world.days, rows.amounts)

    def offset() -> np.ndarray:
        return np.busday_offset(world.days, rows.amounts, roll="backward", busdaycal=calendar)

    ns, due = measure(count, offset, 5)
    say("days", "NumPy busday_offset", ns, bool((due == expected).all()), "no make-up days")
    # What a careful user writes by hand.
    first = np.datetime64("2004-01-01").astype(np.int64)
    working = world.national.is_working_day(np.arange("2004-01-01", "2041-01-01", dtype="M8[D]"))
    rank, select = np.cumsum(working), np.flatnonzero(working)
    ns, due = measure(count, lambda: select[rank[rows.days - first] + rows.amounts - 1] + first, 11)
    agrees = bool((due.view("M8[D]") == world.national.add_working_days(world.days, rows.amounts)).all())
    say("days", "NumPy rank/select by hand", ns, agrees, "the tables from motcua")
    ns, found = measure(count, lambda: np.busday_count(world.days + 1, world.later + 1, busdaycal=calendar), 5)
    agrees = bool((found == world.calendar.count_working_days(world.days, world.later)).all())
    say("count", "NumPy busday_count", ns, agrees, "no make-up days")
    one = world.days[0]
    ns, _ = measure(
        2_000, lambda: [np.busday_offset(one, 20, roll="backward", busdaycal=calendar) for _ in range(2_000)], 9
    )
    say("one", "NumPy busday_offset", ns)


def quantlib_peer(world: World, count: int = 50_000) -> None:
    import QuantLib as ql

    calendar = ql.BespokeCalendar("Vietnam")
    calendar.addWeekend(ql.Saturday)
    calendar.addWeekend(ql.Sunday)
    serial = ql.Date(1, 1, 1970).serialNumber()
    for day in world.holidays.astype(np.int64):
        calendar.addHoliday(ql.Date(int(day) + serial))
    days = [ql.Date(int(day) + serial) for day in world.rows.days[:count]]
    later = [ql.Date(int(day) + serial) for day in world.rows.later[:count]]
    amounts = [int(n) for n in world.rows.amounts[:count]]
    note = "through its Python binding; upstream C++ was seen at 663 ns (add), 2,400 ns (count)"
    advance = calendar.advance
    ns, due = measure(count, lambda: [advance(d, n, ql.Days) for d, n in zip(days, amounts)], 3)
    numbers = np.array([d.serialNumber() - serial for d in due], "M8[D]")
    expected = world.calendar.add_working_days(world.days[:count], world.rows.amounts[:count])
    say("days", "QuantLib advance", ns, bool((numbers == expected).all()), note)
    between = calendar.businessDaysBetween
    ns, found = measure(count, lambda: [between(a, b, False, True) for a, b in zip(days, later)], 3)
    expected = world.calendar.count_working_days(world.days[:count], world.later[:count])
    # QuantLib does not count within one day, and excludes by the sign of the difference.
    say("count", "QuantLib businessDaysBetween", ns, bool((np.array(found) == expected).all()), note)


def pandas_peers(world: World, count: int = 20_000) -> None:
    import pandas as pd

    days = [pd.Timestamp(day) for day in world.days[:count]]
    by_amount = [pd.offsets.CustomBusinessDay(n, holidays=list(world.holidays)) for n in range(61)]
    amounts = [int(n) for n in world.rows.amounts[:count]]
    ns, due = measure(count, lambda: [d + by_amount[n] for d, n in zip(days, amounts)], 3)
    expected = world.calendar.add_working_days(world.days[:count], world.rows.amounts[:count])
    # From a day off pandas first rolls forward, and counts that as the first step.
    on_work = world.calendar.is_working_day(world.days[:count])
    agrees = bool((np.array([d.to_datetime64() for d in due], "M8[D]") == expected)[on_work].all())
    say("days", "pandas CustomBusinessDay", ns, agrees, "no make-up days; compared from working days")
    ns, _ = measure(2_000, lambda: [days[0] + by_amount[20] for _ in range(2_000)], 9)
    say("one", "pandas CustomBusinessDay", ns)
    hours = pd.offsets.CustomBusinessHour(
        24, start=["07:30", "13:30"], end=["11:30", "17:30"], holidays=list(world.holidays)
    )
    few = min(count, 2_000)
    minutes = [pd.Timestamp(minute) for minute in world.minutes[:few]]
    ns, due = measure(few, lambda: [at + hours for at in minutes], 3)
    found = np.array([at.to_datetime64() for at in due], "M8[m]")
    expected = world.calendar.deadlines(world.minutes[:few], "24wh")
    # An end on a closing minute pandas moves to the next opening: no working minute lies between.
    same = float((world.calendar.working_minutes(expected, found) == 0).mean())
    note = f"no make-up days; {same:.2%} of the rows equal but for closing minutes"
    say("minutes by_hour", "pandas CustomBusinessHour", ns, same > 0.99, note)


def holidays_peer(world: World, count: int = 5_000) -> None:
    import holidays

    vietnam = holidays.country_holidays("VN", years=range(2014, 2033))
    days = [EPOCH + dt.timedelta(int(day)) for day in world.rows.days[:count]]
    amounts = [int(n) for n in world.rows.amounts[:count]]
    ns, _ = measure(count, lambda: [vietnam.get_nth_working_day(d, n) for d, n in zip(days, amounts)], 3)
    say("days", "holidays get_nth_working_day", ns, None, "its own table: no swapped days before they are entered")
    ns, _ = measure(1, lambda: list(holidays.country_holidays("VN", years=range(2004, 2041))), 5)
    say("compile", "holidays, one country", ns)


def node_rows(world: World, count: int = 20_000, few: int = 500) -> None:
    """What dates.mjs reads, and the answers it is compared with."""
    weekdays = np.busday_offset(world.days[:count], world.rows.amounts[:count], roll="backward")
    print(
        json.dumps(
            {
                "holidays": [str(day) for day in world.holidays],
                "days": [str(day) for day in world.days[:count]],
                "amounts": world.rows.amounts[:count].tolist(),
                "minutes": [str(minute) for minute in world.minutes[:few]],
                "hours": 24,
                "expected_days": [str(day) for day in weekdays],
                "expected_minutes": [str(minute) for minute in world.calendar.deadlines(world.minutes[:few], "24wh")],
            }
        )
    )


def main() -> None:
    assert MINUTES_PER_DAY == 1440
    world = World()
    if sys.argv[1:] == ["--node-rows"]:
        node_rows(world)
        return
    ours(world)
    for work, peer in (
        ("NumPy", numpy_peers),
        ("QuantLib", quantlib_peer),
        ("pandas", pandas_peers),
        ("holidays", holidays_peer),
    ):
        try:
            peer(world)
        except Exception as error:  # a peer that is missing or broken is said, and the others still run
            say("missing", work, None, None, f"{type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
