"""Names that end in a Roman number, written with a digit, and the other way round."""

from __future__ import annotations

import pytest

import motcua

OLD = "2024-06-01"

BY_HAND = [
    ("Phường Hải Châu 1, Quận Hải Châu, Đà Nẵng", "20236", "Hải Châu I"),
    ("P. Hải Châu 2, Q. Hải Châu, TP. Đà Nẵng", "20239", "Hải Châu II"),
    ("phuong hai chau 2, hai chau, da nang", "20239", "Hải Châu II"),
    ("Xã Tam Xuân 1, Huyện Núi Thành, Tỉnh Quảng Nam", "20968", "Tam Xuân I"),
    ("Xã Tam Xuân 2, Núi Thành, Quảng Nam", "20971", "Tam Xuân II"),
    ("Xã Cây Trường 2, Huyện Bàu Bàng, Bình Dương", "25819", "Cây Trường II"),
    ("Xã Hòa Tú I, Huyện Mỹ Xuyên, Sóc Trăng", "31717", "Hòa Tú 1"),
    ("Xã Hoà Tú 2, Huyện Mỹ Xuyên, Sóc Trăng", "31729", "Hòa Tú II"),
]


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


@pytest.mark.parametrize("at", [OLD, "2026-10-01"])
@pytest.mark.parametrize("text, code, name", BY_HAND)
def test_digits_and_roman_numbers_are_the_same_number(reg, text, code, name, at):
    best = reg.resolve(text, at)[0]
    assert (best.unit.code, best.unit.name) == (code, name)
    assert best.score >= 0.9 and not best.ambiguous


@pytest.mark.parametrize("text", ["Phường Hải Châu 3, Quận Hải Châu, Đà Nẵng", "Xã Tam Xuân 3, Núi Thành, Quảng Nam"])
def test_a_number_that_no_unit_has_is_never_certain(reg, text):
    assert all(match.score < 0.9 for match in reg.resolve(text, OLD))
