"""Calendars and deadlines, against the law's own dates."""

import datetime as dt
import doctest
import importlib
import pathlib

import numpy as np
import pytest

import motcua

D, T = dt.date, dt.datetime
LAM_DONG = {
    "weekly": {day: [("07:00", "11:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")},
    "valid_to": "2025-11-01",
    "source": "Press, 2025-11-01",
}


@pytest.fixture(scope="module")
def cal():
    return motcua.WorkingCalendar.national()


def test_the_calendar_covers_2004_to_2040(cal):
    assert cal.coverage == (D(2004, 1, 1), D(2040, 12, 31))
    with pytest.raises(motcua.OutsideCoverage, match="2004-01-01 .. 2040-12-31"):
        cal.is_working_day("2003-12-31")
    with pytest.raises(motcua.OutsideCoverage):
        cal.deadline("2040-12-31T17:00", "3wd")


@pytest.mark.parametrize(
    "accepted, limit, policy, due",
    [
        ("2025-08-28T15:10", "3wd", "by_day", "2025-09-04T17:30"),
        ("2025-07-01T08:00", "0.5wd", "by_hour", "2025-07-01T14:00"),
        ("2025-07-01T08:00", "1wd", "by_hour", "2025-07-02T08:00"),
        ("2025-07-01T07:30", "1wd", "by_hour", "2025-07-01T17:30"),
        ("2025-07-01T15:00", "same_day@15:00", "by_day", "2025-07-01T17:30"),
        ("2025-07-01T15:01", "same_day@15:00", "by_day", "2025-07-02T17:30"),
        ("2025-07-01T15:01", "3wd@15:00>start", "by_day", "2025-07-07T17:30"),
        ("2025-07-01T16:31", "2wd@last_hour>start", "by_day", "2025-07-04T17:30"),
        ("2025-04-25T10:00", "2wd", "by_day", "2025-04-28T17:30"),
        ("2025-01-31T10:00", "1mo", "by_day", "2025-03-03T17:30"),
        ("2024-02-29T10:00", "1y", "by_day", "2025-02-28T17:30"),
        ("2025-07-01T08:00", "10h", "by_day", "2025-07-02T11:30"),
        ("2025-07-01T08:00", "none", "by_day", None),
    ],
)
def test_due_times(cal, accepted, limit, policy, due):
    assert cal.deadline(accepted, limit, policy).due == (T.fromisoformat(due) if due else None)
    batch = cal.deadlines(np.array([accepted], "M8[m]"), limit, policy)
    assert batch[0] == np.datetime64(due, "m") or (due is None and np.isnat(batch[0]))


def test_a_layer_replaces_the_hours_until_its_end(cal):
    lam_dong = cal.with_layer(LAM_DONG)
    assert lam_dong.deadline("2025-07-01T08:00", "1wd").due == T(2025, 7, 2, 17, 0)
    assert lam_dong.deadline("2025-10-31T08:00", "1wd").due == T(2025, 11, 3, 17, 30)


def test_a_layer_never_opens_an_official_day_off(cal):
    saturdays = cal.with_layer({"weekly": {"sat": [("07:30", "11:30")], "mon": [("07:30", "11:30")]}, "source": "x"})
    assert saturdays.is_working_day("2025-07-05")
    assert not saturdays.is_working_day("2022-01-01")  # a holiday on a Saturday
    assert not saturdays.is_working_day("2025-09-01")
    opened = saturdays.with_layer({"make_up": [("2025-09-01", "mon")], "source": "y"})
    assert opened.is_working_day("2025-09-01")


def test_pauses_by_practice(cal):
    week = ("2025-07-02T08:00", "2025-07-04T08:00")
    assert cal.deadline("2025-07-01T08:00", "5wd").due == T(2025, 7, 8, 17, 30)
    assert cal.deadline("2025-07-01T08:00", "5wd", pauses=[week]).due == T(2025, 7, 11, 17, 30)
    assert cal.deadline("2025-07-01T08:00", "5wd", pauses=[week], resume="shift").due == T(2025, 7, 10, 17, 30)
    assert cal.deadline("2025-07-01T08:00", "5wd", pauses=[week], resume="restart").due == T(2025, 7, 11, 17, 30)
    open_pause = cal.deadline("2025-07-01T08:00", "5wd", pauses=[("2025-07-02T08:00", None)])
    assert open_pause.due is None and open_pause.paused
    assert open_pause.remaining("2025-08-01T08:00") == cal.working_minutes("2025-07-02T08:00", "2025-07-08T17:30")
    late = cal.deadline("2025-07-01T08:00", "5wd", pauses=[("2025-07-08T17:30", "2025-07-20T08:00")])
    assert late.due == T(2025, 7, 8, 17, 30)


def test_overlapping_pauses_are_refused_with_their_index(cal):
    with pytest.raises(motcua.InvalidArgument, match=r"pauses\[1\]"):
        cal.deadline(
            "2025-07-01T08:00",
            "5wd",
            pauses=[("2025-07-02T08:00", "2025-07-04T08:00"), ("2025-07-03T08:00", "2025-07-05T08:00")],
        )


def test_an_extension_keeps_the_original_due_time(cal):
    extended = cal.deadline("2025-07-01T08:00", "5wd", extension="2025-07-15T17:30")
    assert (extended.due, extended.original_due) == (T(2025, 7, 15, 17, 30), T(2025, 7, 8, 17, 30))
    with pytest.raises(motcua.InvalidArgument, match="extension"):
        cal.deadline("2025-07-01T08:00", "5wd", extension="2025-07-08T17:29")


def test_lateness_compares_dates(cal):
    found = cal.deadline("2025-07-01T08:00", "3wd")  # due on 4 July at 17:30
    finished = ["2025-07-03T23:59", "2025-07-04T00:00", "2025-07-04T23:59", "2025-07-05T00:00"]
    assert [found.lateness(at) for at in finished] == ["early", "on_time", "on_time", "overdue"]
    assert found.lateness(np.datetime64(10**12, "D")) == "overdue"
    assert cal.deadline("2025-07-01T08:00", "none").lateness("2025-07-05") == "on_time"


def test_the_clock_starts_with_the_competent_agency_from_the_day_of_the_decree():
    """Decree 309/2026, art. 8, in force from 2026-08-05; before that, reception."""
    competent = T(2026, 8, 7, 9, 0)
    for received, start in [
        (T(2026, 8, 4, 23, 59), T(2026, 8, 4, 23, 59)),
        (T(2026, 8, 5, 0, 0), competent),
        (competent, competent),
    ]:
        assert motcua.clock_start(received, competent) == start
    assert motcua.clock_start("2026-08-06T08:00") == T(2026, 8, 6, 8, 0)
    with pytest.raises(motcua.InvalidArgument, match="years 1 to 9999"):
        motcua.clock_start(np.datetime64(10**7, "D"))


def test_provisional_years(cal):
    assert cal.deadline("2014-12-30T08:00", "1wd").provisional
    assert not cal.deadline("2026-12-30T08:00", "1wd").provisional
    assert cal.deadline("2026-12-30T08:00", "5wd").provisional


def test_a_batch_reports_every_bad_row(cal):
    at = np.array(["2025-07-01T08:00", "1999-01-01T08:00", "NaT", "2050-01-01T08:00"], "M8[m]")
    with pytest.raises(motcua.OutsideCoverage) as caught:
        cal.deadlines(at, "3wd")
    assert caught.value.rows == [1, 3]
    due = cal.deadlines(at, "3wd", on_error="nat")
    assert np.isnat(due).tolist() == [False, True, True, True]
    with pytest.raises(motcua.InvalidArgument, match="3xd") as caught:
        cal.deadlines(at[:1].repeat(3), ["1wd", "3xd", "2wd"])
    assert caught.value.rows == [1]


def test_latest_acceptance_inverts(cal):
    at = cal.latest_acceptance("2025-09-04T17:30", "3wd")
    assert at == T(2025, 8, 28, 17, 30)
    assert cal.deadline(at, "3wd").due == T(2025, 9, 4, 17, 30)


def test_latest_acceptance_takes_a_limit_a_row(cal):
    due = np.array(["2025-09-04T17:30", "NaT", "2025-09-04T17:30"], "M8[m]")
    latest = cal.latest_acceptance(due, ["3wd", "1wd", "1wd"])
    assert latest.astype(str).tolist() == ["2025-08-28T17:30", "NaT", "2025-09-03T17:30"]
    assert cal.latest_acceptance("2025-09-04T17:30", ["1wd"]).shape == (1,)
    with pytest.raises(motcua.InvalidArgument, match="3xd") as caught:
        cal.latest_acceptance(due, ["3wd", "3xd", "1wd"])
    assert caught.value.rows == [1]
    with pytest.raises(motcua.OutsideCoverage, match="some acceptance"):
        cal.latest_acceptance("2004-01-01T08:00", "3wd")


# (due, limit, policy, latest): Civil Code arts 147-148; cut-off minutes are still in time.
@pytest.mark.parametrize(
    "due, limit, policy, latest",
    [
        ("2025-07-04T17:30", "3wd@15:00>start", "by_day", "2025-07-01T15:00"),
        ("2025-07-04T17:30", "3wd@15:00>result", "by_day", "2025-07-01T15:00"),
        ("2025-07-04T17:29", "3wd@15:00>start", "by_day", "2025-06-30T15:00"),
        ("2025-07-01T17:30", "same_day@15:00", "by_day", "2025-07-01T15:00"),
        ("2025-07-01T17:30", "same_day@last_hour", "by_day", "2025-07-01T16:30"),
        ("2025-07-01T17:30", "same_day", "by_day", "2025-07-01T17:30"),
        ("2025-07-01T17:30", "1wd", "by_hour", "2025-07-01T07:30"),
        ("2025-07-01T11:30", "0.5wd", "by_hour", "2025-07-01T07:30"),
        ("2025-07-02T08:00", "1wd", "by_hour", "2025-07-01T08:00"),
        ("2025-07-14T17:30", "5d", "by_day", "2025-07-09T17:30"),
        ("2025-07-13T17:30", "5d", "by_day", "2025-07-04T17:30"),  # from the 5th on they end on Saturday, so on Monday
        ("2025-03-03T17:30", "1mo", "by_day", "2025-02-03T17:30"),
        ("2025-02-28T17:30", "1mo", "by_day", "2025-01-24T17:30"),  # the office is closed until 3 February
    ],
)
def test_latest_acceptance_at_cut_offs_and_plain_periods(cal, due, limit, policy, latest):
    assert cal.latest_acceptance(due, limit, policy) == T.fromisoformat(latest)
    assert cal.deadline(latest, limit, policy).due <= T.fromisoformat(due)


def test_a_deadline_tells_what_it_was_made_of(cal):
    found = cal.deadline("2025-07-01T08:00", "3wd")
    assert found.accepted_at == T(2025, 7, 1, 8, 0) and str(found.limit) == "3wd"
    assert found.calendar_version == cal.version == motcua.dataset_version()


def test_extra_time_in_a_disadvantaged_commune(cal):
    limit = motcua.TimeLimit.parse("15wd@15:00>start")
    assert str(limit.with_extra("10wd")) == str(limit + motcua.TimeLimit.parse("10wd")) == "25wd@15:00>start"
    assert (
        str("3wd" + motcua.TimeLimit.parse("10wd")) == "13wd" and str(limit.with_extra("2d")) == "15wd+2d@15:00>start"
    )
    assert cal.deadline("2025-07-01T08:00", motcua.TimeLimit.parse("2wd").with_extra("3wd")).due == T(
        2025, 7, 8, 17, 30
    )


def test_a_notice_settles_a_year(cal):
    rows = [{"date": f"2027-02-{d:02}", "name": "Tết Âm lịch", "source": "TB"} for d in range(4, 11)]
    rows += [
        {"date": d, "name": "lễ", "source": "TB"} for d in ("2027-01-01", "2027-04-16", "2027-04-30", "2027-09-02")
    ]
    rows += [{"date": d, "name": "lễ", "source": "TB"} for d in ("2027-05-03", "2027-09-03", "2027-11-24")]
    settled = cal.with_notice(rows)
    assert cal.deadline("2027-02-01T08:00", "3wd").provisional
    assert not settled.deadline("2027-02-01T08:00", "3wd").provisional
    assert settled.deadline("2027-02-01T08:00", "3wd").due == T(2027, 2, 11, 17, 30)
    assert settled.version != cal.version
    swap = [
        {"date": "2026-11-23", "kind": "swapped_off", "name": "Ngày Văn hóa", "source": "TB"},
        {"date": "2026-11-28", "kind": "make_up", "partner": "2026-11-23", "name": "Làm bù", "source": "TB"},
    ]
    swapped = cal.with_notice(swap)
    assert not swapped.is_working_day("2026-11-23") and swapped.is_working_day("2026-11-28")


def test_holidays_have_a_kind_and_a_source():
    rows = {day.date: day for day in motcua.holidays(2026)}
    assert rows[D(2026, 8, 31)].kind == "swapped_off" and rows[D(2026, 8, 31)].official
    assert rows[D(2026, 4, 27)].kind == "compensatory"
    assert rows[D(2026, 11, 24)].source == "28/2026/QH16"
    assert not any(day.official for day in motcua.holidays(2027))
    with pytest.raises(motcua.OutsideCoverage):
        motcua.holidays(2041)


def test_lunar_both_ways():
    assert motcua.lunar("2025-01-29") == (2025, 1, 1, False, True)
    assert motcua.solar(2025, 6, 1, leap=True) == D(2025, 7, 25)
    with pytest.raises(motcua.InvalidArgument, match="leap only month 6"):
        motcua.solar(2025, 5, 1, leap=True)


def golden(name):
    lines = (pathlib.Path(__file__).parents[1] / "golden" / name).read_text("utf-8").splitlines()
    header = lines[0].split("\t")
    for number, line in enumerate(lines[1:], 2):
        row = dict(zip(header, line.split("\t")))
        assert row.get("basis"), f"{name}:{number}: a row needs its legal basis"
        yield row


def test_tet_hung_kings_and_leap_months_of_the_published_table():
    rows = list(golden("time_lunar.tsv"))
    assert len(rows) == 61
    for row in rows:
        year = int(row["year"])
        assert motcua.solar(year, 1, 1).isoformat() == row["tet"]
        assert motcua.solar(year, 3, 10).isoformat() == row["hung_kings"]
        leap = [month for month in range(1, 13) if _has_leap(year, month)]
        assert leap == ([int(row["leap_month"])] if row["leap_month"] else [])


def _has_leap(year, month):
    try:
        motcua.solar(year, month, 1, leap=True)
    except motcua.InvalidArgument:
        return False
    return True


def test_tet_differs_from_the_chinese_year_in_six_years():
    tet = {1968: (1, 29), 1969: (2, 16), 1985: (1, 21), 2007: (2, 17), 2030: (2, 2), 2053: (2, 18)}
    assert all((motcua.solar(y, 1, 1).month, motcua.solar(y, 1, 1).day) == day for y, day in tet.items())


def test_lunar_dates_round_trip_from_1900_to_2199():
    for year in range(1900, 2200, 7):
        for day in range(0, 365, 11):
            date = dt.date(year, 1, 1) + dt.timedelta(day)
            lunar = motcua.lunar(date)
            assert lunar.verified == (lunar.year >= 1968)
            if lunar.year >= 1900:
                assert motcua.solar(*lunar[:4]) == date
    with pytest.raises(motcua.OutsideCoverage):
        motcua.lunar("1899-12-31")
    with pytest.raises(motcua.OutsideCoverage):
        motcua.solar(2200, 1, 1)


@pytest.mark.parametrize("module", ["working_calendar", "day_columns", "dates"])
def test_the_examples_in_the_docstrings_hold(module):
    found = doctest.testmod(importlib.import_module(f"motcua.{module}"))
    assert found.attempted > 0 and found.failed == 0
