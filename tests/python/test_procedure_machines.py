"""Procedures with machines of their own in one register, beside the national machine."""

import random

import pytest

import motcua
from motcua.cli import main

DESKS = """machine Two desks
procedure X
state here 2 Tại quầy
state back_office 4 Tại phòng
state back_later 4 Phòng khác
state done 10 Xong
none + accept [counter] / start -> here by one_stop_officer because art. 16
here + forward -> back_office by one_stop_officer because art. 18
back_office + forward -> back_later by specialist because art. 19
back_later + hand_over / end -> done by agency_head because art. 22
here | back_office + transfer -> same by system because a merger
"""
ONLINE = """machine Online
procedure Y
state waiting 1
state taken 2
state done 10
none + submit -> waiting by applicant because art. 17.2
waiting + accept / start -> taken by one_stop_officer because art. 17.3
taken + hand_over / end -> done by one_stop_officer because art. 22
"""
X, Y = motcua.Machine.parse(DESKS), motcua.Machine.parse(ONLINE)
OWN = {"X": X, "Y": Y}


def life(dossier, procedure, path, first="2025-07-01"):
    events = []
    for k, kind in enumerate(path.split()):
        event = {
            "id": f"{dossier}/{k}",
            "dossier": dossier,
            "kind": kind,
            "at": f"{first}T{8 + k:02}:00",
            "agency": "A",
        }
        if k == 0:
            event |= {"procedure": procedure, "channel": 2 if kind == "submit" else 1}
        if kind == "accept":
            event["limit"] = "5wd"
        events.append(event)
    return events


LIVES = {
    "x": ("X", "accept forward forward hand_over"),
    "y": ("Y", "submit accept hand_over"),
    "z": ("Z", "accept forward finish hand_over"),
    "x-national": ("X", "accept forward finish"),  # X knows no finish
    "y-national": ("Y", "accept"),  # nor Y an acceptance without submission
}
STATES = {"x": "done", "y": "done", "z": "handed_over", "x-national": "back_office"}


def outline(register):
    table = register.table()
    rows = zip(*(table[name].tolist() for name in ("dossier", "status", "due", "outcome", "visits")))
    return list(rows), sorted((p.event, p.field, p.value, p.expected) for p in register.problems)


def events():
    return [event for name, (procedure, path) in LIVES.items() for event in life(name, procedure, path)]


def test_each_procedure_by_its_machine():
    register = motcua.DossierRegister(motcua.EventLog(events()), machine=OWN)
    assert {id: register.dossier(id).state for id in STATES} == STATES
    assert [e.state for e in register.dossier("x").history] == ["here", "back_office", "back_later", "done"]
    assert [(p.event, p.expected) for p in register.problems] == [
        ("x-national/2", "in state back_office, status 4 (in_processing): forward, transfer"),
        ("y-national/0", "in status 0 (none): submit"),
    ]
    assert register.dossier("x").allowed() == () and "forward" in register.dossier("x-national").allowed()
    assert register.dossier("z").allowed() == ()
    # A machine for all folds all.
    everyone = motcua.Machine.parse(DESKS.replace("procedure X\n", ""))
    assert (
        motcua.DossierRegister(motcua.EventLog(life("z", "Z", "accept forward")), machine=everyone).dossier("z").state
        == "back_office"
    )


def test_a_machine_that_names_procedures_is_for_those_alone():
    register = motcua.DossierRegister(motcua.EventLog(events()), machine=X)
    assert register.dossier("x").state == "done" and register.dossier("z").state == "handed_over"
    assert register.dossier("y").state == "accepted"  # submit, accept; the national machine finishes first
    # The same by name.
    assert outline(register) == outline(motcua.DossierRegister(motcua.EventLog(events()), machine={"X": X}))


def test_the_default_of_a_mapping():
    stopped = life("z", "Z", "accept forward stop resume")
    for machine, state in (
        ({**OWN}, "stopped"),
        ({**OWN, None: motcua.Machine.national(stop="resumable")}, "in_processing"),
    ):
        assert motcua.DossierRegister(motcua.EventLog(stopped), machine=machine).dossier("z").state == state


def test_neither_order_nor_cut_matters():
    draw = random.Random(5)
    whole = events()
    expected = outline(motcua.DossierRegister(motcua.EventLog(whole), machine=OWN))
    for _ in range(20):
        shuffled = draw.sample(whole, len(whole)) + draw.sample(whole, 3)
        log = motcua.EventLog(shuffled)
        assert outline(motcua.DossierRegister(log, machine=OWN, as_of="2025-07-01T11:00")) == expected
    for cut in range(8, 12):
        at = f"2025-07-01T{cut:02}:00"
        prefix = [event for event in whole if event["at"] <= at]
        log = motcua.EventLog(prefix)
        so_far = outline(motcua.DossierRegister(log, machine=OWN, as_of=at))
        assert so_far == outline(motcua.DossierRegister(motcua.EventLog(whole), machine=OWN, as_of=at))
        log.append(event for event in whole if event["at"] > at)
        assert outline(motcua.DossierRegister(log, machine=OWN, as_of="2025-07-01T11:00")) == expected


def test_a_procedure_corrected_before_acceptance_takes_its_machine():
    national = {"N": motcua.Machine.national(supplement="shift")}
    correct = [
        {**life("d", "Y", "submit accept hand_over")[0]},
        {**life("d", "Z", "submit accept")[1], "procedure": "Z"},
    ]
    d = motcua.DossierRegister(motcua.EventLog(correct), machine={**OWN, **national}).dossier("d")
    assert (d.state, d.procedure, d.marks) == ("accepted", "Z", ("procedure_changed",))
    assert [e.state for e in d.history] == ["waiting", "accepted"]
    # X has no state of status 1, so the dossier cannot go on by it: the event changes nothing.
    wrong = [correct[0], {**correct[1], "procedure": "X"}, life("d", "Y", "submit hand_over accept")[2]]
    register = motcua.DossierRegister(motcua.EventLog(wrong), machine=OWN)
    (problem,) = register.problems
    assert (problem.event, problem.field, problem.value) == ("d/1", "procedure", "X")
    assert problem.expected == "a procedure whose machine has the dossier's state, state waiting, status 1 (new)"
    assert register.dossier("d").state == "taken"


def test_a_supplement_in_reception_survives_the_correction():
    asked = life("d", "P", "submit request_supplement supply accept")
    for event in asked[3:]:
        event["procedure"] = "Q"
    machines = {"Q": motcua.Machine.national(withdrawal="finished_9")}
    register = motcua.DossierRegister(motcua.EventLog(asked), machine=machines)
    assert register.problems == [] and register.dossier("d").state == "accepted"
    moved = [*asked[:2], {**asked[2], "procedure": "Q"}, *asked[3:]]
    register = motcua.DossierRegister(motcua.EventLog(moved), machine=machines)
    assert register.problems == [] and [e.status for e in register.dossier("d").history] == [1, 5, 1, 2]


def test_the_silence_is_that_of_the_machine():
    log = motcua.EventLog(life("a", "P", "accept request_supplement") + life("b", "Q", "accept request_supplement"))
    register = motcua.DossierRegister(log, machine={"Q": motcua.Machine.national(silence="15wd")})
    # 15 days after Tuesday 2025-07-01: Wednesday 16; 15 working days: Tuesday 22.
    assert [register.dossier(id).answer_due.date().isoformat() for id in "ab"] == ["2025-07-16", "2025-07-22"]


def test_handover_asks_the_machine_of_each():
    log = motcua.EventLog(
        [
            {**e, "agency": "24829"}
            for id in ("x", "x-national")
            for e in life(id, "X", LIVES[id][1][: 22 if id == "x" else 14], "2025-06-25")
        ]
    )
    registry = motcua.Registry.national()
    report = motcua.handover(log, registry, "2025-07-01", machine=OWN)
    assert [row.dossier for row in report.transferred] == ["x-national"]  # back_later knows no transfer
    assert motcua.DossierRegister(log, machine=OWN).problems == []


def test_a_journal_with_machines(tmp_path):
    with motcua.Journal.open(tmp_path / "j.db", machine=OWN) as journal:
        journal.append(events())
        assert {id: journal.dossier(id).state for id in STATES} == STATES
        assert outline(journal.register()) == outline(motcua.DossierRegister(motcua.EventLog(events()), machine=OWN))


def test_the_command_takes_several(tmp_path, capsys):
    (tmp_path / "x.machine").write_text(DESKS, encoding="utf-8")
    (tmp_path / "y.machine").write_text(ONLINE, encoding="utf-8")
    log = str(tmp_path / "events.jsonl")
    motcua.EventLog(events()).write(log)
    files = [word for name in "xy" for word in ("--machine", str(tmp_path / f"{name}.machine"))]
    for id in ("x", "y"):
        assert main(["dossier", log, id, *files]) == 0
        assert "[done]" in capsys.readouterr().out
    assert main(["dossier", log, "z", *files, "--machine", "stop=resumable"]) == 0
    capsys.readouterr()
    assert main(["dossier", log, "x", *files[:2], *files[:2]]) == 2
    assert "expected one machine for X" in capsys.readouterr().err
    assert main(["dossier", log, "x", "--machine", str(tmp_path / "none")]) == 2


@pytest.mark.parametrize(
    ("machine", "error", "message"),
    [
        ({"X": "x"}, motcua.WrongType, r"machine\['X'\]: expected a motcua.Machine, found str"),
        ({5: X}, motcua.Error, "machine"),
        (5, motcua.WrongType, "a mapping of procedure to Machine, found int"),
        ({"X": Y, None: X}, motcua.InvalidArgument, "machine of procedure 'X': expected one machine a procedure"),
        ({"X": motcua.Machine.national(silence="15d")}, None, ""),
    ],
)
def test_what_is_refused(machine, error, message):
    if error is None:
        assert len(motcua.DossierRegister(motcua.EventLog(), machine=machine)) == 0
        return
    with pytest.raises(error, match=message):
        motcua.DossierRegister(motcua.EventLog(), machine=machine)
