"""Handover: hints where a unit was split, agencies that decide, accounts, and both units' statistics."""

import pytest

import motcua

REGISTRY = motcua.Registry.national()
EVE, DAY = "2025-06-30", "2025-07-01"


def split_commune():
    for unit in REGISTRY.units(EVE, level="commune"):
        succession = REGISTRY.successors(unit.code, EVE, DAY)
        if succession.kind == "split":
            return unit.code, [edge.unit.code for edge in succession.edges]
    raise AssertionError("the reform of 2025 split communes")


SPLIT, PARTS = split_commune()


def accept(dossier, agency=SPLIT, at="2025-06-25T09:00", **more):
    return {"id": f"{dossier}-1", "dossier": dossier, "kind": "accept", "at": at, "agency": agency,
            "procedure": "P", "channel": 1, "limit": "10wd", **more}  # fmt: skip


def test_hints_decide_where_a_unit_was_split():
    events = [
        accept("chosen"),
        accept("hamlet", hamlet="Thôn 3"),
        accept("parcel", hamlet="Thôn 3", parcel="12/45"),
        accept("named", successor=PARTS[1]),
        accept("wrong"),
        accept("silent", hamlet="Thôn 9"),
    ]
    hints = [
        {"dossier": "chosen", "successor": PARTS[1], "source": "decision 7"},
        {"agency": SPLIT, "hamlet": "Thôn 3", "successor": PARTS[0]},
        {"agency": SPLIT, "parcel": "12/45", "successor": PARTS[1]},
        {"dossier": "wrong", "successor": "00004"},
    ]
    log = motcua.EventLog(events)
    report = motcua.handover(log, REGISTRY, DAY, hints=hints)
    assert {row.dossier: row.to for row in report.transferred} == {
        "chosen": PARTS[1],
        "hamlet": PARTS[0],
        "named": PARTS[1],
        "parcel": PARTS[1],  # the parcel says more than the hamlet
    }
    basis = {row.dossier: row.basis for row in report.transferred}
    assert basis["chosen"] == "hint by dossier: decision 7" and basis["hamlet"] == "hint by hamlet Thôn 3"
    assert [row.dossier for row in report.undecided] == ["silent", "wrong"]
    assert [code for code, _, _ in report.undecided[0].candidates] == PARTS
    size = len(log)
    again = motcua.handover(log, REGISTRY, DAY, hints=hints)
    assert again.transferred == [] and len(log) == size
    # Decided later: only the one that was left.
    later = motcua.handover(log, REGISTRY, DAY, hints=[{"dossier": "silent", "successor": PARTS[0]}])
    assert [row.dossier for row in later.transferred] == ["silent"]


def test_clocks_are_untouched_and_both_units_count_right():
    log = motcua.EventLog([accept("D"), accept("E")])
    before = motcua.DossierRegister(log, as_of="2025-07-10T08:00").dossier("D")
    motcua.handover(log, REGISTRY, DAY, hints=[{"dossier": id, "successor": PARTS[0]} for id in "DE"])
    log.append([{"id": "D-2", "dossier": "D", "kind": "finish", "at": "2025-07-03T10:00", "agency": PARTS[0]}])
    register = motcua.DossierRegister(log, as_of="2025-07-31T23:59")
    d = register.dossier("D")
    assert (d.deadline, d.original_due) == (before.deadline, before.original_due)
    assert d.history[1].reason and d.causes["holder"] == "handover:2025-07-01:D"
    june = motcua.statistics(register, "2025-06-01", EVE, by=("agency",))
    july = motcua.statistics(register, DAY, "2025-07-31", by=("agency",))
    assert [(row.agency, row.received, row.pending) for row in june] == [(SPLIT, 2, 2)]
    assert [(row.agency, row.carried_over, row.resolved, row.pending) for row in july] == [(PARTS[0], 2, 1, 1)]


def test_who_decides_passes_on_beside_who_holds():
    log = motcua.EventLog([accept("D", agency="H36.05", competent="24829")])  # Phường Lộc Sơn, into Phường B'Lao
    log.append([accept("E", agency="24826", competent="H36.05")])
    report = motcua.handover(log, REGISTRY, DAY, agencies={"H36.05": "H36.90"})
    register = motcua.DossierRegister(log)
    assert [(row.dossier, row.to) for row in report.transferred][0] == ("D", "H36.90")
    assert (register.dossier("D").holder, register.dossier("D").competent) == ("H36.90", "24829")
    assert register.dossier("E").competent == "H36.90"
    assert register.problems == []


def test_accounts_move_with_the_dossiers():
    acc = motcua.Accounts(
        [{"id": "u", "agency": SPLIT, "roles": "specialist"}, {"id": "v", "agency": SPLIT, "roles": "clerk"}]
    )
    log = motcua.EventLog([accept("D")])
    hints = [{"dossier": "D", "successor": PARTS[0]}, {"account": "u", "successor": PARTS[0]}]
    report = motcua.handover(log, REGISTRY, DAY, hints=hints, accounts=acc)
    assert [(m.account, m.to) for m in report.moved_accounts] == [("u", PARTS[0])]
    assert [m.account for m in report.undecided_accounts] == ["v"]
    log.append([{"id": "f", "dossier": "D", "kind": "forward", "at": "2025-07-01T09:00", "agency": PARTS[0]}])
    d = motcua.DossierRegister(log).dossier("D")
    assert "request_supplement" in d.allowed(report.accounts.account("u"))
    assert d.allowed(acc.account("u")).refused["request_supplement"].rule == "relation"


@pytest.mark.parametrize(
    ("hint", "message"),
    [
        ({"dossier": "D"}, "successor"),
        ({"successor": "1"}, "a dossier, an account, or an agency"),
        ({"hamlet": "x", "successor": "1"}, "a dossier, an account, or an agency"),
        ({"dossier": "D", "agency": "A", "successor": "1"}, "a dossier, an account, or an agency"),
        ({"dosier": "D", "successor": "1"}, "key 'dosier'"),
    ],
)
def test_hints_that_are_refused(hint, message):
    log = motcua.EventLog([accept("D")])
    with pytest.raises(motcua.InvalidArgument, match=message):
        motcua.handover(log, REGISTRY, DAY, hints=[hint])
    assert len(log) == 1
    with pytest.raises(motcua.InvalidArgument, match="one successor for one thing"):
        motcua.handover(log, REGISTRY, DAY, hints=[{"dossier": "D", "successor": s} for s in PARTS[:2]])
