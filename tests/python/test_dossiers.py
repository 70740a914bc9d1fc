import datetime as dt
import json
import pathlib

import numpy as np
import pytest

import motcua


def event(number, dossier, kind, at, **more):
    return {"id": f"e{number}", "dossier": dossier, "kind": kind, "at": at, "agency": "24820", **more}


def accepted(dossier="D", at="2025-07-01T08:00", **more):
    return event(f"{dossier}-accept", dossier, "accept", at, **{"procedure": "P", "channel": 1, "limit": "5wd", **more})


def test_a_lone_surrogate_refuses_its_event_alone(tmp_path):
    bad = accepted("B", note="x\ud800")
    log = motcua.EventLog([accepted("A"), bad, accepted("C", officer={"t\udfff": 1}), accepted("D")])
    assert [event["dossier"] for event in log] == ["A", "D"]
    assert [(p.line, p.field, "surrogate" in p.expected) for p in log.problems] == [
        (2, "line", True),
        (3, "line", True),
    ]
    with (
        motcua.Journal.open(tmp_path / "j.db") as journal,
        pytest.raises(motcua.MalformedData, match="surrogate"),
    ):
        journal.append([bad])


def test_codes_with_control_characters_are_refused():
    log = motcua.EventLog([accepted("A\0"), {**accepted("B"), "id": "x\n"}, accepted("C\x85"), accepted("D\tE")])
    assert len(log) == 0
    assert [(p.line, p.field, p.value) for p in log.problems][:3] == [
        (1, "id", "eA\\x00-accept"),
        (1, "dossier", "A\\x00"),
        (2, "id", "x\\x0a"),
    ]
    assert all("control characters" in p.expected for p in log.problems)


def test_a_byte_order_mark_loses_no_line(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_text(json.dumps(accepted("A")) + "\n" + json.dumps(accepted("B")) + "\n", encoding="utf-8-sig")
    log = motcua.EventLog.read(path)
    assert len(log) == 2 and not log.problems


def test_what_is_missing_is_named_not_a_guard():
    (problem,) = motcua.DossierRegister(motcua.EventLog([accepted(channel=None)])).problems
    assert (problem.field, problem.value) == ("channel", "") and problem.expected.startswith("1 (direct) or 3 (postal)")
    (problem,) = motcua.DossierRegister(motcua.EventLog([accepted(channel=2)])).problems
    assert problem.field == "kind" and problem.expected.endswith("only with counter")


def test_a_refusal_before_the_supplement_expired_says_so():
    asked = event(1, "D", "request_supplement", "2025-07-01T09:00")
    register = motcua.DossierRegister(motcua.EventLog([accepted(), asked, event(2, "D", "refuse", "2025-07-02T09:00")]))
    assert "supplement_expired" in register.problems[0].expected
    assert "supplement_expired" in register.dossier("D").allowed().refused["refuse"].reason


def test_a_log_keeps_good_lines_and_reports_bad_ones(tmp_path):
    path = tmp_path / "events.jsonl"
    lines = [
        json.dumps(accepted("A")),
        '{"id": "x", "dossier": "A", "kind": "approve", "at": "2025-07-01T08:00"}',
        "not json",
        json.dumps(accepted("B", officer={"name": "ẩn"}, weight=1.5)),
    ]
    path.write_bytes("\n".join(lines).encode() + b'\n{"id": "\xff"}\n')
    log = motcua.EventLog.read(path)
    assert len(log) == 2
    assert [(p.line, p.event, p.field, p.value) for p in log.problems] == [
        (2, "x", "kind", "approve"),
        (3, "", "line", "not json"),
        (5, "", "line", '{"id"'),
    ]
    assert log[1]["officer"] == {"name": "ẩn"} and log[-1]["weight"] == 1.5
    log.write(tmp_path / "again.jsonl")
    again = motcua.EventLog.read(tmp_path / "again.jsonl")
    assert list(again) == list(log)
    with pytest.raises(IndexError):
        log[2]
    with pytest.raises(motcua.InvalidArgument, match="can be read"):
        motcua.EventLog.read(tmp_path / "missing.jsonl")
    with pytest.raises(motcua.InvalidArgument, match="can be written"):
        log.write(tmp_path)


def test_appending_is_idempotent():
    log = motcua.EventLog([accepted(at=dt.datetime(2025, 7, 1, 8))])
    assert log.append([accepted()]) == 0
    assert log.append([accepted(at=np.datetime64("2025-07-01T09:00"))]) == 0
    assert [p.field for p in log.problems] == ["id"]
    assert len(log) == 1


def test_a_dossier_is_the_fold_of_its_events():
    log = motcua.EventLog(
        [
            event(3, "D", "request_supplement", "2025-07-03T09:00"),
            event(2, "D", "forward", "2025-07-01T09:00"),
            accepted(),
            event(4, "D", "supply", "2025-07-10T10:00"),
            event(5, "D", "hand_over", "2025-07-11T10:00"),
        ]
    )
    dossiers = motcua.DossierRegister(log, as_of="2025-07-12T00:00")
    d = dossiers.dossier("D")
    assert (d.status, d.status_name, d.status_name_vi) == (4, "in_processing", "Đang xử lý")
    assert d.deadline == dt.datetime(2025, 7, 17, 17, 30)
    assert d.original_due == dt.datetime(2025, 7, 8, 17, 30)
    assert (d.holder, d.channel, d.limit, d.outcome) == ("24820", "direct", "5wd", "pending")
    assert (d.trips, d.supplements, d.extended, d.returned, d.provisional) == (2, 1, False, False, False)
    assert d.finished_at is None
    assert [(e.kind, e.status, e.clock, e.applied) for e in d.history] == [
        ("accept", 2, "start", True),
        ("forward", 4, "none", True),
        ("request_supplement", 5, "pause", True),
        ("supply", 4, "restart", True),
        ("hand_over", 4, "none", False),
    ]
    assert "19.5" in d.history[3].reason
    assert [(p.event, p.field, p.value) for p in dossiers.problems] == [("e5", "kind", "hand_over")]
    assert dossiers.problems[0].expected.startswith("in status 4 (in_processing): assign, forward")
    with pytest.raises(motcua.UnknownDossier, match="'X'"):
        dossiers.dossier("X")


def test_a_dossier_of_which_nothing_could_be_applied_says_why():
    log = motcua.EventLog([{"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:15", "agency": "24820"}])
    with pytest.raises(motcua.UnknownDossier, match="'D'.*event .1. channel .*expected 1 .direct. or 3"):
        motcua.DossierRegister(log).dossier("D")


def test_the_table_has_a_row_a_dossier():
    log = motcua.EventLog(
        [
            accepted("B"),
            event(1, "B", "stop", "2025-07-02T08:00"),
            accepted("A", limit="none", channel=3),
            event(9, "C", "submit", "2025-07-02T08:00", procedure="P", channel=2),
        ]
    )
    table = motcua.DossierRegister(log).table()
    assert list(table["dossier"]) == ["A", "B", "C"]
    assert list(table["outcome"]) == ["pending", "early", "none"]
    assert list(table["returned"]) == [False, True, False]
    assert list(table["limit"]) == ["none", "5wd", None]
    assert list(table["channel"]) == ["postal", "direct", "online"]
    assert list(table["status"]) == [2, 8, 1]
    assert str(table["due"][1]) == "2025-07-08T17:30"
    assert np.isnat(table["due"][0]) and np.isnat(table["accepted_at"][2])
    empty = motcua.DossierRegister(motcua.EventLog()).table()
    assert len(empty["dossier"]) == 0 and len(empty["agency"]) == 0


def test_the_catalogue_gives_limits_and_knows_procedures():
    catalogue = motcua.Catalogue.parse(
        "code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tHộ tịch\tcommune\n",
        "code\tchannel\trow_no\tvalue\tunit\traw_text\n1.000001\tdirect\t1\t3\tworking_day\t3\n"
        "1.000001\tonline\t1\t3\tunspecified\t3\n",
    )
    log = motcua.EventLog(
        [
            accepted("A", procedure="1.000001", limit=None),
            accepted("B", procedure="1.999999"),
            accepted("C", procedure="1.000001", limit=None, channel=3),
            event(1, "D", "submit", "2025-07-01T08:00", procedure="1.000001", channel=2),
            event(2, "D", "accept", "2025-07-01T09:00"),
        ]
    )
    dossiers = motcua.DossierRegister(log, catalogue=catalogue)
    assert dossiers.dossier("A").limit == "3wd" and dossiers.dossier("A").field == "Hộ tịch"
    assert dossiers.dossier("D").status == 1
    assert [(p.event, p.field, p.value) for p in dossiers.problems] == [
        ("eB-accept", "procedure", "1.999999"),
        ("eC-accept", "limit of procedure 1.000001", ""),
        ("e2", "limit of procedure 1.000001", "3"),
    ]


CATALOGUE = (
    "code\tname_vi\tfield_vi\tlevels\n"
    "1.000001\tA\tX\tcommune\n"
    "1.000002\tB\tX\tprovince\n"
    "1.000003\tC\tX\tministry+province\n"
    "1.000004\tD\tX\tministry\n"
    "1.000005\tE\tX\tprovince\n"
)
DELEGATED = "code\trole\tagency_vi\n1.000005\tdelegated\tUBND cấp xã\n"


@pytest.mark.parametrize(
    ("procedure", "agency", "more", "marked"),
    [
        ("1.000001", "24820", {}, False),
        ("1.000002", "24820", {}, True),
        ("1.000003", "24820", {}, True),
        ("1.000001", "68", {}, True),
        ("1.000002", "68", {}, False),
        ("1.000004", "24820", {}, False),  # neither level is named
        ("1.000005", "24820", {}, False),  # delegated
        ("1.000002", "H36.12", {}, False),  # a code that tells no level
        ("1.000002", "24820", {"competent": "68"}, False),  # received regardless of boundary
        ("1.000001", "24820", {"competent": "68"}, True),
    ],
)
def test_who_decides_what_the_catalogue_gives_to_another_level(procedure, agency, more, marked):
    catalogue = motcua.Catalogue.parse(CATALOGUE, "code\tchannel\trow_no\tvalue\tunit\traw_text\n", agencies=DELEGATED)
    accept = accepted("A", procedure=procedure, agency=agency, **more)
    dossier = motcua.DossierRegister(motcua.EventLog([accept]), catalogue=catalogue).dossier("A")
    assert ("not_competent" in dossier.marks) == marked
    # Since Decree 309/2026 the forwarding may still name who decides.
    later = {**accept, "at": "2026-08-10T08:00"}
    log = motcua.EventLog([later])
    waiting = motcua.DossierRegister(log, catalogue=catalogue).dossier("A")
    assert "not_competent" not in waiting.marks
    log.append([event("f", "A", "forward", "2026-08-10T09:00", agency=agency)])
    assert ("not_competent" in motcua.DossierRegister(log, catalogue=catalogue).dossier("A").marks) == marked


def test_the_catalogue_gives_steps_unless_they_are_refused():
    steps = (
        "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\trole\tafter\n"
        "1.000001\t1\tTiếp nhận\t\t0.5\tworking_day\ts\t\t\n1.000001\t2\tThẩm định\t\t2\tworking_day\ts\t\t\n"
        "1.000001\t3\tTrả kết quả\t\t\tuntimed\ts\t\t\n"
        "1.000002\t300\tTiếp nhận\t\t0.5\tworking_day\ts\t\t\n"
    )
    catalogue = motcua.Catalogue.parse(
        CATALOGUE, "code\tchannel\trow_no\tvalue\tunit\traw_text\n", procedure_steps=steps
    )
    log = motcua.EventLog([accepted("A", procedure="1.000001"), event("f", "A", "forward", "2025-07-02T09:00")])
    register = motcua.DossierRegister(log, catalogue=catalogue)
    d = register.dossier("A")
    assert [s.name for s in d.steps] == ["Tiếp nhận", "Thẩm định", "Trả kết quả"] and d.step == 2
    assert register.problems == []
    assert motcua.DossierRegister(log, catalogue=catalogue, steps=False).dossier("A").steps == []
    own = {"1.000001": [{"name": "Một", "limit": "1wd"}]}
    assert [s.name for s in motcua.DossierRegister(log, catalogue=catalogue, steps=own).dossier("A").steps] == ["Một"]
    # A process that is no plan is a finding of the catalogue, and refuses no event.
    log.append([accepted("B", procedure="1.000002", agency="68")])
    register = motcua.DossierRegister(log, catalogue=catalogue)
    assert register.problems == [] and register.dossier("B").steps == []
    assert ("1.000002", "step_number_large") in {(p.code, p.kind) for p in catalogue.check()}


def test_every_process_of_the_catalogue_is_a_plan_or_a_finding():
    catalogue = motcua.Catalogue.read(pathlib.Path(__file__).parents[2] / "core" / "data" / "procedures")
    codes = [process.code for process in catalogue.processes()]
    log = motcua.EventLog([accepted(code, procedure=code, at="2026-07-01T08:00") for code in codes])
    register = motcua.DossierRegister(log, catalogue=catalogue)
    table = register.table()
    planned = set(table["dossier"][table["step"] > 0])
    unsound = {p.code for p in catalogue.check() if p.kind in ("step_limit_unreadable", "step_after_later")}
    unknown = {p.event.removeprefix("e").removesuffix("-accept") for p in register.problems}
    assert planned | unsound | unknown == set(codes) and not planned & unsound
    assert len(unsound) == 7 and len(planned) >= 10


def test_calendars_policies_and_machines_are_arguments():
    cal = motcua.WorkingCalendar.national()
    hours = {day: [("07:00", "11:30"), ("13:30", "17:00")] for day in ("mon", "tue", "wed", "thu", "fri")}
    province = cal.with_layer({"weekly": hours, "source": "test"})
    log = motcua.EventLog([accepted("A"), accepted("B", agency="H36.05")])
    dossiers = motcua.DossierRegister(log, calendar=cal, calendars={"H36.05": province})
    assert dossiers.dossier("A").deadline == dt.datetime(2025, 7, 8, 17, 30)
    assert dossiers.dossier("B").deadline == dt.datetime(2025, 7, 8, 17, 0)
    by_hour = motcua.DossierRegister(log, policy="by_hour")
    assert by_hour.dossier("A").deadline == dt.datetime(2025, 7, 8, 8, 0)
    with pytest.raises(motcua.InvalidArgument, match="policy 'by_week'"):
        motcua.DossierRegister(log, policy="by_week")
    resumable = motcua.Machine.national(stop="resumable")
    log.append([event(1, "A", "forward", "2025-07-02T08:00"), event(2, "A", "stop", "2025-07-03T08:00")])
    assert motcua.DossierRegister(log).dossier("A").returned
    paused = motcua.DossierRegister(log, machine=resumable).dossier("A")
    assert (paused.status, paused.returned, paused.deadline) == (8, False, None)


def test_the_national_machine():
    machine = motcua.Machine.national()
    assert machine.check() == []
    rows = machine.transitions()
    assert all(row.source for row in rows)
    assert {row.to for row in rows} >= {str(status) for status in range(1, 11)} - {"1"} | {"same", "previous"}
    assert machine.to_mermaid().startswith("stateDiagram-v2")
    with pytest.raises(motcua.InvalidArgument, match="stop 'never'"):
        motcua.Machine.national(stop="never")
    with pytest.raises(motcua.InvalidArgument, match="machine option 'mood'"):
        motcua.Machine.national(mood="good")
    with pytest.raises(motcua.InvalidArgument, match="3 days"):
        motcua.DossierRegister(motcua.EventLog(), machine=motcua.Machine.national(silence="3 days"))
    with pytest.raises(motcua.MalformedData, match="guard 'if_paid'"):
        motcua.Machine.parse(
            "from\tevent\tguard\tto\trole\tclock\tvisit\toption\tsource\n0\taccept\tif_paid\t2\tsystem\tstart\tno\t-\tl\n"
        )


def test_handover_passes_open_dossiers_to_the_successor():
    registry = motcua.Registry.national()
    log = motcua.EventLog(
        [
            accepted("A", at="2025-06-20T09:00", agency="24829"),  # Phường Lộc Sơn
            accepted("B", at="2025-07-02T09:00", agency="24829"),  # already Phường B'Lao
            accepted("C", at="2025-06-20T09:00", agency="H36.05"),
            accepted("D", at="2025-06-20T09:00", agency="99999"),
        ]
    )
    report = motcua.handover(log, registry, "2025-07-01", agencies={"H36.05": "H36.90"})
    assert [(r.dossier, r.source, r.to) for r in report.transferred] == [
        ("A", "24829", "24829"),
        ("C", "H36.05", "H36.90"),
    ]
    assert "1671/NQ-UBTVQH15" in report.transferred[0].basis
    assert [(r.dossier, r.candidates) for r in report.undecided] == [("D", [])]
    assert log[-1]["kind"] == "transfer" and log[-1]["at"] == "2025-07-01T00:00"
    assert motcua.handover(log, registry, "2025-07-01", agencies={"H36.05": "H36.90"}).transferred == []
    assert len(log) == 6
    dossiers = motcua.DossierRegister(log)
    assert dossiers.problems == []
    assert dossiers.dossier("C").holder == "H36.90"
    with pytest.raises(motcua.OutsideCoverage, match="date"):
        motcua.handover(log, registry, "2000-01-01")


@pytest.mark.parametrize("at", ["1999-01-04T09:00", "2041-01-01T08:00", "2999-01-01T08:00"])
def test_a_time_that_no_calendar_covers_is_told_whenever_the_register_ends(at):
    log = motcua.EventLog([accepted("A", at="2025-06-20T09:00", agency="24829"), accepted("E", at=at)])
    assert [row.dossier for row in motcua.handover(log, motcua.Registry.national(), "2025-07-01").transferred] == ["A"]
    register = motcua.DossierRegister(log, as_of="2025-07-02T00:00")
    (problem,) = register.problems
    assert (problem.event, problem.field, problem.value) == ("eE-accept", "at", at)
    assert problem.expected == "a time from 2004-01-01 to 2040-12-31"
    assert register.dossier("A").status == 2


def test_a_limit_is_refused_by_its_own_name():
    for limit, expected in (("99999wd", "a limit that ends by 2040-12-31"), ("3w", "one of the units")):
        (problem,) = motcua.DossierRegister(motcua.EventLog([accepted("A", limit=limit)])).problems
        assert (problem.field, problem.value) == ("limit", limit) and expected in problem.expected


def test_a_unit_from_before_the_registry_is_listed_and_not_guessed():
    log = motcua.EventLog([accepted("A", at="2004-02-02T09:00", agency="24829")])
    report = motcua.handover(log, motcua.Registry.national(), "2025-07-01")
    assert ([row.dossier for row in report.undecided], report.transferred) == (["A"], [])


def test_many_events_are_read_and_folded_in_a_breath(tmp_path):
    # A smoke bound with a wide margin; the benchmarks measure.
    import time

    path = tmp_path / "many.jsonl"
    with open(path, "w", encoding="utf-8") as file:
        for n in range(25_000):
            day = 1 + n % 28
            head = f'{{"id":"e{n}-%s","dossier":"D{n:06}","kind":"%s","at":"2025-07-{day:02}T%s","agency":"24820"%s}}\n'
            file.write(head % ("a", "accept", "08:00", ',"procedure":"P","channel":1,"limit":"5wd"'))
            file.write(head % ("f", "forward", "09:00", ""))
            file.write(head % ("r", "finish", "15:00", ""))
    started = time.perf_counter()
    log = motcua.EventLog.read(path)
    dossiers = motcua.DossierRegister(log)
    elapsed = time.perf_counter() - started
    assert len(log) == 75_000 and len(dossiers) == 25_000 and not dossiers.problems
    assert elapsed < 5


def test_under_a_checked_fee_acceptance_and_hand_over_wait_for_what_is_said():
    machine = motcua.Machine.national(fee="checked")

    def status_after(*events):
        dossier = motcua.DossierRegister(motcua.EventLog(events), machine=machine).dossier("D")
        return dossier.status

    online = event(1, "D", "submit", "2025-07-01T08:00", procedure="P", channel=2)
    accept = event(2, "D", "accept", "2025-07-01T09:00", limit="5wd")
    assert status_after(online, accept) == 1
    assert status_after(online, {**accept, "fee_paid": True}) == 2
    assert status_after(online, {**accept, "fee_paid": False}) == 1
    assert status_after(online, event(3, "D", "paid", "2025-07-01T08:30"), accept) == 2
    work = [
        online,
        {**accept, "fee_paid": True},
        event(4, "D", "forward", "2025-07-01T10:00"),
        event(5, "D", "finish", "2025-07-02T10:00"),
    ]
    hand_over = event(6, "D", "hand_over", "2025-07-03T10:00")
    assert status_after(*work, {**hand_over, "fee_paid": True}) == 9
    assert status_after(*work, {**hand_over, "fee_paid": True, "result_ready": True}) == 10
    log = motcua.EventLog([online, {**accept, "fee_paid": "yes"}])
    (problem,) = motcua.DossierRegister(log, machine=machine).problems
    assert (problem.field, problem.value) == ("fee_paid", '"yes"')


@pytest.mark.parametrize(
    "wrong", [{"calendar": 5}, {"calendar": {"days_off": []}}, {"calendars": {"A": 1}}, {"machine": "x"}, {"log": None}]
)
def test_a_register_refuses_what_is_not_what_it_asks_for(wrong):
    with pytest.raises(TypeError, match=next(iter(wrong))):
        motcua.DossierRegister(**{"log": motcua.EventLog(), **wrong})


def test_a_silence_that_is_no_limit_is_refused_at_once():
    with pytest.raises(motcua.InvalidArgument, match="xx"):
        motcua.Machine.national(silence="xx")
