import datetime as dt
import itertools

import numpy as np
import pytest

import motcua

AGENCIES = [
    {"id": "P", "province": "68"},
    {"id": "S", "parent": "P"},  # a department
    {"id": "S1", "parent": "S"},  # its branch
    {"id": "C1", "parent": "P"},
    {"id": "C2", "parent": "P"},
    {"id": "X", "province": "79"},
]


def accounts(rows=(), **more):
    rows = rows or [
        {"id": "mc", "agency": "C1", "roles": ["one_stop_officer"]},
        {"id": "mc2", "agency": "C2", "roles": "one_stop_officer"},
        {"id": "far", "agency": "X", "roles": "one_stop_officer"},
        {"id": "head", "agency": "S", "roles": ["agency_head"]},
        {"id": "cv", "agency": "S1", "roles": ["specialist", "clerk"]},
        {"id": "nd", "agency": "-", "roles": ["applicant"]},
    ]
    return motcua.Accounts(rows, **{"agencies": AGENCIES, **more})


def test_a_right_depends_on_role_event_and_relation():
    acc = accounts()
    at = "2025-07-10"
    here = {"holder": "C1"}
    decision = acc.decide("mc", "accept", here, at)
    assert decision and decision.rule == "right one_stop_officer/accept/own" and "118/2025" in decision.reason
    # Regardless of boundary (art. 14): anywhere in the province, not beyond.
    assert acc.decide("mc2", "accept", here, at).rule == "right one_stop_officer/accept/province"
    far = acc.decide("far", "accept", here, at)
    assert not far and far.rule == "relation" and "own, receiving, province" in far.reason
    no = acc.decide("cv", "accept", here, at)
    assert (no.allowed, no.rule) == (False, "role") and "one_stop_officer, one_stop_head" in no.reason
    # The counter that received it forwards and returns although another agency holds it.
    passed_on = {"holder": "S1", "competent": "S1", "receiving": "C1"}
    assert acc.decide("mc", "hand_over", passed_on, at).rule == "right one_stop_officer/hand_over/receiving"
    assert not acc.decide("mc2", "hand_over", passed_on, at)
    # A head assigns what stands under the agency, and finishes only its own.
    assert acc.decide("head", "assign", passed_on, at).rule == "right agency_head/assign/subordinate"
    assert not acc.decide("head", "finish", passed_on, at)
    assert acc.decide("head", "finish", {"holder": "P", "competent": "S"}, at).rule.endswith("/competent")
    assert acc.decide("nd", "submit", None, at).rule == "right applicant/submit/any"
    assert acc.decide("nobody", "submit", None, at) == (False, "account", "no account of that id")
    with pytest.raises(motcua.InvalidArgument, match="event 'approve'"):
        acc.decide("mc", "approve", here, at)
    with pytest.raises(motcua.InvalidArgument, match="expected a date"):
        acc.decide("mc", "accept", here)
    with pytest.raises(TypeError, match="expected a Dossier"):
        acc.decide("mc", "accept", "C1", at)


def test_validity_is_half_open():
    acc = accounts(
        [
            {
                "id": "u",
                "agency": "C1",
                "roles": "specialist",
                "valid_from": "2025-07-01",
                "valid_to": dt.date(2026, 1, 1),
            }
        ]
    )
    here = {"holder": "C1"}
    answers = [
        acc.decide("u", "forward", here, at)
        for at in ("2025-06-30T23:59", "2025-07-01", "2025-12-31T23:59", "2026-01-01")
    ]
    assert [bool(a) for a in answers] == [False, True, True, False]
    assert answers[0].rule == "validity" and "2025-07-01" in answers[0].reason and "2026-01-01" in answers[0].reason


def test_delegation_lends_roles_and_agency_for_a_time():
    loan = {"from": "head", "to": "cv", "events": ["assign"], "valid_from": "2025-07-01", "valid_to": "2025-07-05"}
    acc = accounts(delegations=[loan, {"from": "cv", "to": "mc"}])
    there = {"holder": "S"}
    decision = acc.decide("cv", "assign", there, "2025-07-04")
    assert decision and decision.rule == "delegation of head: right agency_head/assign/own"
    assert not acc.decide("cv", "assign", there, "2025-07-05")
    assert not acc.decide("cv", "finish", there, "2025-07-04")
    assert not acc.decide("mc", "assign", there, "2025-07-04")  # loans do not chain
    assert acc.decide("mc", "forward", {"holder": "S1"}, "2025-07-04").rule.startswith("delegation of cv")


def test_separation_of_duties():
    pairs = [{"first": "accept", "second": "finish", "source": "internal rule 1"}]
    rows = [{"id": id, "agency": "C1", "roles": ["one_stop_officer", "agency_head"]} for id in ("a", "b")]
    acc = accounts(rows, separations=pairs, delegations=[{"from": "b", "to": "a"}])
    did = {"holder": "C1", "acts": [("accept", "a")]}
    refused = acc.decide("a", "finish", did, "2025-07-01")
    assert (refused.allowed, refused.rule, refused.reason) == (False, "separation accept/finish", "internal rule 1")
    assert acc.decide("b", "finish", did, "2025-07-01")
    assert not acc.decide("a", "accept", {"holder": "C1", "acts": [("finish", "a")]}, "2025-07-01")
    assert acc.decide("a", "accept", did, "2025-07-01")  # the same event again is no pair
    log = motcua.EventLog(
        [
            {"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:00", "agency": "C1", "actor": "a",
             "procedure": "P", "channel": 1, "limit": "5wd"},
            {"id": "2", "dossier": "D", "kind": "forward", "at": "2025-07-01T09:00", "agency": "C1", "actor": "b"},
        ]
    )  # fmt: skip
    d = motcua.DossierRegister(log).dossier("D")
    assert acc.decide("a", "finish", d).rule == "separation accept/finish"
    assert "finish" in d.allowed(acc.account("b")) and "finish" in d.allowed(acc.account("a")).refused
    assert d.allowed("a", accounts=acc).refused["hand_over"].rule == "machine"
    with pytest.raises(motcua.InvalidArgument, match="accounts="):
        d.allowed("a")


def test_the_matrix_against_a_second_reading_of_the_table():
    # Every role, event and relation: decided by the core as by a look into the rows.
    acc = accounts()
    rows = acc.rights()
    granted = {(r.role, r.event, r.relation) for r in rows}
    assert len(granted) == len(rows) and all(r.source for r in rows)
    roles = sorted({r.role for r in rows})
    events = sorted({r.event for r in rows})
    everyone = accounts([{"id": role, "agency": "S", "roles": role} for role in roles])
    stands = {
        "own": {"holder": "S", "competent": "X", "receiving": "X"},
        "competent": {"holder": "X", "competent": "S", "receiving": "X"},
        "receiving": {"holder": "X", "competent": "X", "receiving": "S"},
        "subordinate": {"holder": "S1", "competent": "X", "receiving": "X"},
        "province": {"holder": "X", "competent": "C1", "receiving": "X"},
        "none": {"holder": "X", "competent": "X", "receiving": "X"},
    }
    for role, event, stand in itertools.product(roles, events, stands):
        holds = {"any", stand} | ({"province"} if stand == "competent" else set())
        expected = any((role, event, relation) in granted for relation in holds)
        decision = everyone.decide(role, event, stands[stand], "2025-07-01")
        assert decision.allowed == expected, (role, event, stand, decision)
        may = any((role, event, relation) in granted for relation in motcua.access.RELATIONS)
        assert decision.allowed or decision.rule == ("relation" if may else "role")
    matrix = acc.matrix()
    assert matrix.cell("one_stop_officer", "accept") == ("own", "receiving", "province")
    assert matrix.cell("specialist", "finish") == ()
    assert str(matrix).splitlines()[0].split() == ["event", *dict.fromkeys(r.role for r in rows)]
    assert set(acc.events("mc", {"holder": "C1"}, "2025-07-01")) == set(events)


def test_everyone_whom_the_machine_names_has_the_right():
    granted = {(r.role, r.event) for r in accounts().rights()}
    for choice in ({}, {"stop": "resumable", "withdrawal": "finished_9", "supplement": "shift"}):
        for row in motcua.Machine.national(**choice).transitions():
            assert (row.role, row.event) in granted, row


def test_every_right_has_a_row_that_lets_the_role_use_it():
    named = set()
    for choice in ({}, {"stop": "resumable"}, {"fee": "checked"}):
        named |= {(role, row.event) for row in motcua.Machine.national(**choice).transitions() for role in row.roles}
    for right in accounts().rights():
        assert right.role == "clerk" or (right.role, right.event) in named, right  # no machine knows the clerk


def test_many_decisions_are_the_single_ones():
    acc = accounts()
    draw = np.random.default_rng(5)
    ids = draw.choice(["mc", "mc2", "far", "head", "cv", "nd"], 3000)
    kinds = draw.choice(sorted({r.event for r in acc.rights()}), 3000)
    holders, competent, receiving = (draw.choice(["C1", "C2", "S", "S1", "X", "?"], 3000) for _ in range(3))
    decided = acc.decide_many(ids, kinds, holders, "2025-07-01", competent, receiving)
    for k in range(3000):
        dossier = {"holder": holders[k], "competent": competent[k], "receiving": receiving[k]}
        assert decided[k] == acc.decide(ids[k], kinds[k], dossier, "2025-07-01").allowed
    assert acc.decide_many("mc", "accept", ["C1", "X"], "2025-07-01").tolist() == [True, False]
    for no_day in ("NaT", np.array(["2025-07-01", "NaT"], "M8[D]")):  # never a right on no day
        with pytest.raises(motcua.InvalidArgument, match="NaT"):
            acc.decide_many("mc", "accept", ["C1", "X"], no_day)
    with pytest.raises(motcua.InvalidArgument, match="NaT"):
        acc.decide("mc", "accept", {"holder": "C1"}, np.datetime64("NaT"))
    with pytest.raises(motcua.InvalidArgument, match="account 'x'"):
        acc.decide_many(["x"], ["accept"], ["C1"], "2025-07-01")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"rows": [{"id": "", "agency": "A", "roles": "clerk"}]}, "accounts row 0, id"),
        ({"rows": [{"id": "a", "agency": "A", "roles": ""}]}, "roles '': expected at least one"),
        ({"rows": [{"id": "a", "agency": "A", "roles": "boss"}]}, "roles 'boss'"),
        ({"rows": [{"id": "a", "agency": "A", "roles": "clerk", "valid_until": "2026-01-01"}]}, "key 'valid_until'"),
        ({"rows": [{"id": "a", "agency": "A", "roles": "clerk"}] * 2}, "row 1, id 'a': expected each id once"),
        ({"rows": [{"id": "a", "agency": "A", "roles": "clerk", "valid_to": "2025-07-01", "valid_from": "2025-07-01"}]},
         "valid_to"),
        ({"delegations": [{"from": "mc", "to": "who"}]}, "delegations row 0, to 'who'"),
        ({"delegations": [{"from": "mc", "to": "mc"}]}, "another account"),
        ({"separations": [("accept", "sing")]}, "separations row 0, second 'sing'"),
        ({"agencies": [{"id": "a", "parent": "b"}, {"id": "b", "parent": "a"}]}, "does not stand under"),
        ({"agencies": [{"id": "a", "parent": "z"}]}, "an agency of the list"),
        ({"postings": [{"account": "mc", "date": "2025-07-01", "agency": ""}]}, "postings row 0, agency"),
        ({"postings": [("mc", "2025-07-01", "C2", ""), ("mc", "2025-07-01", "X", "")]}, "one agency a day"),
    ],
)  # fmt: skip
def test_what_is_refused(given, message):
    with pytest.raises(motcua.InvalidArgument, match=message):
        accounts(**given)


def test_a_table_of_rights_of_ones_own():
    table = "role\tevent\trelation\tsource\ndriver\tsubmit\tany\tours\n"
    acc = motcua.Accounts([{"id": "d", "agency": "A", "roles": "driver"}], agencies=[], rights=table)
    assert acc.decide("d", "submit", None, "2025-07-01").reason == "ours"
    for bad, message in [("\tx\tany\ts", "role"), ("r\tx\tnear\ts", "relation 'near'"), ("r\tx\tany\t", "source")]:
        with pytest.raises(motcua.MalformedData, match=message):
            motcua.Accounts((), agencies=[], rights=table + bad + "\n")


def test_a_merger_moves_accounts():
    registry = motcua.Registry.national()
    acc = motcua.Accounts(
        [
            {"id": "whole", "agency": "24829", "roles": "specialist"},  # Phường Lộc Sơn, into Phường B'Lao
            {"id": "new", "agency": "24829", "roles": "specialist", "valid_from": "2025-07-01"},  # B'Lao itself
            {"id": "left", "agency": "24829", "roles": "specialist", "valid_to": "2025-07-01"},
            {"id": "dept", "agency": "H36.05", "roles": "agency_head"},
            {"id": "gone", "agency": "99999", "roles": "clerk"},
        ]
    )
    hints = [{"account": "gone", "successor": "24823", "source": "decision 1"}]
    done = acc.handover(registry, "2025-07-01", agencies={"H36.05": "H36.90"}, hints=hints)
    assert [(m.account, m.source, m.to) for m in done.moved] == [
        ("whole", "24829", "24829"),
        ("dept", "H36.05", "H36.90"),
        ("gone", "99999", "24823"),
    ]
    assert "1671/NQ-UBTVQH15" in done.moved[0].basis and "decision 1" in done.moved[2].basis
    moved = done.accounts
    assert (
        moved.account("dept").agency("2025-06-30") == "H36.05"
        and moved.account("dept").agency("2025-07-01") == "H36.90"
    )
    assert moved.decide("dept", "finish", {"holder": "H36.05"}, "2025-06-30")
    assert not moved.decide("dept", "finish", {"holder": "H36.05"}, "2025-07-01")
    assert moved.decide("dept", "finish", {"holder": "H36.90"}, "2025-07-01")
    again = moved.handover(registry, "2025-07-01", agencies={"H36.05": "H36.90", "H36.90": "H36.91"}, hints=hints)
    assert again.moved == [] and again.accounts.postings == moved.postings
    assert len(acc.postings) == 0  # untouched
    alone = acc.handover(registry, "2025-07-01")
    assert [m.account for m in alone.undecided] == ["gone"]
    with pytest.raises(motcua.OutsideCoverage):
        acc.handover(registry, "2000-01-01")


def test_provinces_come_from_the_registry():
    rows = [{"id": "a", "agency": "24820", "roles": "one_stop_officer"}]
    acc = motcua.Accounts(rows)
    neighbour = next(
        u
        for u in motcua.Registry.national().units("2025-07-01", level="commune")
        if u.parent.code == "68" and u.code != "24820"
    )
    assert acc.decide("a", "accept", {"holder": neighbour.code}, "2025-07-10").rule.endswith("/province")
    assert not acc.decide("a", "accept", {"holder": "00004"}, "2025-07-10")  # Hà Nội


@pytest.mark.parametrize("field", ["valid_from", "valid_to"])
def test_a_day_that_is_none_names_its_row(field):
    row = {"id": "b", "agency": "A", "roles": "clerk", field: "2025-02-30"}
    with pytest.raises(motcua.InvalidArgument, match=f"accounts row 1, {field}"):
        motcua.Accounts([{"id": "a", "agency": "A", "roles": "clerk"}, row], agencies=[])
    with pytest.raises(motcua.InvalidArgument, match=f"delegations row 0, {field}"):
        accounts(delegations=[{"from": "mc", "to": "cv", field: "2025-13-01"}])
    with pytest.raises(motcua.InvalidArgument, match="postings row 0, date"):
        accounts(postings=[("mc", "2025-02-30", "C2", "")])
    with pytest.raises(motcua.InvalidArgument, match=f"accounts row 0, {field} 'NaT'"):
        accounts([{**row, field: "NaT"}])


@pytest.mark.parametrize("events", [[], (), "", " , "])
def test_a_delegation_of_no_event_is_refused(events):
    with pytest.raises(motcua.InvalidArgument, match="delegations row 0, events .* no key for every event"):
        accounts(delegations=[{"from": "head", "to": "cv", "events": events}])


def test_a_dossier_as_a_mapping_is_what_it_says():
    acc = accounts(separations=[("accept", "finish")])
    for dossier, message in [
        ({"holder": "C1", "competant": "S"}, "dossier key 'competant': expected one of holder"),
        ({}, "expected the key holder"),
        ({"competent": "S"}, "expected the key holder"),
        ({"holder": "C1", "acts": [("mc", "accept")]}, "acts, event 'mc'"),
        ({"holder": "C1", "acts": [("sing", "mc")]}, "acts, event 'sing'"),
    ]:
        with pytest.raises(motcua.InvalidArgument, match=message):
            acc.decide("mc", "accept", dossier, "2025-07-01")
    assert acc.decide("mc", "accept", {"agency": "C1", "acts": [("submit", "a citizen")]}, "2025-07-01")


def test_an_empty_text_is_no_table_of_rights():
    with pytest.raises(motcua.InvalidArgument, match="rights '': expected a table"):
        accounts(rights="")
    assert motcua.Accounts((), agencies=[], rights=[]).rights() == []


def test_shapes_and_texts_that_are_refused():
    acc = accounts()
    with pytest.raises(motcua.InvalidArgument, match="shapes that broadcast"):
        acc.decide_many(["mc", "mc"], "accept", ["C1"] * 3, "2025-07-01")
    with pytest.raises(motcua.InvalidArgument, match="holders: expected texts"):
        acc.decide_many("mc", "accept", [1, 2], "2025-07-01")
    with pytest.raises(motcua.InvalidArgument, match="regular array"):
        acc.decide_many([["mc"], ["mc", "mc"]], "accept", "C1", "2025-07-01")
    bad = "a\udc80"
    for given in (
        {"rows": [{"id": bad, "agency": "A", "roles": "clerk"}]},
        {"rows": [{"id": "a", "agency": bad, "roles": "clerk"}]},
        {"agencies": [{"id": bad}]},
        {"agencies": {bad: "A"}},
        {"delegations": [{"from": bad, "to": "mc"}]},
        {"postings": [(bad, "2025-07-01", "C1", "")]},
    ):
        with pytest.raises(motcua.InvalidArgument, match="without lone surrogates"):
            accounts(**given)


PATHS = [  # a dossier in every status, and in 5 from each origin
    "submit",
    "accept",
    "refuse",
    "accept forward",
    "submit request_supplement",
    "accept request_supplement",
    "accept forward request_supplement",
    "accept forward request_payment",
    "accept withdraw",
    "accept forward stop",
    "accept forward finish",
    "accept forward finish hand_over",
]


def test_every_status_event_role_and_relation():
    # What is allowed is what the machine's table lets happen and the table of rights grants.
    machine = motcua.Machine.national()
    log = motcua.EventLog()
    for path in PATHS:
        for k, kind in enumerate(path.split()):
            more = {"procedure": "P", "channel": 2 if path.startswith("submit") else 1} if k == 0 else {}
            if kind == "accept":
                more["limit"] = "5wd"
            event = {
                "id": f"{path}{k}",
                "dossier": path,
                "kind": kind,
                "at": f"2025-07-01T08:0{k}",
                "agency": "S",
                **more,
            }
            log.append([event])
    register = motcua.DossierRegister(log, as_of="2025-07-02T08:00")
    assert register.problems == [] and len(register) == len(PATHS)
    roles = sorted({r.role for r in accounts().rights()})
    homes = {"S": {"any", "own", "competent", "receiving", "province"}, "P": {"any", "subordinate", "province"},
             "C1": {"any", "province"}, "X": {"any"}}  # fmt: skip
    everyone = accounts([{"id": f"{role} {home}", "agency": home, "roles": role} for role in roles for home in homes])
    granted = {(r.role, r.event, r.relation) for r in everyone.rights()}
    seen = set()
    for path in PATHS:
        d = register.dossier(path)
        origin = {"submit": "before", "accept": "reception"}.get(
            path.split()[0] if len(path.split()) == 2 else "", "appraisal"
        )
        holds = {"first_extension", "day_before", f"asked_{origin}", f"asked_in_{origin}"}
        holds |= {"asked_before_acceptance"} if origin == "before" else {"asked_after_acceptance"}
        possible = {
            row.event: {*row.roles, "clerk"}  # no machine knows the clerk: the right alone is asked
            for row in machine.transitions()
            if row.source_status == d.status and (row.guard == "-" or set(row.guard.split("+")) <= holds)
        }
        if d.deadline is None:
            possible.pop("extend", None)
        seen.add(d.status)
        for role, home in itertools.product(roles, homes):
            expected = {
                kind
                for kind, by in possible.items()
                if role in by and any((role, kind, relation) in granted for relation in homes[home])
            }
            allowed = d.allowed(everyone.account(f"{role} {home}"))
            assert set(allowed) == expected, (path, role, home)
            for kind, decision in allowed.refused.items():
                assert decision.rule == ("machine" if kind not in possible else decision.rule)
                assert decision.rule in ("machine", "role", "relation") and decision.reason
    assert seen == set(range(1, 11))


def test_a_file_of_accounts_comes_in_as_it_was_meant(tmp_path):
    from motcua._cells import CellWriter

    rows = [("id", "agency", "roles", "name"), ("=mc", "C1", "one_stop_officer", "-x"), ("'+a", "S", "specialist", "")]
    for name, separator in (("accounts.csv", ","), ("accounts.tsv", "\t")):
        with open(tmp_path / name, "w", encoding="utf-8", newline="") as file:
            CellWriter(file, separator).writerows(rows)
        acc = motcua.Accounts.read(tmp_path / name, agencies=AGENCIES)
        assert "=mc" in acc and "'+a" in acc and len(acc) == 2
    (tmp_path / "latin.csv").write_bytes("id,agency,roles\ncán,C1,specialist\n".encode("latin-1"))
    with pytest.raises(motcua.MalformedData, match="latin.csv line 2"):
        motcua.Accounts.read(tmp_path / "latin.csv")
    for text, message in [
        ("", "line 1: expected a column named id"),
        ("id,agency\na,C1\n", "line 1: expected a column named roles"),
        ("id,agency,roles,roles\na,C1,specialist,clerk\n", "line 1: expected each column once, found 'roles' twice"),
        ("id,agency,roles\na,C1\n", "line 2: expected 3 columns"),
        ("id,agency,roles\na,C\0,clerk\n", "expected a table of text"),
        ("PK\x03\x04sheet", "line 1: expected a column named id"),
    ]:
        (tmp_path / "bad.csv").write_text(text)
        with pytest.raises(motcua.MalformedData, match=f"bad.csv.* {message}|bad.csv: {message}"):
            motcua.Accounts.read(tmp_path / "bad.csv")
    with pytest.raises(motcua.InvalidArgument, match="expected a .csv, .tsv or .json file"):
        motcua.Accounts.read(tmp_path / "accounts.xlsx")
    (tmp_path / "long.csv").write_text("id,agency,roles\na,C1,specialist,more\n")
    with pytest.raises(motcua.MalformedData, match="long.csv line 2: expected 3 columns"):
        motcua.Accounts.read(tmp_path / "long.csv")
    # A row that is broken says more than the header that does not fit it.
    (tmp_path / "both.tsv").write_text("id agency roles\na\tC1\tspecialist\n")
    with pytest.raises(motcua.MalformedData, match="both.tsv line 2: expected 1 columns"):
        motcua.Accounts.read(tmp_path / "both.tsv", agencies=AGENCIES)


# Lives that end in each status; 5 as asked in 1, 2 and 4.
LIVES = {
    1: "submit",
    2: "accept",
    3: "refuse",
    4: "accept forward",
    51: "submit request_supplement",
    52: "accept request_supplement",
    54: "accept forward request_supplement",
    6: "accept forward request_payment",
    7: "accept withdraw",
    8: "accept forward stop",
    9: "accept forward finish",
    10: "accept forward finish hand_over",
}


def test_state_by_event_by_role_by_relation():
    # What an account may do next: the machine's row, and a right under a relation that holds. Here
    # both are read from their tables; the library is asked dossier by dossier.
    machine = motcua.Machine.national()
    rows = {(row.source_status, row.event): [] for row in machine.transitions()}
    for row in machine.transitions():
        rows[row.source_status, row.event].append((set(row.guard.split("+")) - {"-"}, {*row.roles, "clerk"}))
    rights = {(r.role, r.event, r.relation) for r in accounts().rights()}
    roles = sorted({r.role for r in accounts().rights()})
    # The dossier: received at C1, decided at S.
    agencies = [*AGENCIES, {"id": "Y", "parent": "X"}]
    stands = ("C1", "S", "P", "C2", "S1", "X", "Y")
    acc = motcua.Accounts(
        [{"id": f"{role}@{agency}", "agency": agency, "roles": role} for role in roles for agency in stands],
        agencies=agencies,
    )
    asked = 0
    for number, life in LIVES.items():
        events = []
        for k, kind in enumerate(life.split()):
            event = {"id": str(k), "dossier": "D", "kind": kind, "at": f"2025-07-01T08:0{k}", "agency": "C1"}
            if k == 0:
                event |= {"procedure": "P", "channel": 2 if kind == "submit" else 1, "limit": "5wd", "competent": "S"}
            if kind == "accept":
                event |= {"limit": "5wd"}
            events.append(event)
        d = motcua.DossierRegister(motcua.EventLog(events)).dossier("D")
        status, origin = (5, number % 10) if number > 10 else (number, None)
        assert d.status == status
        holder = d.holder  # S once it has left reception
        for agency, role in itertools.product(stands, roles):
            holds = {"any"}
            if agency == holder:
                holds.add("own")
            if agency == d.competent:
                holds.add("competent")
            if agency == d.receiving:
                holds.add("receiving")
            if holder in {"P": ("C1", "C2", "S", "S1"), "S": ("S1",), "X": ("Y",)}.get(agency, ()):
                holds.add("subordinate")
            if agency not in ("X", "Y"):
                holds.add("province")
            allowed = d.allowed(acc.account(f"{role}@{agency}"))
            for event in motcua.dossiers.KINDS:
                guards = rows.get((status, event), [])
                met = {"first_extension", "day_before", "counter"}
                met |= {1: {"asked_before_acceptance"}, 2: {"asked_in_reception", "asked_after_acceptance"},
                        4: {"asked_in_appraisal", "asked_after_acceptance"}}.get(origin, set())  # fmt: skip
                possible = any(need <= met and role in by for need, by in guards)
                if event == "extend" and d.deadline is None:
                    possible = False
                may = any((role, event, relation) in rights for relation in holds)
                assert (event in allowed) == (possible and may), (number, agency, role, event, holds)
                asked += 1
    assert asked == len(LIVES) * len(stands) * len(roles) * len(motcua.dossiers.KINDS)
