"""The protobuf event and the event files use the same names."""

import pathlib
import re

import motcua

PROTO = (pathlib.Path(__file__).parents[2] / "proto/motcua/v1/event.proto").read_text()


def test_every_kind_of_event_has_a_number():
    kinds = {name.lower() for name in re.findall(r"KIND_(\w+) = [1-9]", PROTO)}
    known = {transition.event for transition in motcua.Machine.national().transitions()}
    assert known <= kinds
    for kind in kinds:
        event = {"id": "e", "dossier": "d", "kind": kind, "at": "2025-07-01T08:00", "due": "2025-07-02T08:00"}
        assert not [p for p in motcua.EventLog([event]).problems if p.field == "kind"], kind


def test_no_number_is_given_twice():
    for block in re.findall(r"(?:message|enum) \w+ \{(.*?)\n\}", PROTO, re.S):
        numbers = re.findall(r"= (\d+);", block)
        assert len(numbers) == len(set(numbers))
