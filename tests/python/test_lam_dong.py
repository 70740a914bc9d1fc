"""The main job: its events are what they claim to be, and a result that comes late is counted late."""

import csv
import datetime as dt
import hashlib
import importlib.util
import json
import re
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from motcua.run import run_job

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "lam_dong"


def load(name):
    spec = importlib.util.spec_from_file_location(f"lam_dong_{name}", EXAMPLE / f"{name}.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


check = load("check")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The job in a folder of its own, with events of its default seed."""
    place = tmp_path_factory.mktemp("lam_dong")
    generate = load("generate")
    job = json.loads((EXAMPLE / "job.json").read_text("utf-8"))
    for name in ("catalogue", "agencies", "agency_succession", "portal_catalogue", "published", "quoted"):
        job[name] = str((EXAMPLE / job[name]).resolve())
    (place / "job.json").write_text(json.dumps(job), "utf-8")
    generate.generate(generate.DEFAULT_SEED, place / "out" / "events.jsonl")
    return place


@pytest.fixture(scope="module")
def events(folder):
    with open(folder / "out" / "events.jsonl", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def outcome(folder):
    return run_job(folder)


def test_a_seed_makes_the_same_events_again(folder, tmp_path):
    generate = load("generate")
    again = tmp_path / "events.jsonl"
    generate.generate(generate.DEFAULT_SEED, again)
    digests = [hashlib.sha256(path.read_bytes()).digest() for path in (again, folder / "out" / "events.jsonl")]
    assert digests[0] == digests[1]


def test_events_carry_no_result(events):
    assert set().union(*events) == {
        "id", "dossier", "kind", "at", "agency", "procedure", "channel", "limit", "due", "actor", "note",
    }  # fmt: skip
    assert {event["kind"] for event in events if "due" in event} == {"extend"}
    assert len({event["id"] for event in events}) == len(events)


def test_procedures_are_of_the_catalogue_and_not_all_of_2026(events):
    used = {event["procedure"] for event in events if "procedure" in event}
    years = {}
    for row in check.tsv(ROOT / "core/data/procedures/legal_basis.tsv"):
        found = re.search(r"/((?:19|20)\d\d)/", row["document_no"])
        years.setdefault(row["code"], set()).add(int(found.group(1)) if found else 2026)
    assert len(used) > 300
    assert all(min(years[code]) < 2026 for code in used)


def test_people_come_by_three_channels_and_write_at_weekends(events):
    opening = [event for event in events if event["kind"] == "accept"]
    channels = Counter(event["channel"] for event in opening)
    assert set(channels) == {1, 2, 3} and channels[2] > 30_000
    sent = [dt.datetime.fromisoformat(event["at"]) for event in events if event["kind"] == "submit"]
    assert sum(at.weekday() == 5 for at in sent) > 1_000
    for event in events[::7]:
        if event["kind"] not in ("submit", "transfer"):
            at = dt.datetime.fromisoformat(event["at"])
            assert check.is_working(at.date()) and any(a <= at.time() <= b for a, b in check.HOURS), event


def test_an_online_dossier_is_taken_up_within_eight_working_hours(events):
    submitted = {event["dossier"]: event["at"] for event in events if event["kind"] == "submit"}
    for event in events[::50]:
        if event["kind"] in ("accept", "refuse") and event["dossier"] in submitted:
            start = check.effective_start(dt.datetime.fromisoformat(submitted[event["dossier"]]))
            assert working_minutes(start, dt.datetime.fromisoformat(event["at"])) <= 480, event


def working_minutes(start, end):
    minutes, day = 0, start.date()
    while day <= end.date():
        for opens, closes in check.HOURS if check.is_working(day) else []:
            inside = min(end, dt.datetime.combine(day, closes)) - max(start, dt.datetime.combine(day, opens))
            minutes += max(0, inside // dt.timedelta(minutes=1))
        day += dt.timedelta(days=1)
    return minutes


def test_the_run_gives_every_published_figure(outcome):
    assert not outcome.problems
    assert [row for row in outcome.comparisons if not row.met] == []
    assert outcome.handed_over["departments"] == 7_995 and outcome.handed_over["communes"] > 2_000
    assert not outcome.undecided
    assert len(outcome.ranking) == 124


def test_a_result_sixty_days_later_is_overdue(folder, outcome, tmp_path):
    ended = sorted(set(outcome.columns["dossier"][outcome.columns["outcome"] != "pending"]))
    drawn = set(ended[:: len(ended) // 300])
    check.postponed_job(folder, tmp_path, drawn, 60)
    run_job(tmp_path)
    with open(tmp_path / "out" / "dossiers.csv", encoding="utf-8", newline="") as text:
        rows = {row["dossier"]: row for row in csv.DictReader(text)}
    late = {code: rows[code]["outcome"] for code in drawn if rows[code]["finished_at"]}
    assert len(late) > 250 and set(late.values()) == {"overdue"}


def test_on_the_last_day_a_postponed_result_is_simply_missing(folder, outcome, tmp_path):
    due_before = outcome.columns["due"] < np.datetime64("2025-07-29")
    finished = outcome.columns["outcome"] == "early"
    drawn = set(outcome.columns["dossier"][due_before & finished][::200])
    check.postponed_job(folder, tmp_path, drawn, 60)
    job = json.loads((tmp_path / "job.json").read_text("utf-8"))
    (tmp_path / "job.json").write_text(json.dumps({**job, "as_of": "2025-07-29"}), "utf-8")
    again = run_job(tmp_path)
    named = dict(zip(again.columns["dossier"], again.columns["outcome"]))
    assert {named[code] for code in drawn} == {"pending_overdue"}
    missed = {row.figure for row in again.comparisons if not row.met and row.summary == "communes"}
    assert {"resolved", "early_or_on_time", "pending"} <= missed
