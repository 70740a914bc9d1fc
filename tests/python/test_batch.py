"""Columns: any shape, stride, byte order and unit; NaT; every bad row; threads."""

import datetime as dt

import numpy as np
import pytest

import motcua

D = dt.date


@pytest.fixture(scope="module")
def cal():
    return motcua.WorkingCalendar.national()


@pytest.fixture(scope="module")
def rows():
    random = np.random.default_rng(20250701)
    days = np.datetime64("2015-01-01") + random.integers(0, 4000, 1000)
    return days, random.integers(0, 61, 1000)


def by_hand(cal, days, n):
    """The day loop."""
    span = np.arange(np.datetime64("2014-12-01"), np.datetime64("2027-12-31"))
    working = dict(zip(span.astype(object), cal.is_working_day(span)))
    due = []
    for day, left in zip(days.astype(object), n):
        while left > 0:
            day += dt.timedelta(1)
            left -= working[day]
        due.append(day)
    return np.array(due, "M8[D]")


def test_an_amount_a_row_is_the_day_loop(cal, rows):
    days, n = rows
    expected = by_hand(cal, days, n)
    assert (cal.add_working_days(days, n) == expected).all()
    assert (cal.count_working_days(days, expected) == n).all()


def test_strides_shapes_and_units_do_not_matter(cal, rows):
    days, n = rows
    expected = cal.add_working_days(days, n)
    assert (cal.add_working_days(days[::-1], n[::-1]) == expected[::-1]).all()
    assert (cal.add_working_days(days[::3], n[::3]) == expected[::3]).all()
    square, amounts = days.reshape(20, 50), n.reshape(20, 50)
    assert (cal.add_working_days(square.T, amounts.T) == expected.reshape(20, 50).T).all()
    assert (cal.add_working_days(np.asfortranarray(square), amounts) == expected.reshape(20, 50)).all()
    assert (cal.add_working_days(square, amounts[:, :1]) == cal.add_working_days(square, amounts[:, [0] * 50])).all()
    for form in (">M8[D]", "M8[s]", "M8[ns]", "M8[h]", ">M8[m]"):
        assert (cal.add_working_days(days.astype(form), n) == expected).all()
    for form in (np.int8, np.uint16, ">i4", np.int32):
        assert (cal.add_working_days(days, n.astype(form)) == expected).all()
    pairs = np.zeros(1000, [("pad", "u1"), ("day", "M8[D]"), ("n", "i8")])
    pairs["day"], pairs["n"] = days, n
    assert (cal.add_working_days(pairs["day"], pairs["n"]) == expected).all()


def test_scalars_and_arrays_without_dimensions_or_rows(cal):
    assert cal.add_working_days("2025-08-28", 3) == D(2025, 9, 4)
    assert cal.add_working_days(np.array("2025-08-28", "M8[D]"), 3) == np.datetime64("2025-09-04")
    assert cal.add_working_days(np.array([], "M8[D]"), 3).shape == (0,)
    assert cal.count_working_days(np.empty((0, 4), "M8[D]"), np.datetime64("2025-01-01")).shape == (0, 4)
    assert cal.deadlines(np.empty((3, 0), "M8[m]"), "3wd").shape == (3, 0)


def test_the_given_arrays_stay_as_they_were(cal, rows):
    days, n = rows[0].copy(), rows[1].copy()
    days.flags.writeable = n.flags.writeable = False
    cal.add_working_days(days, n)
    assert (days == rows[0]).all() and (n == rows[1]).all()


def test_every_bad_row_is_listed_and_the_others_are_computed(cal, rows):
    days, n = rows[0].copy(), np.maximum(rows[1], 1)
    bad = [0, 63, 64, 500, 999]
    days[bad] = np.datetime64("1999-01-01")
    with pytest.raises(motcua.OutsideCoverage) as caught:
        cal.add_working_days(days, n)
    assert list(caught.value.rows) == bad
    n[700] = -1
    with pytest.raises(motcua.OutsideCoverage) as caught:
        cal.add_working_days(days, n)
    assert list(caught.value.rows) == sorted([*bad, 700])
    minutes = days.astype("M8[m]")
    due = cal.deadlines(minutes, "3wd", on_error="nat")
    assert np.flatnonzero(np.isnat(due)).tolist() == bad


def test_nat_passes_through_every_column(cal):
    days = np.array(["2025-08-28", "NaT", "2025-08-29"] * 50, "M8[D]")
    due = cal.add_working_days(days, 1)
    assert (np.isnat(due) == np.isnat(days)).all()
    assert not cal.is_working_day(days)[1]
    assert np.isnat(cal.deadlines(days.astype("M8[m]"), "1wd")[1])


def test_the_last_days_of_coverage_are_exact(cal):
    end = np.datetime64("2040-12-31")
    days = np.arange(end - 199, end + 1)
    left = cal.count_working_days(days, end)
    assert (cal.add_working_days(days, left)[left > 0] <= end).all()
    with pytest.raises(motcua.OutsideCoverage) as caught:
        cal.add_working_days(days, left + 1)
    assert list(caught.value.rows) == list(range(200))


@pytest.mark.parametrize("policy", ["by_day", "by_hour"])
@pytest.mark.parametrize(
    "limit",
    ["0wd", "1wd", "20wd@15:00>start", "3wd@last_hour>start", "same_day@15:00", "5wh", "12wh@10:00>start", "2d"],
)
def test_a_batch_is_the_deadline_of_each_row(cal, policy, limit):
    saturdays = cal.with_layer(
        {
            "weekly": {
                **{d: [("07:00", "11:30"), ("13:30", "17:00")] for d in ("mon", "tue", "wed", "thu")},
                "fri": [("07:00", "11:30")],
                "sat": [("08:00", "09:00")],
            },
            "source": "x",
        }
    )
    start = np.datetime64("2025-04-24T00:00")
    accepted = start + np.arange(0, 14 * 1440, 97)
    for calendar in (cal, saturdays):
        expected = [calendar.deadline(at, limit, policy).due for at in accepted.astype(object)]
        assert (calendar.deadlines(accepted, limit, policy) == np.array(expected, "M8[m]")).all()
    index = np.arange(len(accepted)) % 2
    mixed = motcua.deadlines([cal, saturdays], index, accepted, limit, policy)
    expected = [[cal, saturdays][k].deadline(at, limit, policy).due for k, at in zip(index, accepted.astype(object))]
    assert (mixed == np.array(expected, "M8[m]")).all()


def test_threads_change_nothing(cal):
    accepted = np.datetime64("2015-01-01T08:00") + np.arange(100_000) * 61
    accepted[::9973] = np.datetime64("1990-01-01T08:00")
    alone = cal.deadlines(accepted, "20wd@15:00>start", on_error="nat")
    together = cal.deadlines(accepted, "20wd@15:00>start", on_error="nat", threads=3)
    assert (alone.view("i8") == together.view("i8")).all()
    with pytest.raises(motcua.OutsideCoverage) as caught:
        cal.deadlines(accepted, "1wd", threads=3)
    assert list(caught.value.rows) == list(range(0, 100_000, 9973))


def test_days_under_a_calendar_of_each_row(cal, rows):
    days, n = rows
    closed = cal.with_layer({"days_off": [(day, "storm") for day in ("2020-03-02", "2021-03-02")], "source": "x"})
    index = np.arange(1000) % 2
    expected = np.where(index, closed.add_working_days(days, n), cal.add_working_days(days, n))
    due = motcua.add_working_days([cal, closed], index, days, n)
    assert (due == expected).all() and (due != cal.add_working_days(days, n)).any()
    counted = motcua.count_working_days([cal, closed], index, days, due)
    assert (counted == n).all()
    assert (
        motcua.add_working_days([closed], None, days[::-1], n[::-1], threads=2)[::2]
        == closed.add_working_days(days[::-1], n[::-1])[::2]
    ).all()


def test_every_question_takes_a_calendar_of_each_row(cal):
    half = cal.with_layer({"half_days": [("2025-07-02", [("07:30", "11:30")])], "source": "x"})
    closed = cal.with_layer({"days_off": [("2025-07-02", "storm")], "source": "x"})
    of = [cal, half, closed]
    index = np.arange(30) % 3
    day = np.datetime64("2025-07-02")
    assert (motcua.is_working_day(of, index, day) == (index != 2)).all()
    minutes = motcua.working_minutes(of, index, "2025-07-02T08:00", "2025-07-03T08:00", threads=2)
    assert (minutes == np.array([480, 240, 30])[index]).all()  # 30 of the next morning
    latest = motcua.latest_acceptances(of, index, "2025-07-03T17:30", "1wd")
    expected = np.array(["2025-07-02T17:30", "2025-07-02T11:30", "2025-07-01T17:30"], "M8[m]")
    assert (latest == expected[index]).all()
    for call in (
        lambda: motcua.is_working_day(of, [0, 3], day),
        lambda: motcua.working_minutes(of, [0, 3], day, day),
        lambda: motcua.latest_acceptances(of, [0, 3], "2025-07-03T17:30", "1wd"),
    ):
        with pytest.raises(motcua.InvalidArgument, match="^row 1: calendar '3': expected an index below 3") as caught:
            call()
        assert caught.value.rows == [1]


def test_an_index_without_a_calendar_fails_its_row(cal):
    days = np.full(4, np.datetime64("2025-08-28"))
    with pytest.raises(motcua.InvalidArgument, match="calendar") as caught:
        motcua.add_working_days([cal], [0, 1, -1, 2**40], days, 1)
    assert list(caught.value.rows) == [1, 2, 3]
    due = motcua.add_working_days([cal], [0, 1, -1, 2**40], days, 1, on_error="nat")
    assert np.isnat(due).tolist() == [False, True, True, True]
    with pytest.raises(motcua.InvalidArgument):
        motcua.add_working_days([], None, days, 1)
    with pytest.raises(motcua.InvalidArgument):
        motcua.add_working_days([cal], [0.5] * 4, days, 1)


NO_COUNT = np.iinfo(np.int64).min


def ask(cal, days, **keywords):
    """Each question about days, on columns of days of which the first may be outside coverage."""
    minutes = days.astype("M8[m]")
    return {
        "is_working_day": lambda: cal.is_working_day(days, **keywords),
        "add_working_days": lambda: cal.add_working_days(days, 3, **keywords),
        "count_working_days": lambda: cal.count_working_days(days, np.datetime64("2025-07-04"), **keywords),
        "working_minutes": lambda: cal.working_minutes(minutes, np.datetime64("2025-07-04T12:00"), **keywords),
    }


QUESTIONS = ("is_working_day", "add_working_days", "count_working_days", "working_minutes")


@pytest.mark.parametrize("name", QUESTIONS)
def test_on_error_of_the_questions_about_days(cal, name):
    days = np.datetime64("2025-06-01") + np.arange(200)
    good = ask(cal, days)[name]()
    broken = days.copy()
    bad = [0, 70, 199]
    broken[bad] = np.datetime64("1999-01-01")
    with pytest.raises(motcua.OutsideCoverage) as caught:
        ask(cal, broken)[name]()
    assert caught.value.rows == bad
    answer = ask(cal, broken, on_error="nat")[name]()
    nothing = {"is_working_day": False, "add_working_days": np.datetime64("NaT")}.get(name, NO_COUNT)
    expected = good.copy()
    expected[bad] = nothing
    assert answer.dtype == good.dtype and answer.tobytes() == expected.tobytes()
    single = ask(cal, broken[0], on_error="nat")[name]()
    assert np.isnat(single) if name == "add_working_days" else single == nothing
    for wrong in ("ignore", None, 1):
        with pytest.raises(motcua.InvalidArgument, match="on_error .*'raise' or 'nat'"):
            ask(cal, days, on_error=wrong)[name]()


@pytest.mark.parametrize("name", QUESTIONS)
def test_threads_change_nothing_about_days(cal, name):
    days = np.datetime64("2010-01-01") + np.arange(100_000) % 8000
    days[::9973] = np.datetime64("1990-01-01")
    alone = ask(cal, days, on_error="nat")[name]()
    together = ask(cal, days, on_error="nat", threads=3)[name]()
    assert alone.tobytes() == together.tobytes()
    with pytest.raises(motcua.OutsideCoverage) as caught:
        ask(cal, days, threads=3)[name]()
    assert caught.value.rows == list(range(0, 100_000, 9973))
    for wrong in ("2", 1.5, None):
        with pytest.raises(TypeError, match="threads: expected a whole number"):
            ask(cal, days, threads=wrong)[name]()
    for wrong in (0, -1, -(2**70)):
        with pytest.raises(motcua.InvalidArgument, match=f"^threads {str(wrong)[:5]}.*: expected 1 or more"):
            ask(cal, days, threads=wrong)[name]()


@pytest.mark.parametrize("threads", [0, -3])
def test_fewer_threads_than_one_are_refused_everywhere(cal, threads):
    day, minute = np.datetime64("2025-07-01"), np.datetime64("2025-07-01T08:00")
    for call in (
        lambda: cal.deadlines([minute], "3wd", threads=threads),
        lambda: cal.deadlines([minute], "3wd", threads=threads, on_error="nat"),
        lambda: cal.latest_acceptance([minute], "3wd", threads=threads),
        lambda: motcua.deadlines([cal], None, [minute], "3wd", threads=threads),
        lambda: motcua.add_working_days([cal], None, [day], 1, threads=threads),
        lambda: motcua.count_working_days([cal], None, [day], [day], threads=threads),
    ):
        with pytest.raises(motcua.InvalidArgument, match=f"^threads {threads}: expected 1 or more$"):
            call()


@pytest.mark.parametrize("policy", ["by_day", "by_hour"])
def test_the_latest_acceptances_invert_the_deadlines(cal, policy):
    """No acceptance a minute later is due in time; the rows of a column are the single answers."""
    limits = [
        "3wd",
        "20wd@15:00>start",
        "same_day@15:00",
        "5wh",
        "24h",
        "15d",
        "2mo",
        "1y",
        "5wd+7d",
        "2d@15:00>result",
    ]
    due = np.datetime64("2025-03-01T00:00") + np.arange(0, 300 * 1440, 1237)
    index = np.arange(len(due)) % len(limits)
    of_row = [limits[k] for k in index]
    latest = cal.latest_acceptance(due, of_row, policy)
    assert (cal.deadlines(latest, of_row, policy) <= due).all()
    for later in (1, 60, 1500):
        assert (cal.deadlines(latest + np.timedelta64(later, "m"), of_row, policy) > due).all()
    assert (cal.latest_acceptance(due, of_row, policy, threads=2) == latest).all()
    alone = [cal.latest_acceptance(one, limit, policy) for one, limit in zip(due.astype(object), of_row)]
    assert (latest == np.array(alone, "M8[m]")).all()
    assert (
        cal.latest_acceptance(due.reshape(-1, 7)[::-1], "3wd", policy)[::-1].ravel()
        == cal.latest_acceptance(due, "3wd", policy)
    ).all()


def test_latest_acceptances_list_their_bad_rows(cal):
    due = np.array(["2004-01-01T08:00", "NaT", "2025-07-01T08:00", "1999-01-01T08:00"], "M8[m]")
    with pytest.raises(motcua.OutsideCoverage, match=r"^row 0: .*\(2 bad rows: 0, 3\)$") as caught:
        cal.latest_acceptance(due, "3wd")
    assert caught.value.rows == [0, 3]
    assert np.isnat(cal.latest_acceptance(due, "3wd", on_error="nat")).tolist() == [True, True, False, True]
    with pytest.raises(motcua.InvalidArgument, match="limit 'none': expected a limit with an amount") as caught:
        cal.latest_acceptance(due[2:3], ["none"])
    assert caught.value.rows == [0]


def test_the_message_of_a_batch_names_every_bad_row(cal):
    days = np.full(300, np.datetime64("2025-08-28"))
    days[[5, 17, 123]] = np.datetime64("1999-01-01")
    words = r"^row 5: date '1999-01-01': expected a day in .* \(3 bad rows: 5, 17, 123\)$"
    for call in (*ask(cal, days).values(), lambda: cal.deadlines(days, "3wd"), lambda: cal.deadlines(days, "3d")):
        with pytest.raises(motcua.OutsideCoverage, match=words):
            call()
    with pytest.raises(motcua.OutsideCoverage, match=words):
        motcua.add_working_days([cal], None, days, 1)


def test_the_message_of_a_batch_stops_after_twenty_rows(cal):
    days = np.full(300, np.datetime64("1999-01-01"))
    with pytest.raises(motcua.OutsideCoverage, match=r"\(300 bad rows: 0, 1, .*, 18, 19 and 280 more\)$") as caught:
        cal.deadlines(days, "3wd")
    assert caught.value.rows == list(range(300))
    with pytest.raises(motcua.OutsideCoverage, match=r"^row 0: date [^(]*$"):
        cal.deadlines(days[:1], "3wd")
    with pytest.raises(motcua.OutsideCoverage, match=r"^date [^(]*$"):  # a single time is no row
        cal.deadlines(days[0], "3wd")


def test_a_limit_that_cannot_be_read_names_its_rows(cal):
    with pytest.raises(motcua.InvalidArgument, match=r"^row 1: time limit 'x'.* \(2 bad rows: 1, 3\)$") as caught:
        cal.deadlines(["2025-07-01T08:00"] * 4, ["1wd", "x", "2wd", "y"])
    assert caught.value.rows == [1, 3]
    with pytest.raises(motcua.InvalidArgument, match="calendar_index and|days and"):
        motcua.add_working_days([cal], [0, 0, 0], ["2025-07-01", "2025-07-02"], 1)
    with pytest.raises(TypeError, match="calendars: expected a WorkingCalendar, found str"):
        motcua.add_working_days(["x"], None, "2025-07-01", 1)
