import json
import random
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import motcua
from motcua import cli

OWN = """machine Cấp giấy phép xây dựng
procedure 1.013236
state received  2 Được tiếp nhận
state on_site   4 Thẩm định thực tế
state decided   9
state handed_over 10
none + accept [counter] / start -> received by one_stop_officer visit
    because Decree 118/2025/NĐ-CP art. 17.3
received + forward -> on_site by one_stop_officer because art. 18
on_site | received + extend [first_extension, day_before] / extend -> same by one_stop_head because art. 19.6
received | on_site + finish / end -> decided by agency_head because art. 19, 22
decided + hand_over -> handed_over by result_returner visit because art. 22
"""
# The result is passed on for ever.
CIRCLE = OWN.replace("state handed_over 10\n", "").replace(
    "decided + hand_over -> handed_over by result_returner visit", "decided + forward -> decided by specialist"
)
OPTIONS = {
    "stop": ("terminal", "resumable"),
    "withdrawal": ("status_7", "finished_9"),
    "fee": ("unchecked", "checked"),
}


def test_the_national_machine_is_a_table_with_sources():
    machine = motcua.Machine.national()
    assert machine.check() == []
    rows = machine.transitions()
    assert all(row.source for row in rows)
    accept = next(row for row in rows if (row.source_status, row.event) == (1, "accept"))
    assert (accept.to, accept.role, accept.clock) == ("2", "one_stop_officer", "start")
    withdraw = next(row for row in rows if (row.source_status, row.event) == (4, "withdraw"))
    assert withdraw.roles == ("applicant", "one_stop_officer", "one_stop_head")
    assert [state.status for state in machine.states()] == list(range(11))
    assert machine.states()[4].title == "Đang xử lý"
    assert [state.status for state in machine.states() if state.terminal] == [3, 7, 8, 10]


@pytest.mark.parametrize("option", OPTIONS)
def test_the_contradictions_are_options(option):
    first, other = OPTIONS[option]
    assert motcua.Machine.national(**{option: first}).transitions() == motcua.Machine.national().transitions()
    changed = motcua.Machine.national(**{option: other})
    assert changed.transitions() != motcua.Machine.national().transitions()
    assert changed.check() == []
    with pytest.raises(motcua.InvalidArgument, match=f"{option} 'perhaps'"):
        motcua.Machine.national(**{option: "perhaps"})


def test_decides_with_reasons():
    machine = motcua.Machine.national()
    assert machine.decide("new", "accept", "one_stop_officer")
    assert machine.decide(1, "accept").transition.to == "2"
    assert machine.decide("new", "accept", "specialist")[:3] == (False, "role", "one_stop_officer+one_stop_head")
    assert machine.decide("none", "accept")[:3] == (False, "guard", "counter")
    assert machine.decide("none", "accept", counter=True).allowed
    assert machine.decide("handed_over", "forward")[:3] == (False, "no_transition", "nothing")
    late = machine.decide("in_processing", "extend", "one_stop_head", day_before=False)
    assert (late.rule, late.reason) == ("guard", "day_before")
    assert machine.decide("awaiting_supplement", "supply", asked_in=4).transition.clock == "restart"
    checked = motcua.Machine.national(fee="checked")
    assert checked.decide(9, "hand_over", result_ready=False).reason == "result_ready"
    assert checked.decide(1, "accept", fee_paid=False).reason == "fee_paid"
    for wrong in (
        dict(state="nowhere", event="accept"),
        dict(state=1, event="approve"),
        dict(state=44, event="accept"),
    ):
        with pytest.raises(motcua.InvalidArgument):
            machine.decide(**wrong)
    with pytest.raises(motcua.InvalidArgument, match="role 'king'"):
        machine.decide(1, "accept", "king")
    with pytest.raises(motcua.InvalidArgument, match="asked_in"):
        machine.decide(1, "accept", asked_in=2**40)


def test_a_procedure_brings_its_own_machine():
    machine = motcua.Machine.parse(OWN)
    assert (machine.name, machine.procedures) == ("Cấp giấy phép xây dựng", ("1.013236",))
    assert [state.name for state in machine.states()] == ["none", "received", "on_site", "decided", "handed_over"]
    assert machine.decide("on_site", "finish", "agency_head")
    assert motcua.Machine.parse(machine.to_text()).to_text() == machine.to_text()
    assert motcua.Machine.parse(OWN.encode()).name == machine.name
    with pytest.raises(motcua.MalformedData, match="line 7, guard 'if_paid'"):
        motcua.Machine.parse(OWN.replace("counter", "if_paid"))
    with pytest.raises(motcua.MalformedData, match="a way to an end"):
        motcua.Machine.parse(CIRCLE)
    with pytest.raises(motcua.InvalidArgument, match="expected str or bytes"):
        motcua.Machine.parse(7)


def test_findings_have_kinds_and_ways():
    found = {problem.kind: problem for problem in motcua.Machine.draft(CIRCLE).check()}
    assert found["dead_end"].value in ("accept", "accept, finish")  # of the first state named
    assert found["dead_end"].where == "events"
    idle = motcua.Machine.draft(OWN.replace("state decided", "state idle 4\nstate decided"))
    assert [(problem.kind, problem.value) for problem in idle.check()] == [("unreachable_state", "idle")]


def test_promises_tell_counterexamples():
    promises = {promise.state: promise for promise in motcua.Machine.national().promises()}
    assert all(promise.answered for promise in promises.values())
    assert set(promises["in_processing"].late_without_apology) == {"spent", "sent_back"}
    assert promises["awaiting_payment"].late_without_apology == {}
    assert promises["accepted"].late_without_apology["spent"].startswith("accept, extend, ")
    own = {promise.state: promise for promise in motcua.Machine.parse(OWN).promises()}
    assert set(own["on_site"].late_without_apology) == {"spent"}


def test_drawings_are_well_formed():
    for machine in (motcua.Machine.national(), motcua.Machine.national(stop="resumable"), motcua.Machine.parse(OWN)):
        root = ElementTree.fromstring(machine.to_svg())
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        texts = " ".join(root.itertext())
        for state in machine.states()[1:]:
            used = any(state.name in (row.from_state, row.to_state) for row in machine.transitions())
            assert not used or state.name in texts
        for row in machine.transitions():
            assert row.event in texts and row.source in texts
        assert machine.to_mermaid().startswith("stateDiagram-v2\n")


def test_the_command_shows_checks_and_draws(tmp_path, capsys):
    assert cli.main(["machine"]) == 0
    shown = capsys.readouterr().out
    assert "one_stop_officer" in shown and "late without an apology being due (spent)" in shown
    svg, mermaid = tmp_path / "m.svg", tmp_path / "m.mmd"
    assert cli.main(["machine", "--svg", str(svg), "--mermaid", str(mermaid)]) == 0
    assert svg.read_text(encoding="utf-8") == motcua.Machine.national().to_svg()
    assert mermaid.read_text(encoding="utf-8") == motcua.Machine.national().to_mermaid()
    capsys.readouterr()
    own = tmp_path / "own.machine"
    own.write_text(OWN, encoding="utf-8")
    assert cli.main(["machine", str(own), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["name"] == "Cấp giấy phép xây dựng" and plain["problems"] == []
    own.write_text(OWN.replace(" / end", ""), encoding="utf-8")
    assert cli.main(["machine", str(own)]) == 1
    assert "clock_runs_at_end" in capsys.readouterr().err
    own.write_text("none + nothing", encoding="utf-8")
    assert cli.main(["machine", str(own)]) == 2
    assert cli.main(["machine", str(tmp_path / "absent")]) == 2


def test_any_text_is_read_or_refused():
    rng = random.Random(5)
    for _ in range(300):
        data = bytearray(OWN.encode())
        for _ in range(rng.randrange(5)):
            data[rng.randrange(len(data))] = rng.randrange(256)
        if rng.random() < 0.3:
            del data[rng.randrange(len(data)) :]
        try:
            motcua.Machine.draft(bytes(data)).check()
        except motcua.MalformedData as error:
            assert str(error)
    with pytest.raises(motcua.MalformedData):
        motcua.Machine.draft("state a 2 \ud800")


@pytest.mark.parametrize("flag", "counter supplement_expired extended day_before fee_paid result_ready".split())
def test_what_a_guard_asks_about_is_true_or_false(flag):
    machine = motcua.Machine.national()
    for value in ("x", "", 1, 0, None, [True]):
        with pytest.raises(motcua.errors.WrongType, match=f"{flag}: expected True or False, found"):
            machine.decide("none", "accept", **{flag: value})
    assert machine.decide("none", "accept", counter=np.True_).allowed
