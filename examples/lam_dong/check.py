#!/usr/bin/env python3
"""Recount July 2025 from the raw events, slowly and on its own, and compare.

This checker imports nothing of motcua and knows nothing of the generator. It
reads out/events.jsonl line by line, walks the calendar day by day, reckons every
deadline by the Civil Code (policy by_day) and counts. It then compares

* every row of out/dossiers.csv,
* every figure of out/summary.json,
* the published figures of published.tsv,

and says what differs. Exit status: 0 all agree, 1 something differs, 2 bad input.

    python examples/lam_dong/check.py [DIR] [--events-only]
    python examples/lam_dong/check.py [DIR] --postpone N

With --postpone the results of N dossiers drawn at random come 60 days later in a
copy of the job, which is run again (``python -m motcua run``): every one of them
has to be overdue then, and the recount has to agree with that run too.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import random
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
FACTS = HERE.parent.parent / "core" / "data"

# --- The calendar, from the law -----------------------------------------------------------------
# Labour Code 2019 art. 112: New Year, Tết, Hùng Kings (10th of the 3rd lunar month: 7 April), 30 April,
# 1 May, National Day and one adjacent day. Notice 6150/TB-BLĐTBXH: Tết 27-31 January; Friday 2 May is
# off and Saturday 26 April is worked for it.
DAYS_OFF = {date(2025, 1, 1), date(2025, 4, 7), date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2),
            date(2025, 9, 1), date(2025, 9, 2)} | {date(2025, 1, day) for day in range(27, 32)}  # fmt: skip
WORKED_SATURDAYS = {date(2025, 4, 26)}
ONE_DAY = timedelta(days=1)
# The province's hours until 31 October 2025.
HOURS = [(time(7, 0), time(11, 30)), (time(13, 30), time(17, 0))]
MERGER = date(2025, 7, 1)


def is_working(day: date) -> bool:
    if day.year != 2025:
        raise ValueError(f"{day}: this checker knows the days off of 2025 only")
    return day in WORKED_SATURDAYS or (day.weekday() < 5 and day not in DAYS_OFF)


def closing(day: date) -> datetime:
    return datetime.combine(day, HOURS[-1][1])


@functools.lru_cache(maxsize=None)
def roll(day: date) -> date:
    """The day itself, or the next working day."""
    while not is_working(day):
        day += ONE_DAY
    return day


def effective_start(moment: datetime) -> datetime:
    """The moment if the office is open then, else the next opening."""
    day = moment.date()
    if is_working(day):
        for opens, closes in HOURS:
            if moment.time() < opens:
                return datetime.combine(day, opens)
            if moment.time() <= closes:
                return moment
    return datetime.combine(roll(day + ONE_DAY), HOURS[0][0])


@functools.lru_cache(maxsize=None)
def working_day_after(day: date, amount: int, paused: frozenset[date]) -> date:
    """The amount-th working day after a day; days in ``paused`` do not count."""
    while amount > 0:
        day += ONE_DAY
        if is_working(day) and day not in paused:
            amount -= 1
    return day


def paused_days(pauses: list[tuple[datetime, datetime]]) -> frozenset[date]:
    """Working days of which any working time lies in a pause."""
    days = set()
    for begins, ends in pauses:
        day = begins.date()
        while day <= ends.date():
            for opens, closes in HOURS if is_working(day) else []:
                if max(begins, datetime.combine(day, opens)) < min(ends, datetime.combine(day, closes)):
                    days.add(day)
            day += ONE_DAY
    return frozenset(days)


def deadline(accepted: datetime, limit: str, pauses: list[tuple[datetime, datetime]]) -> datetime | None:
    """The last minute in time; ``pauses`` stop the clock and end before now."""
    start = effective_start(accepted)
    if limit == "none":
        return None
    if limit == "same_day@15:00":
        return closing(start.date() if start.time() <= time(15, 0) else roll(start.date() + ONE_DAY))
    amount, unit = (int(limit[:-2]), "wd") if limit.endswith("wd") else (int(limit[:-1]), limit[-1])
    if unit == "h":
        ends = start + timedelta(hours=amount)
        if is_working(ends.date()) and any(opens <= ends.time() <= closes for opens, closes in HOURS):
            return ends
        return _next_closing(ends)
    plain = _due_day(start.date(), amount, unit, [])
    counted = [pause for pause in pauses if pause[0] < closing(plain)]
    return closing(_due_day(start.date(), amount, unit, counted))


def _due_day(day: date, amount: int, unit: str, pauses: list[tuple[datetime, datetime]]) -> date:
    if unit == "wd":
        return working_day_after(day, amount, paused_days(pauses))
    shift = sum((ends.date() - begins.date()).days for begins, ends in pauses)
    return roll(day + timedelta(days=amount + shift))


def _next_closing(moment: datetime) -> datetime:
    day = moment.date()
    while True:
        for _, closes in HOURS if is_working(day) else []:
            if datetime.combine(day, closes) >= moment:
                return datetime.combine(day, closes)
        day += ONE_DAY


# --- A dossier, from its events -----------------------------------------------------------------
@dataclass
class Dossier:
    agency: str = ""
    procedure: str = ""
    channel: int = 0
    limit: str = ""
    accepted: datetime | None = None
    start: datetime | None = None  # of the running clock: acceptance, or the answer to a supplement
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    waits_since: datetime | None = None
    extended: datetime | None = None
    ended: datetime | None = None
    ending: str = ""
    moved: bool = False  # passed on by the merger while open, to the one successor of its unit
    decided: bool = False  # moved by an event of its own

    def due(self) -> datetime | None:
        if self.waits_since:
            return None
        return self.extended or deadline(self.start, self.limit, self.pauses)

    def outcome(self, as_of: date) -> str:
        due = self.due()
        if not self.ended:
            return "pending_overdue" if due and due.date() < as_of else "pending"
        if due is None or self.ended.date() == due.date():
            return "on_time"
        return "early" if self.ended.date() < due.date() else "overdue"


class Book:
    """What the checker looks up: limits of the catalogue and who took over from whom."""

    def __init__(self, folder: Path, job: dict):
        self.limits = {}
        short = {"working_day": "wd", "day": "d", "hour": "h"}
        for row in tsv(folder / job["catalogue"] / "time_limits.tsv"):
            if row["unit"] in short and row["value"].isdigit():
                key = (row["code"], {"direct": 1, "online": 2, "postal": 3}[row["channel"]])
                self.limits.setdefault(key, row["value"] + short[row["unit"]])
        edges = defaultdict(list)
        for row in tsv(FACTS / "units" / "succession_2025.tsv"):
            if row["level"] == "commune":
                edges[row["from_code"]].append((row["to_code"], row["moved"]))
        self.successor = {code: to[0][0] for code, to in edges.items() if len(to) == 1}
        # A unit that alone became the unit of its own code was at most renamed: it goes on.
        whence = Counter(to for row in edges.values() for to, _ in row)
        self.same = {code for code, to in self.successor.items() if to == code and whence[to] == 1}
        self.successor |= {row["from_code"]: row["to_code"] for row in tsv(folder / job["agency_succession"])}
        self.departments = {row["code"] for row in tsv(folder / job["agencies"])}


def tsv(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_events(path: Path) -> dict[str, list[tuple[datetime, str, dict]]]:
    """The events of every dossier in the order of their time."""
    by_dossier = defaultdict(list)
    parsed: dict[str, datetime] = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            at = parsed.get(event["at"]) or parsed.setdefault(event["at"], datetime.fromisoformat(event["at"]))
            by_dossier[event["dossier"]].append((at, event["kind"], event))
    for events in by_dossier.values():
        events.sort(key=lambda step: step[0])
    return by_dossier


def replay(steps: list[tuple[datetime, str, dict]], book: Book, until: date) -> Dossier:
    """A dossier as of the end of a day."""
    dossier = Dossier()
    for at, kind, event in steps:
        if at.date() > until:
            break
        if at.date() >= MERGER:
            _hand_over_to_successor(dossier, book)
        _apply(dossier, at, kind, event, book)
    if until >= MERGER:
        _hand_over_to_successor(dossier, book)
    return dossier


def _hand_over_to_successor(dossier: Dossier, book: Book) -> None:
    """On 1 July an open dossier of an abolished unit passes to the one that took over, if there is only one."""
    if dossier.moved or dossier.decided or not dossier.accepted or dossier.accepted.date() >= MERGER or dossier.ended:
        return
    if dossier.agency in book.successor and dossier.agency not in book.same:
        dossier.agency, dossier.moved = book.successor[dossier.agency], True


def _apply(dossier: Dossier, at: datetime, kind: str, event: dict, book: Book) -> None:
    if kind in ("submit", "accept"):
        dossier.agency, dossier.procedure, dossier.channel = event["agency"], event["procedure"], event["channel"]
    if kind == "accept":
        dossier.accepted = dossier.start = at
        dossier.limit = event.get("limit") or book.limits[event["procedure"], event["channel"]]
    elif kind == "transfer":
        dossier.agency, dossier.decided = event["agency"], True
    elif kind in ("request_supplement", "request_payment"):
        dossier.waits_since = at
    elif kind == "supply":  # asked during appraisal: the whole limit begins again
        dossier.start, dossier.pauses, dossier.waits_since, dossier.extended = at, [], None, None
    elif kind == "paid":
        dossier.pauses.append((dossier.waits_since, at))
        dossier.waits_since = None
    elif kind == "extend":
        dossier.extended = datetime.fromisoformat(event["due"])
    elif kind in ("finish", "stop", "withdraw"):
        dossier.ended, dossier.ending = at, kind


# --- The counts ---------------------------------------------------------------------------------
def count(dossiers: list[Dossier], first: date, last: date) -> dict[str, float]:
    """The counts of form II.06a for a period, from dossiers as of its last day."""
    counts: Counter[str] = Counter()
    for dossier in dossiers:
        if not dossier.accepted or (dossier.ended and dossier.ended.date() < first):
            continue
        counts["received" if dossier.accepted.date() >= first else "carried_over"] += 1
        if dossier.accepted.date() >= first:
            counts["received_online" if dossier.channel == 2 else "received_direct_postal"] += 1
        outcome = dossier.outcome(last)
        counts[outcome] += 1
        counts["returned"] += dossier.ending == "stop"
    names = ("received_online", "received_direct_postal", "received", "carried_over", "early", "on_time", "overdue",
             "returned", "pending_overdue")  # fmt: skip
    result: dict[str, float] = {name: counts[name] for name in names}
    result["pending_within"] = counts["pending"]
    result["pending"] = counts["pending"] + counts["pending_overdue"]
    result["resolved"] = counts["early"] + counts["on_time"] + counts["overdue"]
    result["processed"] = result["resolved"] + result["pending"]
    assert result["processed"] == result["received"] + result["carried_over"]
    in_time = counts["early"] + counts["on_time"]
    result["on_time_rate"] = round(100 * in_time / result["resolved"], 2) if result["resolved"] else None
    return result


class Recount:
    """Everything the job file asks for, recounted."""

    def __init__(self, job_folder: Path):
        self.job = json.loads((job_folder / "job.json").read_text("utf-8"))
        self.folder = job_folder
        self.book = Book(job_folder, self.job)
        self.steps = read_events(job_folder / self.job["events"])
        self.as_of = date.fromisoformat(self.job["as_of"])
        self.dossiers = {code: replay(steps, self.book, self.as_of) for code, steps in self.steps.items()}

    def accepted(self) -> dict[str, Dossier]:
        return {code: dossier for code, dossier in self.dossiers.items() if dossier.accepted}

    @functools.cached_property
    def summaries(self) -> dict[str, dict[str, float]]:
        result = {}
        for name, scope in self.job["summaries"].items():
            first, last = (date.fromisoformat(scope[end]) for end in ("first", "last"))
            chosen = self.dossiers.values()
            if last != self.as_of:
                chosen = [replay(steps, self.book, last) for steps in self._touching(scope["of"])]
            result[name] = count([d for d in chosen if self._in(d.agency, scope["of"])], first, last)
        return result

    def _touching(self, scope: str | list[str]) -> list[list[tuple[datetime, str, dict]]]:
        """The events of every dossier that an agency of the scope, or one it took over from, had a hand in."""
        if not isinstance(scope, list):
            return list(self.steps.values())
        ours = set(scope) | {old for old, new in self.book.successor.items() if new in scope}
        return [steps for steps in self.steps.values() if any(event["agency"] in ours for *_, event in steps)]

    def handed_over(self) -> dict[str, int]:
        moved = [d.agency in self.book.departments for d in self.dossiers.values() if d.accepted and d.moved]
        return {"communes": moved.count(False), "departments": moved.count(True)}

    def _in(self, agency: str, scope: str | list[str]) -> bool:
        if isinstance(scope, list):
            return agency in scope
        return scope == "all" or (agency in self.book.departments) == (scope == "agencies")


# --- The comparison -----------------------------------------------------------------------------
def differences(recount: Recount, out: Path) -> list[str]:
    """Where the results of a run differ from the recount."""
    found = _differing_dossiers(recount, out / "dossiers.csv")
    summary = json.loads((out / "summary.json").read_text("utf-8"))
    for name, figures in recount.summaries.items():
        for figure, value in figures.items():
            if figure in summary[name] and summary[name][figure] != value:
                found.append(f"summary.json: {name}.{figure} is {summary[name][figure]}, recounted {value}")
    if (given := {k: summary["handed_over"][k] for k in ("communes", "departments")}) != (
        ours := recount.handed_over()
    ):
        found.append(f"summary.json: handed_over is {given}, recounted {ours}")
    return found


def _differing_dossiers(recount: Recount, path: Path) -> list[str]:
    found, seen = [], set()
    ours = recount.accepted()
    with open(path, encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            code = row["dossier"]
            seen.add(code)
            if code not in ours:
                found.append(f"dossiers.csv: {code} was never accepted")
            elif (expected := _row(ours[code], recount.as_of)) != (given := {key: row[key] for key in expected}):
                found.append(f"dossiers.csv: {code} is {given}, recounted {expected}")
    found += [f"dossiers.csv: {code} is missing" for code in ours if code not in seen]
    return found


def _row(dossier: Dossier, as_of: date) -> dict[str, str]:
    def minute(moment: datetime | None) -> str:
        return moment.strftime("%Y-%m-%dT%H:%M") if moment else ""

    return {
        "agency": dossier.agency,
        "procedure": dossier.procedure,
        "limit": dossier.limit,
        "accepted_at": minute(dossier.accepted),
        "due": minute(dossier.due()),
        "finished_at": minute(dossier.ended),
        "outcome": dossier.outcome(as_of),
        "returned": "yes" if dossier.ending == "stop" else "no",
    }


def unmet(recount: Recount) -> list[str]:
    """Published figures that the recount does not reach."""
    found = []
    for row in tsv(recount.folder / recount.job["published"]):
        figures = recount.summaries[row["summary"]]
        figures = {**figures, "early_or_on_time": figures["early"] + figures["on_time"]}
        if not float(row["least"]) <= figures[row["figure"]] <= float(row["most"]):
            found.append(f"{row['summary']}.{row['figure']} is {figures[row['figure']]}, published {row['as_printed']}")
    return found


# --- Sixty days later -----------------------------------------------------------------------------
ENDINGS = ("finish", "stop", "withdraw")


def postpone(source: Path, target: Path, dossiers: set[str], days: int) -> int:
    """Copy events; the results of some dossiers, and their hand-over, come later. Returns how many events moved."""
    moved = 0
    with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
        for line in lines:
            if '"finish"' in line or '"hand_over"' in line or '"stop"' in line or '"withdraw"' in line:
                event = json.loads(line)
                if event["dossier"] in dossiers and event["kind"] in (*ENDINGS, "hand_over"):
                    later = datetime.fromisoformat(event["at"]) + timedelta(days=days)
                    line = json.dumps({**event, "at": later.strftime("%Y-%m-%dT%H:%M")}, ensure_ascii=False) + "\n"
                    moved += 1
            out.write(line)
    return moved


def postponed_job(folder: Path, copy: Path, dossiers: set[str], days: int) -> None:
    """A copy of a job whose results come ``days`` later, counted as of as many days later."""
    job = json.loads((folder / "job.json").read_text("utf-8"))
    for name in ("catalogue", "agencies", "agency_succession", "portal_catalogue", "published", "quoted"):
        job[name] = str((folder / job[name]).resolve())
    job["as_of"] = (date.fromisoformat(job["as_of"]) + timedelta(days=days)).isoformat()
    (copy / "out").mkdir(parents=True, exist_ok=True)
    (copy / "job.json").write_text(json.dumps(job, ensure_ascii=False), "utf-8")
    postpone(folder / job["events"], copy / job["events"], dossiers, days)


def check_postponed(folder: Path, number: int, seed: int, days: int = 60) -> list[str]:
    """Postpone the results of dossiers drawn at random and run again; what is not as it should be."""
    ended = sorted(code for code, dossier in Recount(folder).accepted().items() if dossier.ended)
    drawn = set(random.Random(seed).sample(ended, number))
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        postponed_job(folder, copy, drawn, days)
        subprocess.run(
            [sys.executable, "-m", "motcua", "run", "--quiet", str(copy)], check=True, stdout=subprocess.DEVNULL
        )
        with open(copy / "out" / "dossiers.csv", encoding="utf-8", newline="") as text:
            outcome = {row["dossier"]: row["outcome"] for row in csv.DictReader(text)}
        found = [f"{code}, 60 days later, is {outcome[code]}" for code in sorted(drawn) if outcome[code] != "overdue"]
        return found + differences(Recount(copy), copy / "out")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=HERE, metavar="DIR")
    parser.add_argument("--events-only", action="store_true", help="compare with the published figures alone")
    parser.add_argument(
        "--postpone", type=int, metavar="N", help="postpone N results by 60 days, run again, expect them overdue"
    )
    parser.add_argument("--seed", type=int, default=1, help="which dossiers to postpone")
    args = parser.parse_args(argv)
    try:
        if args.postpone:
            return report(
                check_postponed(args.folder, args.postpone, args.seed),
                f"{args.postpone} postponed results are overdue, and the recount agrees.",
            )
        recount = Recount(args.folder)
        found = unmet(recount)
        if not args.events_only:
            found += differences(recount, args.folder / "out")
    except (OSError, KeyError, ValueError) as error:
        print(f"check: {type(error).__name__}: {error}", file=sys.stderr)
        return 2
    what = "gives" if args.events_only else "agrees with the run in every one and gives"
    return report(
        found, f"The independent recount of {len(recount.accepted()):,} dossiers {what} every published figure."
    )


def report(found: list[str], sentence: str) -> int:
    """Print what differs, or the sentence; the exit status."""
    for line in found[:20]:
        print(f"differs: {line}")
    print(f"The recount differs in {len(found):,} places." if found else sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
