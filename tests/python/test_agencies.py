"""Agencies: the codes of provinces over both epochs, and a deployment's own rows."""

from __future__ import annotations

import datetime as dt
import pathlib
import re

import pytest

import motcua

ROOT = pathlib.Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def reg():
    return motcua.Registry.national()


def test_every_province_of_both_epochs_has_a_code(reg):
    for day, count in (("2020-01-01", 63), ("2025-06-30", 63), ("2025-07-01", 34), ("2026-10-01", 34)):
        provinces = [agency for agency in reg.agencies(day) if agency.kind == "province"]
        assert len(provinces) == count
        assert {agency.unit for agency in provinces} == set(reg.units(day, "province"))
        assert len({agency.code for agency in provinces}) == count


def test_codes_of_the_old_provinces_are_alphabetical(reg):
    # The rule of the list: numbers follow the names, Đ after D, marks aside.
    order = {letter: i for i, letter in enumerate("AĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY")}
    assert order["Đ"] == order["D"] + 1
    by_code = {a.code.text: a.unit.name for a in reg.agencies("2024-12-31") if a.kind == "province"}
    assert sorted(by_code) == [f"H{number:02}" for number in range(1, 64)]
    assert [by_code[code] for code in ("H01", "H15", "H16", "H17", "H26", "H36", "H63")] == [
        "An Giang",
        "Đắk Lắk",
        "Đắk Nông",
        "Đà Nẵng",
        "Hà Nội",
        "Lâm Đồng",
        "Yên Bái",
    ]


def test_after_the_reform_the_code_follows_the_name_and_not_the_seat(reg):
    for code, name, unit in (("H05", "Bắc Ninh", "24"), ("H21", "Gia Lai", "52"), ("H50", "Quảng Trị", "44")):
        before, after = reg.agency(code, "2025-06-30"), reg.agency(code, "2025-07-01")
        assert before.unit.name == after.unit.name == name
        assert before.unit.code != after.unit.code == unit
    with pytest.raises(motcua.UnknownUnit, match="H02.*2025-07-01"):
        reg.agency("H02", "2025-07-01")  # Bắc Giang


@pytest.mark.parametrize(
    "day", ["2024-12-31", "2025-01-01", "2025-07-01", "2026-04-29", "2026-04-30", "2026-09-01", "2026-09-20"]
)
def test_a_committee_has_the_name_of_its_province_on_the_day(reg, day):
    for agency in reg.agencies(day):
        if agency.kind == "province":
            expected = f"Ủy ban nhân dân {agency.unit.full_name}"
            assert motcua.search_key(agency.name) == motcua.search_key(expected)


def test_the_committee_of_a_province_that_became_a_city(reg):
    # Resolutions 30, 36 and 39/2026/QH16.
    for code, name, since in (
        ("H19", "Đồng Nai", dt.date(2026, 4, 30)),
        ("H49", "Quảng Ninh", dt.date(2026, 9, 1)),
        ("H05", "Bắc Ninh", dt.date(2026, 9, 20)),
    ):
        assert reg.agency(code, since - dt.timedelta(days=1)).name == f"Ủy ban nhân dân tỉnh {name}"
        assert reg.agency(code, since).name == f"Ủy ban nhân dân thành phố {name}"


def test_both_written_forms_find_an_agency(reg):
    assert reg.agency("000.00.00.H36", "2026-01-01") == reg.agency("H36", "2026-01-01")
    assert reg.agency("G12", "2026-01-01").unit is None
    assert [a.code.text for a in reg.agencies("2026-01-01", unit="68")] == ["H36"]


def test_a_deployment_adds_its_departments(reg):
    rows = [
        {"code": "000.00.02.H36", "name": "Sở Tư pháp", "kind": "department", "unit": "68", "valid_to": "2025-07-01"},
        {"code": "H36.02", "name": "Sở Tư pháp", "kind": "department", "unit": "68", "valid_from": "2025-07-01"},
        {"code": "H36.02.03", "name": "Trung tâm", "kind": "centre", "unit": "24829", "valid_from": "2025-07-01"},
    ]
    more = reg.with_agencies(rows)
    assert [a.code.text for a in more.agencies("2025-08-01", within="H36")] == ["H36", "H36.02", "H36.02.03"]
    assert more.agency("H36.02", "2025-06-30").unit.key != more.agency("H36.02", "2025-07-01").unit.key
    assert [a.name for a in more.agencies("2025-08-01", unit=more.unit("24829", "2025-08-01"))] == ["Trung tâm"]
    assert len(reg.agencies("2025-08-01", within="H36")) == 1  # the registry itself is unchanged
    example = reg.with_agencies(str(ROOT / "examples" / "lam_dong" / "agencies.tsv"))
    assert example.agency("H36.12", "2025-07-15").source == "example data, unverified"


@pytest.mark.parametrize(
    "row, error, message",
    [
        ({"code": "36.02", "name": "x"}, motcua.InvalidArgument, "row 1: code"),
        ({"code": "H36.02", "name": ""}, motcua.InvalidArgument, "row 1: name"),
        ({"code": "H36.02", "name": "x", "unit": "99"}, motcua.UnknownUnit, "row 1: code '99'"),
        ({"code": "H36.02", "name": "x", "unit": "673"}, motcua.UnknownUnit, "row 1: code '673'.*2025-07-01"),
        ({"code": "H36", "name": "x", "unit": "68"}, motcua.InvalidArgument, "code 'H36': expected one agency"),
        (
            {"code": "H36.02", "name": "x", "valid_from": "2025-01-01", "valid_to": "2025-01-01"},
            motcua.InvalidArgument,
            "row 1: valid_to",
        ),
    ],
)
def test_rows_that_are_refused(reg, row, error, message):
    good = {"code": "H36.01", "name": "Sở Nội vụ", "unit": "68"}
    with pytest.raises(error, match=message):
        reg.with_agencies([good, row])


def test_every_row_says_where_it_comes_from(reg):
    for agency in reg.agencies("2025-06-30") + reg.agencies("2026-10-01"):
        assert re.search("seen in|unverified", agency.source)
