"""The registry against published totals and against its TSVs, read here independently."""

from __future__ import annotations

import datetime as dt

import pytest

import motcua

TOTALS = {
    "2004-08-31": (64, 659, 10_751),
    "2008-08-01": (63, 684, 11_024),
    "2013-12-31": (63, 708, 11_161),
    "2015-05-16": (63, 713, 11_162),
    "2020-03-01": (63, 707, 10_614),
    "2021-07-01": (63, 705, 10_599),
    "2023-07-01": (63, 705, 10_598),
    "2024-09-01": (63, 704, 10_542),
    "2024-11-01": (63, 704, 10_472),
    "2024-12-01": (63, 701, 10_322),
    "2025-01-01": (63, 696, 10_039),
    "2025-06-30": (63, 696, 10_035),
    "2025-07-01": (34, 0, 3_321),
    "2026-10-01": (34, 0, 3_321),
}


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.mark.parametrize("day", TOTALS)
def test_units_of_a_day_equal_the_published_totals(reg, day):
    assert tuple(len(reg.units(day, level)) for level in ("province", "district", "commune")) == TOTALS[day]


@pytest.mark.parametrize(
    "day, wards, communes, zones, cities",
    [("2025-07-01", 687, 2_621, 13, 6), ("2026-04-30", 697, 2_611, 13, 7), ("2026-10-01", 709, 2_599, 13, 9)],
)
def test_types_after_the_reform_equal_the_published_totals(reg, day, wards, communes, zones, cities):
    types = [unit.type for unit in reg.units(day)]
    assert [types.count(name) for name in ("Phường", "Xã", "Đặc khu", "Thành phố")] == [
        wards,
        communes,
        zones,
        cities,
    ]


def test_a_code_names_another_unit_on_another_day(reg):
    old, new = reg.unit("24829", "2025-06-30"), reg.unit("24829", "2025-07-01")
    assert (old.full_name, new.full_name) == ("Phường Lộc Sơn", "Phường B'Lao")
    assert (old.key, new.key) == ("24829@2004-08-31", "24829@2025-07-01")
    assert old.parent.full_name == "Thành phố Bảo Lộc" and old.parent.parent.full_name == "Tỉnh Lâm Đồng"
    assert new.parent.full_name == "Tỉnh Lâm Đồng" and new.parent.parent is None
    assert old.valid_to == new.valid_from == dt.date(2025, 7, 1) and new.valid_to is None
    assert reg.unit("24823", "2025-07-01").full_name == "Phường 1 Bảo Lộc"
    assert reg.unit("13369", "2025-06-30").type == "Xã"


def test_the_key_outlives_renaming_retyping_and_recoding(reg):
    assert reg.unit("75", "2026-04-29").key == reg.unit("75", "2026-04-30").key == "75@2025-07-01"
    assert reg.unit("673", "2010-01-01").key == reg.unit("673", "2025-06-30").key
    assert reg.unit("449", "2015-08-31").key == reg.unit("447", "2015-08-30").key  # thị xã Kỳ Anh
    assert reg.unit("11344", "2022-04-10").key == "11353@2004-08-31"  # Cầu Đất, not Lương Khánh Thiện
    assert reg.unit("03388", "2012-11-03").key == "03388@2012-11-03"


def test_the_reform_of_2025_is_cited_by_clause(reg):
    succession = reg.successors("24826", "2025-06-30", "2025-07-01")
    assert succession.kind == "merged"
    (edge,) = succession.edges
    assert (edge.unit.code, edge.extent, edge.moved) == ("24829", "whole", "all")
    assert edge.steps == [(dt.date(2025, 7, 1), "1671/NQ-UBTVQH15", "1", "107")]
    came = reg.predecessors("24829", "2025-07-01", "2025-06-30")
    assert came.kind == "merged" and [e.unit.code for e in came.edges] == ["24826", "24829", "24838"]


def test_an_abolished_district_is_answered_for_by_its_province(reg):
    succession = reg.successors("673", "2025-06-30", "2025-07-01")
    assert succession.kind == "abolished" and succession.answered_by.full_name == "Tỉnh Lâm Đồng"
    assert [edge.unit.code for edge in succession.edges] == ["24820", "24823", "24829", "24841"]
    before = reg.successors("673", "2009-01-01", "2025-06-30")
    assert (before.kind, before.edges[0].unit.full_name) == ("retyped", "Thành phố Bảo Lộc")


def test_what_the_registry_refuses(reg):
    with pytest.raises(motcua.UnknownUnit, match="99999.*2025-07-01"):
        reg.unit("99999", "2025-07-01")
    with pytest.raises(motcua.UnknownUnit):
        reg.unit("673", "2025-07-01")
    for bad in ("", "1", "1234", "123456", "24 29", "٢٤٨٢٩"):
        with pytest.raises(motcua.InvalidArgument, match="code"):
            reg.unit(bad, "2025-07-01")
    with pytest.raises(motcua.OutsideCoverage, match="2004-08-30"):
        reg.unit("24829", "2004-08-30")
    with pytest.raises(motcua.InvalidArgument, match="until"):
        reg.successors("24829", "2025-07-01", "2025-06-30")
    with pytest.raises(motcua.InvalidArgument, match="level"):
        reg.units("2025-07-01", level="ward")
    with pytest.raises(motcua.UnknownUnit):
        reg.units("2025-07-01", parent="673")
    with pytest.raises(TypeError):
        reg.unit(24829, "2025-07-01")
    with pytest.raises(motcua.UnknownUnit) as caught:
        reg.translate(["24829", "99999", "xx"], "2025-06-30", "2025-07-01")
    assert caught.value.rows == [1, 2]


def test_names_are_found_however_they_are_spelled(reg):
    for name in ("Phường B'Lao", "b’lao", "BLao", "phuong blao"):
        assert [unit.code for unit in reg.named(name, "2025-07-01")] == ["24829"]
    assert reg.named("Xã B'Lao", "2025-07-01") == []
    assert [u.code for u in reg.named("Phường 1 Bảo Lộc", "2025-07-01")] == ["24823"]


def test_a_unit_that_is_given_stands_for_itself():
    reg = motcua.Registry.national()
    old = reg.unit("24829", "2025-06-30")
    assert reg.successors(old, "2025-06-30", "2025-07-01").edges[0].unit.full_name == "Phường B'Lao"
    with pytest.raises(motcua.UnknownUnit, match="Phường Lộc Sơn.*expected a unit of since"):
        reg.successors(old, "2025-07-01", "2026-01-01")
    with pytest.raises(motcua.UnknownUnit, match="expected a unit of until"):
        reg.predecessors(old, "2025-07-01", "2025-06-30")
