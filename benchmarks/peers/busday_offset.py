"""Working-day arithmetic beside NumPy's ``busday_offset``, in one run and on the same rows.

NumPy gets the same calendar as a holiday list; make-up Saturdays it cannot express, so
they are taken out of both. Prints the median of several runs and the ratio.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time

import numpy as np

import motcua

ROWS = 1_000_000
REPEATS = 7


def rows() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(20250701)
    first, last = np.datetime64("2015-01-01"), np.datetime64("2026-06-30")
    days = first + random.integers(0, (last - first).astype(int), ROWS)
    return days, random.integers(1, 61, ROWS)


def without_make_up_days() -> tuple[motcua.WorkingCalendar, np.busdaycalendar]:
    make_up = [row.date for year in range(2015, 2028) for row in motcua.holidays(year) if row.kind == "make_up"]
    calendar = motcua.WorkingCalendar.national().with_layer({"days_off": [(day, "not worked") for day in make_up]})
    days = np.arange(np.datetime64("2014-12-01"), np.datetime64("2028-01-01"))
    weekday = np.is_busday(days)
    return calendar, np.busdaycalendar(holidays=days[weekday & ~calendar.is_working_day(days)])


def median_ns(run) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter_ns()
        run()
        times.append((time.perf_counter_ns() - start) / ROWS)
    return statistics.median(times)


def main() -> None:
    days, amounts = rows()
    calendar, peer = without_make_up_days()
    ours = calendar.add_working_days(days, amounts)
    theirs = np.busday_offset(days, amounts, roll="backward", busdaycal=peer)
    assert (ours == theirs).all(), "the two disagree"
    motcua_ns = median_ns(lambda: calendar.add_working_days(days, amounts))
    numpy_ns = median_ns(lambda: np.busday_offset(days, amounts, roll="backward", busdaycal=peer))
    print(f"{dt.date.today()}  {ROWS:,} rows, 1 to 60 working days, median of {REPEATS} runs, results equal")
    print(f"  motcua add_working_days   {motcua_ns:8.2f} ns a row")
    print(f"  numpy  busday_offset      {numpy_ns:8.2f} ns a row")
    print(f"  ratio                     {numpy_ns / motcua_ns:8.1f}")


if __name__ == "__main__":
    main()
