"""The resolver against addresses written from the data files, never by the resolver."""

from __future__ import annotations

import csv
import pathlib
import unicodedata

import numpy as np
import pytest

import motcua

TABLE = pathlib.Path(__file__).parents[1] / "golden" / "resolver.tsv"


def read():
    with open(TABLE, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ROWS = read()


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def test_the_table_is_as_large_and_as_wide_as_it_says(reg):
    assert len(ROWS) >= 400
    named = [row for row in ROWS if row["code"].isdigit()]

    def province(row):
        unit = reg.unit(row["code"], row["day"])
        while unit.parent:
            unit = unit.parent
        return unit.code

    old = {province(row) for row in named if row["day"] < "2025-07-01"}
    new = {province(row) for row in named if row["day"] >= "2025-07-01"}
    assert len(old - {"28"}) == 63 and len(new) == 34  # 28: Hà Tây, to 2008
    stages = {row["stage"] for row in ROWS}
    assert stages >= {"exact", "case", "apostrophe", "tone_placement", "abbreviation", "no_diacritics"}
    assert sum(row["code"] == "-" for row in ROWS) >= 25 and sum(row["code"] == "?" for row in ROWS) >= 10


@pytest.mark.parametrize("row", ROWS, ids=[row["text"] for row in ROWS])
def test_an_address_written_by_hand(reg, row):
    matches = reg.resolve(row["text"], row["at"])
    if row["code"] == "-":
        assert matches == []
        return
    best = matches[0]
    if row["code"] == "?":
        assert best.ambiguous and len(matches) > 1 and all(m.score < 0.9 for m in matches)
        assert matches[1].ambiguous and best.score - matches[1].score < 0.1
        return
    # The same unit; of its spells the one that stands on the day of the question.
    assert best.unit.key == reg.unit(row["code"], row["day"]).key
    if row["certain"] != "any":
        assert (best.score >= 0.9) == (row["certain"] == "yes"), best
    assert not best.ambiguous
    if row["stage"]:
        assert best.stage == row["stage"]
    if row["rest"]:
        assert best.rest == row["rest"]


def test_decomposed_writing_changes_nothing(reg):
    texts = [row["text"] for row in ROWS]
    composed = reg.resolve_many(texts, "2026-10-01")
    decomposed = reg.resolve_many([unicodedata.normalize("NFD", text) for text in texts], "2026-10-01")
    for field in ("code", "score", "ambiguous"):
        assert (getattr(composed, field) == getattr(decomposed, field)).all()
    assert (np.array(composed.stage) == np.array(decomposed.stage)).all()
