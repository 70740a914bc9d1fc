"""Holiday law year by year: what the Labour Codes give, what notices changed, and where they are silent."""

import datetime as dt

import pytest

import motcua

D = dt.date
YEARS = range(2004, 2041)
OFFICIAL = range(2015, 2027)

# Weekdays off and Saturdays worked by year, as published for civil servants: the table of the year's notices.
PUBLISHED = {
    2015: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 23/2 28/4 29/4 30/4 1/5 2/9", "14/2 25/4"),
    2016: ("1/1 8/2 9/2 10/2 11/2 12/2 18/4 2/5 3/5 2/9", ""),
    2017: ("2/1 26/1 27/1 30/1 31/1 1/2 6/4 1/5 2/5 4/9", ""),
    2018: ("1/1 14/2 15/2 16/2 19/2 20/2 25/4 30/4 1/5 3/9 31/12", ""),
    2019: ("1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9", "5/1 4/5"),
    2020: ("1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9", ""),
    2021: ("1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9", ""),
    2022: ("3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9", ""),
    2023: ("2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9", ""),
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
}


def code_of(year):
    """The Labour Code of a year's first day: 1994, 2012 (in force 2013-05-01), 2019 (2021)."""
    return 1994 if year <= 2013 else 2012 if year < 2021 else 2019


def kept(year, kind):
    return [day for day in motcua.holidays(year) if day.kind == kind]


def written(days):
    return " ".join(f"{day.day}/{day.month}" for day in days)


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_published_table_of_the_year(year):
    off, worked = PUBLISHED[year]
    days = motcua.holidays(year)
    assert written(d.date for d in days if d.kind != "make_up" and d.date.weekday() < 5) == off
    assert written(d.date for d in days if d.kind == "make_up" and d.date < D(year, 12, 20)) == worked
    cal = motcua.WorkingCalendar.national()
    for k in range((D(year + 1, 1, 1) - D(year, 1, 1)).days):
        day = D(year, 1, 1) + dt.timedelta(k)
        is_off = f"{day.day}/{day.month}" in off.split()
        made_up = f"{day.day}/{day.month}" in worked.split()
        assert cal.is_working_day(day) == (made_up or (day.weekday() < 5 and not is_off)), day


@pytest.mark.parametrize("year", YEARS)
def test_every_row_has_a_name_a_source_and_its_kind(year):
    rows = motcua.holidays(year)
    assert [row.date for row in rows] == sorted({row.date for row in rows})
    for row in rows:
        assert row.name and row.source and row.date.year == year
        assert (row.partner is not None) == (row.kind in ("swapped_off", "make_up"))
        if row.kind == "make_up":
            assert row.date.weekday() >= 5 and row.partner.weekday() < 5
        if row.kind in ("swapped_off", "compensatory"):
            assert row.date.weekday() < 5
        in_partners_year = row.partner is not None and row.partner.year in OFFICIAL
        assert row.official == (year in OFFICIAL or in_partners_year)
        if year not in OFFICIAL and row.kind in ("holiday", "compensatory"):
            assert "Bộ luật Lao động" in row.source or row.source.startswith("28/2026/QH16")


@pytest.mark.parametrize("year", YEARS)
def test_the_days_that_law_fixes(year):
    days = {row.date for row in kept(year, "holiday")}
    fixed = {D(year, 1, 1), D(year, 4, 30), D(year, 5, 1), D(year, 9, 2), motcua.solar(year, 1, 1)}
    if year >= 2007:
        fixed.add(motcua.solar(year, 3, 10))
    if year >= 2026:
        fixed.add(D(year, 11, 24))
    assert fixed <= days
    tet = motcua.solar(year, 1, 1)
    around = [day for day in days if abs((day - tet).days) <= 7 and day.month in (1, 2) and day != D(year, 1, 1)]
    assert len(around) == (4 if code_of(year) == 1994 else 5)
    national = [day for day in days if abs((day - D(year, 9, 2)).days) <= 1]
    assert len(national) == (2 if year >= 2021 else 1)
    # Nothing else is a holiday.
    assert len(days) == len(fixed) + len(around) - 1 + len(national) - 1


@pytest.mark.parametrize("year", YEARS)
def test_a_holiday_on_a_weekly_rest_day_is_made_up_once(year):
    due = [
        row for row in kept(year, "holiday") if row.date.weekday() >= 5 and (row.date.month, row.date.day) != (11, 24)
    ]
    given = kept(year, "compensatory")
    assert len(given) == len(due)
    for rest in given:
        assert any(0 < (rest.date - row.date).days <= 7 and row.name == rest.name for row in due), rest


def test_the_article_of_a_compensatory_rest_is_its_own():
    rest = {2005: "Bộ luật Lao động 1994, Điều 73", 2028: "Bộ luật Lao động 2019, Điều 111.3"}
    for year, article in rest.items():
        assert {row.source for row in kept(year, "compensatory")} == {article}
    assert {row.source for row in kept(2014, "compensatory")} == {"Bộ luật Lao động 2012, Điều 115.3"}


def test_hung_kings_day_begins_in_2007_and_culture_day_in_2026():
    assert not any("Hùng Vương" in row.name for year in (2004, 2005, 2006) for row in motcua.holidays(year))
    assert all(any("Hùng Vương" in row.name for row in motcua.holidays(year)) for year in range(2007, 2041))
    assert not any("Văn hóa" in row.name for year in range(2004, 2026) for row in motcua.holidays(year))
    cal = motcua.WorkingCalendar.national()
    assert cal.is_working_day("2025-11-24") and not cal.is_working_day("2026-11-24")


def test_whether_culture_day_is_made_up_is_a_switch():
    narrow, wide = motcua.WorkingCalendar.national(), motcua.WorkingCalendar.national(culture_day_compensated=True)
    unlike = [
        day
        for day in (D(2004, 1, 1) + dt.timedelta(k) for k in range(13515))
        if narrow.is_working_day(day) != wide.is_working_day(day)
    ]
    # 24/11 falls on a Saturday in 2029, 2035 and 2040, on a Sunday in 2030; Monday is off then.
    assert unlike == [D(2029, 11, 26), D(2030, 11, 25), D(2035, 11, 26), D(2040, 11, 26)]
    assert wide.version != narrow.version


@pytest.mark.parametrize("year", [2003, 2041, 0, -1, 10**12])
def test_outside_the_years_of_law_nothing_is_said(year):
    with pytest.raises(motcua.OutsideCoverage, match="2004 .. 2040"):
        motcua.holidays(year)
    with pytest.raises(motcua.OutsideCoverage):
        motcua.WorkingCalendar.national().holidays(year)


def test_a_notice_outranks_a_rule_and_layers_stay_on_top():
    cal = motcua.WorkingCalendar.national().with_layer({"days_off": [("2027-02-11", "Lễ hội")], "source": "7/QĐ"})
    rows = [{"date": f"2027-02-{day:02}", "name": "Tết Âm lịch", "source": "TB 2027"} for day in range(5, 13)]
    told = cal.with_notice(rows)
    off = [row.date.day for row in told.holidays(2027) if row.date.month == 2]
    assert off == [5, 6, 7, 8, 9, 10, 11, 12] and cal.is_working_day("2027-02-12")
    assert not told.is_working_day("2027-02-11") and told.is_working_day("2027-02-04")
    assert all(row.official for row in told.holidays(2027) if row.source == "TB 2027")
    assert told.version != cal.version


@pytest.mark.parametrize("off, worked", [("2027-02-12", "2027-02-20"), ("2027-09-06", "2027-09-11")])
def test_a_swap_changes_only_the_days_it_names(off, worked):
    """Labour Code 2019 art. 112: five days of Tết and two of National Day stand, whatever is swapped beside them."""
    cal = motcua.WorkingCalendar.national()
    rows = [
        {"date": off, "kind": "swapped_off", "name": "hoán đổi", "source": "TB"},
        {"date": worked, "kind": "make_up", "name": "làm bù", "source": "TB"},
    ]
    told = cal.with_notice(rows)
    days = [D(2027, 1, 1) + dt.timedelta(k) for k in range(365)]
    unlike = [str(day) for day in days if cal.is_working_day(day) != told.is_working_day(day)]
    assert unlike == [off, worked]
    whole = cal.with_notice(rows, complete_years=[2027])
    assert [whole.is_working_day(day) for day in days] == [told.is_working_day(day) for day in days]
    assert not whole.deadline("2027-03-01T08:00", "1wd").provisional


def test_one_day_given_off_near_a_holiday_does_not_replace_it():
    cal = motcua.WorkingCalendar.national()
    row = {"date": "2027-02-12", "kind": "holiday", "name": "Ngày tỉnh", "source": "TB"}
    told = cal.with_notice([row])
    assert not told.is_working_day("2027-02-08") and not told.is_working_day("2027-02-12")
    assert told.is_working_day("2027-02-11")


def test_two_days_named_divide_national_day():
    """2/9 and one day beside it (art. 112): here the day before instead of the rule's day after."""
    cal = motcua.WorkingCalendar.national()
    rows = [{"date": f"2027-09-0{day}", "name": "Quốc khánh", "source": "TB"} for day in (1, 2)]
    told = cal.with_notice(rows)
    assert not cal.is_working_day("2027-09-03") and told.is_working_day("2027-09-03")
    assert not told.is_working_day("2027-09-01") and not told.is_working_day("2027-09-02")
    # The notice of swaps comes as a document of its own.
    swap = [
        {"date": "2027-09-03", "kind": "swapped_off", "name": "hoán đổi", "source": "VPCP"},
        {"date": "2027-09-11", "kind": "make_up", "name": "làm bù", "source": "VPCP"},
    ]
    both = told.with_notice(swap)
    assert [both.is_working_day(f"2027-09-{day:02}") for day in (1, 2, 3, 4, 6, 11)] == [False] * 4 + [True] * 2


def test_equal_calendars_have_equal_versions():
    cal = motcua.WorkingCalendar.national()
    layer = {"days_off": [("2025-07-02", "Bão")], "source": "12/QĐ-UBND"}
    assert cal.version == motcua.dataset_version()
    assert cal.with_layer(layer).version == motcua.WorkingCalendar.national().with_layer(dict(layer)).version
    changes = [{"source": "13/QĐ-UBND"}, {"days_off": [("2025-07-03", "Bão")]}, {"valid_to": "2026-01-01"}]
    versions = {cal.with_layer({**layer, **change}).version for change in [{}, *changes]}
    assert len(versions) == 4
    rows = [{"date": "2027-02-04", "name": "Tết Âm lịch", "source": "TB"}]
    assert cal.with_notice(rows).version != cal.with_notice(rows, complete_years=[2027]).version


def test_exchanged_days_without_partners_follow_in_order_of_date():
    cal = motcua.WorkingCalendar.national()
    days = [
        ("2027-09-11", "make_up"),
        ("2027-01-04", "swapped_off"),
        ("2027-09-06", "swapped_off"),
        ("2027-01-09", "make_up"),
    ]
    rows = [{"date": day, "kind": kind, "name": "hoán đổi", "source": "TB"} for day, kind in days]
    told = {row.date: row.partner for row in cal.with_notice(rows).holidays(2027) if row.source == "TB"}
    assert told == {
        D(2027, 1, 4): D(2027, 1, 9),
        D(2027, 1, 9): D(2027, 1, 4),
        D(2027, 9, 6): D(2027, 9, 11),
        D(2027, 9, 11): D(2027, 9, 6),
    }
    with pytest.raises(motcua.InvalidArgument, match="a make-up day with the day it replaces"):
        cal.with_notice(rows[:1])


def test_the_rows_of_a_year_are_a_notice():
    cal = motcua.WorkingCalendar.national()
    again = cal.with_notice(motcua.holidays(2026))
    days = [D(2026, 1, 1) + dt.timedelta(k) for k in range(365)]
    assert [again.is_working_day(day) for day in days] == [cal.is_working_day(day) for day in days]
