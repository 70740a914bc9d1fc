"""Laws of succession over random days, and totals that acts and statistics publish."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict

import pytest

import motcua

SWITCH = dt.date(2025, 7, 1)
FIRST, LAST = dt.date(2004, 8, 31), dt.date(2026, 10, 1)
SEED = 20251121


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def days(draw, count):
    return sorted(FIRST + dt.timedelta(days=draw.randrange((LAST - FIRST).days + 1)) for _ in range(count))


def ragged(reg, codes, since, until):
    offsets, found = reg.translate(codes, since, until)
    return {code: set(found[a:b]) for code, a, b in zip(codes, offsets, offsets[1:])}


@pytest.mark.parametrize("case", range(40))
def test_going_by_way_of_any_day_ends_in_the_same_units(reg, case):
    first, middle, last = days(random.Random(SEED + case), 3)
    codes = [unit.code for unit in reg.units(first) if unit.level != "district"]
    direct, half = ragged(reg, codes, first, last), ragged(reg, codes, first, middle)
    rest = ragged(reg, sorted(set().union(*half.values())), middle, last)
    assert direct == {code: set().union(*(rest[between] for between in half[code])) for code in codes}


def combined(first, second):
    """The extent along a path: unknown if any step is, else part if any is."""
    return "unknown" if "unknown" in (first, second) else "part" if "part" in (first, second) else "whole"


@pytest.mark.parametrize("case", range(12))
def test_extents_and_acts_compose_where_there_is_one_way(reg, case):
    draw = random.Random(SEED + 100 + case)
    first, middle, last = days(draw, 3)
    for unit in draw.sample(reg.units(first, "commune"), 120):
        direct = reg.successors(unit.code, first, last)
        ways = defaultdict(list)
        for edge in reg.successors(unit.code, first, middle).edges:
            for onward in reg.successors(edge.unit.code, middle, last).edges:
                ways[onward.unit.code].append((combined(edge.extent, onward.extent), edge.steps + onward.steps))
        for edge in direct.edges:
            if len(ways[edge.unit.code]) > 1:
                continue
            ((extent, steps),) = ways[edge.unit.code]
            assert (edge.extent, edge.steps) == (extent, steps), (unit.code, first, middle, last)
        assert (direct.kind == "split") == (len(direct.edges) > 1)
        assert (direct.kind == "unknown") == (not direct.edges)


@pytest.mark.parametrize("case", range(8))
def test_both_directions_name_the_same_pairs_and_extents(reg, case):
    draw = random.Random(SEED + 200 + case)
    since, until = days(draw, 2)
    for unit in draw.sample(reg.units(until, "commune"), 60):
        for edge in reg.predecessors(unit.code, until, since).edges:
            forward = {e.unit.code: e for e in reg.successors(edge.unit.code, since, until).edges}
            if edge.unit.level == "district" and until >= SWITCH > since:
                continue
            assert (forward[unit.code].extent, forward[unit.code].moved) == (edge.extent, edge.moved)


@pytest.mark.parametrize("case", range(6))
def test_equivalents_partition_any_two_days_and_are_smallest(reg, case):
    first, second = days(random.Random(SEED + 300 + case), 2)
    groups = reg.equivalents(first, second)
    for side, day in ((0, first), (1, second)):
        units = [unit.code for group in groups for unit in group[side] if unit.level == "commune"]
        assert sorted(units) == [unit.code for unit in reg.units(day, "commune")]
    successors = ragged(reg, [unit.code for unit in reg.units(first, "commune")], first, second)
    for group in groups:
        # Smallest: the succession within a group holds together.
        before = [unit.code for unit in group.first if unit.level == "commune"]
        if len(before) < 2:
            continue
        reached, open_ = {before[0]}, [before[0]]
        while open_:
            mine = successors[open_.pop()]
            for code in before:
                if code not in reached and successors[code] & mine:
                    reached.add(code)
                    open_.append(code)
        assert reached == set(before)


def test_equivalents_read_both_ways(reg):
    def sides(groups, first, second):
        return {(tuple(u.key for u in g[first]), tuple(u.key for u in g[second]), g.known) for g in groups}

    forward, back = (reg.equivalents(*days) for days in (("2019-06-30", "2025-07-01"), ("2025-07-01", "2019-06-30")))
    assert sides(forward, 0, 1) == sides(back, 1, 0) and len(forward) == len(back)
    codes = [group.first[0].code for group in back if group.first and group.first[0].level == "commune"]
    assert codes == sorted(codes)


# From the acts: communes of each province after the mergers of 2019-2020.
PROVINCES_2020 = {
    "Cao Bằng": 161,
    "Thái Bình": 260,
    "Quảng Ngãi": 173,
    "Lào Cai": 152,
    "Khánh Hòa": 139,
    "Tuyên Quang": 138,
    "Hòa Bình": 151,
}


@pytest.mark.parametrize("name, count", PROVINCES_2020.items())
def test_provinces_have_the_communes_that_their_acts_say(reg, name, count):
    day = "2021-06-30"
    (province,) = [unit for unit in reg.named(name, day) if unit.level == "province"]
    districts = reg.units(day, "district", province)
    assert sum(len(reg.units(day, "commune", district)) for district in districts) == count


def test_lam_dong_of_2025_is_what_resolution_1671_makes(reg):
    units = reg.units("2025-07-01", parent="68")
    assert [sum(u.type == t for u in units) for t in ("Xã", "Phường", "Đặc khu")] == [103, 20, 1]
    for code, parts in {
        "24823": {"Phường 1", "Phường Lộc Phát", "Xã Lộc Thanh"},
        "24820": {"Phường 2", "Xã Lộc Tân", "Xã ĐamBri"},
        "24841": {"Phường Lộc Tiến", "Xã Lộc Châu", "Xã Đại Lào"},
        "24829": {"Phường Lộc Sơn", "Phường B'Lao", "Xã Lộc Nga"},
    }.items():
        came = reg.predecessors(code, "2025-07-01", "2025-06-30")
        named = {motcua.search_key(edge.unit.full_name) for edge in came.edges}
        assert named == {motcua.search_key(part) for part in parts} and came.kind == "merged"


def test_a_province_across_the_reform(reg):
    went = reg.successors("60", "2025-06-30", "2025-07-01")
    assert (went.kind, went.answered_by) == ("merged", None)
    (edge,) = went.edges
    assert (edge.unit.full_name, edge.extent, edge.steps[0].act) == ("Tỉnh Lâm Đồng", "whole", "202/2025/QH15")
    came = reg.predecessors("68", "2025-07-01", "2025-06-30")
    assert came.kind == "merged" and [e.unit.name for e in came.edges] == ["Bình Thuận", "Đắk Nông", "Lâm Đồng"]
    stays = reg.successors("01", "2025-06-30", "2025-07-01")
    assert stays.kind == "unchanged" and stays.edges[0].unit.code == "01"


def test_island_districts_became_special_zones(reg):
    for code, name in (("318", "Bạch Long Vĩ"), ("471", "Cồn Cỏ"), ("498", "Hoàng Sa"), ("536", "Lý Sơn")):
        went = reg.successors(code, "2025-06-30", "2025-07-01")
        assert went.kind == "abolished" and [e.unit.type for e in went.edges] == ["Đặc khu"]
        assert name in went.edges[0].unit.name
        assert went.answered_by.level == "province"
