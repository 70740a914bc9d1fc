"""Office minutes: every moment inside office hours as one integer.

The office is open 07:00-11:30 and 13:30-17:00, 480 minutes a working day.
Office minute ``480 * day + m`` is minute ``m`` of that day's 480, where ``day``
counts working days. Sums and comparisons of office minutes are plain integers.
"""

from __future__ import annotations

import numpy as np

MINUTES = 480
MORNING = 270  # 07:00-11:30
_OFF = ["2025-04-07", "2025-04-30", "2025-05-01", "2025-05-02", "2025-09-01", "2025-09-02"]
_MAKE_UP = ["2025-04-26"]


def _working_days() -> np.ndarray:
    days = np.arange("2025-02-03", "2025-12-31", dtype="M8[D]")
    weekday = (days.view(np.int64) + 3) % 7  # 0 is Monday
    is_open = (weekday < 5) & ~np.isin(days, np.array(_OFF, "M8[D]"))
    return days[is_open | np.isin(days, np.array(_MAKE_UP, "M8[D]"))].view(np.int64)


DAYS = _working_days()


def day_index(date: str) -> int:
    """The index of a working day."""
    return int(np.searchsorted(DAYS, np.datetime64(date, "D").view(np.int64)))


def rolled_index(day_numbers: np.ndarray) -> np.ndarray:
    """The index of the working day on or after each calendar day."""
    return np.searchsorted(DAYS, day_numbers)


def civil_minute(office: np.ndarray) -> np.ndarray:
    """Office minutes as minutes since 1970-01-01T00:00."""
    day, m = np.divmod(office, MINUTES)
    return DAYS[day] * 1440 + np.where(m < MORNING, 420 + m, 810 + m - MORNING)


def _profile() -> np.ndarray:
    """How likely each of the 480 minutes is: busy from 8 to 10 and after the lunch break."""
    hours = [(60, 0.8), (60, 1.35), (60, 1.4), (60, 1.1), (30, 0.5), (30, 0.8), (60, 1.2), (60, 0.95), (60, 0.45)]
    density = np.concatenate([np.full(length, weight) for length, weight in hours])
    return np.cumsum(density) / density.sum()


_PROFILE = _profile()


def busy_minutes(rng: np.random.Generator, size: int) -> np.ndarray:
    """Minutes of the office day (0..471) as people come; nobody is let in during the last eight."""
    return np.minimum(np.searchsorted(_PROFILE, rng.random(size)), MINUTES - 9)


def spread(total: int, weights: np.ndarray) -> np.ndarray:
    """``total`` things laid out by weight in whole numbers (largest remainders)."""
    share = total * weights / weights.sum()
    counts = np.floor(share).astype(np.int64)
    rest = np.argsort(-(share - counts), kind="stable")[: total - counts.sum()]
    counts[rest] += 1
    return counts
