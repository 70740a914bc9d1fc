"""Succession against a slow oracle that reads the TSVs and searches breadth first."""

from __future__ import annotations

import collections
import csv
import datetime as dt
import pathlib
import random

import numpy as np
import pytest

import motcua

FACTS = pathlib.Path(__file__).parents[2] / "core" / "data" / "units"
SWITCH = "2025-07-01"


def read(name):
    with open(FACTS / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


class Oracle:
    """Codes only; a state is (code, first day of its spell)."""

    def __init__(self):
        self.spells = collections.defaultdict(list)
        for row in read("history/spells.tsv"):
            self.spells[row["code"]].append((row["valid_from"], row["valid_to"]))
        for row in read("units_2025.tsv"):
            self.spells[row["code"]].append((SWITCH, "9999-12-31"))
        self.edges = collections.defaultdict(list)
        ended = set()
        for row in read("history/successions.tsv"):
            ended.add((row["from_code"], row["date"]))
            if row["to_code"]:
                self.edges[row["from_code"], row["date"]].append(row["to_code"])
        for row in read("succession_2025.tsv"):
            if row["level"] != "district":
                self.edges[row["from_code"], SWITCH].append(row["to_code"])
        self._add_siblings()
        for code, spells in self.spells.items():
            for (_, end), (begin, _) in zip(spells, spells[1:]):
                if end == begin != SWITCH and (code, end) not in ended:
                    self.edges[code, end].append(code)

    def _add_siblings(self):
        """ "Cổ Nhuế" that an act renamed to "Cổ Nhuế 1" went into its "Cổ Nhuế 2" as well."""
        acts = collections.defaultdict(list)
        for row in read("history/changes.tsv"):
            acts[row["date"], row["decree"]].append(row)
        reached = {(to, day) for (_, day), codes in self.edges.items() for to in codes}
        for (day, _), rows in acts.items():
            for renamed in rows:
                stem = renamed["old"] + " "
                if renamed["kind"] != "rename" or len(renamed["code"]) < 5 or not renamed["new"].startswith(stem):
                    continue
                for made in rows:
                    name = made["new"].partition(" [")[0].removeprefix("Thị trấn ").partition(" ")[2]
                    if made["kind"] == "create" and name.startswith(stem) and (made["code"], day) not in reached:
                        self.edges[renamed["code"], day].append(made["code"])

    def spell(self, code, day):
        return next(((a, b) for a, b in self.spells[code] if a <= day < b), None)

    def successors(self, code, since, until):
        queue, seen, ends = [(code, self.spell(code, since))], set(), set()
        while queue:
            code, (begin, end) = queue.pop()
            if (code, begin) in seen:
                continue
            seen.add((code, begin))
            if begin <= until < end:
                ends.add(code)
            elif end <= until:
                queue += [(to, self.spell(to, end)) for to in self.edges[code, end]]
        return ends


@pytest.fixture(scope="module")
def oracle():
    return Oracle()


def ragged(reg, codes, since, until):
    offsets, found = reg.translate(codes, since, until)
    return {code: set(found[a:b]) for code, a, b in zip(codes, offsets, offsets[1:])}


def test_every_edge_of_2025_has_its_act_clause_extent_and_move(reg):
    expected = collections.defaultdict(dict)
    for row in read("succession_2025.tsv"):
        if row["level"] == "commune" and len(row["from_code"]) == 5:
            expected[row["from_code"]][row["to_code"]] = row
    assert sum(map(len, expected.values())) == 10_566
    for code, rows in expected.items():
        succession = reg.successors(code, "2025-06-30", SWITCH)
        assert [edge.unit.code for edge in succession.edges] == sorted(rows)
        for edge in succession.edges:
            row = rows[edge.unit.code]
            article, clause = row["clause"].split(".")
            assert (edge.extent, edge.moved) == (row["extent"], row["moved"])
            assert edge.steps == [(dt.date(2025, 7, 1), row["resolution"], article, clause)]
        assert (succession.kind == "split") == (len(rows) > 1)
        assert (succession.kind == "unchanged") == all(row["moved"] == "unchanged" for row in rows.values())


def test_every_district_and_province_of_2025(reg):
    for row in read("succession_2025.tsv"):
        succession = reg.successors(row["from_code"], "2025-06-30", SWITCH) if len(row["from_code"]) < 5 else None
        if row["level"] == "district":
            assert succession.kind == "abolished" and succession.answered_by.code == row["to_code"]
            assert succession.edges
        elif row["level"] == "province":
            assert [edge.unit.code for edge in succession.edges] == [row["to_code"]]


@pytest.mark.parametrize(
    "since, until",
    [
        ("2004-08-31", "2026-10-01"),
        ("2004-08-31", "2019-12-31"),
        ("2008-07-31", "2025-07-01"),
        ("2015-08-30", "2015-08-31"),
        ("2019-01-01", "2025-06-30"),
    ],
)
def test_the_closure_agrees_with_breadth_first_search(reg, oracle, since, until):
    codes = [unit.code for unit in reg.units(since, "commune")]
    found = ragged(reg, codes, since, until)
    assert all(found[code] == oracle.successors(code, since, until) for code in codes)


def test_looking_back_is_the_inverse_of_looking_forward(reg, oracle):
    since, until = "2007-01-01", "2026-01-01"
    forward = collections.defaultdict(set)
    for unit in reg.units(since, "commune"):
        for code in oracle.successors(unit.code, since, until):
            forward[code].add(unit.code)
    for unit in random.Random(7).sample(reg.units(until, "commune"), 600):
        back = {edge.unit.code for edge in reg.predecessors(unit.code, until, since).edges}
        assert {code for code in back if len(code) == 5} == forward[unit.code]


def test_going_by_way_of_another_day_ends_in_the_same_place(reg):
    first, middle, last = "2009-01-01", "2020-06-01", "2026-01-01"
    codes = [unit.code for unit in reg.units(first, "commune")]
    direct, half = ragged(reg, codes, first, last), ragged(reg, codes, first, middle)
    rest = ragged(reg, sorted(set().union(*half.values())), middle, last)
    for code in codes:
        assert direct[code] == set().union(*(rest[between] for between in half[code]))


def test_unknown_successors_are_said_to_be_unknown(reg):
    succession = reg.successors("23758", "2020-01-31", "2020-02-01")
    assert (succession.kind, succession.edges) == ("unknown", [])


def test_extents_combine_along_a_path(reg):
    # Xã Trung Hưng was parted on 2024-12-01; nothing says who got what.
    succession = reg.successors("12094", "2024-11-30", "2025-06-30")
    assert succession.kind == "split"
    assert [(e.unit.code, e.extent, e.moved) for e in succession.edges] == [
        ("12052", "part", "unknown"),
        ("12091", "part", "unknown"),
    ]
    later = reg.successors("12094", "2024-11-30", "2025-07-01")
    assert all(edge.extent == "part" and len(edge.steps) == 2 for edge in later.edges)


@pytest.mark.parametrize(
    "first, second", [("2025-06-30", "2025-07-01"), ("2019-01-01", "2025-06-30"), ("2004-08-31", "2026-10-01")]
)
def test_equivalents_partition_both_days(reg, oracle, first, second):
    groups = reg.equivalents(first, second)
    for side, day in ((0, first), (1, second)):
        units = [unit.code for group in groups for unit in group[side] if unit.level == "commune"]
        assert sorted(units) == [unit.code for unit in reg.units(day, "commune")]
    place = {unit.code: i for i, group in enumerate(groups) for unit in group.second}
    for i, group in enumerate(groups):
        for unit in group.first:
            assert {place[code] for code in oracle.successors(unit.code, first, second)} <= {i}
        assert group.known == bool(group.first and group.second) or not group.known


def test_equivalents_of_2025_are_all_known(reg):
    groups = reg.equivalents("2025-06-30", "2025-07-01")
    assert all(group.known and group.first and group.second for group in groups)
    assert sum(len(g.first) for g in groups) == 10_035 + 5 and sum(len(g.second) for g in groups) == 3_321


def test_translate_takes_any_array_of_strings(reg):
    expected = ["24829", "24829"]
    for codes in (["24826", "24829"], np.array(["24826", "24829"]), np.array([b"24826", b"24829"])):
        offsets, found = reg.translate(codes, "2025-06-30", SWITCH)
        assert offsets.tolist() == [0, 1, 2] and found.tolist() == expected
    offsets, found = reg.translate([], "2025-06-30", SWITCH)
    assert offsets.tolist() == [0] and found.size == 0
    offsets, found = reg.translate(["99999", "24826"], "2025-06-30", SWITCH, on_error="empty")
    assert offsets.tolist() == [0, 0, 1]
