"""The rows that every peer works on, made as benchmarks/time/rows.cc makes them."""

from __future__ import annotations

import numpy as np

FIRST_DAY, DAYS, MINUTES_PER_DAY = 16436, 5660, 1440


def bits(count: int, column: int) -> np.ndarray:
    """64 well mixed bits of each row (splitmix64)."""
    with np.errstate(over="ignore"):
        x = (np.arange(count, dtype=np.uint64) * np.uint64(8) + np.uint64(column + 1)) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return x ^ (x >> np.uint64(31))


class Rows:
    """``count`` acceptances from 2015-01-01 to 2030-06-30, and 1 to 60 working days."""

    def __init__(self, count: int = 1_000_000):
        def below(column: int, limit: int) -> np.ndarray:
            return (bits(count, column) % np.uint64(limit)).astype(np.int64)

        self.days = FIRST_DAY + below(0, DAYS)
        self.amounts = 1 + below(1, 60)
        self.later = self.days + below(2, 365)
        self.minutes = self.days * MINUTES_PER_DAY + below(3, MINUTES_PER_DAY)
