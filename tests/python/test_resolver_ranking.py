"""Names in a row, without commas, level words or marks: the smallest unit that they name comes first.

Every commune is written from itself up and from its province down. A row is right if its
commune comes first, or if the letters are those of another commune too and the answer says that
it is ambiguous. Draws 10 %; all with MOTCUA_LONG=1. MOTCUA_SEED=N repeats a run.
"""

from __future__ import annotations

import collections
import os
import random

import numpy as np
import pytest
from spoiling import LONG, letters, most, without_marks

import motcua

TODAY = "2026-10-01"


def names(unit):
    return [unit.name] + (names(unit.parent) if unit.parent else [])


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.mark.parametrize("day, at", [("2025-06-30", "2025-06-30"), ("2025-06-30", TODAY), (TODAY, TODAY)])
@pytest.mark.parametrize("order", [1, -1], ids=["upwards", "downwards"])
def test_bare_names_in_a_row(reg, day, at, order):
    seed = int(os.environ.get("MOTCUA_SEED", "20250701"))
    rng = random.Random(f"{seed} {day} {at} {order}")
    units = reg.units(day, "commune")
    texts = [without_marks(" ".join(names(unit)[::order])).lower() for unit in units]
    bearers = collections.Counter(map(letters, texts))
    # A number without a level word names nothing.
    drawn = [i for i, unit in enumerate(units) if not any(name.isdigit() for name in names(unit))]
    if not LONG:
        drawn = rng.sample(drawn, len(drawn) // 10)
    found = reg.resolve_many([texts[i] for i in drawn], at)
    first = found.code == np.array([units[i].code for i in drawn])
    shared = np.array([bearers[letters(texts[i])] > 1 for i in drawn])
    right = first | (shared & found.ambiguous)
    wrong = (found.score >= 0.9) & ~first & ~found.ambiguous
    missed = [(texts[i], found.code[k], units[i].code) for k, i in enumerate(drawn) if not right[k]]
    print(f"{day} at {at}: {len(drawn)} rows, seed {seed}: right {right.mean():.4f}, certain and wrong {wrong.sum()}")
    assert len(missed) <= most(0.01, len(drawn)), missed[:10]
    assert np.count_nonzero(wrong) <= most(0.001, np.count_nonzero(found.score >= 0.9))


@pytest.mark.parametrize(
    "text, code",
    [
        ("binh xa ham yen tuyen quang", "02404"),
    ],
)
def test_a_name_that_ends_in_a_level_word(reg, text, code):
    assert reg.resolve(text, TODAY)[0].unit.code == code
