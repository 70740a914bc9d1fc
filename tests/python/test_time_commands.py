"""The commands deadline and explain, and explanations through Python."""

import datetime as dt
import json
import os
import random

import pytest

import motcua
from motcua import cli


def test_deadline_prints_the_due_minute(capsys):
    assert cli.main(["deadline", "2025-08-28T15:10", "3wd"]) == 0
    assert capsys.readouterr().out == "2025-09-04T17:30\n"


def test_deadline_as_json_with_pause_extension_and_now(capsys):
    arguments = ["deadline", "2025-07-01T08:00", "5wd", "--pause", "2025-07-02T08:00/2025-07-04T08:00/shift"]
    assert cli.main([*arguments, "--extension", "2025-07-15T17:30", "--now", "2025-07-15T16:30", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due"], answer["original_due"]) == ("2025-07-15T17:30", "2025-07-10T17:30")
    assert answer["remaining_minutes"] == 60


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["2025-13-01T08:00", "3wd"], "accepted_at"),
        (["2025-07-01T08:00", "3xd"], "3xd"),
        (["2025-07-01T08:00", "3wd", "--pause", "yesterday"], "--pause"),
        (["2041-07-01T08:00", "3wd"], "2004-01-01 .. 2040-12-31"),
    ],
)
def test_bad_input_is_one_line_that_names_it(capsys, arguments, words):
    assert cli.main(["deadline", *arguments]) == 2
    err = capsys.readouterr().err
    assert words in err and err.count("\n") == 1


def test_a_layer_comes_from_a_file(tmp_path, capsys):
    path = tmp_path / "layer.json"
    path.write_text(json.dumps({"weekly": {"thu": [["07:00", "11:00"]]}, "source": "test"}))
    assert cli.main(["deadline", "2025-07-01T08:00", "1wd", "--layer", str(path)]) == 0
    assert capsys.readouterr().out.startswith("2025-07-10T11:00")


@pytest.mark.parametrize(
    "content, words",
    [
        ("", "JSON"),
        ("{", "JSON"),
        ("[" * 100000, "JSON"),
        ("5", "layer"),
        ("[5]", "layer"),
        ('{"source": "x", "days_off": [5]}', "layer.days_off[0]"),
        ('[{"source": "x"}, {"source": "y", "days_off": ["2025-02-30"]}]', "layer[1].days_off[0] '2025-02-30'"),
        ('{"source": "x", "weekly": {"mon": 5}}', "weekly.mon"),
        ('{"source": "x", "colour": 5}', "colour"),
        ('{"source": "\\ud800"}', "lone surrogates"),
        ("\xff".encode("latin-1"), "utf-8"),
    ],
)
@pytest.mark.parametrize("command", ["deadline", "explain"])
def test_a_layer_that_cannot_be_read_is_one_line_and_status_2(tmp_path, capsys, command, content, words):
    path = tmp_path / "layer.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert cli.main([command, "2025-07-01T08:00", "1wd", "--layer", str(path)]) == 2
    captured = capsys.readouterr()
    assert words in captured.err and captured.err.count("\n") == 1 and captured.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["now", "3wd"],
        ["\udcff", "3wd"],
        ["2025-07-01T08:00", "\udcff"],
        ["2025-07-01T08:00", "3wd", "--pause", "\udcff/"],
        ["2025-07-01T08:00", "3wd", "--pause", "2025-07-02T08:00//rest"],
        ["2025-07-01T08:00", "3wd", "--now", "soon"],
        ["2025-07-01T08:00", "3wd", "--layer", "/nowhere"],
        ["2025-07-01T08:00", "3wd", "--extension", "2025-07-01"],
        ["2025-07-01T08:00", "3wd", "--policy", "by_week"],
        ["2025-07-01T08:00"],
    ],
)
def test_bad_input_of_every_kind_has_status_2(capsys, arguments):
    assert cli.main(["deadline", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and "Traceback" not in captured.err


def test_explain_names_holidays_and_notices_in_both_languages(capsys):
    assert cli.main(["explain", "2025-08-28T15:10", "3wd"]) == 0
    out = capsys.readouterr().out
    assert "Quốc khánh" in out and "6150/TB-BLĐTBXH" in out
    assert "Bộ luật Dân sự 2015" in out and "09/2025" not in out
    assert cli.main(["explain", "2025-08-28T15:10", "3wd", "--language", "en", "--json"]) == 0
    days = json.loads(capsys.readouterr().out)["days"]
    assert [day["counted"] for day in days] == [False, True, False, False, False, False, True, True]
    assert days[0]["source"] == "Civil Code 2015, art. 147"
    assert days[4]["reason"] == "day off: National Day" and "Quốc khánh" not in json.dumps(days, ensure_ascii=False)


@pytest.mark.parametrize(
    "accepted, limit, day, reason",
    [
        ("2026-02-13", "3wd", "2026-02-17", "day off: Lunar New Year (Tết)"),
        ("2025-04-25", "1wd", "2025-04-26", "make-up day, worked: for 2025-05-02; due at 17:30"),
        ("2025-04-29", "3wd", "2025-04-30", "day off: Victory Day"),
        ("2025-04-29", "3wd", "2025-05-01", "day off: International Labour Day"),
        ("2025-12-31", "1wd", "2026-01-01", "day off: Calendar New Year"),
        ("2025-04-04", "2wd", "2025-04-07", "day off: Commemoration of the Hùng Kings"),
        ("2026-11-23", "1wd", "2026-11-24", "day off: Vietnam Culture Day"),
    ],
)
def test_an_english_explanation_names_holidays_in_english(accepted, limit, day, reason):
    """Labour Code 2019 art. 112; Resolution 28/2026/QH16 art. 2; the swap of 2 May 2025."""
    rows = motcua.WorkingCalendar.national().deadline(f"{accepted}T08:00", limit).explain("en")
    assert reason in [row.reason for row in rows if row.date.isoformat() == day]


def test_an_english_explanation_keeps_names_without_an_english_form():
    """A notice's own name, and a decision's."""
    cal = motcua.WorkingCalendar.national().with_notice(
        [{"date": "2027-05-03", "name": "Ngày hội tỉnh", "source": "1/TB"}]
    )
    rows = cal.deadline("2027-04-28T08:00", "3wd").explain("en")
    assert "day off: Ngày hội tỉnh" in next(row.reason for row in rows if row.date == dt.date(2027, 5, 3))


def width_of(text):
    return max(map(len, text.splitlines()))


@pytest.mark.parametrize("columns", [60, 80, 132])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_keeps_its_columns_within_the_terminal(capsys, monkeypatch, columns, language):
    monkeypatch.setenv("COLUMNS", str(columns))
    pause = ["--pause", "2026-12-30T08:00/2027-01-02T09:00"]
    assert cli.main(["explain", "2026-12-28T09:00", "10d", *pause, "--language", language]) == 0
    out = capsys.readouterr().out
    lines = out.splitlines()
    assert width_of(out) <= columns and lines[0].split()[0] in ("Ngày", "Date")
    begins = [k for k, mark in enumerate(lines[1]) if mark == "-" and (k == 0 or lines[1][k - 1] == " ")]
    assert len(begins) == 5
    for line in lines:  # nothing crosses from one column into the next
        assert all(len(line) <= begin or line[begin - 2 : begin] == "  " for begin in begins[1:]), line
    assert sum(line[:2] == "20" for line in lines) == 15


def test_the_month_view_marks_every_day(capsys):
    pause = ["--pause", "2025-08-29T08:00/2025-08-29T10:00"]
    assert cli.main(["explain", "2025-08-28T15:10", "3wd", *pause, "--month", "--language", "en"]) == 0
    out = capsys.readouterr().out
    august, september = out.split("08/2025")[1].split("09/2025")
    assert "28( 29= 30- 31-" in august and " 1-  2-  3+  4+  5!" in september
    assert width_of(out) <= 80 and "! due" in september


def test_explain_without_a_limit_says_so(capsys):
    assert cli.main(["explain", "2025-08-28T15:10", "none", "--language", "en"]) == 0
    assert capsys.readouterr().out == "no time limit: nothing is due\n"


def test_extra_time_and_the_competent_agency_on_the_command_line(capsys):
    assert (
        cli.main(["deadline", "2026-08-06T08:00", "5wd", "--extra", "10wd", "--competent-at", "2026-08-10T09:00"]) == 0
    )
    # Monday 10 August and 15 working days; 22 August is worked for 31 August (9859/VPCP-KGVX).
    assert capsys.readouterr().out == "2026-08-28T17:30\n"
    assert cli.main(["deadline", "2026-08-06T08:00", "5wd", "--competent-at", "2026-08-05T09:00"]) == 2
    assert "competent_at" in capsys.readouterr().err
    assert cli.main(["deadline", "2026-08-06T08:00", "5wd", "--extra", "1wd@15:00>start"]) == 2
    assert "without a cut-off" in capsys.readouterr().err


def test_a_pause_of_plain_days_takes_the_days_it_gives_back():
    """Civil Code art. 147-148: 10 days from 28 December end on 7 January; 3 days of pause later a Sunday."""
    cal = motcua.WorkingCalendar.national()
    pause = ("2026-12-30T08:00", "2027-01-02T09:00")
    rows = cal.deadline("2026-12-28T09:00", "10d", pauses=[pause]).explain("en")
    marks = {row.date.isoformat()[5:]: row.mark for row in rows}
    assert [day for day, mark in marks.items() if mark == "paused"] == ["12-31", "01-01", "01-02"]
    assert sum(mark == "counted" for mark in marks.values()) == 10 + 1  # and the day it was rolled to
    assert "2026-12-30T08:00 - 2027-01-02T09:00" in rows[3].reason and rows[3].date == dt.date(2026, 12, 31)
    assert "Calendar New Year" in rows[4].reason and rows[4].source == "Bộ luật Lao động 2019, Điều 112"
    assert rows[-1].source == "Civil Code 2015, art. 148" and rows[-1].provisional


def test_a_pause_that_restarts_names_the_decree():
    cal = motcua.WorkingCalendar.national()
    found = cal.deadline("2025-07-01T08:00", "2wd", pauses=[("2025-07-02T08:00", "2025-07-03T08:00", "restart")])
    rows = {row.date.day: row for row in found.explain("en")}
    assert rows[2].mark == "paused" and "counted anew" in rows[2].reason
    assert rows[1].source == rows[2].source == "Decree 118/2025/NĐ-CP, art. 19.5"
    assert rows[3].mark == "start" and found.due == dt.datetime(2025, 7, 7, 17, 30)


def test_cut_offs_and_reception_hours_are_told_with_their_minute_and_decision():
    counter = {"reception": {"sat": [("07:30", "11:30")]}, "source": "Công an tỉnh, lịch tiếp dân"}
    cal = motcua.WorkingCalendar.national().with_layer(counter)
    assert not cal.is_working_day("2025-07-05") and cal.version != motcua.WorkingCalendar.national().version
    taken = cal.deadline("2025-07-05T09:00", "1wd").explain("en")
    assert taken[0].mark == "skipped" and taken[0].source == counter["source"]
    assert taken[0].reason == "taken in outside working hours: the clock starts at the next opening"
    assert [row.mark for row in taken] == ["skipped", "skipped", "start", "counted"]
    assert "outside office hours" in cal.deadline("2025-07-04T18:00", "1wd").explain("en")[0].reason
    late = cal.deadline("2025-07-01T16:31", "1wd@last_hour>start").explain("en")
    assert late[0].reason.startswith("received after the cut-off 16:30: the clock starts")
    result = cal.deadline("2025-07-01T15:01", "same_day@15:00").explain("vi")
    assert result[-1].reason.startswith("tiếp nhận sau giờ chốt 15:00: trả kết quả ngày làm việc tiếp theo")
    weekend = cal.deadline("2025-07-04T08:00", "1wd").explain("en")[1]
    assert (weekend.reason, weekend.source) == ("weekly rest", "default working week, Monday to Friday")


def test_every_day_that_does_not_count_says_what_did_it():
    cal = motcua.WorkingCalendar.national().with_layer(
        {
            "days_off": [("2026-02-13", "Mất điện")],
            "half_days": [("2026-02-12", [("07:30", "11:30")])],
            "source": "5/TB",
        }
    )
    for language in ("vi", "en"):
        rows = cal.deadline("2026-02-06T09:00", "12wd").explain(language)
        assert [row.date for row in rows] == [dt.date(2026, 2, 6) + dt.timedelta(k) for k in range(len(rows))]
        for row in rows:
            assert row.reason
            if not row.counted:
                assert row.source, row
        by_day = {row.date.day: row for row in rows if row.date.month == 2}
        assert by_day[12].mark == "half" and by_day[12].source == "5/TB"
        assert "Mất điện" in by_day[13].reason and by_day[13].source == "5/TB"
        assert by_day[17].source == "9441/TB-BNV" and "Tết" in by_day[17].reason


def test_explain_marks_pauses_half_days_make_up_days_and_cut_offs():
    cal = motcua.WorkingCalendar.national().with_layer(
        {"half_days": [("2025-07-03", [("07:30", "11:30")])], "days_off": [("2025-07-04", "Bão")], "source": "12/QĐ"}
    )
    rows = cal.deadline(
        "2025-07-01T16:00", "2wd@15:00>start", pauses=[("2025-07-07T09:00", "2025-07-07T10:00")]
    ).explain("en")
    marks = {row.date.day: (row.mark, row.reason, row.source) for row in rows}
    assert marks[1][0] == "skipped" and "cut-off" in marks[1][1]
    assert marks[2][0] == "start"
    assert marks[3][0] == "half" and marks[3][2] == "12/QĐ"
    assert marks[4][0] == "skipped" and "Bão" in marks[4][1] and marks[4][2] == "12/QĐ"
    assert marks[7][0] == "paused" and marks[8][0] == "counted"
    swap = motcua.WorkingCalendar.national().deadline("2025-04-25T10:00", "4wd").explain()
    by_day = {row.date.isoformat(): row for row in swap}
    assert by_day["2025-04-26"].counted and by_day["2025-04-26"].source == "8726/VPCP-KGVX"


def test_counted_days_are_as_many_as_the_limit():
    cal = motcua.WorkingCalendar.national()
    for limit in (1, 5, 17, 60):
        rows = cal.deadline("2026-01-15T09:00", f"{limit}wd").explain()
        assert sum(row.counted for row in rows) == limit
        assert rows[-1].date == cal.deadline("2026-01-15T09:00", f"{limit}wd").due.date()
    rows = cal.deadline("2026-02-12T09:07", "3.25wd", "by_hour").explain()
    assert sum(row.minutes for row in rows) == 3.25 * 480


def test_recomputation_lists_what_moves_and_why():
    before = motcua.WorkingCalendar.national()
    after = before.with_notice(
        [
            {"date": "2026-11-23", "kind": "swapped_off", "name": "Ngày Văn hóa Việt Nam", "source": "TB"},
            {"date": "2026-11-28", "kind": "make_up", "partner": "2026-11-23", "name": "làm bù", "source": "TB"},
        ]
    )
    clocks = [before.deadline(at, "2wd") for at in ("2026-11-10T08:00", "2026-11-20T08:00", "2026-11-26T08:00")]
    moved = after.recompute(clocks, before)
    assert [(row.index, row.old_due, row.new_due) for row in moved] == [
        (1, dt.datetime(2026, 11, 25, 17, 30), dt.datetime(2026, 11, 26, 17, 30)),
        (2, dt.datetime(2026, 11, 30, 17, 30), dt.datetime(2026, 11, 28, 17, 30)),
    ]
    assert moved[0].days == [dt.date(2026, 11, 23)]
    assert moved[0].why == [motcua.ChangedDay(dt.date(2026, 11, 23), 480, 0, "Ngày Văn hóa Việt Nam", "TB")]
    assert [change.new_minutes for change in moved[1].why] == [480] and moved[1].why[0].name == "làm bù"
    assert not any(row.paused or row.provisional or row.old_left for row in moved)


def test_recomputation_lists_open_pauses_and_provisional_deadlines():
    before = motcua.WorkingCalendar.national()
    after = before.with_layer({"half_days": [("2026-12-30", [("07:30", "11:30")])], "source": "8/QĐ-UBND"})
    after = after.with_layer({"days_off": [("2026-12-31", "Kiểm kê")], "source": "9/QĐ-UBND"})
    hours = before.deadline("2026-12-28T08:00", "30wh", pauses=[("2026-12-29T08:00", None)])
    days = before.deadline("2026-12-28T08:00", "3wd", pauses=[("2026-12-29T08:00", None)])
    late = before.deadline("2026-12-29T08:00", "2wd")
    moved = after.recompute([hours, days, late], before)
    assert [(row.index, row.paused) for row in moved] == [(1, True), (2, False)]
    # 31 December is closed, so three working days end on 4 January; the half of the 30th is lost.
    assert (moved[0].old_due, moved[0].new_due) == (None, None)
    assert moved[0].old_left == 3 * 480 - 30 and moved[0].new_left == 3 * 480 - 30 - 240
    assert (moved[1].old_due, moved[1].new_due) == (dt.datetime(2026, 12, 31, 17, 30), dt.datetime(2027, 1, 4, 17, 30))
    assert moved[1].provisional and [change.source for change in moved[1].why] == ["8/QĐ-UBND", "9/QĐ-UBND"]
    assert after.recompute([], before) == [] and before.recompute([hours, days, late], before) == []


def test_a_day_given_back_names_what_stood_there():
    after = motcua.WorkingCalendar.national()
    before = after.with_layer({"days_off": [("2025-07-02", "Bão số 3")], "source": "12/QĐ-UBND"})
    moved = after.recompute([before.deadline("2025-07-01T08:00", "1wd")], before)
    assert moved[0].new_due < moved[0].old_due
    assert moved[0].why == [motcua.ChangedDay(dt.date(2025, 7, 2), 0, 480, "Bão số 3", "12/QĐ-UBND")]


def test_the_days_told_add_up_to_the_limit():
    """Random dossiers: no day is left out, and what counted is as much as the limit grants."""
    seed = int(os.environ.get("MOTCUA_SEED", "1"))
    draw, cal = random.Random(seed), motcua.WorkingCalendar.national()
    for _ in range(1500):
        at = dt.datetime(2015, 1, 1) + dt.timedelta(minutes=draw.randrange(12 * 365 * 1440))
        n, unit = draw.randint(1, 40), draw.choice(["wd", "wh", "d"])
        edges = sorted(at + dt.timedelta(minutes=draw.randrange(30 * 1440)) for _ in range(draw.choice((0, 2, 4))))
        pauses = [pair for pair in zip(edges[::2], edges[1::2]) if pair[0] < pair[1]]
        found = cal.deadline(at, f"{n}{unit}", pauses=pauses)
        rows, words = found.explain("en"), (seed, at, n, unit, pauses)
        days = (found.due.date() - at.date()).days + 1
        assert [row.date for row in rows] == [at.date() + dt.timedelta(k) for k in range(days)], words
        assert "due at" in rows[-1].reason and not any("due at" in row.reason for row in rows[:-1]), words
        assert all(row.source for row in rows if not row.counted and row.mark != "paused"), words
        assert found.provisional == any(row.provisional for row in rows if row.date >= found.effective_start.date())
        if unit == "wd":
            assert sum(row.counted for row in rows) == n, words
        if unit == "wh":
            assert sum(row.minutes for row in rows) == n * 60, words
        if unit == "d" and not pauses:
            assert sum(row.counted for row in rows if "the last day was off" not in row.reason) == n, words


def test_an_extension_that_the_new_calendar_overtakes_is_listed_with_the_later_due_time():
    before = motcua.WorkingCalendar.national()
    after = before.with_layer({"source": "12/QĐ", "days_off": ["2026-11-23", "2026-11-25"]})
    at = "2026-11-20T08:00"
    clocks = [before.deadline(at, "2wd", extension=to) for to in ("2026-11-25T17:30", "2026-11-27T10:00", None)]
    clocks.append(before.deadline(at, "2wd", extension="2026-11-30T17:30"))
    # Without an extension: Mon 23 and Wed 25 off, 24 is culture day; the second working day is Fri 27.
    friday = dt.datetime(2026, 11, 27, 17, 30)
    moved = after.recompute(clocks, before)
    assert [(row.index, row.new_due) for row in moved] == [(0, friday), (1, friday), (2, friday)]
    outside = before.deadline("2040-12-28T08:00", "1wd")
    shorter = motcua.WorkingCalendar.national(last="2040-12-28")
    with pytest.raises(motcua.OutsideCoverage, match=r"^deadlines\[1\]: "):
        shorter.recompute([clocks[2], outside], before)


def told(limit, pause, at="2025-07-01T08:00", policy="by_day"):
    cal = motcua.WorkingCalendar.national()
    moved = cal.deadline(at, limit, policy, pauses=[pause])
    assert moved.due != cal.deadline(at, limit, policy).due
    return {row.date.day: row for row in moved.explain("en")}


@pytest.mark.parametrize(
    "limit, pause, at, day",
    [
        ("16wh", ("2025-07-02T08:00", "2025-07-02T10:00"), "2025-07-01T08:00", 2),
        ("2h", ("2025-07-01T08:30", "2025-07-01T09:00"), "2025-07-01T08:00", 1),
        ("8wh", ("2025-07-01T09:00", "2025-07-02T10:00", "shift"), "2025-07-01T08:00", 3),
        ("same_day", ("2025-07-01T09:00", "2025-07-01T10:00"), "2025-07-01T08:00", 1),
        ("3wd", ("2025-07-02T09:00", "2025-07-03T10:00", "shift"), "2025-07-01T08:00", 7),
        ("2h", ("2025-07-01T09:00", "2025-07-01T10:00", "restart"), "2025-07-01T08:00", 1),
        ("1d", ("2025-07-01T09:00", "2025-07-02T07:00"), "2025-07-01T08:00", 2),
        ("1d", ("2025-07-01T19:00", "2025-07-02T07:00"), "2025-07-01T18:00", 1),
    ],
)
def test_an_explanation_names_the_pause_that_moved_the_due_time(limit, pause, at, day):
    span = f"{pause[0]} - {pause[1]}"
    rows = told(limit, pause, at)
    assert span in rows[day].reason
    assert ("counted anew" in rows[day].reason) == ("restart" in pause)


def test_every_pause_of_one_day_is_named():
    cal = motcua.WorkingCalendar.national()
    pauses = [("2025-07-02T08:00", "2025-07-02T09:00"), ("2025-07-02T10:00", "2025-07-02T11:00")]
    for limit in ("3wd", "16wh"):
        row = cal.deadline("2025-07-01T08:00", limit, pauses=pauses).explain("vi")[1]
        for start, end in pauses:
            assert f"{start} - {end}" in row.reason, limit


def test_the_first_day_stands_on_the_civil_code_whatever_layer_gives_the_hours():
    """Civil Code 2015 art. 147: the first day of a period is not counted."""
    layer = {"source": "9/QĐ", "weekly": {day: [("07:00", "11:00")] for day in ("mon", "tue", "wed", "thu", "fri")}}
    rows = motcua.WorkingCalendar.national().with_layer(layer).deadline("2025-07-01T08:00", "1wd").explain("en")
    assert rows[0].source == "Civil Code 2015, art. 147" and rows[1].source == "9/QĐ"


@pytest.mark.parametrize(
    "accepted, pause, provisional",
    [
        ("2014-12-30T08:00", ("2014-12-31T09:00", "2015-01-05T10:00", "restart"), False),
        ("2026-12-30T08:00", ("2026-12-31T09:00", "2027-01-04T10:00", "restart"), True),
        ("2014-12-31T18:00", ("2015-01-06T09:00", "2015-01-06T10:00"), False),
        ("2014-12-30T08:00", ("2014-12-31T09:00", "2015-01-05T10:00"), True),
    ],
)
def test_the_provisional_days_told_are_those_from_start_to_due(accepted, pause, provisional):
    deadline = motcua.WorkingCalendar.national().deadline(accepted, "2wd", pauses=[pause])
    assert deadline.provisional == provisional == any(row.provisional for row in deadline.explain())


def test_the_text_of_a_layer_does_not_steer_the_terminal(tmp_path, capsys):
    path = tmp_path / "layer.json"
    layer = {"source": "9\x07/QĐ", "days_off": [["2025-07-02", "Bão\x1b[31m"]]}
    path.write_text(json.dumps(layer), encoding="utf-8-sig")  # with a byte order mark, as Windows writes it
    assert cli.main(["explain", "2025-07-01T08:00", "1wd", "--layer", str(path)]) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out and "\x07" not in out and "\\x1b[31m" in out
