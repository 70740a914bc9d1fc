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


def test_hamlets_are_the_same_however_they_are_set():
    log = motcua.EventLog([accept("D", hamlet="Thôn 5")])
    hints = [{"agency": SPLIT, "hamlet": "thôn 5", "successor": PARTS[0]}]
    assert [row.to for row in motcua.handover(log, REGISTRY, DAY, hints=hints).transferred] == [PARTS[0]]
    two = [{"agency": SPLIT, "hamlet": name, "successor": to} for name, to in zip(("Thôn 5", "thôn 05"), PARTS)]
    with pytest.raises(motcua.InvalidArgument, match="one successor for one thing"):
        motcua.handover(log, REGISTRY, DAY, hints=two)


def test_a_district_hands_over_to_the_commune_or_the_province():
    # Resolution 203/2025/QH15: what the district did is the commune's or the province's.
    hints = [{"dossier": "D", "successor": "68"}]  # Phan Thiết lay in Bình Thuận, now Lâm Đồng
    log = motcua.EventLog([accept("D", agency="593"), accept("E", agency="593")])
    report = motcua.handover(log, REGISTRY, DAY, hints=hints)
    assert [(row.dossier, row.to) for row in report.transferred] == [("D", "68")]
    (left,) = report.undecided
    assert left.dossier == "E" and ("68", "business", "unknown") in left.candidates


def test_an_agency_does_not_follow_itself():
    log = motcua.EventLog([accept("D", agency="H36.05")])
    with pytest.raises(motcua.InvalidArgument, match="successor of H36.05 .* another agency than itself"):
        motcua.handover(log, REGISTRY, DAY, agencies={"H36.05": "H36.05"})


def test_hints_that_could_decide_nothing_are_told():
    acc = motcua.Accounts([{"id": "u", "agency": SPLIT, "roles": "specialist"}])
    hints = [
        {"dossier": "D", "successor": PARTS[0]},
        {"dossier": "typo", "successor": PARTS[0]},
        {"dossier": "E", "successor": "00004"},
        {"account": "who", "successor": PARTS[0]},
        {"agency": SPLIT, "hamlet": "Thôn 9", "successor": "00004"},
    ]
    report = motcua.handover(motcua.EventLog([accept("D"), accept("E")]), REGISTRY, DAY, hints=hints, accounts=acc)
    assert [hint for hint, _ in report.unused_hints] == hints[1:]
    reasons = [reason for _, reason in report.unused_hints]
    assert "dossier 'typo'" in reasons[0] and f"one of the candidates {PARTS[0]}" in reasons[1] and "who" in reasons[2]


def test_no_day_is_refused():
    catalogue = motcua.Catalogue.parse(
        "code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tB\tcommune\n",
        "code\tchannel\trow_no\tvalue\tunit\traw_text\n",
    )
    for ask in (
        lambda: motcua.handover(motcua.EventLog([accept("D")]), REGISTRY, "NaT"),
        lambda: motcua.Accounts([]).handover(REGISTRY, "NaT"),
        lambda: catalogue.procedure("1.000001", "NaT"),
        lambda: catalogue.limit("1.000001", "direct", "NaT"),
        lambda: catalogue.check("NaT"),
        lambda: catalogue.to_portal_json(at="NaT"),
    ):
        with pytest.raises(motcua.InvalidArgument, match="NaT"):
            ask()


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


def test_a_journal_takes_hints_and_accounts(tmp_path):
    events = [accept("chosen"), accept("hamlet", hamlet="Thôn 3"), accept("silent")]
    hints = [
        {"dossier": "chosen", "successor": PARTS[1], "source": "decision 7"},
        {"agency": SPLIT, "hamlet": "Thôn 3", "successor": PARTS[0]},
        {"account": "u", "successor": PARTS[1]},
        {"dossier": "nobody", "successor": PARTS[1]},
    ]
    accounts = motcua.Accounts([{"id": "u", "agency": SPLIT, "roles": "specialist"}])
    log = motcua.EventLog(events)
    expected = motcua.handover(log, REGISTRY, DAY, hints=hints, accounts=accounts)
    with motcua.Journal.open(tmp_path / "j.db") as journal:
        journal.append(events)
        report = motcua.handover(journal, REGISTRY, DAY, hints=hints, accounts=accounts)
        assert report._replace(accounts=None) == expected._replace(accounts=None)
        assert {row.dossier: row.to for row in report.transferred} == {"chosen": PARTS[1], "hamlet": PARTS[0]}
        assert [move.to for move in report.moved_accounts] == [PARTS[1]] and len(report.unused_hints) == 1
        assert report.accounts.account("u").agency(DAY) == PARTS[1]
        assert journal.dossier("chosen").holder == PARTS[1] and len(journal) == len(log) == 5
        assert journal.hand_over(REGISTRY, DAY, hints=hints[:3], accounts=accounts).transferred == []
