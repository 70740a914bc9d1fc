"""Whose ground a name means that a unit had before it grew, was parted, or was only renamed.

Written by hand from the acts: 1111/NQ-UBTVQH14 makes Thành phố Thủ Đức out of Quận 2, Quận 9
and Quận Thủ Đức, and the list gives it the code of Quận 2 (769).
"""

from __future__ import annotations

import datetime as dt

import pytest

import motcua
from motcua.conversion import Converter

FOUNDED = dt.date(2021, 1, 1)
TODAY = "2026-10-01"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def best(reg, text, at):
    return reg.resolve(text, at)[0]


@pytest.mark.parametrize("at", ["2021-01-01", "2025-03-01", "2025-06-30", TODAY])
@pytest.mark.parametrize("text", ["Quận 2", "Quận 2, Thành phố Hồ Chí Minh", "Q.2, TP.HCM"])
def test_a_former_name_is_that_of_the_smaller_unit(reg, text, at):
    match = best(reg, text, at)
    assert (match.unit.code, match.unit.full_name) == ("769", "Quận 2")
    assert (match.unit.valid_from, match.unit.valid_to) == (dt.date(2004, 8, 31), FOUNDED)
    many = reg.resolve_many([text], at)
    assert (many.code[0], many.valid_from[0].item()) == ("769", dt.date(2004, 8, 31))


def today(match):
    return {(edge.unit.code, edge.unit.full_name) for edge in match.current}


def test_its_successors_are_those_of_its_own_ground(reg):
    # 1685/NQ-UBTVQH15, article 1, clauses 75, 76 and 78, dispose of the wards of Quận 2.
    wards = {("27094", "Phường An Khánh"), ("27097", "Phường Bình Trưng"), ("27112", "Phường Cát Lái")}
    assert today(best(reg, "Quận 2, TP.HCM", TODAY)) == wards
    assert today(best(reg, "Quận 2", "2025-03-01")) == wards
    grown = today(best(reg, "Thành phố Thủ Đức, Thành phố Hồ Chí Minh", TODAY))
    assert wards < grown and len(grown) == 12


@pytest.mark.parametrize("at", ["2010-01-01", "2020-12-31"])
@pytest.mark.parametrize("text", ["TP Thủ Đức", "Thành phố Thủ Đức, Thành phố Hồ Chí Minh"])
def test_the_name_of_the_larger_unit_is_not_the_smaller_one_before(reg, text, at):
    match = best(reg, text, at)
    assert (match.unit.full_name, match.unit.valid_from) == ("Thành phố Thủ Đức", FOUNDED)
    assert all(other.unit.full_name != "Quận 2" for other in reg.resolve(text, at))


# text, at, the spell's code, name and first day: communes whose code went on to a unit that
# took others in, was parted, or has the ground of another act.
OTHER_GROUND = [
    # 864/NQ-UBTVQH14: Minh Thanh and Thái Học became Vũ Minh.
    ("Xã Minh Thanh, Huyện Nguyên Bình, Tỉnh Cao Bằng", "2024-01-01", "01762", "Xã Minh Thanh", "2004-08-31"),
    ("Xã Vũ Minh, Huyện Nguyên Bình, Tỉnh Cao Bằng", "2010-01-01", "01762", "Xã Vũ Minh", "2020-02-01"),
    # 1111/NQ-UBTVQH14: Bình An, Bình Khánh and An Khánh became An Khánh.
    ("Phường Bình An, Quận 2, TP.HCM", "2024-01-01", "27094", "Phường Bình An", "2004-08-31"),
    # 132/NQ-CP 2013: Cổ Nhuế was parted into Cổ Nhuế 1 and Cổ Nhuế 2.
    ("Xã Cổ Nhuế, Huyện Từ Liêm, Hà Nội", "2024-01-01", "00616", "Xã Cổ Nhuế", "2004-08-31"),
    # Điện Thắng was parted into three in 2005.
    ("Xã Điện Thắng, Huyện Điện Bàn, Tỉnh Quảng Nam", "2010-01-01", "20560", "Xã Điện Thắng", "2004-08-31"),
]


@pytest.mark.parametrize("text, at, code, name, since", OTHER_GROUND)
def test_a_commune_whose_code_went_on_with_other_ground(reg, text, at, code, name, since):
    match = best(reg, text, at)
    assert (match.unit.code, match.unit.full_name, str(match.unit.valid_from)) == (code, name, since)
    assert match.unit.valid_to is None or not str(match.unit.valid_from) <= at < str(match.unit.valid_to)
    many = reg.resolve_many([text], at)
    assert (many.code[0], str(many.valid_from[0])) == (code, since)


def test_a_commune_that_was_parted_is_all_its_parts_today(reg):
    match = best(reg, "Xã Cổ Nhuế, Huyện Từ Liêm, Hà Nội", TODAY)
    parts = [edge.unit for code in ("00616", "00617") for edge in reg.successors(code, "2025-06-30", TODAY).edges]
    assert {edge.unit for edge in match.current} == set(parts) and len(match.current) > 1


# text, at, the unit that stands on the day: the same ground under another name or type.
SAME_GROUND = [
    ("Thị xã Bảo Lộc, Lâm Đồng", "2012-01-01", "Thành phố Bảo Lộc"),
    ("Thành phố Bảo Lộc, Lâm Đồng", "2008-01-01", "Thị xã Bảo Lộc"),
    ("Xã Kép, Tỉnh Bắc Ninh", TODAY, "Phường Kép"),
    ("Tỉnh Đồng Nai", TODAY, "Thành phố Đồng Nai"),
    ("Tỉnh Thừa Thiên Huế", "2025-03-01", "Thành phố Huế"),
]


@pytest.mark.parametrize("text, at, name", SAME_GROUND)
def test_a_unit_that_was_only_renamed_or_retyped_is_the_one_of_the_day(reg, text, at, name):
    unit = best(reg, text, at).unit
    assert unit.full_name == name
    assert str(unit.valid_from) <= at and (unit.valid_to is None or at < str(unit.valid_to))


# address, what its unit is today: the first took others in (1242/NQ-UBTVQH15, 2024) before it was
# left alone in 2025; the second, alone and whole, got another name in 2025 (1671/NQ-UBTVQH15).
CONVERTED = [
    ("Xã Hóa Tiến, Huyện Minh Hóa, Tỉnh Quảng Bình", "18919", "merged"),
    ("Xã Bà Gia, Huyện Đạ Huoai, Tỉnh Lâm Đồng", "25114", "renamed"),
]


@pytest.mark.parametrize("text, code, reason", CONVERTED)
def test_a_unit_that_took_others_in_was_merged_and_not_renamed(reg, text, code, reason):
    converted = Converter(reg, "2025-06-30").convert(text)
    assert (converted.code, converted.reason) == (code, reason)
