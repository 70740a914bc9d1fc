"""Units that go on without all of their ground: what the changes of their communes prove."""

from __future__ import annotations

import collections
import csv
import datetime as dt
import pathlib

import pytest

import motcua

HISTORY = pathlib.Path(__file__).parents[2] / "core" / "data" / "units" / "history"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def read(name):
    with open(HISTORY / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def around(day):
    day = dt.date.fromisoformat(day)
    return day - dt.timedelta(days=1), day


def told(succession):
    return [(edge.unit.code, edge.extent, edge.moved) for edge in succession.edges]


@pytest.mark.parametrize(
    "code, day, takers, act",
    [
        ("474", "2025-01-01", ["474", "475"], "1314/NQ-UBTVQH15"),  # Thành phố Huế, into two districts
        ("238", "2007-04-24", ["238", "240"], "61/2007/NĐ-CP"),  # Thanh Sơn: 17 communes to Tân Sơn
        ("26", "2008-08-01", ["01", "26"], "15/2008/QH12"),  # Vĩnh Phúc: Mê Linh to Hà Nội
        ("17", "2008-08-01", ["01", "17"], "15/2008/QH12"),  # Hòa Bình: four communes to Hà Nội
    ],
)
def test_a_unit_that_lost_communes_is_no_longer_whole(reg, code, day, takers, act):
    before, day = around(day)
    went = reg.successors(code, before, day)
    assert went.kind == "split" and told(went) == [(taker, "part", "unknown") for taker in takers]
    assert all([(step.date, step.act) for step in edge.steps] == [(day, act)] for edge in went.edges)
    offsets, codes = reg.translate([code], before, day)
    assert codes.tolist() == takers
    assert reg.carry({code: 100}, before, day).unapportioned == [(code, 100, "split")]
    for taker in takers:
        assert (code, "part", "unknown") in told(reg.predecessors(taker, day, before))


def test_every_commune_that_changed_district_took_its_ground_along(reg):
    pairs = {
        (row["date"], row["old"].split(" ")[0], row["new"].split(" ")[0])
        for row in read("changes.tsv")
        if row["kind"] == "reparent" and len(row["code"]) == 5
    }
    assert len(pairs) > 100
    for day, old, new in pairs:
        before, day = around(day)
        went = reg.successors(old, before, day)
        assert new in [edge.unit.code for edge in went.edges], (old, new, day)
        if len(went.edges) > 1:
            assert "whole" not in [edge.extent for edge in went.edges], (old, new, day)


def test_the_province_that_answers_is_that_of_the_unit_itself(reg):
    # Communes of Lương Sơn went to Hà Nội in 2008; the district stayed in Hòa Bình.
    (district,) = [unit for unit in reg.named("Lương Sơn", "2004-08-31") if unit.level == "district"]
    went = reg.successors(district, "2004-08-31", "2025-07-01")
    assert (went.kind, went.answered_by.name) == ("abolished", "Phú Thọ")


def test_communes_that_one_act_made_out_of_one_name_are_its_parts(reg):
    went = reg.successors("00616", "2013-12-27", "2013-12-28")
    assert went.kind == "split" and told(went) == [("00616", "part", "unknown"), ("00617", "part", "unknown")]
    assert told(reg.predecessors("00617", "2013-12-28", "2013-12-27")) == [("00616", "part", "unknown")]
    parts = [edge.unit.name for edge in reg.successors("20560", "2005-01-01", "2006-01-01").edges]
    assert parts == ["Điện Thắng Bắc", "Điện Thắng Trung", "Điện Thắng Nam"]


def test_who_may_have_given_ground_to_a_commune_is_not_certain(reg):
    # Liễu Giai and Vĩnh Phúc were made in Ba Đình; no source says out of which wards.
    went = reg.successors("00007", "2005-01-19", "2005-01-20")
    assert went.kind == "unchanged" and told(went) == [("00007", "unknown", "unknown")]
    carried = reg.carry({"00007": 5}, "2005-01-19", "2005-01-20")
    assert carried.values == {"00007": 5} and carried.assumed == [("00007", 5, "extent_unknown")]
    groups = reg.equivalents("2005-01-19", "2005-01-20")
    assert not any(group.known for group in groups if any(unit.code == "00007" for unit in group.first))


def test_a_unit_that_loses_ground_is_the_same_spell(reg):
    old, new = reg.unit("238", "2006-01-01"), reg.unit("238", "2010-01-01")
    assert old == new and old.key == new.key == "238@2004-08-31"
    assert (new.valid_from, new.valid_to) == (dt.date(2004, 8, 31), dt.date(2025, 7, 1))


def test_spells_stay_as_the_lists_have_them(reg):
    for row in read("spells.tsv"):
        unit = reg.unit(row["code"], row["valid_from"])
        assert (unit.level, unit.type, unit.name) == (row["level"], row["type_vi"], row["name_vi"])
        assert (str(unit.valid_from), str(unit.valid_to)) == (row["valid_from"], row["valid_to"])


def test_what_was_lost_before_the_first_day_or_after_the_last_is_not_told(reg):
    # Thanh Sơn gave 17 communes to Tân Sơn on 2007-04-24.
    for since, until in (("2007-04-24", "2025-06-30"), ("2004-08-31", "2007-04-23")):
        went = reg.successors("238", since, until)
        assert went.kind == "unchanged" and told(went) == [("238", "whole", "unchanged")]
        came = reg.predecessors("238", until, since)
        assert came.kind == "unchanged" and told(came) == [("238", "whole", "unchanged")]


def test_ground_that_was_lost_twice_is_told_twice(reg):
    # Mê Linh went from Vĩnh Phúc to Hà Nội, which two days later gave a commune to Phú Thọ,
    # and Vĩnh Phúc went into Phú Thọ in 2025.
    went = reg.successors("26", "2008-07-31", "2025-07-01")
    assert [(edge.unit.code, edge.extent) for edge in went.edges] == [("01", "part"), ("25", "part")]
    assert [step.act for step in went.edges[1].steps] == ["15/2008/QH12", "14/2008/QH12", "202/2025/QH15"]
    came = {edge.unit.code: edge.extent for edge in reg.predecessors("01", "2008-08-01", "2008-07-31").edges}
    assert came == {"01": "whole", "17": "part", "26": "part", "28": "whole"}


def test_a_group_that_is_known_has_two_sides(reg):
    # Cô Tô and other districts without communes had some by 2008.
    for group in reg.equivalents("2004-08-31", "2008-01-01"):
        assert not group.known or (group.first and group.second)


def test_a_part_that_lies_in_another_district_took_ground_of_the_old_one(reg):
    # 08/NĐ-CP 2009: Hưng Khánh Trung, of Chợ Lách, became B, and A in Mỏ Cày Bắc.
    before, day = around("2009-02-24")
    assert [edge.unit.code for edge in reg.successors("28900", before, day).edges] == ["28900", "28901"]
    assert told(reg.successors("832", before, day)) == [("832", "part", "unknown"), ("838", "part", "unknown")]


def test_a_unit_goes_where_its_communes_go_and_nowhere_else(reg):
    """Every other day of a move: districts and provinces against their communes."""
    spells = read("spells.tsv")

    def parents(day):
        return {row["code"]: row["parent_code"] for row in spells if row["valid_from"] <= day < row["valid_to"]}

    def ends(codes, before, day):
        offsets, found = reg.translate(codes, before, day)
        return {code: set(found[a:b].tolist()) for code, a, b in zip(codes, offsets, offsets[1:])}

    moves = [row for row in read("changes.tsv") if row["kind"] in ("reparent", "create") and row["date"] < "2025-07-01"]
    for text in sorted({row["date"] for row in moves})[::2]:
        before, day = around(text)
        old, new = parents(before.isoformat()), parents(text)
        expected = collections.defaultdict(set)
        for code, became in ends([code for code in old if len(code) == 5], before, day).items():
            for to in became:
                district = to if len(to) == 3 else new[to]  # Lý Sơn went on without communes
                expected[old[code]].add(district)
                expected[old[old[code]]].add(new[district])
        assert ends(list(expected), before, day) == expected, day
        for code in (code for code, to in expected.items() if len(to) > 1):
            assert "whole" not in {edge.extent for edge in reg.successors(code, before, day).edges}, (code, day)
