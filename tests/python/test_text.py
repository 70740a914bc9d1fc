"""Folding, tested on every name that a unit ever had."""

from __future__ import annotations

import random
import unicodedata

import pytest

import motcua
from motcua import text


@pytest.fixture(scope="module")
def names():
    reg = motcua.Registry.national()
    days = ["2004-08-31", "2012-01-01", "2019-06-01", "2025-06-30", "2025-07-01"]
    return sorted({unit.name for day in days for unit in reg.units(day)})


def without_marks(name):
    name = name.replace("đ", "d").replace("Đ", "D")
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def test_there_are_more_than_five_thousand_names(names):
    assert len(names) > 5_000


def test_every_name_survives_each_change_at_its_stage(names):
    changes = {
        "exact": lambda name: unicodedata.normalize("NFD", name),
        "case": str.upper,
        "apostrophe": lambda name: name.replace("'", "\u2019"),
        "spacing": lambda name: name.replace(" ", "").replace("-", ""),
        "no_diacritics": without_marks,
    }
    for stage, change in changes.items():
        for name in names:
            changed = change(name)
            found = text.stage_between(changed, name)
            assert found is not None and text.STAGES.index(found) <= text.STAGES.index(stage), (name, changed, found)
            assert text.search_key(changed) == text.search_key(name)


TONES = {"\u0300", "\u0309", "\u0303", "\u0301", "\u0323"}


def tone_on_the_other_vowel(name):
    """Hòa to Hoà and back, Thúy to Thuý: by the syllable's letters, without the library."""
    words = []
    for word in name.split(" "):
        marks = list(unicodedata.normalize("NFD", word))
        tone = next((m for m in marks if m in TONES), None)
        letters = [m for m in marks if m not in TONES]
        plain = "".join(letters).lower()
        if tone and plain[-2:] in ("oa", "oe", "uy") and not plain.endswith("quy"):
            was_on_last = marks[-1] == tone
            at = len(letters) - 1 if was_on_last else len(letters)
            letters.insert(at, tone)
            marks = letters
        words.append(unicodedata.normalize("NFC", "".join(marks)))
    return " ".join(words)


def i_for_y(name):
    """Mỹ to Mĩ: a y that is the only vowel of its word, and not the word: Bờ Y is one stretch of vowels."""
    words = []
    for word in name.split(" "):
        marks = unicodedata.normalize("NFD", word)
        vowels = [c for c in marks.lower() if c in "aeiouy"]
        alone = vowels == ["y"] and len(word) > 1
        words.append(marks.replace("y", "i").replace("Y", "I") if alone else marks)
    return unicodedata.normalize("NFC", " ".join(words))


@pytest.mark.parametrize("stage, change", [("tone_placement", tone_on_the_other_vowel), ("i_y", i_for_y)])
def test_a_change_of_one_kind_is_given_as_the_reason(names, stage, change):
    changed = [(name, change(name)) for name in names if change(name) != name]
    assert len(changed) > 50
    for name, other in changed:
        assert text.stage_between(other, name) == stage, (name, other)
        assert text.fold(other, stage) == text.fold(name, stage)
        before = text.STAGES[text.STAGES.index(stage) - 1]
        assert text.fold(other, before) != text.fold(name, before)


def test_what_a_stage_has_folded_stays_folded(names):
    for name in names[::7]:
        for earlier, later in zip(text.STAGES, text.STAGES[1:], strict=False):
            assert text.fold(text.fold(name, earlier), later) == text.fold(name, later), (name, later)


@pytest.mark.parametrize(
    "a, b, stage",
    [
        ("Hòa An", "Hòa An", "exact"),
        ("BẢO LỘC", "Bảo Lộc", "case"),
        ("BLao", "B'Lao", "apostrophe"),
        ("B’lao", "B'Lao", "apostrophe"),
        ("Hoà An", "Hòa An", "tone_placement"),
        ("Thuỷ Nguyên", "Thủy Nguyên", "tone_placement"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu", "spacing"),
        ("01", "1", "spacing"),
        ("IaKha", "Ia Kha", "spacing"),
        ("Mĩ Quí", "Mỹ Quý", "i_y"),
        ("Dak Lua", "Đak Lua", "no_diacritics"),
        ("Đăk Tô", "Đắk Tô", "no_diacritics"),
        ("Bảo Lôcc", "Bảo Lộc", "edit_distance_1"),
        ("Bảo Lco", "Bảo Lộc", "edit_distance_1"),
        ("Bả Lôcc", "Bảo Lộc", "edit_distance_2"),
        ("Tây Ninh", "Tai Ninh", "edit_distance_1"),
        ("Hà Nội", "Đà Nẵng", None),
    ],
)
def test_the_stage_is_the_reason_of_a_match(a, b, stage):
    assert text.stage_between(a, b) == text.stage_between(b, a) == stage


def test_the_search_key_is_letters_and_digits(names):
    assert all(motcua.search_key(name).isalnum() and motcua.search_key(name).isascii() for name in names)
    assert motcua.search_key("Phường 01, B'Lao") == "phuong1blao"
    assert motcua.search_key("") == ""


def test_distance_agrees_with_a_slow_one():
    def slow(a, b):
        table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
        for i in range(1, len(a) + 1):
            for j in range(1, len(b) + 1):
                table[i, j] = min(
                    table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] != b[j - 1])
                )
                if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                    table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
        return table[len(a), len(b)]

    rng = random.Random(4)
    for _ in range(3_000):
        a = "".join(rng.choice("abc") for _ in range(rng.randrange(1, 9)))
        b = "".join(rng.choice("abc") for _ in range(rng.randrange(1, 9)))
        expected = {0: "exact", 1: "edit_distance_1", 2: "edit_distance_2"}.get(slow(a, b))
        assert text.stage_between(a, b) == expected, (a, b)


def test_what_text_refuses():
    with pytest.raises(motcua.InvalidArgument, match="4096"):
        motcua.search_key("x" * 5_000)
    with pytest.raises(motcua.InvalidArgument, match="stage"):
        text.fold("a", "nothing")
    with pytest.raises((UnicodeEncodeError, ValueError, TypeError)):
        motcua.search_key("\ud800")


REG = motcua.Registry.national()
TAKES_TEXT = {
    "search_key text": motcua.search_key,
    "normalize text": text.normalize,
    "fold text": lambda value: text.fold(value, "case"),
    "stage_between a": lambda value: text.stage_between(value, "b"),
    "stage_between b": lambda value: text.stage_between("a", value),
    "resolve text": REG.resolve,
    "named name": lambda value: REG.named(value, "2026-01-01"),
    "unit code": lambda value: REG.unit(value, "2026-01-01"),
    "units parent": lambda value: REG.units("2026-01-01", None, value),
    "successors code": lambda value: REG.successors(value, "2025-06-30", "2025-07-01"),
    "predecessors code": lambda value: REG.predecessors(value, "2025-07-01", "2025-06-30"),
    "unit_code code": lambda value: motcua.UnitCode.parse(value),
    "agency_code agency": lambda value: motcua.AgencyCode.parse(value),
}


@pytest.mark.parametrize("place", TAKES_TEXT)
def test_what_is_no_text_is_refused_by_name(place):
    field = place.split()[1]
    for value in (7, b"H36"):
        with pytest.raises(TypeError, match=f"^{field}: expected .*str.*, found {type(value).__name__}"):
            TAKES_TEXT[place](value)
    with pytest.raises(motcua.InvalidArgument, match=f"^{field} .*: expected text without lone surrogates$"):
        TAKES_TEXT[place]("\ud800")


def test_rows_that_are_none_are_refused_by_name():
    with pytest.raises(TypeError, match="^texts: expected an iterable of str, found NoneType"):
        REG.resolve_many(None)
    with pytest.raises(TypeError, match="^rows: expected an iterable of mappings, found int"):
        REG.reconcile(7, "2026-01-01")
    with pytest.raises(motcua.InvalidArgument, match="^row 1, name .*: expected text without lone surrogates"):
        REG.reconcile([{"name": "Phường 1"}, {"name": "\ud800"}], "2026-01-01")
