"""What the room time refuses: always a motcua.Error or a TypeError that names the field, never a crash."""

import datetime as dt
import itertools
import os
import random

import numpy as np
import pytest

import motcua

CAL = motcua.WorkingCalendar.national()
AT = "2025-07-01T08:00"
NAT = np.datetime64("NaT")
LONE = "\ud800"


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


GARBAGE = [
    None,
    True,
    -1,
    2**31,
    2**63,
    2**200,
    -(2**200),
    0.5,
    float("nan"),
    float("inf"),
    1j,
    "",
    " ",
    "x" * 10000,
    LONE,
    "3wd" + LONE,
    "\0",
    "now",
    "today",
    "2025-02-30",
    "2025-07",
    "20250701",
    "99999999-01-01",
    "-1-01-01",
    "2025-07-01T25:00",
    "2025-07-01T08:00+99:99",
    b"2025-07-01",
    object(),
    type,
    len,
    [],
    {},
    set(),
    [None],
    [[]],
    nested(50),
    nested(5000),
    {"source": {}},
    {"source": "x", "weekly": nested(3)},
    NAT,
    np.datetime64("2025", "Y"),
    np.datetime64(2**62, "D"),
    np.datetime64(10**7, "D"),
    np.datetime64(10**12, "D"),
    np.array([1.5]),
    np.array([[NAT]], "M8[D]"),
    np.zeros(3, "V4"),
    dt.timedelta(1),
    dt.time(7),
    dt.datetime.max,
    dt.date.min,
    dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))),
]

LAYER_KEYS = ("source", "weekly", "days_off", "make_up", "half_days", "valid_from", "valid_to", "other")
NOTICE_KEYS = ("date", "kind", "name", "source", "partner", "other")

CALLS = {
    "parse": lambda x: motcua.TimeLimit.parse(x),
    "plus": lambda x: motcua.TimeLimit.parse("3wd") + x,
    "with_extra": lambda x: motcua.TimeLimit.parse("3wd").with_extra(x),
    "deadline accepted_at": lambda x: CAL.deadline(x, "3wd"),
    "deadline limit": lambda x: CAL.deadline(AT, x),
    "deadline policy": lambda x: CAL.deadline(AT, "3wd", x),
    "deadline pauses": lambda x: CAL.deadline(AT, "3wd", pauses=x),
    "deadline pause": lambda x: CAL.deadline(AT, "3wd", pauses=[x]),
    "deadline pause from": lambda x: CAL.deadline(AT, "3wd", pauses=[(x, None)]),
    "deadline pause to": lambda x: CAL.deadline(AT, "3wd", pauses=[(AT, x)]),
    "deadline pause practice": lambda x: CAL.deadline(AT, "3wd", pauses=[(AT, None, x)]),
    "deadline resume": lambda x: CAL.deadline(AT, "3wd", resume=x),
    "deadline extension": lambda x: CAL.deadline(AT, "3wd", extension=x),
    "deadlines accepted_at": lambda x: CAL.deadlines(x, "3wd"),
    "deadlines row": lambda x: CAL.deadlines([x], "3wd"),
    "deadlines limit": lambda x: CAL.deadlines([AT], x),
    "deadlines limit of a row": lambda x: CAL.deadlines([AT], [x]),
    "deadlines on_error": lambda x: CAL.deadlines([AT], "3wd", on_error=x),
    "deadlines threads": lambda x: CAL.deadlines([AT], "3wd", threads=x),
    "calendars": lambda x: motcua.deadlines(x, None, [AT], "3wd"),
    "calendar_index": lambda x: motcua.deadlines([CAL], x, [AT], "3wd"),
    "latest_acceptance due": lambda x: CAL.latest_acceptance(x, "3wd"),
    "latest_acceptance limit": lambda x: CAL.latest_acceptance("2025-07-08T17:30", x),
    "is_working_day": lambda x: CAL.is_working_day(x),
    "add_working_days": lambda x: CAL.add_working_days(x, 3),
    "add_working_days n": lambda x: CAL.add_working_days("2025-07-01", x),
    "count_working_days": lambda x: CAL.count_working_days(x, "2025-07-01"),
    "working_minutes": lambda x: CAL.working_minutes("2025-07-01T08:00", x),
    "with_layer": lambda x: CAL.with_layer(x),
    "with_layers": lambda x: CAL.with_layer([{"source": "a"}, x]),
    "with_each": lambda x: CAL.with_each(x),
    "with_notice": lambda x: CAL.with_notice(x),
    "with_notice row": lambda x: CAL.with_notice([x]),
    "complete_years": lambda x: CAL.with_notice([{"date": "2027-01-01", "source": "TB"}], complete_years=x),
    "complete_year": lambda x: CAL.with_notice([{"date": "2027-01-01", "source": "TB"}], complete_years=[x]),
    "national": lambda x: motcua.WorkingCalendar.national(x),
    "national last": lambda x: motcua.WorkingCalendar.national("2025-01-01", x),
    "recompute": lambda x: CAL.recompute(x, CAL),
    "recompute one": lambda x: CAL.recompute([x], CAL),
    "recompute before": lambda x: CAL.recompute([], x),
    "remaining": lambda x: CAL.deadline(AT, "3wd").remaining(x),
    "elapsed": lambda x: CAL.deadline(AT, "3wd").elapsed(x),
    "lateness": lambda x: CAL.deadline(AT, "3wd").lateness(x),
    "explain": lambda x: CAL.deadline(AT, "3wd").explain(x),
    "calendar holidays": lambda x: CAL.holidays(x),
    "holidays": lambda x: motcua.holidays(x),
    "lunar": lambda x: motcua.lunar(x),
    "solar year": lambda x: motcua.solar(x, 1, 1),
    "solar month": lambda x: motcua.solar(2025, x, 1),
    "solar day": lambda x: motcua.solar(2025, 1, x),
    "solar leap": lambda x: motcua.solar(2025, 6, 1, x),
    "clock_start": lambda x: motcua.clock_start(x, "2026-08-07T08:00"),
    "clock_start competent": lambda x: motcua.clock_start("2026-08-06T08:00", x),
    **{f"layer {key}": lambda x, key=key: CAL.with_layer({"source": "x", key: x}) for key in LAYER_KEYS},
    **{f"layer row {key}": lambda x, key=key: CAL.with_layer({"source": "x", key: [x]}) for key in LAYER_KEYS},
    **{
        f"layer pair {key}": lambda x, key=key: CAL.with_layer({"source": "x", key: [("2025-07-05", x)]})
        for key in ("days_off", "make_up", "half_days")
    },
    "weekly day": lambda x: CAL.with_layer({"source": "x", "weekly": {"mon": x}}),
    "weekly period": lambda x: CAL.with_layer({"source": "x", "weekly": {"mon": [x]}}),
    "weekly clock": lambda x: CAL.with_layer({"source": "x", "weekly": {"mon": [(x, "17:00")]}}),
    **{
        f"notice {key}": lambda x, key=key: CAL.with_notice(
            [{"date": "2027-01-01", "name": "lễ", "source": "TB", key: x}]
        )
        for key in NOTICE_KEYS
    },
}


def accepts_or_refuses(call, value):
    """Whether the value was refused; anything but a typed, worded refusal fails the test."""
    try:
        call(value)
    except (motcua.Error, TypeError) as error:
        assert not isinstance(error, motcua.InternalError), error
        words = str(error)
        assert words and len(words) < 1000, words[:200]
        assert "incompatible function arguments" not in words and "Unable to c" not in words, words
        assert "\0" not in words
        return True
    return False


@pytest.mark.parametrize("name", CALLS)
def test_garbage_is_refused_in_words(name):
    refused = [accepts_or_refuses(CALLS[name], value) for value in GARBAGE]
    assert sum(refused) > len(GARBAGE) // 3  # some values are good somewhere


def test_random_limits_are_read_or_refused():
    seed = int(os.environ.get("MOTCUA_SEED", "1"))
    draw = random.Random(seed)
    pieces = ["3", "0.25", "0.3", "wd", "wh", "h", "d", "mo", "y", "+", "@", "15:00", ">start", ">result", "last_hour"]
    pieces += ["same_day", "none", "99999999999999999999", " ", ".", "-", "é", LONE, "\0", "@@", "24:60"]
    read = 0
    for _ in range(5000):
        text = "".join(draw.choices(pieces, k=draw.randint(1, 9)))
        if accepts_or_refuses(motcua.TimeLimit.parse, text):
            continue
        limit = motcua.TimeLimit.parse(text)
        read += 1
        assert motcua.TimeLimit.parse(str(limit)) == limit, (seed, text)
        accepts_or_refuses(lambda one: CAL.deadline(AT, one, "by_hour").explain(), limit)
    assert read > 20, seed


def test_random_layers_are_compiled_or_refused():
    seed = int(os.environ.get("MOTCUA_SEED", "1"))
    draw = random.Random(seed)
    clocks = ["07:00", "11:30", "13:30", "17:00", "23:59", "00:00", "24:00", "7:00", "", LONE, None, 7, dt.time(7)]
    days = ["2025-07-05", "2025-07-07", "2004-01-01", "1999-01-01", "9999-12-31", NAT, None, LONE, 20250701]

    def some(make, most=3):
        return [make() for _ in range(draw.randint(0, most))]

    def period():
        return (draw.choice(clocks[: draw.choice((4, 13))]), draw.choice(clocks[: draw.choice((4, 13))]))

    def day():
        return draw.choice(days[: draw.choice((2, 9))])

    for _ in range(2000):
        layer = {
            "source": draw.choice(["12/QĐ-UBND", "", LONE, None, 5]) if draw.random() < 0.2 else "12/QĐ-UBND",
            "weekly": {name: some(period) for name in draw.sample(["mon", "sat", "sun", "xxx"], draw.randint(0, 3))},
            "days_off": some(lambda: (day(), draw.choice(["Bão", LONE, None, 5]))),
            "make_up": some(lambda: (day(), draw.choice(["mon", 6, 7, "?", None]))),
            "half_days": some(lambda: (day(), some(period))),
            "valid_from": draw.choice([None, day()]),
        }
        for key in draw.sample(list(layer), draw.randint(0, 4)):
            del layer[key]
        accepts_or_refuses(CAL.with_layer, layer)


def test_a_refused_layer_changes_nothing():
    version = CAL.version
    for value, name in itertools.product(GARBAGE[:20], ("weekly", "days_off")):
        accepts_or_refuses(lambda one, key=name: CAL.with_layer({"source": "x", key: one}), value)
    assert CAL.version == version


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda: CAL.deadline("now", "3wd"), "accepted_at 'now': expected a date such as 2025-07-01"),
        (lambda: CAL.deadlines([AT, "2025-02-30T08:00"], "3wd"), "accepted_at '2025-02-30T08:00': expected a date"),
        (lambda: CAL.deadline(AT, "3wd+4xd"), "time limit '3wd.4xd': expected one of the units .* found '4xd'"),
        (lambda: CAL.deadline(AT, "3wd@15:00"), "'3wd@15:00': expected after the cut-off an effect"),
        (lambda: CAL.deadline(AT, "none@15:00>start"), "none without a cut-off"),
        (lambda: CAL.deadline(AT, "0.5wd"), "0.5.*wd': expected whole working days under by_day"),
        (lambda: CAL.deadline(AT, "3wd", pauses=(AT, None)), "pauses"),
        (lambda: CAL.deadline(AT, "3wd", pauses=[{"from": AT, "until": None}]), "only the keys from, to and practice"),
        (
            lambda: CAL.with_layer({"source": "x", "weekly": {"Monday": []}}),
            "layer.weekly 'Monday': expected a weekday",
        ),
        (
            lambda: CAL.with_layer({"source": "x", "days_off": ["2025-07-01", ("2025-02-30", "Bão")]}),
            r"^layer\.days_off\[1\] '2025-02-30': expected a date that exists: 2025-02 has the days 01 to 28$",
        ),
        (
            lambda: CAL.with_layer([{"source": "x"}, {"source": "y", "valid_from": "2025-13-01"}], name="calendar"),
            r"^calendar\[1\]\.valid_from '2025-13-01': expected a date that exists: there is no month 13$",
        ),
        (
            lambda: CAL.with_layer([{"source": "x", "half_days": [("2025-07-01", [("07:00", "25:00")])]}]),
            r"^layer\[0\]\.half_days\[0\] '25:00': expected a time of day",
        ),
        (
            lambda: CAL.with_layer([{"source": "x", "make_up": [("2025-07-05", "mon"), ("2025-07-05", "tue")]}]),
            r"^layer\[0\]\.make_up\[1\] '2025-07-05': expected a day that the layer names once",
        ),
        (
            lambda: CAL.with_each([{"source": "x"}, {"source": "y", "days_off": ["2025-02-30"]}]),
            r"^layers\[1\]\.days_off\[0\] '2025-02-30'",
        ),
        (lambda: CAL.deadline("2024-02-30T08:00", "3wd"), "2024-02 has the days 01 to 29"),
        (lambda: CAL.deadline("2025-06-31T08:00Z", "3wd"), "2025-06 has the days 01 to 30"),
        (lambda: CAL.with_layer({"source": LONE}), "layer.source .* lone surrogates"),
        (lambda: CAL.count_working_days(["2025-07-01"] * 3, ["2025-07-05"] * 2), r"start and end \(\(3,\), \(2,\)\)"),
        (lambda: CAL.add_working_days("2025-07-01", -1), "n '-1': expected 0 or more"),
        (lambda: CAL.add_working_days("2025-07-01", 2.5), "whole numbers"),
        (lambda: motcua.clock_start("2026-08-06T08:00", "2026-08-05T09:00"), "competent_at"),
        (lambda: motcua.solar(2025, 6, 1, leap="no"), "leap 'no': expected True or False"),
        (lambda: CAL.deadline(AT, "1wd").lateness(NAT), "finished_at .*NaT.*expected a time"),
        (lambda: CAL.deadline(AT, "1wd").remaining(NAT), "now .*NaT.*expected a time"),
        (lambda: CAL.deadline(AT, "1wd").elapsed(NAT), "now .*NaT.*expected a time"),
        (lambda: CAL.deadline(NAT, "1wd"), "accepted_at .*NaT.*expected a time"),
        (lambda: CAL.deadline(NAT, "none"), "accepted_at .*NaT.*expected a time"),
        (lambda: CAL.count_working_days(NAT, AT), "start 'NaT': expected a time"),
        (lambda: CAL.count_working_days(AT, NAT), "end 'NaT': expected a time"),
        (lambda: CAL.working_minutes(AT, None), "end 'NaT': expected a time"),
        (lambda: motcua.WorkingCalendar.national(first=NAT), "first .*NaT.*expected a day"),
        (lambda: motcua.WorkingCalendar.national(last=NAT), "last .*NaT.*expected a day"),
        (lambda: motcua.TimeLimit.parse("none").with_extra("3wd"), "a limit with an amount"),
        (lambda: motcua.TimeLimit.parse("3wd").with_extra("3wd@15:00>start"), "without a cut-off"),
    ],
)
def test_a_refusal_names_field_value_and_expectation(call, words):
    with pytest.raises(motcua.InvalidArgument, match=words):
        call()


def test_a_zone_in_a_text_is_converted_and_not_dropped():
    start = CAL.deadline("2025-07-01T01:00Z", "1wd").effective_start
    assert start == dt.datetime(2025, 7, 1, 8, 0)
    both = CAL.deadlines(["2025-07-01T01:00Z", "2025-07-01T08:00"], "1wh")
    assert both[0] == both[1] == np.datetime64("2025-07-01T09:00")
    # Midnight in UTC is already the next day's morning in Vietnam; late evening is the next day.
    assert CAL.is_working_day("2025-07-06T20:00+00:00") and not CAL.is_working_day("2025-07-06T10:00+00:00")
    aware = dt.datetime(2025, 7, 1, 1, 0, tzinfo=dt.timezone.utc)
    assert CAL.deadline(aware, "1wd").effective_start == start
    assert CAL.deadline(AT, "1wd", extension="2025-07-03T10:30Z").due == dt.datetime(2025, 7, 3, 17, 30)


def test_nothing_in_gives_nothing_out():
    assert np.isnat(CAL.deadlines(NAT, "3wd")) and np.isnat(CAL.latest_acceptance(NAT, "3wd"))
    assert np.isnat(CAL.add_working_days(NAT, 3))
    assert np.isnat(CAL.deadlines([AT, None, float("nan")], "3wd")).tolist() == [False, True, True]
    assert CAL.deadlines([], "3wd").shape == (0,) and CAL.add_working_days([], 3).shape == (0,)
    assert CAL.is_working_day([NAT, "2025-07-01"]).tolist() == [False, True] and CAL.is_working_day(NAT) is False
    for counted in (CAL.count_working_days([NAT, AT], AT), CAL.working_minutes([NAT, AT], AT)):
        assert counted.tolist() == [np.iinfo(np.int64).min, 0]


@pytest.mark.parametrize(
    "due",
    [
        lambda: CAL.deadlines(NAT, "3wd"),
        lambda: CAL.deadlines(AT, "none"),
        lambda: CAL.deadlines("1999-01-01T08:00", "3wd", on_error="nat"),
        lambda: CAL.latest_acceptance(NAT, "3wd"),
        lambda: CAL.add_working_days(NAT, 3),
    ],
)
def test_a_single_time_that_is_none_is_nat(due):
    assert isinstance(due(), np.datetime64) and np.isnat(due())


def test_a_missing_end_of_a_pause_and_a_missing_extension_may_be_nat():
    assert CAL.deadline(AT, "3wd", pauses=[("2025-07-02T08:00", NAT)]).paused
    assert CAL.deadline(AT, "3wd", extension=NAT).due == CAL.deadline(AT, "3wd").due


@pytest.mark.parametrize(
    "far",
    [
        np.array([2**62 + 20270], "M8[D]"),
        np.array([-(2**62)], "M8[D]"),
        np.array([307445734562312349], "M8[h]"),
        np.array([2**62], "M8[Y]"),
        np.array([2**60], "M8[25W]"),
    ],
)
def test_a_time_that_no_64_bits_of_minutes_hold_is_outside_coverage_not_another_day(far):
    for call in (
        lambda x, **how: CAL.deadlines(x, "3wd", **how),
        lambda x, **how: CAL.is_working_day(x, **how),
        lambda x, **how: CAL.add_working_days(x, 1, **how),
        lambda x, **how: CAL.working_minutes(x, "2025-07-01", **how),
    ):
        rows = np.concatenate([np.array(["NaT"], far.dtype), far])
        with pytest.raises(motcua.OutsideCoverage) as refused:
            call(rows)
        assert refused.value.rows == [1]
        call(rows, on_error="nat")
    with pytest.raises(motcua.OutsideCoverage):
        CAL.deadline(far[0], "3wd")


def test_texts_that_cannot_be_read_are_rows_like_any_other():
    texts = ["2025-07-01", "aa", "2025-02-30"]
    for call in (
        lambda **how: CAL.is_working_day(texts, **how),
        lambda **how: CAL.deadlines(texts, "3wd", **how),
        lambda **how: CAL.latest_acceptance(texts, "3wd", **how),
        lambda **how: CAL.add_working_days(texts, 1, **how),
        lambda **how: CAL.count_working_days(texts, "2025-07-04", **how),
        lambda **how: CAL.working_minutes("2025-06-27", texts, **how),
        lambda **how: motcua.is_working_day([CAL], None, texts, **how),
    ):
        with pytest.raises(motcua.InvalidArgument, match="row 1: .*'aa'.*2 bad rows: 1, 2") as refused:
            call()
        assert refused.value.rows == [1, 2]
        call(on_error="nat")
    assert list(CAL.is_working_day(texts, on_error="nat")) == [True, False, False]
    assert list(np.isnat(CAL.deadlines(texts, "3wd", on_error="nat"))) == [False, True, True]
    with pytest.raises(TypeError):  # a wrong type is the caller's mistake, not the data's
        CAL.is_working_day(["2025-07-01", 5, dt.date(2025, 7, 1)], on_error="nat")


def test_masked_arrays_are_refused():
    days = np.ma.array(np.array(["2025-07-01", "2025-07-02"], "M8[D]"), mask=[False, True])
    for call in (lambda: CAL.is_working_day(days), lambda: CAL.deadlines(days, "3wd")):
        with pytest.raises(motcua.InvalidArgument, match="without a mask"):
            call()


@pytest.mark.parametrize(
    "call, field",
    [
        (lambda: motcua.WorkingCalendar.national(culture_day_compensated="x"), "culture_day_compensated"),
        (lambda: CAL.recompute([5], CAL), r"deadlines\[0\]"),
        (lambda: motcua.Dataset.read(None), "path"),
        (lambda: motcua.Dataset.read(5), "path"),
        (lambda: motcua.WorkingCalendar(5), "calendar"),
    ],
)
def test_wrong_types_are_named(call, field):
    with pytest.raises(motcua.WrongType, match=f"^{field}: expected "):
        call()


def test_recomputation_refuses_deadlines_of_another_calendar():
    other = CAL.with_layer({"source": "12/QĐ", "days_off": ["2025-07-02"]})
    ours, theirs = (cal.deadline("2025-07-01T08:00", "1wd") for cal in (CAL, other))
    assert len(other.recompute([ours], CAL)) == 1
    with pytest.raises(motcua.InvalidArgument, match=r"deadlines\[1\].*computed under before"):
        other.recompute([ours, theirs], CAL)


def make_up(day, partner):
    return {"date": day, "kind": "make_up", "partner": partner, "name": "làm bù", "source": "TB"}


OFF = {"date": "2027-09-06", "kind": "swapped_off", "name": "hoán đổi", "source": "TB"}


@pytest.mark.parametrize(
    "rows, words",
    [
        ([{"date": "2027-01-04"}], r"notice\[0\].source"),
        ([OFF, {"date": "2027-01-04", "source": None}], r"notice\[1\].source"),
        ([{"date": "2027-01-04", "source": ""}], r"notice\[0\].source"),
        ([make_up("2027-09-11", "2027-09-11")], "partner '2027-09-11': expected another day"),
        ([make_up("2027-09-11", "2027-09-07")], "partner '2027-09-07': expected a day that is off"),
        ([make_up("2027-09-11", "2027-09-12")], "partner '2027-09-12': expected a day of Monday to Friday"),
        ([OFF, make_up("2027-09-11", "2027-09-06"), make_up("2027-09-12", "2027-09-06")], r"notice\[1\] does not"),
        ([OFF, make_up("2027-09-08", "2027-09-06")], "date '2027-09-08': expected a day of rest"),
        (None, "notice None"),
    ],
)
def test_rows_of_a_notice_without_sense_are_refused(rows, words):
    with pytest.raises(motcua.InvalidArgument, match=words):
        CAL.with_notice(rows)


@pytest.mark.parametrize(
    "layer, words",
    [
        (
            {"make_up": [("2025-07-05", "sun")]},
            r"layer.make_up\[0\].weekday 'sun': expected a weekday with office hours",
        ),
        ({"valid_from": "2025-07-01", "days_off": [("2025-06-30", "Bão")]}, r"days_off\[0\] '2025-06-30'.*2025-07-01"),
        (
            {"valid_to": "2025-07-01", "make_up": [("2025-07-05", "mon")]},
            r"make_up\[0\] '2025-07-05'.*before 2025-07-01",
        ),
        ({"valid_to": "2025-07-01", "half_days": [("2025-07-02", [("07:30", "11:30")])]}, r"half_days\[0\]"),
    ],
)
def test_days_of_a_layer_without_effect_are_refused(layer, words):
    with pytest.raises(motcua.InvalidArgument, match=words):
        CAL.with_layer({"source": "9/QĐ", **layer})
    with pytest.raises(motcua.InvalidArgument, match=words.replace("layer.", "")):
        CAL.with_each([{"source": "8/QĐ"}, {"source": "9/QĐ", **layer}])


def test_no_layer_is_not_a_layer():
    for call in (CAL.with_layer, CAL.with_each):
        with pytest.raises(motcua.InvalidArgument, match="layers? None"):
            call(None)


@pytest.mark.parametrize("limit", ["100000wd", "99999d", "9000mo", "100000h+100000h", "100000wh", "5wd+100000wd"])
def test_a_limit_past_coverage_blames_no_date_that_nobody_gave(limit):
    for call in (lambda: CAL.deadline(AT, limit), lambda: CAL.deadlines([AT], limit)):
        with pytest.raises(motcua.OutsideCoverage, match="limit: expected to end within") as refused:
            call()
        assert "2041" not in str(refused.value)
    with pytest.raises(
        motcua.OutsideCoverage, match="time '2040-12-31T18:00': expected a time with office hours after"
    ):
        CAL.deadline("2040-12-31T18:00", "1wd")


@pytest.mark.parametrize(
    "bad, field", [((5, None), r".from"), ((AT, 5), r".to"), ((AT, None, "x"), r".practice"), (5, "")]
)
def test_a_bad_pause_is_named_by_its_index(bad, field):
    with pytest.raises(motcua.InvalidArgument, match=rf"^pauses\[1\]{field}[: ]"):
        CAL.deadline(AT, "3wd", pauses=[(AT, "2025-07-01T09:00"), bad])
