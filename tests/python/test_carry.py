"""Statistics moved along succession: what is given on, what is left over, and why."""

from __future__ import annotations

import csv
import pathlib
import random
from collections import defaultdict

import pytest

import motcua

FACTS = pathlib.Path(__file__).resolve().parents[2] / "core" / "data" / "units"
OLD, NEW = "2025-06-30", "2025-07-01"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.fixture(scope="module")
def edges():
    made = defaultdict(list)
    with open(FACTS / "succession_2025.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["level"] == "commune" and len(row["from_code"]) == 5:
                made[row["from_code"]].append((row["to_code"], row["moved"]))
    return made


def total(carried):
    return sum(carried.values.values()) + sum(left.value for left in carried.unapportioned)


def test_every_resident_of_2025_is_carried_as_the_clauses_say(reg, edges):
    draw = random.Random(1)
    values = {code: draw.randrange(1, 50_000) for code in edges}
    carried = reg.carry(values, OLD, NEW)
    expected, left = defaultdict(int), set()
    for code, to in edges.items():
        peopled = [unit for unit, moved in to if moved != "area"]
        whole = [unit for unit, moved in to if moved == "area+all_population"] or (peopled if len(peopled) == 1 else [])
        if len(whole) == 1:
            expected[whole[0]] += values[code]
        else:
            left.add(code)
    assert carried.values == expected
    assert {note.code for note in carried.unapportioned} == left
    assert {note.reason for note in carried.unapportioned} == {"split"}
    assert total(carried) == sum(values.values()) and not carried.assumed


def test_land_of_a_split_unit_waits_for_weights(reg, edges):
    split = [code for code, to in edges.items() if len(to) > 1]
    assert len(split) == 441 or len(split) == 440
    carried = reg.carry({code: 100 for code in split}, OLD, NEW, "area")
    with_land = {c: [u for u, moved in edges[c] if moved != "population"] for c in split}
    assert {note.code for note in carried.unapportioned} == {c for c in split if len(with_land[c]) > 1}
    assert total(carried) == 100 * len(split)


def test_weights_part_whole_numbers_without_loss(reg, edges):
    draw = random.Random(2)
    split = {code: to for code, to in edges.items() if len(to) > 1}
    for _ in range(20):
        values = {code: draw.randrange(-1_000, 100_000) for code in split}
        weights = {(code, unit): draw.choice([0.5, 1, 2, 1 / 3]) for code, to in split.items() for unit, _ in to}
        carried = reg.carry(values, OLD, NEW, weights)
        assert sum(carried.values.values()) == sum(values.values()) and not carried.unapportioned
    code, to = next(iter(split.items()))
    thirds = reg.carry({code: 100}, OLD, NEW, {code: {unit: 1 for unit, _ in to}})
    assert max(thirds.values.values()) - min(thirds.values.values()) <= 1
    halves = reg.carry({code: 0.5}, OLD, NEW, {code: {unit: 1 for unit, _ in to}})
    assert sum(halves.values.values()) == pytest.approx(0.5, abs=1e-15)


def test_largest_remainders_come_first_and_ties_go_to_the_smaller_code(reg, edges):
    code = next(code for code, to in edges.items() if len(to) == 3)
    one, two, three = sorted(unit for unit, _ in edges[code])
    assert reg.carry({code: 10}, OLD, NEW, {code: {one: 1, two: 1, three: 1}}).values == {one: 4, two: 3, three: 3}
    assert reg.carry({code: 10}, OLD, NEW, {code: {one: 14, two: 27, three: 59}}).values == {one: 1, two: 3, three: 6}
    assert reg.carry({code: -10}, OLD, NEW, {code: {one: 1, two: 1, three: 1}}).values == {one: -4, two: -3, three: -3}


@pytest.mark.parametrize("since, until", [("2004-08-31", "2026-10-01"), ("2015-01-01", "2025-06-30"), (NEW, OLD)])
def test_totals_are_conserved_between_any_two_days(reg, since, until):
    draw = random.Random(3)
    values = {unit.code: draw.randrange(100_000) for unit in reg.units(since, "commune")}
    carried = reg.carry(values, since, until)
    assert total(carried) == sum(values.values())
    standing = {unit.code for unit in reg.units(until)}
    assert set(carried.values) <= standing
    assert {note.reason for note in carried.assumed} <= {"extent_unknown"}


def test_by_way_of_another_day_is_the_same_where_nothing_is_left_over(reg):
    values = {unit.code: i + 1 for i, unit in enumerate(reg.units("2010-01-01", "commune"))}
    direct = reg.carry(values, "2010-01-01", NEW)
    half = reg.carry(values, "2010-01-01", "2020-06-01")
    rest = reg.carry(half.values, "2020-06-01", NEW)
    known = {note.code for note in direct.unapportioned}
    if not half.unapportioned:
        assert rest.values == direct.values
    assert sum(rest.values.values()) + sum(n.value for n in rest.unapportioned + half.unapportioned) == total(direct)
    assert known


def test_provinces_districts_and_unknown_successors(reg):
    assert reg.carry({"68": 3, "60": 2, "67": 1}, OLD, NEW).values == {"68": 6}
    district = reg.carry({"673": 5}, OLD, NEW)
    assert district.values == {} and district.unapportioned == [("673", 5, "split")]
    gone = reg.carry({"23758": 7}, "2020-01-31", "2020-02-01")
    assert gone.unapportioned == [("23758", 7, "no_successor")]


def test_values_may_be_fractions_pairs_and_units(reg):
    unit = reg.unit("24826", OLD)
    assert reg.carry([(unit, 1.5), ("24838", 2)], OLD, NEW).values == {"24829": 3.5}
    assert reg.carry({}, OLD, NEW) == ({}, [], [])
    back = reg.carry({"24829": 6}, NEW, OLD)
    assert back.unapportioned == [("24829", 6, "split")]
    parted = reg.carry({"24829": 6}, NEW, OLD, {"24829": {"24826": 1, "24829": 1, "24838": 1}})
    assert parted.values == {"24826": 2, "24829": 2, "24838": 2}


def test_what_carry_refuses(reg):
    def refused(error, match, *args):
        with pytest.raises(error, match=match):
            reg.carry(*args)

    refused(motcua.UnknownUnit, "row 1: code '99999'", {"24826": 1, "99999": 1}, OLD, NEW)
    refused(motcua.InvalidArgument, "row 0: code", {"2": 1}, OLD, NEW)
    refused(motcua.OutsideCoverage, "since", {"24826": 1}, "2000-01-01", NEW)
    refused(motcua.InvalidArgument, "finite", {"24826": float("nan")}, OLD, NEW)
    refused(TypeError, "a number", {"24826": "12"}, OLD, NEW)
    refused(TypeError, "a number", {"24826": True}, OLD, NEW)
    refused(motcua.InvalidArgument, "64 bits", {"24826": 2**63}, OLD, NEW)
    refused(motcua.InvalidArgument, "can be represented", {"24826": 2**62, "24829": 2**62}, OLD, NEW)
    refused(motcua.InvalidArgument, "weights 'people'", {"24826": 1}, OLD, NEW, "people")
    refused(motcua.InvalidArgument, "24826 to 24820", {"24826": 1}, OLD, NEW, {("24826", "24820"): 1})
    refused(motcua.InvalidArgument, "0 or more", {"24826": 1}, OLD, NEW, {("24826", "24829"): -1})
    refused(motcua.InvalidArgument, "0 or more", {"24826": 1}, OLD, NEW, {("24826", "24829"): float("inf")})
    refused(motcua.InvalidArgument, "one above 0", {"24826": 1}, OLD, NEW, {("24826", "24829"): 0})
    refused(TypeError, "weights", {"24826": 1}, OLD, NEW, 3)


def test_a_district_beside_its_communes_is_not_counted_twice(reg):
    # The four wards of Ngũ Hành Sơn (494) went whole to one ward of the same name.
    wards = {unit.code: 1_000 for unit in reg.units(OLD, "commune", "494")}
    alone = reg.carry({"494": 4_000}, OLD, NEW)
    assert list(alone.values.values()) == [4_000] and not alone.unapportioned
    both = reg.carry({"494": 4_000, **wards}, OLD, NEW)
    assert both.values == alone.values
    assert both.unapportioned == [("494", 4_000, "counted_below")]
    # While districts last they take their values on beside those of the communes.
    before = reg.carry({"494": 4_000, **wards}, "2025-02-01", OLD)
    assert before.values == {"494": 4_000, **wards} and not before.unapportioned
