"""``motcua run`` on a small job whose every figure is counted by hand below."""

import csv
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

import motcua
from motcua import cli
from motcua.run import read_job, run_job
from motcua.run.figures import FIGURES, compared, on_time_rate, ranked, summed

PROCEDURES = (
    "code\tname_vi\tfield_vi\tlevels\tagency_vi\tsubjects\t"
    "decision_no\tresult_vi\tonline_level\tstatus\tsource_commit_date\n"
)
LIMITS = "code\tchannel\trow_no\tvalue\tunit\traw_text\n"
HOURS = [["07:00", "11:30"], ["13:30", "17:00"]]
WEEK = {day: HOURS for day in ("mon", "tue", "wed", "thu", "fri")}
JULY = {"first": "2025-07-01", "last": "2025-07-29"}
TITLE = {"vi": "Tên", "en": "Title"}


def event(dossier, kind, at, agency="24823", **more):
    return {"id": f"{dossier}.{kind}", "dossier": dossier, "kind": kind, "at": at, "agency": agency, **more}


def accept(dossier, at, agency="24823", **more):
    return event(dossier, "accept", at, agency, **{"procedure": "1.000001", "channel": 1, **more})


# 1 July 2025 is a Tuesday; three working days from it end on Friday the 4th.
EVENTS = [
    accept("early", "2025-07-01T08:00"),
    event("early", "finish", "2025-07-03T09:00"),
    accept("on_time", "2025-07-01T08:00"),
    event("on_time", "finish", "2025-07-04T16:59"),
    accept("overdue", "2025-07-01T08:00"),
    event("overdue", "finish", "2025-07-07T07:30"),
    accept("pending", "2025-07-25T08:00"),  # a Friday: due on Wednesday the 30th
    event("pending_overdue", "submit", "2025-07-01T06:00", procedure="1.000001", channel=2),
    accept("pending_overdue", "2025-07-01T08:00", channel=2),
    accept("returned", "2025-07-01T08:00"),
    event("returned", "stop", "2025-07-02T08:00"),
    accept("carried", "2025-06-27T09:00", "24826"),  # the old Phường B'Lao; due on 2 July
    event("carried", "finish", "2025-07-02T10:00", "24829"),
    event("refused", "refuse", "2025-07-02T08:00", procedure="1.000001", channel=1),
    event("sent", "submit", "2025-07-29T20:00", procedure="1.000001", channel=2),
    accept("department", "2025-06-30T08:00", "000.00.05.H11", limit="5wd"),  # due on 7 July, still open
]
COMMUNES = {
    "received_online": 1, "received_direct_postal": 5, "received": 6, "carried_over": 1, "processed": 7,
    "resolved": 5, "early": 2, "on_time": 2, "overdue": 1, "returned": 1,
    "pending": 2, "pending_within": 1, "pending_overdue": 1, "on_time_rate": 80.0,
}  # fmt: skip


@pytest.fixture
def job(tmp_path):
    """A job folder; call it with other events (dicts or raw lines) and changed fields of job.json."""

    def make(lines=EVENTS, **changes):
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / "book").mkdir(exist_ok=True)
        raw = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        (tmp_path / "out/events.jsonl").write_bytes(b"".join(line + b"\n" for line in raw))
        row = "1.000001\tĐăng ký\tHộ tịch\tcommune+province\tỦy ban nhân dân cấp xã\tcitizen\t\t\t\tpage\t2026-06-10\n"
        (tmp_path / "book/procedures.tsv").write_text(PROCEDURES + row, "utf-8")
        limits = "".join(f"1.000001\t{channel}\t1\t3\tworking_day\t3\n" for channel in ("direct", "online", "postal"))
        (tmp_path / "book/time_limits.tsv").write_text(LIMITS + limits, "utf-8")
        (tmp_path / "agencies.tsv").write_text("code\tname_vi\tname_en\nH36.05\tSở N\tDepartment N\n", "utf-8")
        (tmp_path / "succession.tsv").write_text("from_code\tto_code\tdate\n000.00.05.H11\tH36.05\t2025-07-01\n")
        (tmp_path / "published.tsv").write_text(
            "summary\tfigure\tleast\tmost\tas_printed\treport\n"
            "communes\tearly_or_on_time\t4\t4\t4\t1\ncommunes\toverdue\t3\t3\t3\t1\n"
        )
        names = {unit.code: unit.full_name for unit in motcua.Registry.national().units("2025-07-29", "commune", "68")}
        names["24829"] = "Phường BLao"
        (tmp_path / "portal.tsv").write_text(
            "code\tname\tparent\n" + "".join(f"{code}\t{name}\t68\n" for code, name in names.items()), "utf-8"
        )
        fields = {
            "form": 1, "title": {"vi": "Thử <b>", "en": "A trial"}, "province": "68", "merger": "2025-07-01",
            "as_of": "2025-07-29", "policy": "by_day", "events": "out/events.jsonl", "catalogue": "book",
            "agencies": "agencies.tsv", "agency_succession": "succession.tsv", "portal_catalogue": "portal.tsv",
            "published": "published.tsv",
            "calendar": [{"weekly": WEEK, "valid_from": "2004-01-01", "source": "test"}],
            "summaries": {"communes": {"of": "communes", **JULY, "title": TITLE},
                          "departments": {"of": "agencies", **JULY, "title": TITLE},
                          "ward": {"of": ["24823"], "first": "2025-07-01", "last": "2025-07-03", "title": TITLE}},
            "tables": [{"name": "units", "of": "communes", "by": "agency", **JULY, "title": TITLE},
                       {"name": "fields", "of": "all", "by": "field", **JULY, "title": TITLE}],
            "ranking": {"of": "communes", **JULY, "title": TITLE},
        }  # fmt: skip
        fields.update(changes)
        (tmp_path / "job.json").write_text(json.dumps({k: v for k, v in fields.items() if v is not None}), "utf-8")
        return tmp_path

    return make


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


# --- What a run writes ---------------------------------------------------------------------------
def test_the_summary_has_the_figures_counted_by_hand(job):
    folder = job()
    assert cli.main(["run", "--quiet", str(folder)]) == 0
    summary = json.loads((folder / "out/summary.json").read_text("utf-8"))
    assert summary["communes"] == COMMUNES
    assert tuple(summary["communes"]) == FIGURES
    assert summary["departments"] == {
        **dict.fromkeys(FIGURES, 0),
        "carried_over": 1, "processed": 1, "pending": 1, "pending_overdue": 1, "on_time_rate": None,
    }  # fmt: skip
    assert summary["handed_over"] == {"communes": 1, "departments": 1, "undecided": 0}


def test_a_summary_sees_only_what_was_known_on_its_last_day(job):
    run_job(folder := job())
    ward = json.loads((folder / "out/summary.json").read_text("utf-8"))["ward"]
    # On 3 July: one finished early, one returned; three accepted on 1 July are still open and due on the 4th.
    assert (ward["received"], ward["resolved"], ward["early"], ward["returned"]) == (5, 2, 2, 1)
    assert (ward["pending_within"], ward["pending_overdue"]) == (3, 0)


def test_every_dossier_that_counts_has_its_row(job):
    run_job(folder := job())
    rows = {row["dossier"]: row for row in rows_of(folder / "out/dossiers.csv")}
    outcomes = {code: row["outcome"] for code, row in rows.items()}
    assert outcomes == {
        "early": "early", "on_time": "on_time", "overdue": "overdue", "pending": "pending", "returned": "early",
        "pending_overdue": "pending_overdue", "carried": "on_time", "department": "pending_overdue",
    }  # fmt: skip
    assert rows["carried"] == {
        "dossier": "carried", "agency": "24829", "procedure": "1.000001", "limit": "3wd",
        "accepted_at": "2025-06-27T09:00",
        "due": "2025-07-02T17:00", "finished_at": "2025-07-02T10:00", "outcome": "on_time", "returned": "no",
    }  # fmt: skip
    assert rows["pending"]["finished_at"] == "" and rows["returned"]["returned"] == "yes"
    assert (rows["department"]["agency"], rows["department"]["limit"]) == ("H36.05", "5wd")


def test_a_dossier_number_may_be_any_text(job):
    odd = 'H36,1"2'
    run_job(folder := job([*EVENTS, accept(odd, "2025-07-29T08:00")]))
    rows = {row["dossier"]: row for row in rows_of(folder / "out/dossiers.csv")}
    assert len(rows) == 9 and rows[odd]["accepted_at"] == "2025-07-29T08:00"


def test_a_job_without_events_counts_nothing(job):
    outcome = run_job(folder := job([]))
    assert outcome.summaries["communes"]["processed"] == 0 and outcome.summaries["communes"]["on_time_rate"] is None
    assert rows_of(folder / "out/dossiers.csv") == []


def test_tables_have_every_unit_and_add_up(job):
    run_job(folder := job())
    units = rows_of(folder / "out/units.csv")
    assert len(units) == 124
    assert summed({figure: int(row[figure]) for figure in FIGURES[:-1]} for row in units) == COMMUNES
    (field,) = rows_of(folder / "out/fields.csv")
    assert (field["field"], field["processed"]) == ("Hộ tịch", "8")


def test_the_finding_names_the_ward_the_stage_and_the_correction(job):
    run_job(folder := job())
    reconciliation = json.loads((folder / "out/summary.json").read_text("utf-8"))["reconciliation"]
    assert (reconciliation["rows"], reconciliation["exact"]) == (124, 123)
    (finding,) = reconciliation["findings"]
    assert (finding["unit_code"], finding["unit_name"], finding["stage"]) == ("24829", "Phường B'Lao", "apostrophe")
    assert "B'Lao" in finding["proposal"]


def test_a_published_figure_that_is_not_met_is_said_with_its_distance(job):
    run_job(folder := job())
    published = json.loads((folder / "out/summary.json").read_text("utf-8"))["published"]
    assert (published["figures"], published["met"]) == (2, 1)
    assert published["not_met"][0]["off_by"] == -2
    assert rows_of(folder / "out/published.csv")[1] == {
        "summary": "communes", "figure": "overdue", "least": "3", "most": "3", "computed": "1", "off_by": "-2",
        "as_printed": "3", "report": "1",
    }  # fmt: skip
    assert "Không khớp" in (folder / "out/report.html").read_text("utf-8")


def test_the_report_is_one_page_that_needs_nothing_else(job):
    run_job(folder := job())
    page = (folder / "out/report.html").read_text("utf-8")
    assert not re.search(r"https?:|src=|<script|<link|@import|url\(", page)
    assert "Thử &lt;b&gt;" in page and "<b>" not in re.sub(r"<b>[^<]*</b>", "", page)
    assert 'name="viewport"' in page and page.count("<section>") == 5


def test_running_again_gives_the_same_files(job):
    run_job(folder := job())
    first = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    run_job(folder)
    assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == first


def test_a_split_commune_is_listed_and_not_guessed(job):
    # Xã Phan Dũng's neighbour 22978 went in parts to 22972 and 22978 (resolution 1671, clauses 1.43 and 1.44).
    run_job(folder := job([*EVENTS, accept("split", "2025-06-30T08:00", "22978")]))
    assert json.loads((folder / "out/summary.json").read_text("utf-8"))["handed_over"]["undecided"] == 1
    (row,) = rows_of(folder / "out/undecided.csv")
    assert (row["dossier"], row["from"], sorted(row["candidates"].split("|"))) == ("split", "22978", ["22972", "22978"])


def test_a_job_without_the_optional_parts(job):
    absent = dict.fromkeys(
        ("merger", "agencies", "agency_succession", "portal_catalogue", "published", "tables", "ranking", "calendar")
    )
    outcome = run_job(folder := job(EVENTS[:4], **absent))
    assert outcome.dossiers == 2 and outcome.sentence().startswith("2 dossiers counted from 4 events.")
    assert not (folder / "out/ranking.csv").exists()


# --- Bad events ------------------------------------------------------------------------------------
BAD_LINES = [
    (b'{"id": "x", "dossier": ', "", "JSON"),
    (b'{"id": "x", "dossier": "\xff", "kind": "accept"}', "", "UTF-8"),
    (accept("x", "yesterday"), "at", "yesterday"),
    (event("x", "accepted", "2025-07-01T08:00"), "kind", "accepted"),
    (accept("x", "2025-07-01T08:00", procedure="9.999999"), "procedure", "9.999999"),
    (accept("x", "2025-07-01T08:00", limit="3 days"), "limit", "3 days"),
    (event("x", "finish", "2025-07-01T08:00"), "kind", "finish"),
    (event("early", "supply", "2025-07-02T08:00"), "kind", "supply"),
    (accept("x", "2055-07-01T08:00"), "at", "2055"),
]


@pytest.mark.parametrize("line, field, value", BAD_LINES)
def test_a_bad_event_is_reported_and_the_rest_is_counted(job, capsys, line, field, value):
    folder = job([EVENTS[0], line, *EVENTS[1:]], as_of="2060-01-01" if "2055" in value else "2025-07-29")
    assert cli.main(["run", "--quiet", str(folder)]) == 1
    (problem,) = rows_of(folder / "out/problems.csv")
    assert problem["line"] == "2"
    assert value in problem["value"] + problem["expected"] + problem["field"]
    assert field in problem["field"] and problem["expected"]
    assert json.loads((folder / "out/summary.json").read_text("utf-8"))["communes"] == COMMUNES
    assert "line 2" in capsys.readouterr().err


@pytest.mark.parametrize("agency", ["99999", "24826", "Sở Tư pháp", "00070"])
def test_a_holder_that_is_no_office_of_the_province_is_told(job, agency):
    # 24826 ended the day before, 00070 is a ward of Hà Nội.
    folder = job([*EVENTS, accept("stray", "2025-07-02T08:00", agency)])
    assert cli.main(["run", "--quiet", str(folder)]) == 1
    (problem,) = rows_of(folder / "out/problems.csv")
    assert (problem["event"], problem["field"], problem["value"]) == ("stray", "agency", agency)
    assert "68 on 2025-07-02" in problem["expected"]
    assert json.loads((folder / "out/summary.json").read_text("utf-8"))["communes"] == COMMUNES


# --- A bad job file ----------------------------------------------------------------------------------
BAD_JOBS = [
    ({"form": 2}, "form is 2; expected 1"),
    ({"title": "A title"}, "title is .*both languages"),
    ({"province": 68}, "province is 68; expected a text"),
    ({"as_of": "29/7/2025"}, "as_of is .*2025-07-01"),
    ({"as_of": "2025-02-30"}, "as_of is .*2025-07-01"),
    ({"as_of": None}, "as_of is missing"),
    ({"policy": "by_week"}, "policy is .*by_day or by_hour"),
    ({"events": "nowhere.jsonl"}, "events is .*does not"),
    ({"calendar": {"mon": []}}, "calendar is .*list of calendar layers"),
    ({"colour": "green"}, "colour is .*expected one of the fields"),
    ({"summaries": {}}, "summaries is .*expected an object of named scopes"),
    ({"summaries": {"handed_over": {}}}, "summaries is .*handed_over"),
    ({"summaries": {"x": {"of": "everyone", **JULY}}}, "summaries.x.of is .*communes, agencies, all"),
    ({"summaries": {"x": {"of": "all", "first": "2025-07-02", "last": "2025-07-01"}}}, "not before 2025-07-02"),
    ({"summaries": {"x": {"of": "all", "first": "2025-07-02", "last": "2025-08-01"}}}, "not after as_of"),
    ({"tables": [{"name": "dossiers", "of": "all", "by": "field", **JULY, "title": TITLE}]}, r"tables\[0\].name"),
    (
        {"tables": [{"name": "x", "of": "all", "by": "day", **JULY, "title": TITLE}]},
        r"tables\[0\].by .*agency or field",
    ),
    ({"tables": [{"name": "x", "of": "all", "by": "field", **JULY}]}, r"tables\[0\].title is missing"),
    ({"agencies": None}, "to_code is 'H36.05'"),
    ({"merger": "2025-07-02"}, "date is '2025-07-01'"),
    ({"agencies": "succession.tsv"}, "column 'code' is missing"),
    ({"summaries": {"x": {"of": "all", **JULY, "title": TITLE}}}, "summary is 'communes'; expected one of x"),
]


@pytest.mark.parametrize("changes, message", BAD_JOBS)
def test_a_wrong_field_is_refused_by_name_before_any_work(job, changes, message):
    folder = job(**changes)
    with pytest.raises(motcua.InvalidArgument, match=message):
        read_job(folder)
    assert sorted(path.name for path in (folder / "out").iterdir()) == ["events.jsonl"]


def test_a_job_file_that_is_no_json_is_refused_with_its_line(job, capsys):
    (folder := job()).joinpath("job.json").write_text('{\n "form": 1,\n}')
    assert cli.main(["run", str(folder)]) == 2
    assert "line 3" in capsys.readouterr().err
    folder.joinpath("job.json").write_bytes(b'{"form": "\xff"}')
    with pytest.raises(motcua.MalformedData, match="UTF-8"):
        read_job(folder)


def test_a_row_with_too_few_cells_is_refused(job):
    folder = job()
    folder.joinpath("agencies.tsv").write_text("code\tname_vi\tname_en\nH36.05\tSở N\n", "utf-8")
    with pytest.raises(motcua.InvalidArgument, match="agencies.tsv, line 2: 2 cells; expected 3"):
        read_job(folder)


@pytest.mark.parametrize("name", ["agencies.tsv", "succession.tsv", "portal.tsv", "published.tsv"])
def test_an_empty_table_is_one_line_and_status_2(job, capsys, name):
    folder = job()
    (folder / name).write_bytes(b"")
    assert cli.main(["run", "--quiet", str(folder)]) == 2
    assert capsys.readouterr().err.startswith(f"motcua run: {name}: column ")
    assert not (folder / "out/summary.json").exists()


@pytest.mark.parametrize("code", ["24829", "60", "Lâm Đồng"])
def test_a_province_that_is_none_on_the_last_day_is_refused(job, capsys, code):
    assert cli.main(["run", "--quiet", str(job(province=code))]) == 2
    assert f"province is {code!r}; expected the code of a province on 2025-07-29" in capsys.readouterr().err


def test_an_agency_that_comes_twice_is_refused(job, capsys):
    folder = job()
    with open(folder / "agencies.tsv", "a", encoding="utf-8") as table:
        table.write("H36.05\tSở M\tDepartment M\n")
    assert cli.main(["run", "--quiet", str(folder)]) == 2
    assert "agencies, line 3: code is 'H36.05'" in capsys.readouterr().err


def test_files_saved_with_a_byte_order_mark_are_read(job):
    folder = job()
    for name in ("job.json", "agencies.tsv", "portal.tsv"):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert run_job(folder).summaries["communes"] == COMMUNES


def test_a_folder_without_a_job_is_one_line_and_status_2(tmp_path, capsys):
    assert cli.main(["run", str(tmp_path)]) == 2
    assert "job.json: No such file" in capsys.readouterr().err


def test_json_output_is_the_summary(job, capsys):
    folder = job()
    assert cli.main(["run", "--json", str(folder)]) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out) == json.loads((folder / "out/summary.json").read_text("utf-8"))
    assert printed.err == ""


# --- Figures -------------------------------------------------------------------------------------
def figures(**values):
    row = {**dict.fromkeys(FIGURES, 0), **values}
    row["resolved"] = row["early"] + row["on_time"] + row["overdue"]
    row["processed"] = row["resolved"] + row["pending"]
    return row


def test_ranking_orders_by_both_ratios_and_shows_ties():
    places = ranked({
        "24829": figures(early=9, overdue=1),  # 9/10
        "24823": figures(on_time=4, pending=4),  # 4/4, 4/8
        "24841": figures(on_time=2, pending=2),  # the same ratios: a tie, by code
        "24820": figures(early=8, pending=2),  # 8/8, 8/10: first
        "24778": figures(),  # nothing to settle: last
        "24781": figures(early=9, pending=1, pending_overdue=1),  # 9/10, 9/10: behind 24829 with 10/10
    })  # fmt: skip
    assert [(p.place, p.code, p.tied) for p in places] == [
        (1, "24820", False), (2, "24823", True), (2, "24841", True), (4, "24829", False),
        (5, "24781", False), (6, "24778", False),
    ]  # fmt: skip
    assert places[3].in_time == Fraction(9, 10)


@pytest.mark.parametrize(
    "in_time, resolved, rate", [(53_422, 54_931, 97.25), (16_144, 17_376, 92.91), (1, 3, 33.33), (0, 0, None)]
)
def test_the_rate_has_two_decimals(in_time, resolved, rate):
    assert on_time_rate({"early": in_time, "on_time": 0, "resolved": resolved}) == rate


def test_a_published_range_is_met_at_its_ends():
    row = {
        "summary": "x",
        "figure": "received",
        "least": "29500",
        "most": "29999",
        "as_printed": "gần 30.000",
        "report": "1",
    }
    off = [compared([row], {"x": figures(received=value)})[0].off_by for value in (29_499, 29_500, 29_999, 30_001)]
    assert off == [-1, 0, 0, 2]


def test_the_example_is_a_valid_job():
    folder = Path(__file__).resolve().parents[2] / "examples" / "lam_dong"
    if not (folder / "out/events.jsonl").exists():
        pytest.skip("examples/lam_dong/generate.py has not been run")
    assert read_job(folder).province == "68"


def test_the_smallest_job_of_the_documents_runs_as_told(tmp_path):
    root = Path(__file__).resolve().parents[2]
    page = (root / "docs" / "run.md").read_text(encoding="utf-8")
    job, events = re.findall(r"```json\n(.*?)```", page, re.DOTALL)[:2]
    (tmp_path / "job.json").write_text(job, encoding="utf-8")
    (tmp_path / "events.jsonl").write_text(events, encoding="utf-8")
    (tmp_path / "catalogue").symlink_to(root / "core" / "data" / "procedures")
    outcome = run_job(tmp_path)
    assert outcome.problems == []
    figures = outcome.summaries["ward"]
    assert (figures["received"], figures["resolved"], figures["early"], figures["pending"]) == (2, 1, 1, 1)
    with open(tmp_path / "out" / "dossiers.csv", encoding="utf-8-sig", newline="") as table:
        assert [row["due"] for row in csv.DictReader(table)] == ["2025-07-04T17:30", "2025-08-04T17:30"]


def test_the_documents_name_every_kind_of_event():
    page = (Path(__file__).resolve().parents[2] / "docs" / "run.md").read_text(encoding="utf-8")
    rows = "\n".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    kinds = {one.event for one in motcua.Machine.national().transitions()}
    assert kinds <= set(re.findall(r"`(\w+)`", rows))


# --- Dossiers that nobody took over ----------------------------------------------------------------
# 22978 was Xã Phong Phú, split into 22972 and 22978 (Xã Tuy Phong); 24829 was Phường Lộc Sơn.
SPLIT = [
    *EVENTS,
    accept("split", "2025-06-20T08:00", "22978"),
    accept("split_done", "2025-06-20T08:00", "22978"),
    event("split_done", "finish", "2025-07-03T09:00", "22972"),
]


def test_undecided_dossiers_are_not_those_of_the_unit_that_has_their_code_today(job):
    tables = [{"name": "everyone", "of": "all", "by": "agency", **JULY, "title": TITLE}]
    outcome = run_job(folder := job(SPLIT, tables=tables))
    assert sorted(row["dossier"] for row in rows_of(folder / "out/undecided.csv")) == ["split", "split_done"]
    assert outcome.summaries["communes"] == COMMUNES
    everyone = {row["agency"]: row for row in rows_of(folder / "out/everyone.csv")}
    assert "22978" not in everyone
    (holder,) = (code for code in everyone if code.startswith("22978@"))
    assert everyone[holder]["name"].endswith("(đến 30/6/2025)")
    assert (everyone[holder]["carried_over"], everyone[holder]["resolved"]) == ("2", "1")
    assert outcome.problems == []  # undecided.csv tells of them


def test_without_a_merger_open_dossiers_of_abolished_units_are_told(job):
    outcome = run_job(job([accept("old", "2025-06-25T08:00", "24829")], merger=None, agency_succession=None))
    assert outcome.summaries["communes"]["processed"] == 0
    (problem,) = outcome.problems
    assert problem[2:5] == ("old", "agency", "24829")
    assert "2025-07-01" in problem[5] and "Lộc Sơn" in problem[5]


def test_what_an_abolished_unit_had_finished_needs_no_successor(job):
    june = {"of": "all", "first": "2025-06-01", "last": "2025-06-30", "title": TITLE}
    events = [accept("old", "2025-06-20T08:00", "24829"), event("old", "finish", "2025-06-24T08:00", "24829")]
    outcome = run_job(job(events, summaries={"june": june}, published=None))
    assert outcome.problems == [] and outcome.summaries["june"]["resolved"] == 1


def test_an_office_that_was_succeeded_takes_nothing_any_more(job):
    outcome = run_job(job([*EVENTS, accept("late", "2025-07-02T08:00", "000.00.05.H11", limit="5wd")]))
    (problem,) = outcome.problems
    assert problem[2:5] == ("late", "agency", "000.00.05.H11")


# --- What a job file may not say -----------------------------------------------------------------
@pytest.mark.parametrize(
    "changes, told",
    [
        ({"merger": "2025-07-30"}, 'merger is "2025-07-30"; expected a day not after as_of, 2025-07-29'),
        ({"title": {"vi": "a", "en": "b", "fr": "c"}}, "title.fr"),
        ({"ranking": {"of": "all", **JULY, "title": TITLE, "bar": 1}}, "ranking.bar"),
        ({"summaries": {"published": {"of": "all", **JULY, "title": TITLE}}}, '"published"'),
        ({"tables": [{"name": "undecided", "of": "all", "by": "field", **JULY, "title": TITLE}]}, '"undecided"'),
    ],
)
def test_a_field_that_nothing_reads_or_that_says_too_much_is_refused(job, changes, told):
    with pytest.raises(motcua.InvalidArgument, match=re.escape(told)):
        read_job(job(**changes))


def test_a_scope_of_a_code_that_is_no_office_is_refused(job):
    scope = {"of": ["24823", "99999"], **JULY, "title": TITLE}
    with pytest.raises(motcua.InvalidArgument, match="summaries.one.of is '99999'; expected a unit of province 68"):
        run_job(job(summaries={"one": scope}, published=None))


def test_an_agency_may_not_have_the_code_of_a_commune(job):
    folder = job()
    (folder / "agencies.tsv").write_text("code\tname_vi\tname_en\nH36.05\tA\tA\n24829\tB\tB\n", "utf-8")
    with pytest.raises(motcua.InvalidArgument, match="code is '24829', which is Phường B'Lao; expected"):
        run_job(folder)


def test_a_field_that_comes_twice_is_refused(job):
    folder = job()
    text = (folder / "job.json").read_text("utf-8")
    (folder / "job.json").write_text('{"form": 2, ' + text[1:], "utf-8")
    with pytest.raises(motcua.InvalidArgument, match="form is 1; expected a field that comes once"):
        read_job(folder)


@pytest.mark.parametrize(
    "row, told",
    [
        ("communes\tnofig\t1\t1\t1\t1\n", "line 2: figure is 'nofig'; expected one of received_online"),
        ("communes\toverdue\tnan\t3\t3\t1\n", "line 2: least is 'nan'; expected a number"),
        ("communes\toverdue\t5\t1\t3\t1\n", "line 2: most is '1'; expected 5 or more"),
    ],
)
def test_a_published_row_that_no_run_could_meet_is_refused(job, row, told):
    folder = job()
    (folder / "published.tsv").write_text("summary\tfigure\tleast\tmost\tas_printed\treport\n" + row)
    with pytest.raises(motcua.InvalidArgument, match=re.escape(told)):
        read_job(folder)


# --- The folder of results -----------------------------------------------------------------------
def test_files_of_an_earlier_run_do_not_pass_for_results_of_this_one(job):
    run_job(folder := job(SPLIT))
    (folder / "out/mine.csv").write_text("my own\n")
    run_job(job(EVENTS, tables=None, ranking=None))
    left = {path.name for path in (folder / "out").iterdir()}
    assert left == {
        "dossiers.csv", "events.jsonl", "mine.csv", "problems.csv", "published.csv", "report.html", "summary.json",
    }  # fmt: skip


def test_where_one_file_cannot_be_written_none_is(job, capsys):
    folder = job()
    (folder / "out/report.html").mkdir()
    assert cli.main(["run", "--quiet", str(folder)]) == 2
    assert "report.html" in capsys.readouterr().err
    assert {path.name for path in (folder / "out").iterdir()} == {"events.jsonl", "report.html"}
