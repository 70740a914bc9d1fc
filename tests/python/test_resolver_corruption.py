"""Every unit's full name, alone and with its parents, spoilt at random, still finds it.

A slow oracle says which other units are as near: plain edit distance between the letters of
the text and of every full name of the day. A row is right if its unit comes first, or if
another one is as near and the answer says that it is ambiguous.

Draws 5 % of the units; all with MOTCUA_LONG=1. MOTCUA_SEED=N repeats a run.
"""

from __future__ import annotations

import os
import random

import numpy as np
import pytest
from spoiling import LONG, Oracle, most, one_edit, parts, without_marks

import motcua


def spelt(unit, form, order):
    """The full name alone or with its parents, as it is or in the other order."""
    if form == "with parents":
        return ", ".join(parts(unit)[::order])
    return f"{unit.type} {unit.name}" if order == 1 else f"{unit.name} {unit.type}"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01"])
@pytest.mark.parametrize("form", ["alone", "with parents"])
@pytest.mark.parametrize("spoil", ["one edit", "no diacritics", "swapped order"])
def test_a_spoilt_full_name_finds_its_unit(reg, day, form, spoil):
    seed = int(os.environ.get("MOTCUA_SEED", "20250701"))
    rng = random.Random(f"{seed} {day} {form} {spoil}")
    units = reg.units(day)
    order = -1 if spoil == "swapped order" else 1
    oracle = Oracle([spelt(unit, form, order) for unit in units])
    drawn = range(len(units)) if LONG else rng.sample(range(len(units)), len(units) // 20)
    change = {"one edit": lambda text: one_edit(text, rng), "no diacritics": without_marks}.get(spoil, str)
    texts = [change(spelt(units[i], form, order)) for i in drawn]
    found = reg.resolve_many(texts, day)
    first = found.code == np.array([units[i].code for i in drawn])
    nearest = [None if first[k] else oracle.as_near(text, drawn[k]) for k, text in enumerate(texts)]
    # A text that is another unit's name is that unit: nobody sees the error.
    exact = np.array([near == 0 and spoil == "one edit" for near in nearest])
    as_near = np.array([near is not None for near in nearest])
    right = first | (as_near & found.ambiguous) | exact
    certain = found.score >= 0.9
    wrong = certain & ~first & ~found.ambiguous & ~exact
    print(
        f"{day} {form}, {spoil}: {len(texts)} units, seed {seed}: first {first.mean():.4f}, right {right.mean():.4f}; "
        f"certain {certain.mean():.3f}, precision there {1 - wrong.sum() / max(1, certain.sum()):.5f}"
    )
    missed = [(texts[k], found.code[k], units[drawn[k]].code, nearest[k]) for k in np.flatnonzero(~right)]
    if os.environ.get("MOTCUA_SHOW"):
        print(*missed, sep="\n")
        print("wrong", *[texts[k] for k in np.flatnonzero(wrong)], sep="\n")
    # A draw strays from the whole: three standard deviations are chance, not a worse resolver.
    assert len(missed) <= most(0.01, len(texts)), missed[:10]
    assert np.count_nonzero(wrong) <= most(0.001, certain.sum()), [texts[k] for k in np.flatnonzero(wrong)[:10]]
