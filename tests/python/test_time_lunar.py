"""The lunar calendar, 1900-2199, against its own rules and against another calendar's tables."""

import datetime as dt

import pytest

import motcua

DAY = dt.timedelta(1)
FIRST, LAST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
# Vietnam's new year where it is not China's (reference: published comparisons, 1968-2100).
TET_UNLIKE_CHINA = {1968: "01-29", 1969: "02-16", 1985: "01-21", 2007: "02-17", 2030: "02-02", 2053: "02-18"}
HUNG_KINGS_UNLIKE_CHINA = {1975, 2009, 2037, 2038, 2085, 2086, 2095, 2100}
LEAP_MONTHS_UNLIKE_CHINA = {1985: 2, 1987: 7}


def every_day():
    day = FIRST
    while day <= LAST:
        yield day
        day += DAY


@pytest.fixture(scope="module")
def table():
    return {day: motcua.lunar(day) for day in every_day()}


def test_every_day_goes_there_and_back(table):
    for day, lunar in table.items():
        if lunar.year >= 1900:
            assert motcua.solar(lunar.year, lunar.month, lunar.day, lunar.leap) == day
        assert lunar.verified == (lunar.year >= 1968)


def test_days_and_months_follow_one_another(table):
    """A month has 29 or 30 days, a year 12 or 13 months, and a leap month follows its namesake."""
    before = table[FIRST]
    for day, lunar in list(table.items())[1:]:
        if lunar.day != 1:
            assert lunar._replace(day=lunar.day - 1) == before, day
        else:
            assert before.day in (29, 30), day
            ahead = [(before.year, before.month % 12 + 1, False), (before.year, before.month, True)]
            if before.month == 12:
                ahead[0] = (before.year + 1, 1, False)
            if before.leap:
                ahead.pop()
            assert (lunar.year, lunar.month, lunar.leap) in ahead, day
        before = lunar


def test_a_leap_month_comes_seven_times_in_nineteen_years(table):
    leap = {lunar.year: lunar.month for lunar in table.values() if lunar.leap}
    for first in range(1901, 2199 - 19):
        assert 6 <= sum(year in leap for year in range(first, first + 19)) <= 8
    assert {year: leap[year] for year in LEAP_MONTHS_UNLIKE_CHINA} == LEAP_MONTHS_UNLIKE_CHINA
    assert 1984 not in leap  # China repeated month 10 of 1984


def test_the_new_year_lies_between_21_january_and_21_february():
    for year in range(1900, 2200):
        assert (1, 20) <= (motcua.solar(year, 1, 1).month, motcua.solar(year, 1, 1).day) <= (2, 21), year


def test_the_hinge_of_1968_leaves_no_day_out():
    """1967 was reckoned at UTC+8 and 1968 at UTC+7: its last month is as long as it was."""
    eve = motcua.solar(1968, 1, 1) - DAY
    assert motcua.lunar(eve)[:2] == (1967, 12) and not motcua.lunar(eve).verified
    assert motcua.solar(1968, 1, 1) == dt.date(1968, 1, 29) and motcua.lunar("1968-01-29").verified


@pytest.mark.parametrize(
    "ask, error, words",
    [
        (lambda: motcua.lunar("1899-12-31"), motcua.OutsideCoverage, "1900-01-01 .. 2199-12-31"),
        (lambda: motcua.lunar("2200-01-01"), motcua.OutsideCoverage, "1900-01-01 .. 2199-12-31"),
        (lambda: motcua.lunar(dt.date.max), motcua.OutsideCoverage, "9999-12-31"),
        (lambda: motcua.solar(1899, 12, 1), motcua.OutsideCoverage, "1900 .. 2199"),
        (lambda: motcua.solar(2200, 1, 1), motcua.OutsideCoverage, "1900 .. 2199"),
        (lambda: motcua.solar(10**30, 1, 1), motcua.OutsideCoverage, "1900 .. 2199"),
        (lambda: motcua.solar(2024, 2, 1, leap=True), motcua.InvalidArgument, "2024 has no leap month"),
        (lambda: motcua.solar(2025, 5, 1, leap=True), motcua.InvalidArgument, "leap only month 6"),
        (lambda: motcua.solar(2025, 0, 1), motcua.InvalidArgument, "a month 1 .. 12"),
        (lambda: motcua.solar(2025, 13, 1), motcua.InvalidArgument, "a month 1 .. 12"),
        (lambda: motcua.solar(2025, 1, 0), motcua.InvalidArgument, "a day 1 .. 30"),
        (lambda: motcua.solar(2025, 2, 30), motcua.InvalidArgument, "a day 1 .. 29"),
        (lambda: motcua.solar(2025, 1, 31), motcua.InvalidArgument, "a day 1 .. 30"),
    ],
)
def test_what_the_year_does_not_have_is_refused(ask, error, words):
    with pytest.raises(error, match=words):
        ask()


def test_against_the_tables_of_another_library():
    """Tết and 10/3 of 1968-2100, where `holidays` is installed; both ways, China's and Vietnam's."""
    chinese = pytest.importorskip("holidays.calendars.chinese")
    china = chinese._ChineseLunisolar()
    vietnam = chinese._ChineseLunisolar(calendar=chinese.VIETNAMESE_CALENDAR)
    unlike = {"tet": {}, "hung_kings": set()}
    for year in range(1968, 2101):
        tet, hung_kings = motcua.solar(year, 1, 1), motcua.solar(year, 3, 10)
        assert tet == vietnam.lunar_new_year_date(year)[0], year
        assert hung_kings == vietnam.hung_kings_date(year)[0], year
        if tet != china.lunar_new_year_date(year)[0]:
            unlike["tet"][year] = tet.strftime("%m-%d")
        if hung_kings != china.hung_kings_date(year)[0]:
            unlike["hung_kings"].add(year)
    assert unlike == {"tet": TET_UNLIKE_CHINA, "hung_kings": HUNG_KINGS_UNLIKE_CHINA}


def test_before_1968_the_calendar_is_that_of_utc_8():
    """Six dates of each year 1901-1967 in China's tables, which are reckoned at UTC+8."""
    chinese = pytest.importorskip("holidays.calendars.chinese")
    china = chinese._ChineseLunisolar()
    dates = [
        (1, 1, china.lunar_new_year_date),
        (3, 10, china.hung_kings_date),
        (4, 8, china.buddha_birthday_date),
        (5, 5, china.dragon_boat_date),
        (8, 15, china.mid_autumn_date),
        (9, 9, china.double_ninth_date),
    ]
    for year in range(1901, 1968):
        for month, day, theirs in dates:
            assert motcua.solar(year, month, day) == theirs(year)[0], (year, month)
