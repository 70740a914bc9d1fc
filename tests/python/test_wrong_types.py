"""Whatever is passed where something else was asked for: the house error, naming the parameter."""

import numpy as np
import pytest

import motcua

EVENT = {"id": "1", "dossier": "D", "kind": "accept", "at": "2025-07-01T08:15", "agency": "24820",
         "procedure": "1.000001", "channel": 1, "limit": "3wd"}  # fmt: skip
LOG = motcua.EventLog([EVENT])
REGISTER = motcua.DossierRegister(LOG)
DOSSIER = REGISTER.dossier("D")
MACHINE = motcua.Machine.national()
ACCOUNTS = motcua.Accounts([{"id": "u1", "agency": "24820", "roles": ["one_stop_officer"]}])
CATALOGUE = motcua.Catalogue.parse(
    "code\tname_vi\tfield_vi\tlevels\n1.000001\tA\tHộ tịch\tcommune\n",
    "code\tchannel\trow_no\tvalue\tunit\traw_text\n1.000001\tdirect\t1\t3\tworking_day\t3\n",
)
REGISTRY = motcua.Registry.national()


class Anything:
    """Not a thing that any parameter takes."""


WRONG = (5, 1.5, b"x\xff", Anything(), [Anything()], {"a": Anything()}, [5], Anything)

# What takes one value, by the name that the refusal has to tell.
CALLS = {
    "events": [motcua.EventLog, lambda v: motcua.EventLog().append(v)],
    "path": [motcua.EventLog.read, LOG.write, motcua.Machine.read, motcua.Accounts.read],
    "folder": [motcua.Catalogue.read, CATALOGUE.write],
    "log": [motcua.DossierRegister, lambda v: motcua.handover(v, REGISTRY, "2025-07-01")],
    "catalogue": [lambda v: motcua.DossierRegister(LOG, catalogue=v)],
    "calendar": [lambda v: motcua.DossierRegister(LOG, calendar=v)],
    "calendars": [
        lambda v: motcua.DossierRegister(LOG, calendars=v),
        lambda v: motcua.DossierRegister(LOG, calendars={"A": v}),
    ],
    "policy": [lambda v: motcua.DossierRegister(LOG, policy=v)],
    "machine": [
        lambda v: motcua.DossierRegister(LOG, machine=v),
        lambda v: motcua.fold_statuses([0, 1], [0], None, v),
        lambda v: motcua.handover(LOG, REGISTRY, "2025-07-01", machine=v),
    ],
    "as_of": [lambda v: motcua.DossierRegister(LOG, as_of=v)],
    "step": [lambda v: motcua.DossierRegister(LOG, steps=v), lambda v: motcua.DossierRegister(LOG, steps={"P": v})],
    "reception": [lambda v: motcua.DossierRegister(LOG, reception=v)],
    "id": [REGISTER.dossier],
    "at": [
        lambda v: DOSSIER.allowed(at=v),
        lambda v: ACCOUNTS.decide("u1", "accept", None, v),
        lambda v: CATALOGUE.procedure("1.000001", v),
    ],
    "account": [
        lambda v: DOSSIER.allowed(v, accounts=ACCOUNTS),
        lambda v: ACCOUNTS.decide(v, "accept", None, "2025-07-01"),
        ACCOUNTS.account,
        motcua.Accounts,
    ],
    "accounts": [
        lambda v: DOSSIER.allowed("u1", accounts=v),
        lambda v: motcua.handover(LOG, REGISTRY, "2025-07-01", accounts=v),
    ],
    "event": [lambda v: ACCOUNTS.decide("u1", v, None, "2025-07-01"), lambda v: MACHINE.decide("new", v)],
    "dossier": [
        lambda v: ACCOUNTS.decide("u1", "accept", [v], "2025-07-01"),
        lambda v: ACCOUNTS.decide("u1", "accept", {"holder": [v]}, "2025-07-01"),
    ],
    "acts": [lambda v: ACCOUNTS.decide("u1", "accept", {"holder": "A", "acts": [(v, v)]}, "2025-07-01")],
    "delegations": [lambda v: motcua.Accounts(delegations=v)],
    "separations": [lambda v: motcua.Accounts(separations=v)],
    "postings": [lambda v: motcua.Accounts(postings=v)],
    "rights": [lambda v: motcua.Accounts(rights=v)],
    "roles": [lambda v: motcua.Accounts([{"id": "a", "agency": "A", "roles": v if v == 5 else [v]}])],
    "registry": [
        lambda v: motcua.handover(LOG, v, "2025-07-01"),
        lambda v: ACCOUNTS.handover(v, "2025-07-01"),
        lambda v: motcua.Accounts(registry=v),
    ],
    "date": [lambda v: motcua.handover(LOG, REGISTRY, v)],
    "hints": [lambda v: motcua.handover(LOG, REGISTRY, "2025-07-01", hints=v)],
    "offsets": [lambda v: motcua.fold_statuses([v], [0])],
    "kinds": [lambda v: motcua.fold_statuses([0, 1], [Anything(), v])],
    "channels": [lambda v: motcua.fold_statuses([0, 1], [0], [Anything(), v])],
    "state": [lambda v: MACHINE.decide([v], "accept")],
    "role": [lambda v: MACHINE.decide("new", "accept", v)],
    "asked_in": [lambda v: MACHINE.decide("new", "accept", asked_in=[v])],
    "silence": [lambda v: motcua.Machine.national(silence=v)],
    "stop": [lambda v: motcua.Machine.national(stop=v)],
    "code": [lambda v: CATALOGUE.procedure(v, "2025-07-01"), lambda v: CATALOGUE.limit(v, "direct", "2025-07-01")],
    "channel": [lambda v: CATALOGUE.limit("1.000001", v, "2025-07-01")],
    "name": [CATALOGUE.table],
}  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_a_wrong_type_is_refused_by_the_name_of_the_parameter(name):
    for call in CALLS[name]:
        for value in WRONG:
            with pytest.raises(motcua.Error) as refusal:
                call(value)
            assert name in str(refusal.value), (value, refusal.value)


@pytest.mark.parametrize(
    "name, call",
    [
        ("texts", lambda: REGISTRY.resolve_many([None])),
        ("texts", lambda: REGISTRY.resolve_many(["Huế", 5])),
        ("texts", lambda: REGISTRY.resolve_many({"a": 1})),
        ("at", lambda: REGISTRY.resolve("x", at=np.datetime64("NaT"))),
        ("at", lambda: REGISTRY.unit("68", np.datetime64("NaT"))),
        ("code", lambda: REGISTRY.agency(None, "2026-01-01")),
        ("values", lambda: REGISTRY.carry(5, "2025-06-30", "2025-07-01")),
        ("values", lambda: REGISTRY.carry([5], "2025-06-30", "2025-07-01")),
        ("birth_year", lambda: motcua.CitizenNumber.parse("068304012345", birth_year="1999")),
        ("serial", lambda: motcua.DossierNumber.make("H36.12", "2025-07-01", "42")),
        ("path", lambda: REGISTRY.reconcile([], "2025-07-01", level="province").to_csv(None)),
        ("path", lambda: REGISTRY.reconcile([], "2025-07-01", level="province").to_html(None)),
        ("row 0", lambda: REGISTRY.reconcile([{"Code": "24829"}], "2025-07-01")),
    ],
)
def test_questions_about_units_refuse_by_name(name, call):
    with pytest.raises(motcua.Error, match="^" + name):
        call()


def test_more_matches_than_can_be_counted_are_all():
    assert REGISTRY.resolve("Huế", "2026-01-01", max=10**30) == REGISTRY.resolve("Huế", "2026-01-01", max=1000)


def test_a_wrong_type_is_a_type_error_too():
    with pytest.raises(TypeError) as refusal:
        REGISTER.dossier(5)
    assert isinstance(refusal.value, motcua.WrongType) and isinstance(refusal.value, motcua.InvalidArgument)
    assert (refusal.value.status, refusal.value.reason) == (3, 1) and str(
        refusal.value
    ) == "id: expected a str, found int"


@pytest.mark.parametrize("value", [{1, 2}, {(1, 2): 3}, Anything(), 1j])
def test_what_json_cannot_hold_is_refused_by_its_event(value):
    with pytest.raises(motcua.Error, match="event"):
        motcua.EventLog([EVENT, {**EVENT, "id": "2", "more": value}])
    circle = dict(EVENT)
    circle["more"] = circle
    with pytest.raises(motcua.InvalidArgument, match=r"events\[0\]"):
        motcua.EventLog([circle])


FAR = np.datetime64("1000000000000001970")
NAT = np.datetime64("NaT")
MADE = motcua.DossierNumber.make


@pytest.mark.parametrize(
    "call",
    [
        lambda: REGISTRY.unit("68", FAR),
        lambda: REGISTRY.units(FAR),
        lambda: REGISTRY.successors("24829", "2025-06-30", FAR),
        lambda: REGISTRY.resolve("x", FAR),
        lambda: REGISTRY.reconcile([], FAR),
        lambda: REGISTRY.agency("H36", FAR),
        lambda: REGISTRY.agency("H36", NAT),
        lambda: REGISTRY.agency_directory.agencies(NAT),
        lambda: REGISTRY.agency_directory.agencies("2026-01-01", within=5),
        lambda: REGISTRY.with_agencies(5),
        lambda: REGISTRY.with_agencies([5]),
        lambda: MADE("H36", FAR, 1),
        lambda: MADE("H36", NAT, 1),
        lambda: motcua.CitizenNumber.parse("001099012345", at=NAT),
        lambda: motcua.CitizenNumber.parse("001099012345", at=FAR),
        lambda: motcua.Dataset.parse(None),
        lambda: motcua.Dataset.parse(-1),
        lambda: motcua.Dataset.parse(2**63),
        lambda: REGISTRY.units("2025-07-01", level=np.array(["commune", "commune"])),
        lambda: REGISTRY.units("2025-07-01", level=np.array([])),
        lambda: REGISTRY.units("2025-07-01", level="x" * 1_000_000),
        lambda: REGISTRY.resolve("x", max="x" * 1_000_000),
        lambda: motcua.TaxCode.parse("0100109106", zero_sum=np.array(["zero", "zero"])),
        lambda: REGISTRY.translate(["68"], "2025-06-30", "2025-07-01", on_error=np.array(["raise", "raise"])),
    ],
)
def test_what_is_far_outside_or_of_another_shape_is_refused_in_few_words(call):
    with pytest.raises(motcua.Error, match="expected") as caught:
        call()
    assert len(str(caught.value)) < 500
