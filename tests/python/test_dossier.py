"""One dossier: causes, steps, details that are refused, the command, and events that are garbage."""

import json
import random

import pytest

import motcua
from motcua.cli import main


def event(id, kind, at, **more):
    return {"id": id, "dossier": "D", "kind": kind, "at": at, "agency": "A", **more}


ACCEPT = event("1", "accept", "2025-07-01T08:00", procedure="P", channel=1, limit="5wd", actor="Nguyễn Văn A")
STEPS = {"P": [{"name": "Tiếp nhận", "limit": "0.5wd"}, {"name": "Thẩm định", "limit": "2wd"}, {"name": "Trả kết quả"}]}


def test_steps_that_are_no_steps(tmp_path):
    for row, message in [
        ({"name": "A", "limt": "1wd"}, "procedure P, step key 'limt': expected one of"),
        ({"name": "A", "time_unit": "working_day"}, "step time_value '': expected an amount of working_day"),
    ]:
        with pytest.raises(motcua.InvalidArgument, match=message):
            motcua.step_rows({"P": [row]})
    head = "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\n"
    table = tmp_path / "steps.tsv"
    for text, message in [
        ("", "line 1: expected a column named code"),
        (head.replace("time_value", "value"), "line 1: expected a column named time_value"),
        (head + "P\t1\tA\tB\t2\tworking_day\nP\t2\tA\n", "line 3: expected 6 columns"),
        (head + "P\t1\tA\tB\t2\tday\tmore\n", "line 2: expected 6 columns"),
    ]:
        table.write_text(text)
        with pytest.raises(motcua.MalformedData, match=message):
            motcua.step_rows(table)
    table.write_text(head + "P\t1\tA\tB\t2\tworking_day\n")
    assert motcua.step_rows(table) == [("P", 1, "A", "B", "2wd", "", 0)]


def test_every_fact_has_the_event_that_caused_it():
    log = motcua.EventLog(
        [
            {**ACCEPT, "competent": "B"},
            event("2", "forward", "2025-07-01T09:00", agency="B"),
            event("3", "request_supplement", "2025-07-02T09:00", agency="B"),
            event("4", "supply", "2025-07-04T09:00", agency="B"),
            event("5", "extend", "2025-07-07T09:00", due="2025-07-20T17:30"),
            event("6", "finish", "2025-07-10T09:00", agency="B"),
            event("7", "hand_over", "2025-07-11T09:00"),
        ]
    )
    d = motcua.DossierRegister(log, steps=STEPS).dossier("D")
    assert d.causes == {
        "status": "7", "holder": "2", "competent": "1", "deadline": "5", "original_due": "1", "accepted_at": "1",
        "extended": "5", "finished_at": "6", "handed_over_at": "7", "step": "7", "trips": ["1", "4", "7"],
        "supplements": ["3"],
    }  # fmt: skip
    assert [(s.number, s.begun_by, s.ended_by) for s in d.steps] == [(1, "1", "2"), (2, "2", "6"), (3, "6", "7")]
    assert d.apology_by is None and d.history[0].actor == "Nguyễn Văn A"
    open_one = motcua.DossierRegister(motcua.EventLog([ACCEPT])).dossier("D")
    with pytest.raises(motcua.InvalidArgument, match="NaT"):
        open_one.allowed(at="NaT")
    assert open_one.apology_by.isoformat() == "2025-07-07"
    assert open_one.steps == [] and open_one.step is None


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"competent": 7}, "competent", "7"),
        ({"step": "two"}, "step", '"two"'),
        ({"step": 0}, "step", "0"),
        ({"step": 256}, "step", "256"),
        ({"step": 9}, "step", "9"),
        ({"done": 2}, "done", "2"),
    ],
)
def test_details_of_the_wrong_form_refuse_the_event(more, field, value):
    log = motcua.EventLog([ACCEPT, event("2", "forward", "2025-07-01T09:00", **more)])
    register = motcua.DossierRegister(log, steps=STEPS)
    assert [(p.event, p.field, p.value) for p in register.problems] == [("2", field, value)]
    assert register.dossier("D").status == 2 and register.dossier("D").step == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"number": 0, "name": "x"}], "number '0'"),
        ([{"number": 1}, {"number": 1}], "each number once"),
        ([{"number": "x"}], "step number '?x"),
        ([{"number": 1, "limit": "soon"}], "limit 'soon'"),
        ([{"number": 1, "after": [2]}, {"number": 2}], "after '2'"),
        ([{"number": 1}, {"number": 2, "shares": 1}], "shares '1'"),
        ([{"number": 1, "time_value": 2, "time_unit": "moon"}], "time_unit 'moon'"),
        ([{"number": 300}], "step '300'"),
        ([{"number": 1}, {"number": 2, "after": "1;2"}], "after '1;2'"),
    ],
)
def test_processes_that_are_refused(rows, message):
    with pytest.raises(motcua.InvalidArgument, match=message):
        motcua.DossierRegister(motcua.EventLog([ACCEPT]), steps={"P": rows})


def test_a_reception_limit_that_is_none():
    with pytest.raises(motcua.InvalidArgument):
        motcua.DossierRegister(motcua.EventLog([ACCEPT]), reception="soon")


@pytest.fixture
def events_file(tmp_path):
    path = tmp_path / "events.jsonl"
    rows = [ACCEPT, event("2", "forward", "2025-07-01T09:00"), event("3", "hand_over", "2025-07-02T09:00")]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return str(path)


def test_the_command_prints_a_history(events_file, capsys):
    assert main(["dossier", events_file, "D"]) == 1  # an event was refused
    out = capsys.readouterr().out
    assert "D  4 Đang xử lý" in out and "due: 2025-07-08 17:30" in out and "trips: 1" in out
    lines = out.splitlines()
    assert any("2025-07-01 08:00  accept" in line and "0 > 2" in line and "118/2025" in line for line in lines)
    assert any("hand_over" in line and "refused" in line and "in status 4" in line for line in lines)
    assert any("accept" in line and "Nguyễn Văn A" in line for line in lines)
    assert main(["dossier", events_file, "D", "--json", "--at", "2025-07-01T10:00"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["status"] == 4 and found["deadline"] == "2025-07-08T17:30" and len(found["history"]) == 2
    assert "actor" not in found["history"][0] and found["causes"]["status"] == "2"


def test_the_command_with_steps_and_readings(events_file, tmp_path, capsys):
    table = tmp_path / "steps.tsv"
    table.write_text(
        "code\tstep_no\tstep_name_vi\tagency\ttime_value\ttime_unit\tsource\n"
        "P\t1\tTiếp nhận\tA\t0.5\tworking_day\ts\nP\t2\tThẩm định\tB\t16\tworking_hour\ts\n"
        "P\t3\tTrả\tA\t0\tuntimed\ts\n",
        encoding="utf-8",
    )
    assert main(["dossier", events_file, "D", "--steps", str(table), "--machine", "stop=resumable"]) == 1
    out = capsys.readouterr().out
    assert "Thẩm định" in out and "2025-07-03 09:00" in out


def test_the_command_after_a_transfer_with_control_characters(tmp_path, capsys):
    path = tmp_path / "events.jsonl"
    rows = [
        {**ACCEPT, "note": "red \x1b[31m"},
        event("2", "transfer", "2025-07-01T09:00", agency="N"),
        event("3", "forward", "2025-07-01T10:00", agency="N"),
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    main(["dossier", str(path), "D"])
    out = capsys.readouterr().out
    assert "received by: A  taken over by: N (2025-07-01)" in out
    assert "\x1b" not in out and "(red \\x1b[31m)" in out
    main(["dossier", str(path), "D", "--json"])
    assert "red" not in capsys.readouterr().out


MACHINE = """machine two desks
procedure P
state here 2 Tại quầy
state back_office 4 Tại phòng
state done 10 Xong
none + accept [counter] / start -> here by one_stop_officer because art. 16
here + forward -> back_office by one_stop_officer because art. 18
back_office + hand_over / end -> done by agency_head because art. 22
"""


def test_the_state_of_an_own_machine(tmp_path, events_file, capsys):
    machine, steps = tmp_path / "own.machine", tmp_path / "steps.tsv"
    machine.write_text(MACHINE, encoding="utf-8-sig")  # with a byte order mark, as Windows programs write
    head = "code\tstep_no\tstep_name_vi\ttime_value\ttime_unit\n"
    steps.write_text(head + "P\t1\tMột\t0\tuntimed\n", encoding="utf-8-sig")
    log = motcua.EventLog.read(events_file)
    d = motcua.DossierRegister(log, machine=motcua.Machine.read(machine), steps=str(steps)).dossier("D")
    assert d.state == "done" and [e.state for e in d.history] == ["here", "back_office", "done"]
    assert [s.name for s in d.steps] == ["Một"]
    assert motcua.DossierRegister(motcua.EventLog([ACCEPT])).dossier("D").state == "accepted"
    assert main(["dossier", events_file, "D", "--machine", str(machine)]) == 0
    out = capsys.readouterr().out
    assert "[done]" in out and "2 > 4 [back_office]" in out
    # The role is the machine's too: an agency's head hands over here, by no right of the nation's table.
    before = motcua.DossierRegister(log, machine=motcua.Machine.read(machine), as_of="2025-07-01T10:00").dossier("D")
    rows = [{"id": role, "agency": "A", "roles": role} for role in ("one_stop_officer", "agency_head")]
    accounts = motcua.Accounts(rows)
    refused = before.allowed("one_stop_officer", accounts=accounts).refused["hand_over"]
    assert refused.rule == "machine" and "agency_head" in refused.reason
    assert before.allowed("agency_head", accounts=accounts).refused["hand_over"].rule == "role"


def test_the_role_of_the_row_is_asked_too():
    log = motcua.EventLog([ACCEPT])
    d = motcua.DossierRegister(log).dossier("D")
    rows = [
        {"id": "cv", "agency": "A", "roles": "specialist"},
        {"id": "both", "agency": "A", "roles": ["specialist", "one_stop_officer"]},
        {"id": "head", "agency": "A", "roles": "one_stop_head"},
        {"id": "lent", "agency": "A", "roles": "specialist"},
        {"id": "clerk", "agency": "A", "roles": "clerk"},
    ]
    accounts = motcua.Accounts(rows, delegations=[{"from": "head", "to": "lent"}])
    # In status 2 the one-stop unit sends the dossier on; a specialist has that right in status 4 alone.
    refused = d.allowed("cv", accounts=accounts).refused["forward"]
    assert refused.rule == "machine" and "one_stop_officer" in refused.reason
    for id in ("both", "head", "lent", "clerk"):
        assert "forward" in d.allowed(id, accounts=accounts), id


def test_a_steps_file_is_told_by_name(tmp_path):
    bad, latin = tmp_path / "bad.tsv", tmp_path / "latin.tsv"
    bad.write_text("code\tstep_no\ttime_value\ttime_unit\nP\tx\t1\tworking_day\n", encoding="utf-8")
    latin.write_bytes(b"code\tstep_no\tstep_name_vi\nP\t1\tB\xe0\n")
    log = motcua.EventLog([ACCEPT])
    with pytest.raises(motcua.InvalidArgument, match="bad.tsv: procedure P"):
        motcua.DossierRegister(log, steps=str(bad))
    with pytest.raises(motcua.MalformedData, match="latin.tsv line 2: expected UTF-8"):
        motcua.DossierRegister(log, steps=str(latin))
    with pytest.raises(OSError):
        motcua.DossierRegister(log, steps=str(tmp_path / "none.tsv"))


def test_times_that_are_none():
    with pytest.raises(motcua.InvalidArgument, match="as_of 'NaT'"):
        motcua.DossierRegister(motcua.EventLog([ACCEPT]), as_of="NaT")
    log = motcua.EventLog([ACCEPT, event("2", "extend", "2025-07-02T09:00", due="2999-01-01T17:30")])
    register = motcua.DossierRegister(log)
    assert [(p.event, p.field, p.value) for p in register.problems] == [("2", "due", "2999-01-01T17:30")]
    assert not register.dossier("D").extended


@pytest.mark.parametrize(
    "arguments", [["X"], ["D", "--machine", "stop"], ["D", "--machine", "stop=never"], ["D", "--at", "noon"]]
)
def test_what_the_command_refuses(events_file, arguments, capsys):
    assert main(["dossier", events_file, *arguments]) == 2
    assert capsys.readouterr().err.startswith("motcua dossier: ")


def test_garbage_is_reported_and_harms_nothing():
    draw = random.Random(17)
    good = json.dumps({**ACCEPT, "step": 1, "competent": "B", "nested": {"a": [1, '}{,:"\\']}}, ensure_ascii=False)
    raw = good.encode()
    for round in range(400):
        line = bytearray(raw)
        for _ in range(draw.randrange(1, 6)):
            at = draw.randrange(len(line))
            action = draw.randrange(4)
            if action == 0:
                line[at] = draw.randrange(256)
            elif action == 1:
                del line[at:]
            elif action == 2:
                line[at:at] = bytes(draw.randrange(256) for _ in range(draw.randrange(9)))
            else:
                line[at:at] = line[: draw.randrange(len(line) + 1)]
            if not line:
                line = bytearray(b"{")
        text = (
            bytes(line).replace(b"\n", b" ") + b"\n" + raw.replace(b'"1"', b'"last"', 1).replace(b'"D"', b'"E"') + b"\n"
        )
        log = read_bytes(text)
        assert any(one["id"] == "last" for one in log), bytes(line)
        register = motcua.DossierRegister(log, steps=STEPS)
        assert register.dossier("E").status == 2
        for id in register.table()["dossier"]:
            d = register.dossier(id)
            assert d.allowed().decisions and d.history is not None
        register.problems  # readable whatever was in the line


def read_bytes(text):
    import os
    import tempfile

    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
        file.write(text)
    try:
        return motcua.EventLog.read(file.name)
    finally:
        os.unlink(file.name)


def test_huge_values_are_taken_or_refused_whole():
    long = "x" * 5_000_000
    log = motcua.EventLog([{**ACCEPT, "note": long, "extra_text": long}, {**ACCEPT, "id": long}])
    assert len(log) == 1 and [p.field for p in log.problems] == ["id"]
    deep = "[" * 5000 + "]" * 5000
    log = read_bytes((json.dumps(ACCEPT)[:-1] + f', "deep": {deep}}}\n').encode())
    assert len(log) == 0 and log.problems


def test_the_command_tells_what_of_the_dossier_it_could_not_read(tmp_path, capsys):
    bad = event("2", "forward", "2025-07-01", note="Nguyễn Văn A")
    sound = json.dumps(ACCEPT)
    soon = ["--at", "2025-07-01T09:00", "--json"]
    for line, known in [
        (json.dumps(bad), True),
        ("{", False),  # whose it is nobody can tell: it may be this one's
        (json.dumps({**bad, "dossier": 5}), False),
    ]:
        file = tmp_path / "events.jsonl"
        file.write_text(f"{sound}\n{line}\n", encoding="utf-8")
        assert main(["dossier", str(file), "D", *soon]) == 1
        problems = json.loads(capsys.readouterr().out)["problems"]
        assert {problem["line"] for problem in problems} == {2} and "Nguyễn" not in str(problems)
        assert not known or (problems[0]["event"], problems[0]["field"]) == ("2", "at")
    file.write_text(f"{sound}\n{json.dumps({**bad, 'dossier': 'E'})}\n", encoding="utf-8")
    assert main(["dossier", str(file), "D", *soon]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["problems"] == [] and "line 2: at" in said.err


@pytest.mark.parametrize("withdrawal, status", [("status_7", 7), ("finished_9", 9)])
def test_the_result_tells_how_a_dossier_ended(withdrawal, status):
    """portal.md 2.1: a system that stores a withdrawal as 9 says so in the type of the result."""
    machine = motcua.Machine.national(withdrawal=withdrawal)
    accepted = {"id": "1", "kind": "accept", "at": "2025-07-01T08:15", "procedure": "P", "channel": 1, "limit": "5wd"}
    forwarded = {"id": "2", "kind": "forward", "at": "2025-07-01T09:00"}
    for kind, result, ends_in in (
        ("withdraw", "withdrawn", status),
        ("finish", "granted", 9),
        ("stop", "refused", 8),
        ("request_supplement", None, 5),
    ):
        last = {"id": "3", "kind": kind, "at": "2025-07-02T09:00"}
        events = [event | {"dossier": "D", "agency": "24820"} for event in (accepted, forwarded, last)]
        dossier = motcua.DossierRegister(motcua.EventLog(events), machine=machine).dossier("D")
        assert (dossier.result, dossier.status) == (result, ends_in)
