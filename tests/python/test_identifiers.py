"""Identifiers: what is read, what is repaired, what is refused, and what is never shown."""

from __future__ import annotations

import csv
import datetime as dt
import pathlib
import random

import pytest

import motcua
from motcua import AgencyCode, CitizenNumber, DossierNumber, ProcedureCode, TaxCode, UnitCode

DATA = pathlib.Path(__file__).resolve().parents[2] / "core" / "data"


@pytest.mark.parametrize(
    "text, code, old_form",
    [
        ("H36.12", "H36.12", "000.00.12.H36"),
        ("000.00.12.H36", "H36.12", "000.00.12.H36"),
        ("000.00.00.H36", "H36", "000.00.00.H36"),
        ("H36", "H36", "000.00.00.H36"),
        ("000.00.04.G18", "G18.04", "000.00.04.G18"),
        ("000.00.01.H08", "H08.01", "000.00.01.H08"),
        ("015.02.12.H36", "H36.12.02.015", "015.02.12.H36"),
        ("001.00.12.H36", "H36.12.001", "001.00.12.H36"),
        ("G12.18.112.014", "G12.18.112.014", None),
        ("H29.0.162", "H29.0.162", None),
        ("H56.14", "H56.14", "000.00.14.H56"),
    ],
)
def test_agency_codes_in_both_written_forms(text, code, old_form):
    parsed = AgencyCode.parse(text)
    assert (parsed.text, parsed.old_form, parsed.root) == (code, old_form, code[:3])
    assert AgencyCode.parse(parsed.text) == parsed
    assert old_form is None or AgencyCode.parse(old_form) == parsed
    assert str(parsed) == code and parsed.groups == code.split(".")


@pytest.mark.parametrize(
    "text",
    ["", "36", "Z36", "h36", "H3", "H361", "H36.", ".H36", "H36..1", "H36 .1", "H36-1", "00.00.12.H36", "000.00.12"]
    + ["0100109106", "H36." + "1" * 32, "H36.Đ1", "000.00.12.H36.1", "\x00H36"],
)
def test_what_is_no_agency_code(text):
    assert not AgencyCode.is_valid(text)
    with pytest.raises(motcua.InvalidArgument, match="agency .*: expected a letter A-Y"):
        AgencyCode.parse(text)


def test_agency_codes_know_what_lies_above():
    code = AgencyCode.parse("G12.18.112.014")
    assert code.parent.text == "G12.18.112" and AgencyCode.parse("G12").parent is None
    assert code.is_within("G12.18") and code.is_within(code) and not code.is_within("G12.1")
    assert len(AgencyCode.parse("H36." + "1" * 31).text) == 35


@pytest.mark.parametrize("text, level", [("68", "province"), ("673", "district"), ("00004", "commune")])
def test_unit_codes(text, level):
    assert UnitCode.parse(text) == (text, level)


@pytest.mark.parametrize("text", ["", "4", "0004", "24 29", "248290", "+6", "٦٨"])
def test_what_is_no_unit_code(text):
    with pytest.raises(motcua.InvalidArgument, match="code .*: expected 2 digits"):
        UnitCode.parse(text)


def test_a_number_is_no_code():
    for parse in (UnitCode.parse, AgencyCode.parse, ProcedureCode.parse, DossierNumber.parse, TaxCode.parse):
        with pytest.raises(TypeError, match="expected a str, found int"):
            parse(24829)
    with pytest.raises(TypeError, match="citizen number: expected a str"):
        CitizenNumber.parse(68304012345)


@pytest.mark.parametrize(
    "text, national, agency, clean",
    [
        ("1.004616", "1.004616", None, True),
        ("5.003847", "5.003847", None, True),
        ("6.006710", "6.006710", None, True),
        ("1.004616.000.00.00.H56", "1.004616", "H56", True),
        ("1.014464.H50", "1.014464", "H50", True),
        ("1.003441. H42", "1.003441", "H42", False),
        ("1.000847. H42 )", "1.000847", "H42", False),
        ("1.013.788.H42", "1.013788", "H42", False),
        ("Mã TTHC:1.013814", "1.013814", None, False),
        ("Mã TTHC: 1.013814.", "1.013814", None, False),
        ("1.0138.14", "1.013814", None, False),
        ("\u00a01.013814\u00a0", "1.013814", None, False),
        ("1.115132;", "1.115132", None, False),
    ],
)
def test_procedure_codes_clean_and_dirty(text, national, agency, clean):
    code = ProcedureCode.parse(text)
    assert (code.national, code.agency and code.agency.text, code.clean) == (national, agency, clean)
    again = ProcedureCode.parse(code.text)
    assert again == code and again.clean


@pytest.mark.parametrize(
    "text",
    ["", "1004616", "0.004616", "7.004616", "1.00461", "1.0046161", "1.0.0.4616", "1..004616", "1.004616H50"]
    + ["1.004616.h5", "1.004616.X", "1.004616.H50.", "1.004616 2.002096", "1.004616/H50", "KQ.G01.000123", "x" * 500],
)
def test_what_is_no_procedure_code(text):
    if text == "1.004616.H50.":  # punctuation behind is repaired
        assert ProcedureCode.parse(text).text == "1.004616.H50"
        return
    with pytest.raises(motcua.InvalidArgument, match="procedure"):
        ProcedureCode.parse(text)


def test_every_code_of_the_national_catalogue_is_clean():
    with open(DATA / "procedures" / "procedures.tsv", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert len(codes) > 2_800
    assert all(ProcedureCode.parse(code).text == code and ProcedureCode.parse(code).clean for code in codes)


@pytest.mark.parametrize(
    "text, agency, date, digits, serial",
    [
        ("000.00.12.H36-250701-0042", "000.00.12.H36", "2025-07-01", 6, "0042"),
        ("G09.20-20260609-0092637", "G09.20", "2026-06-09", 8, "0092637"),
        ("M01.002.03-260125-170001", "M01.002.03", "2026-01-25", 6, "170001"),
        ("0100109106-240229-0001", "0100109106", "2024-02-29", 6, "0001"),
    ],
)
def test_dossier_numbers(text, agency, date, digits, serial):
    number = DossierNumber.parse(text)
    assert (number.agency, number.date.isoformat(), number.date_digits, number.serial) == (agency, date, digits, serial)
    assert number.text == text == str(number)
    made = DossierNumber.make(agency, date, int(serial), digits, len(serial))
    assert made == number
    known = number.agency_code
    assert (known is None) == (agency == "0100109106")


@pytest.mark.parametrize(
    "text, part",
    [
        ("H36.12-250701", "three parts"),
        ("H36.12-250701-0042-1", "three parts"),
        ("", "three parts"),
        ("h36-250701-0042", "agency code in front"),
        ("-250701-0042", "agency code in front"),
        ("H36..1-250701-0042", "agency code in front"),
        ("H" + "1" * 35 + "-250701-0042", "agency code in front"),
        ("H36-250230-0042", "a day that exists"),
        ("H36-20250001-0042", "a day that exists"),
        ("H36-2507010-0042", "a day that exists"),
        ("H36-19990101-0042", "a day that exists"),
        ("H36-25o701-0042", "a day that exists"),
        ("H36-250701-042", "4 to 7 digits"),
        ("H36-250701-00000042", "4 to 7 digits"),
        ("H36-250701-00 42", "4 to 7 digits"),
    ],
)
def test_what_is_no_dossier_number(text, part):
    with pytest.raises(motcua.InvalidArgument, match=part):
        DossierNumber.parse(text)


def test_what_a_dossier_number_is_not_made_of():
    for bad in (
        dict(agency="h36", date="2025-07-01", serial=1),
        dict(agency="H36", date="1999-12-31", serial=1),
        dict(agency="H36", date="2100-01-01", serial=1),
        dict(agency="H36", date="2025-07-01", serial=-1),
        dict(agency="H36", date="2025-07-01", serial=10_000_000),
        dict(agency="H36", date="2025-07-01", serial=1, date_digits=7),
        dict(agency="H36", date="2025-07-01", serial=1, serial_digits=3),
    ):
        with pytest.raises(motcua.InvalidArgument):
            DossierNumber.make(**bad)
    assert DossierNumber.make("H36", dt.date(2100, 1, 1), 12345, date_digits=8).text == "H36-21000101-12345"


@pytest.mark.parametrize(
    "text, place, sex, year",
    [
        ("068204012345", "068", "male", 2004),
        ("068304012345", "068", "female", 2004),
        ("001099000001", "001", "male", 1999),
        ("096100000001", "096", "female", 1900),
        ("079400000001", "079", "male", 2100),
        ("079999000001", "079", "female", 2399),
    ],
)
def test_citizen_numbers_say_place_sex_and_year(text, place, sex, year):
    number = CitizenNumber.parse(text, sex=sex, birth_year=year)
    assert (number.place, number.sex, number.birth_year, number.abroad) == (place, sex, year, False)
    assert number.text == text and number.masked == text[:3] + "*********"


def test_a_citizen_number_is_never_shown_whole():
    number = CitizenNumber.parse("068304012345")
    assert "304" not in repr(number) + str(number) + f"{number}"
    refusals = [
        dict(text="068304012345", sex="male"),
        dict(text="068304012345", birth_year=2005),
        dict(text="068304012345", birth_date="2003-12-31"),
        dict(text="068304012345", at="2003-12-31"),
        dict(text="003304012345"),
        dict(text="0683040123456"),
        dict(text="068304O12345"),
        dict(text=" 068304012345"),
        dict(text="068-304-012345"),
        dict(text="Số 068304012345"),
        dict(text="683040123"),
        dict(text=""),
    ]
    for given in refusals:
        with pytest.raises(motcua.InvalidArgument) as caught:
            CitizenNumber.parse(**given)
        message = str(caught.value)
        assert "304" not in message.replace(" 2003", "") and "12345" not in message, message
    for text in ("068304012345", "0100109107", "683040123456"):
        with pytest.raises(motcua.InvalidArgument) as caught:
            TaxCode.parse(text)
        assert text[3:] not in str(caught.value)


def test_places_are_the_provinces_before_the_reform():
    old = {unit.code for unit in motcua.Registry.national().units("2025-06-30", "province")}
    for number in range(100):
        assert CitizenNumber.is_valid(f"0{number:02}099000001") == (f"{number:02}" in old)
    assert CitizenNumber.parse("234099000001").abroad


def test_what_citizens_claim_is_compared():
    assert CitizenNumber.parse("068304012345", sex="nữ", birth_date=dt.date(2004, 5, 6), at="2025-01-01")
    for bad in (dict(sex="x"), dict(birth_year=0), dict(birth_year=2004, birth_date="2003-01-01"), dict(sex=1)):
        with pytest.raises(motcua.InvalidArgument):
            CitizenNumber.parse("068304012345", **bad)


def check_digit(nine: str) -> int:
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    return 10 - sum(int(digit) * weight for digit, weight in zip(nine, weights)) % 11


def test_tax_codes_have_one_check_digit():
    draw = random.Random(20251121)
    for _ in range(300):
        nine = f"{draw.randrange(10**9):09}"
        right = check_digit(nine)
        for digit in range(10):
            assert TaxCode.is_valid(f"{nine}{digit}") == (digit == right)
            assert TaxCode.is_valid(f"{nine}{digit}", zero_sum="zero") == (digit == right % 10)


@pytest.mark.parametrize("text, branch", [("0100109106", None), ("0100109106-001", "001"), ("0100109106-999", "999")])
def test_tax_codes_of_dependent_units(text, branch):
    code = TaxCode.parse(text)
    assert (code.text, code.base, code.branch) == (text, "0100109106", branch)


@pytest.mark.parametrize(
    "text, part",
    [
        ("0100109106-000", "001 to 999"),
        ("0100109107", "checks the other nine"),
        ("0100109106001", "a hyphen and 3 digits"),
        ("0100109106-01", "a hyphen and 3 digits"),
        ("010010910", "10 digits"),
        ("", "10 digits"),
        ("068304012345", "CitizenNumber"),
        ("000000000" + "0", "divisible by 11"),
    ],
)
def test_what_is_no_tax_code(text, part):
    with pytest.raises(motcua.InvalidArgument, match=part):
        TaxCode.parse(text)
    with pytest.raises(motcua.InvalidArgument, match="zero_sum"):
        TaxCode.parse("0100109106", zero_sum="maybe")
