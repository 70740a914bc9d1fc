"""The commands deadline and explain, and explanations through Python."""

import datetime as dt
import json

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


def test_explain_names_holidays_and_notices_in_both_languages(capsys):
    assert cli.main(["explain", "2025-08-28T15:10", "3wd"]) == 0
    out = capsys.readouterr().out
    assert "Quốc khánh" in out and "6150/TB-BLĐTBXH" in out
    assert "Bộ luật Dân sự 2015" in out and "09/2025" not in out
    assert cli.main(["explain", "2025-08-28T15:10", "3wd", "--language", "en", "--json"]) == 0
    days = json.loads(capsys.readouterr().out)["days"]
    assert [day["counted"] for day in days] == [False, True, False, False, False, False, True, True]
    assert days[0]["source"] == "Civil Code 2015, art. 147"


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
