"""Addresses to units: by hand, and every full name of both epochs."""

from __future__ import annotations

import collections
import csv
import io
import json
import pathlib
import random

import numpy as np
import pytest

import motcua
from motcua.cli import main

TODAY = "2026-10-01"
FACTS = pathlib.Path(__file__).parents[2] / "core" / "data" / "units"


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


# text, code, the unit's day, certain, stage
BY_HAND = [
    ("Phường B'Lao, Tỉnh Lâm Đồng", "24829", "2026", True, "exact"),
    ("Phường BLao, Lâm Đồng", "24829", "2026", True, "apostrophe"),
    ("PHƯỜNG B’LAO, LÂM ĐỒNG", "24829", "2026", True, "apostrophe"),
    ("phuong 1 bao loc lam dong", "24823", "2026", True, "no_diacritics"),
    ("Phường 1 Bảo Lộc", "24823", "2026", True, "exact"),
    ("Phường 1, TP Bảo Lộc, Lâm Đồng", "24823", "2020", True, "abbreviation"),
    ("Lâm Đồng, Bảo Lộc, Phường 1", "24823", "2020", True, None),
    ("Phường Lộc Sơn, Thành phố Bảo Lộc, Tỉnh Lâm Đồng", "24829", "2020", True, "exact"),
    ("12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", "26740", "2020", True, "abbreviation"),
    ("Bến Nghé, Quận 1, Hồ Chí Minh", "26740", "2020", True, "type"),
    ("Phường Một, Quận 3, TP.HCM", "27160", "2025-02", True, "abbreviation"),
    ("P15, Q. Gò Vấp, TP HCM", "26872", "2025-02", True, "abbreviation"),
    ("Ward 15, Go Vap District, HCM", "26872", "2025-02", True, None),
    ("Phường Bến Thành, Thành phố Hồ Chí Minh", "26743", "2026", True, "exact"),
    ("Lâm Đồng", "68", "2026", True, "exact"),
    ("Thành phố Hồ Chí Minh", "79", "2026", True, "exact"),
    ("TPHCM", "79", "2026", True, "abbreviation"),
    ("xã Dak Lua, Đồng Nai", "26119", "2026", True, "no_diacritics"),
    ("Xã Thọ Lộc, huyện Phúc Thọ, Hà Nội", "09742", "2020", True, "exact"),
    ("Xã Bảo Yên, Tỉnh Lào Cai", "02947", "2026", True, "exact"),
    ("Phường Bến Ngé, Quận 1, TP.HCM", "26740", "2020", False, "edit_distance_1"),
]


def test_a_commune_that_is_not_there_makes_nothing_above_it_certain(reg):
    """Xa lộ is a road, Xã Ló is none; an ordinal in front of its level word is no house number."""
    for text in (
        "Xã Ló Phiêng, Huyện Yên Châu, Tỉnh Sơn La",
        "Xã Lò Phiêng, Huyện Yên Châu, Tỉnh Sơn La",
        "4th Ward, TP. Đông Hà",
    ):
        assert all(match.score < 0.9 for match in reg.resolve(text, TODAY)), text
        assert reg.resolve_many([text], TODAY).score[0] < 0.9, text
    for text in ("12 Xa lộ Hà Nội, TP Thủ Đức", "12 XA LỘ HÀ NỘI, TP Thủ Đức"):
        assert reg.resolve(text, TODAY)[0].score >= 0.9, text


@pytest.mark.parametrize("text, code, day, certain, stage", BY_HAND)
def test_addresses_written_by_hand(reg, text, code, day, certain, stage):
    best = reg.resolve(text, TODAY)[0]
    day = dict([("2026", "2026-01-01"), ("2020", "2020-06-01"), ("2025-02", "2025-02-01")])[day]
    assert best.unit.code == code
    assert best.unit.valid_from.isoformat() <= day and (best.unit.valid_to is None or day < str(best.unit.valid_to))
    assert (best.score >= 0.9) == certain and not best.ambiguous
    assert stage is None or best.stage == stage


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "abc def ghi",
        "12345",
        "Phường",
        "Phường Không Đâu, Lâm Đồng",
        "Phường Hoa Sen, Quận Mặt Trời, Tỉnh Sao Hỏa",
        "Xã Atlantis, Huyện Utopia",
        "\u0301\u0301, ;;",
    ],
)
def test_places_that_do_not_exist_find_nothing(reg, text):
    assert reg.resolve(text, TODAY) == []


def test_the_rest_and_the_span_are_the_text_itself(reg):
    text = "Số 5 ngõ 12 phố Xã Đàn, Phường Kim Liên, Quận Đống Đa, Hà Nội"
    best = reg.resolve(text, TODAY)[0]
    assert best.rest == "Số 5 ngõ 12 phố Xã Đàn"
    assert text[slice(*best.span)] == "Kim Liên"


def test_a_split_ward_gives_all_its_successors_those_with_residents_first(reg):
    split = next(
        unit
        for unit in reg.units("2025-06-30", "commune")
        if {e.moved for e in reg.successors(unit.code, "2025-06-30", "2025-07-01").edges}
        == {"area", "area+all_population"}
    )
    text = f"{split.full_name}, {split.parent.full_name}, {split.parent.parent.full_name}"
    best = reg.resolve(text, TODAY)[0]
    assert best.unit.code == split.code and len(best.current) > 1
    assert best.current[0].moved == "area+all_population"


def test_the_hint_ranks_and_never_hides(reg):
    text = "Phường Bến Thành, Thành phố Hồ Chí Minh"
    now, then = reg.resolve(text, "2026-01-01"), reg.resolve(text, "2020-01-01")
    assert now[0].unit.valid_to is None and then[0].unit.valid_to is not None
    assert now[0].unit in [m.unit for m in then] and then[0].unit in [m.unit for m in now]


def test_a_namesake_is_ambiguous_and_never_certain(reg):
    matches = reg.resolve("Xã Tân Lập", TODAY)
    assert len(matches) > 2 and matches[0].ambiguous and all(match.score < 0.9 for match in matches)


# Each text is one letter from a commune of the day and fits another one too, whole or
# but for marks: text, day, the commune that one error leads to.
DOUBTFUL = [
    ("Xã Krông na, Tỉnh Đắk Lắk", TODAY, "Xã Krông Ana"),
    ("Xã Ea Tu, Tỉnh Đắk Lắk", TODAY, "Xã Ea Tul"),
    ("Xã Trung ý, Tỉnh Thanh Hóa", TODAY, "Xã Trung Lý"),
    ("Xã Trường Xuâna Thành phố Cần Thơ", TODAY, "Xã Trường Xuân"),
    ("Xã Tam Xuân Iy Huyện Núi Thành, Tỉnh Quảng Nam", "2025-06-30", "Xã Tam Xuân I"),
    ("Xã Điện hong, Thị xã Điện Bàn, Tỉnh Quảng Nam", "2025-06-30", "Xã Điện Phong"),
    ("Xã Quỳnh hâu, Huyện Quỳnh Lưu, Tỉnh Nghệ An", "2025-06-30", "Xã Quỳnh Châu"),
    ("Xã i Toong, Huyện Mường La, Tỉnh Sơn La", "2025-06-30", "Xã Pi Toong"),
    ("Thị x Nghĩa Lộ, Tỉnh Yên Bái", "2025-06-30", "Xã Nghĩa Lộ"),
    ("Xã Lương Hos A, Huyện Châu Thành, Tỉnh Trà Vinh", "2025-06-30", "Xã Lương Hoà A"),
    ("Xã EaBa, Huyện Sông Hinh, Tỉnh Phú Yên", "2025-06-30", "Xã EaBar"),
    ("Xã Quảng Phú, Huyện Quảng Xương, Tỉnh Thanh Hóa", "2025-06-30", "Xã Quảng Phúc"),
]


@pytest.mark.parametrize("text, day, other", DOUBTFUL)
def test_what_one_letter_tells_from_a_commune_of_the_day_is_not_certain(reg, text, day, other):
    assert any(unit.full_name == other for unit in reg.units(day, "commune"))
    assert all(match.score < 0.9 for match in reg.resolve(text, day))


@pytest.mark.parametrize(
    "text",
    [
        "Xã Ea Tu, Thành phố Buôn Ma Thuột, Tỉnh Đắk Lắk",
        "Phường Bến Nghé, Thành phố Hồ Chí Minh",
        "Xã Quynh Hau, Huyện Quỳnh Lưu, Tỉnh Nghệ An",
    ],
)
def test_an_older_commune_without_a_neighbour_stays_certain(reg, text):
    best = reg.resolve(text, TODAY)[0]
    assert best.score >= 0.9 and not best.ambiguous and best.unit.valid_to is not None


@pytest.mark.parametrize("day", ["2025-06-30", "2025-07-01", "2026-10-01"])
def test_a_full_name_that_one_unit_of_the_day_has_is_certain(reg, day):
    units = reg.units(day)
    names = collections.Counter(unit.full_name for unit in units)
    alone = [unit for unit in units if names[unit.full_name] == 1]
    found = reg.resolve_many([unit.full_name for unit in alone], day)
    right = found.code == np.array([unit.code for unit in alone])
    # "Phường Tam Quan Nam" is read as ward eight ("Tám") of district five ("Quận Năm").
    assert (~right).sum() <= (day == "2025-06-30")
    # But for Hoà and Hòa, Quý and Quí, Trung and (in one source) Chung on the same day.
    doubtful = np.flatnonzero(found.score < 0.9)
    assert len(doubtful) < 0.007 * len(alone)
    for i in doubtful:
        rivals = [match.unit for match in reg.resolve(alone[i].full_name, day)[1:] if match.ambiguous]
        assert any(str(unit.valid_from) <= day < str(unit.valid_to or "9999") for unit in rivals)


def test_a_namesake_of_another_day_is_no_rival_unless_the_text_points_to_it(reg):
    best, *others = reg.resolve("Phường Ba Đình", TODAY)
    assert best.unit.code == "00004" and best.score >= 0.9
    assert any(match.unit.full_name == "Phường Ba Đình" for match in others)
    assert reg.resolve("Phường Ba Đình, Thị xã Bỉm Sơn, Tỉnh Thanh Hóa", TODAY)[0].unit.code == "14812"


@pytest.mark.parametrize("day", ["2025-06-30", "2026-10-01"])
def test_every_full_name_finds_its_unit(reg, day):
    units = reg.units(day, "commune")[:: 3 if day < "2025-07" else 1]

    def address(unit):
        return unit.full_name + (", " + address(unit.parent) if unit.parent else "")

    found = reg.resolve_many([address(unit) for unit in units], TODAY)
    right = found.code == np.array([unit.code for unit in units])
    assert right[found.score >= 0.9].all()
    assert right.all() and (found.score >= 0.9).mean() > 0.99
    assert found.ambiguous[found.score < 0.9].all()


def test_one_typing_error_seldom_hides_a_commune_and_never_makes_false_certainty(reg):
    rng = random.Random(11)
    units = [u for u in reg.units(TODAY, "commune") if len(u.name) >= 7]
    texts, codes = [], []
    for unit in rng.sample(units, 150):
        at = rng.randrange(1, len(unit.name) - 1)
        texts.append(f"{unit.type} {unit.name[:at]}{unit.name[at + 1 :]}, {unit.parent.full_name}")
        codes.append(unit.code)
    found = reg.resolve_many(texts, TODAY)
    right = found.code == np.array(codes)
    assert right.mean() > 0.93
    assert right[found.score >= 0.9].all()


def test_every_listed_variant_resolves(reg):
    with open(FACTS / "names_variants.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows:
        day = "2025-06-30" if row["era"] == "2024" else "2025-07-01"
        assert row["code"] in [unit.code for unit in reg.named(row["variant"], day)], row
        unit = reg.unit(row["code"], day)
        address, above = f"{unit.type} {row['variant']}", unit.parent
        while above:
            address, above = f"{address}, {above.full_name}", above.parent
        best = reg.resolve(address, day)[0]
        assert best.unit == unit and best.score >= 0.9 and not best.ambiguous, (row, best)


def test_resolve_many_agrees_with_resolve_and_keeps_empty_rows(reg):
    texts = [row[0] for row in BY_HAND] + ["", "Phường Không Đâu"]
    many = reg.resolve_many(texts, TODAY)
    for i, text in enumerate(texts):
        one = reg.resolve(text, TODAY, max=1)
        assert many.code[i] == (one[0].unit.code if one else "")
        assert many.score[i] == (one[0].score if one else 0)
    assert np.isnat(many.valid_from[-1]) and many.stage[-1] is None
    assert reg.resolve_many([], TODAY).code.size == 0


def test_what_resolve_refuses(reg):
    with pytest.raises(motcua.InvalidArgument, match="4096"):
        reg.resolve("x" * 5_000, TODAY)
    with pytest.raises(motcua.OutsideCoverage):
        reg.resolve("Lâm Đồng", "1999-01-01")
    with pytest.raises(motcua.InvalidArgument, match="max"):
        reg.resolve("Lâm Đồng", TODAY, max=-1)
    texts = ["Lâm Đồng", "x" * 5_000, "y" * 5_000, "Phường B'Lao"]
    with pytest.raises(motcua.InvalidArgument, match=r"^row 1: .* at most 4096 bytes .*\(2 bad rows: 1, 2\)") as caught:
        reg.resolve_many(texts, TODAY)
    assert caught.value.rows == [1, 2]
    assert reg.resolve_many(texts, TODAY, on_error="empty").code.tolist() == ["68", "", "", "24829"]
    assert len(texts[1]) == 5_000  # the caller's own list
    for wrong in ("nat", None, np.array(["raise", "raise"])):
        with pytest.raises(motcua.InvalidArgument, match="on_error .*expected 'raise' or 'empty'"):
            reg.resolve_many(texts, TODAY, on_error=wrong)
    with pytest.raises(TypeError, match="row 1"):
        reg.resolve_many(["Lâm Đồng", 5], TODAY)


def test_the_command_resolve_shows_what_a_ward_is_today(capsys):
    assert main(["resolve", "P. Bến Nghé, Q.1, TP.HCM", "--at", TODAY, "--json"]) == 0
    (shown,) = json.loads(capsys.readouterr().out)
    assert shown["matches"][0]["current"][0]["full_name"] == "Phường Sài Gòn"
    assert main(["resolve", "Phường Không Đâu", "--at", TODAY]) == 1
    assert "no unit" in capsys.readouterr().out


def test_a_line_that_is_not_utf_8_is_one_sentence_and_status_2(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Phường 1 Bảo Lộc\n".encode() + b"Ph\xff\n")))
    assert main(["resolve"]) == 2
    assert capsys.readouterr().err == "motcua resolve: standard input, line 2: byte 2 is not UTF-8\n"


@pytest.mark.parametrize("text, code", [("Phường Vĩnh Phúc", "00006"), ("Phường B'Lao", "24826")])
def test_of_namesakes_the_unit_of_the_day_comes_first(text, code):
    assert motcua.Registry.national().resolve(text, "2025-06-30")[0].unit.code == code


def test_matches_come_best_first():
    reg = motcua.Registry.national()
    for text in ("xa loc thanh", "Phường Cửa Nam", "Phường 1"):
        scores = [match.score for match in reg.resolve(text, "2025-06-30", max=10)]
        assert scores == sorted(scores, reverse=True)


def test_resolve_many_takes_one_text_and_any_shape():
    reg = motcua.Registry.national()
    one = reg.resolve_many("Phường B'Lao, tỉnh Lâm Đồng", "2026-01-01")
    assert (one.code, bool(one.ambiguous)) == ("24829", False)
    grid = reg.resolve_many(np.array([["Phường B'Lao, tỉnh Lâm Đồng"], ["Phường Bến Nghé, Quận 1"]]), "2026-01-01")
    assert grid.code.shape == grid.score.shape == grid.stage.shape == (2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "binh xa ham yen tuyen quang",
        "Tứ Xã Lâm Thao Phú Thọ",
        "Minh Phương Việt Trì Phú Thọ",
        "12 nguyen hue son tinh quang ngai",
        "12 phường 4, phường 5 quận Tân Bình",
    ],
)
def test_words_that_can_be_read_twice_are_not_certain(reg, text):
    assert reg.resolve(text, TODAY)[0].score < 0.9
    assert reg.resolve_many([text], TODAY).score[0] < 0.9


# One error in a name with nothing above it: the text, the day, the unit that is nearest, and
# whether another one is as near.
NEARLY_NAMES = [
    ("Quận Thanh Xuânn", TODAY, "Quận Thanh Xuân", False),
    ("Phường Hồng Ga", TODAY, "Phường Hồng Gai", True),
    ("Xã Việt uyên", TODAY, "Xã Việt Xuyên", True),
    ("Hồng Ga", TODAY, "Phường Hồng Gai", True),
    ("Phườg Vĩnh Tuy", "2025-07-01", "Phường Vĩnh Tuy", False),
    ("Xuã Giang Biên", "2025-06-30", "Xã Giang Biên", False),
    ("XãT ĩnh Túc", TODAY, "Xã Tĩnh Túc", False),
    ("PhườngB a Sao", "2025-06-30", "Phường Ba Sao", False),
    ("Phườn gPhổ Quang", "2025-06-30", "Phường Phổ Quang", False),
    ("Xã Leong Vĩnh", "2025-06-30", "Xã Long Vĩnh", True),
    ("Tịh xã Điện Bàn, Tỉnh Quảng Nam", "2025-06-30", "Thị xã Điện Bàn", False),
    ("Tỉnh Lâm Đồg", TODAY, "Tỉnh Lâm Đồng", False),
]


@pytest.mark.parametrize("text, day, name, as_near", NEARLY_NAMES)
def test_a_name_alone_with_an_error_finds_its_unit_and_is_never_certain(reg, text, day, name, as_near):
    matches = reg.resolve(text, day)
    assert name in [match.unit.full_name for match in matches]
    assert matches[0].unit.full_name == name or matches[0].ambiguous
    assert all(match.score < 0.9 for match in matches)
    if as_near:
        assert matches[0].ambiguous and matches[0].score - matches[1].score < 0.1


@pytest.mark.parametrize("text", ["Quận 99", "Phường Hoa Sen", "Phường Hoa Sen Trắng", "Tỉnh Sao Hỏa", "Xã", "Xyz"])
def test_no_error_makes_a_place_of_nothing(reg, text):
    assert reg.resolve(text, TODAY) == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("Hải Châu 2", "Phường Hải Châu II"),
        ("Phường Hải Châu 1, Quận Hải Châu", "Phường Hải Châu I"),
        ("Mỹ Đình II", "Phường Mỹ Đình 2"),
        ("xã Xuân Quang III, Đồng Xuân, Phú Yên", "Xã Xuân Quang 3"),
        ("Phường Mỹ Đình 1", "Phường Mỹ Đình 1"),
    ],
)
def test_the_number_of_a_name_in_either_numerals(reg, text, name):
    assert reg.resolve(text, "2024-06-01")[0].unit.full_name == name


def test_the_level_word_behind_the_name(reg):
    for text in ("Bình Xa xã, Hàm Yên huyện, Tuyên Quang tỉnh", "Binh Xa xa, Ham Yen huyen, Tuyen Quang tinh"):
        best = reg.resolve("Số 5, " + text, "2025-06-30")[0]
        assert (best.unit.full_name, best.rest) == ("Xã Bình Xa", "Số 5")


def test_a_lost_first_letter_is_not_another_spelling(reg):
    for text in ("Xã iên Minh", "Xã ân Mỹ", "Xã Nam iang", "Phường y"):
        assert all(match.score < 0.9 for match in reg.resolve(text, "2025-07-01"))


@pytest.mark.parametrize("text", ["Phường 10, Quận 11", "Phường 4, Phường 5, Quận 3", "Xã Tân Lập", "Phường Ba Đình"])
@pytest.mark.parametrize("day", ["2025-06-30", TODAY])
def test_no_two_are_certain(reg, text, day):
    matches = reg.resolve(text, day, max=20)
    assert len(matches) > 1 and all(match.score < 0.9 for match in matches[1:])


def test_a_level_word_of_the_unit_alone_leaves_it_certain(reg):
    for text in ("Xã Hàm Yên, Tuyên Quang", "Xã Tứ Xã, Lâm Thao, Phú Thọ", "12 Trần Phú, Phường 5, Quận Tân Bình"):
        assert reg.resolve(text, TODAY)[0].score >= 0.9
