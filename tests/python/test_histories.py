"""Golden histories, written from the articles by hand, and the laws of a fold over them."""

import csv
import pathlib
import random

import pytest

import motcua

GOLDEN = pathlib.Path(__file__).parents[1] / "golden"


def read(name):
    with open(GOLDEN / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


HISTORIES = read("histories.tsv")
OF_THE_MINUTE = {
    "reception_late", "supplement_silent", "no_apology", "not_competent", "forward_late", "reception_alert",
}  # fmt: skip
TERMS = ("alert", "forwarding", "passing_on", "appraisal")
CATALOGUES = {None: None, "national": motcua.Catalogue.read(GOLDEN.parents[1] / "core" / "data" / "procedures")}


def minute(text):
    return text if text.startswith("20") else f"2025-{text}"


def events_of(row):
    events = []
    for k, text in enumerate(row["events"].split("; ")):
        kind, at, *pairs = text.split(" ")
        event = {"id": f"e{k:02}", "dossier": "D", "kind": kind, "at": minute(at), "agency": "A"}
        for key, value in (pair.split("=", 1) for pair in pairs):
            event[key] = int(value) if key in ("channel", "step", "done") else value
        if kind in ("submit", "accept", "refuse"):
            event.setdefault("procedure", "P")
        events.append(event)
    return events


def rules_of(row):
    options = {} if row["options"] == "-" else dict(pair.split("=") for pair in row["options"].split(" "))
    reception = options.pop("reception", "8wh")
    terms = {name: options.pop(name) for name in TERMS if name in options}
    catalogue = CATALOGUES[options.pop("catalogue", None)]
    steps = None
    if row["steps"] != "-":
        plan = (step for step in read("history_steps.tsv") if step.pop("plan") == row["steps"])
        steps = {"P": list(plan)}
    return {
        "machine": motcua.Machine.national(**options),
        "reception": reception,
        "steps": steps,
        "catalogue": catalogue,
        "terms": terms,
    }


def fold(events, row, as_of=None):
    register = motcua.DossierRegister(motcua.EventLog(events), as_of=as_of or minute(row["as_of"]), **rules_of(row))
    return register, register.dossier("D")


def show(value):
    return "-" if value is None else value.isoformat(timespec="minutes")


def outline(register, d):
    return {
        "status": str(d.status),
        "step": str(d.step or 0),
        "original": show(d.original_due),
        "due": show(d.deadline),
        "trips": str(d.trips),
        "supplements": str(d.supplements),
        "outcome": d.outcome,
        "marks": ",".join(d.marks) or "-",
        "receiving": d.receiving,
        "competent": d.competent,
        "holder": d.holder,
        "clock_start": show(d.clock_start),
        "reception_due": show(d.reception_due),
        "answer_due": show(d.answer_due),
        "step_due": show(d.step_due),
        "case": d.case or "-",
        "limit": d.limit or "-",
        "open": ",".join(str(s.number) for s in d.steps if s.begun_at and not s.ended_at) or "-",
        "problems": ",".join(f"{p.field}:{p.value}" for p in register.problems) or "-",
    }


def test_the_table_is_whole():
    assert len(HISTORIES) >= 60
    assert len({row["case"] for row in HISTORIES}) == len(HISTORIES)
    for row in HISTORIES:
        named = dict(pair.split("=") for pair in row["expect"].split(" "))
        assert {"status", "step", "original", "due", "trips"} <= set(named), row["case"]
        assert row["basis"] and row["reason"], row["case"]


@pytest.mark.parametrize("row", HISTORIES, ids=[row["case"] for row in HISTORIES])
def test_a_golden_history(row):
    register, d = fold(events_of(row), row)
    found = outline(register, d)
    for pair in row["expect"].split(" "):
        field, value = pair.split("=")
        if value[:2].isdigit() and "T" in value:
            value = minute(value)
        assert found[field] == value, f"{field}: {found}"
    assert "problems=" in row["expect"] or found["problems"] == "-"
    assert row["reason"] in d.history[-1].reason
    # A second reading of trips and supplements: from the history.
    assert len(d.causes["trips"]) == d.trips and len(d.causes["supplements"]) == d.supplements
    # What an event brought stays; the other marks are of the minute of the fold.
    brought = {mark for entry in d.history for mark in entry.marks}
    assert brought <= set(d.marks) <= brought | OF_THE_MINUTE


def test_neither_order_of_arrival_nor_repetition_matters():
    draw = random.Random(118)
    for row in HISTORIES:
        events = events_of(row)
        expected = fold(events, row)[1]
        for _ in range(4):
            shuffled = events + draw.sample(events, len(events) // 2)
            draw.shuffle(shuffled)
            register, d = fold(shuffled, row)
            assert outline(register, d) == outline(*fold(events, row)), row["case"]
            assert d.history == expected.history and d.steps == expected.steps


def test_prefix_and_suffix_are_the_whole():
    for row in HISTORIES:
        events = events_of(row)
        for cut in range(1, len(events)):
            at = events[cut - 1]["at"]
            if events[cut]["at"] == at:
                continue
            so_far = fold(events[:cut], row, at)
            then = fold(events, row, at)
            assert outline(*so_far) == outline(*then), (row["case"], cut)
            log = motcua.EventLog(events[:cut])
            log.append(events[cut:])
            register = motcua.DossierRegister(log, as_of=minute(row["as_of"]), **rules_of(row))
            assert outline(register, register.dossier("D")) == outline(*fold(events, row))


def test_what_is_possible_is_what_happens():
    # For every history and kind: allowed() says what adding the event would do.
    brings = {"accept": {"limit": "5wd"}, "extend": {"due": "2027-03-01T17:30"}, "transfer": {"agency": "Z"}}
    for row in HISTORIES:
        events = events_of(row)
        register, d = fold(events, row)
        allowed = d.allowed()
        for kind, decision in allowed.decisions.items():
            assert decision.reason
            event = {"id": "new", "dossier": "D", "kind": kind, "at": minute(row["as_of"]), **brings.get(kind, {})}
            if any(event["at"] == other["at"] for other in events):
                continue  # within one minute the order of kinds decides
            after, _ = fold([*events, event], row)
            refused = any(problem.event == "new" for problem in after.problems)
            assert decision.allowed == (not refused), (row["case"], kind, after.problems)
        assert set(allowed) | set(allowed.refused) == set(allowed.decisions)


def test_statuses_in_columns_are_those_of_the_register():
    # The golden histories whose events were all let through, and random ones, one after the other.
    draw = random.Random(10)
    kinds, channels, offsets, expected = [], [], [0], []
    plain = [row for row in HISTORIES if row["options"] == "-" and "problems=" not in row["expect"]]
    for row in plain:
        events = events_of(row)
        if len({event["at"] for event in events}) < len(events):
            continue
        kinds += [motcua.dossiers.KINDS.index(event["kind"]) for event in events]
        channels += [int(event.get("channel", 0)) for event in events]
        offsets.append(len(kinds))
        expected.append(fold(events, row)[1].status)
    statuses, refused = motcua.fold_statuses(offsets, kinds, channels)
    assert statuses.tolist() == expected and not refused.any() and len(expected) > 60
    timed = ("extend", "stop", "refuse")  # their guards need a clock
    log, kinds, offsets = motcua.EventLog(), [], [0]
    for d in range(300):
        for k in range(8):
            kind = draw.choice([kind for kind in motcua.dossiers.KINDS if kind not in timed])
            event = {"id": f"{d}/{k}", "dossier": f"{d:03}", "kind": kind, "at": f"2025-07-01T08:0{k}", "agency": "A"}
            log.append([{**event, "procedure": "P", "channel": 1, "limit": "5wd"}])
            kinds.append(motcua.dossiers.KINDS.index(kind))
        offsets.append(len(kinds))
    register = motcua.DossierRegister(log)
    statuses, refused = motcua.fold_statuses(offsets, kinds, [1] * len(kinds))
    found = dict(zip(register.table()["dossier"], register.table()["status"]))
    assert statuses.tolist() == [found.get(f"{d:03}", 0) for d in range(300)]
    assert refused.sum() == len(register.problems)


@pytest.mark.parametrize(
    ("offsets", "kinds", "channels", "message"),
    [
        ([], [], None, "one more than dossiers"),
        ([0, 2], [0], None, "number of events"),
        ([0, 1], [16], None, "kinds of row 0"),
        ([0, 1], [0], [4], "channels of row 0"),
        ([0, 2, 1], [0], None, "offsets of row 1"),
        ([1, 1], [0], None, "from 0"),
        ([0, 1], [0], [1, 1], "number of events"),
    ],
)
def test_columns_that_are_refused(offsets, kinds, channels, message):
    with pytest.raises(motcua.InvalidArgument, match=message):
        motcua.fold_statuses(offsets, kinds, channels)
