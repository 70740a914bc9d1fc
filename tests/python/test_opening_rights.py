"""Who may open a dossier: where there is none yet, it will be at the agency of whoever acts."""

import itertools

import pytest

import motcua

AT = "2025-07-10"
ROLES = (
    "applicant", "one_stop_officer", "one_stop_head", "agency_head", "specialist", "clerk", "result_returner", "system",
)  # fmt: skip
OPENERS = {  # Decree 118/2025/NĐ-CP art. 6, 14, 15, 16.3, 17.2; Decree 310/2026/NĐ-CP
    "submit": {"applicant", "one_stop_officer", "one_stop_head", "system"},
    "accept": {"one_stop_officer", "one_stop_head"},
    "refuse": {"one_stop_officer", "one_stop_head"},
}
EVENTS = "submit accept refuse assign forward request_supplement request_payment extend stop resume finish hand_over"
AGENCIES = [{"id": "C", "province": "68"}, {"id": "F", "province": "79"}]


def everyone(**more):
    rows = [{"id": f"{role}@{agency}", "agency": agency, "roles": role} for role in ROLES for agency in ("C", "F")]
    return motcua.Accounts(rows, agencies=AGENCIES, **more)


@pytest.mark.parametrize("event", EVENTS.split())
def test_without_a_dossier_only_its_openings_have_a_right(event):
    acc = everyone()
    for role, agency in itertools.product(ROLES, "CF"):
        decision = acc.decide(f"{role}@{agency}", event, None, AT)
        assert decision.allowed == (role in OPENERS.get(event, ())), decision


def test_it_agrees_with_the_dossier_before_its_first_event():
    acc = everyone()
    event = {"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-11T08:00", "agency": "C", "procedure": "P"}
    d = motcua.DossierRegister(motcua.EventLog([{**event, "channel": 1, "limit": "5wd"}])).dossier("D")
    for role in ROLES:
        allowed = d.allowed(f"{role}@C", "2025-07-10T08:00", acc)
        assert set(allowed) == {event for event in OPENERS if acc.decide(f"{role}@C", event, None, AT)}, role


def test_a_delegate_opens_at_its_own_agency():
    lent = [{"from": f"one_stop_officer@{agency}", "to": "clerk@C", "events": ["accept"]} for agency in "CF"]
    here = everyone(delegations=lent[:1])
    assert here.decide("clerk@C", "accept", None, AT).rule.startswith("delegation of one_stop_officer@C: right")
    assert not here.decide("clerk@C", "refuse", None, AT)
    # An officer of another province may not receive what is of this one, nor may who acts for it.
    assert everyone(delegations=lent[1:]).decide("clerk@C", "accept", None, AT).rule == "role"


def test_a_dossier_of_an_unknown_agency_is_not_a_new_one():
    acc = everyone()
    assert acc.decide("one_stop_officer@C", "accept", {"holder": "nowhere"}, AT).rule == "relation"
