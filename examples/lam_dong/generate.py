#!/usr/bin/env python3
"""Make up the events of July 2025 in Lâm Đồng: out/events.jsonl.

The events are synthetic, seeded and calibrated: what one computes from them
equals what the province published (README.md). They carry no result: who was
early, on time or overdue follows from the moments and the limits alone.

    python examples/lam_dong/generate.py [--seed N] [--out FILE]
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from synthesis import events as made  # noqa: E402
from synthesis import outcome, plan  # noqa: E402
from synthesis.offices import Offices, read_offices  # noqa: E402
from synthesis.procedures import Menu, read_menu  # noqa: E402

FACTS = HERE.parent.parent / "core" / "data"
DEFAULT_SEED = 20250701
_CHUNK = 20_000


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--out", type=Path, default=HERE / "out" / "events.jsonl")
    args = parser.parse_args(argv)
    started = time.perf_counter()
    dossiers, events = generate(args.seed, args.out)
    took = time.perf_counter() - started
    print(f"{events:,} events of {dossiers:,} dossiers in {args.out} ({took:.1f} s, seed {args.seed})")
    return 0


def generate(seed: int, out: Path) -> tuple[int, int]:
    """Write the events of a seed; returns the counts of dossiers and events."""
    offices = read_offices(HERE, FACTS / "units")
    menu = read_menu(FACTS / "procedures", HERE / "synthesis" / "procedure_mix.tsv")
    dossiers, events = _everything(np.random.default_rng(seed), menu, offices)
    numbers = _numbers(offices, dossiers, events)
    out.parent.mkdir(parents=True, exist_ok=True)
    with open(out, "w", encoding="utf-8", newline="\n") as file:
        for lines in _lines(menu, offices, dossiers, events, numbers):
            file.write(lines)
    return len(dossiers), len(events.at)


def _everything(rng: np.random.Generator, menu: Menu, offices: Offices) -> tuple[plan.Plan, made.Events]:
    """Every dossier and every event, the events in the order of time."""
    communes = plan.joined(plan.open_communes(rng, menu, offices))
    departments = plan.joined(plan.open_departments(rng, menu, offices))
    for some, supplement_share in ((communes, 0.02), (departments, 0.05)):
        ward_1, ward_3 = plan.published_wards(some, offices)
        plan.interrupt(rng, menu, some, supplement_share, spared=ward_1 | ward_3)
        plan.reckon(menu, some)
        plan.extend(rng, menu, some, spared=ward_1 | ward_3)
    outcome.settle_communes(rng, communes, offices)
    outcome.settle_departments(rng, departments)
    parts = [(some, made.events_of(rng, menu, offices, some)) for some in (communes, departments)]
    for some in (communes, departments):
        turned_away = made.refused(rng, menu, offices, some)
        parts.append((turned_away, made.refusals(rng, menu, turned_away)))
    parts.append(made.waiting_online(rng, menu, communes))
    return _merged(parts)


def _merged(parts: list[tuple[plan.Plan, made.Events]]) -> tuple[plan.Plan, made.Events]:
    first, moved = 0, []
    for some, events in parts:
        events.dossier = events.dossier + first
        first += len(some)
        moved.append(events)
    columns = [np.concatenate([getattr(events, name) for events in moved]) for name in made.Events.__dataclass_fields__]
    order = np.argsort(columns[2], kind="stable")
    return plan.joined([some for some, _ in parts]), made.Events(*(column[order] for column in columns))


def _numbers(offices: Offices, dossiers: plan.Plan, events: made.Events) -> list[str]:
    """Dossier numbers (mã số hồ sơ): identification code, date, serial of the office and day."""
    _, first = np.unique(events.dossier, return_index=True)
    opened, office = events.at[first] // 1440, events.office[first]
    key = opened * len(offices.code) + office
    order = np.lexsort((first, key))
    starts = np.flatnonzero(np.r_[True, key[order][1:] != key[order][:-1]])
    serial = np.empty(len(key), np.int64)
    serial[order] = np.arange(len(key)) - np.repeat(starts, np.diff(np.r_[starts, len(key)])) + 1
    days = {day: np.datetime64(int(day), "D").item().strftime("%y%m%d") for day in np.unique(opened)}
    prefix = offices.prefix
    return [f"{prefix[o]}-{days[d]}-{s:04d}" for o, d, s in zip(office.tolist(), opened.tolist(), serial.tolist())]


def _lines(menu: Menu, offices: Offices, dossiers: plan.Plan, events: made.Events, numbers: list[str]):
    """The lines of the file, a chunk at a time."""
    step = _step_numbers(events.dossier)
    minutes, minute_row = np.unique(events.at, return_inverse=True)
    clock = np.datetime_as_string(minutes.view("M8[m]")).tolist()
    opening, accepting = _tails(menu)
    kinds = made.KINDS
    closing = [[f',"actor":"{made.ACTORS[kind]}-{n}"}}\n' for n in range(1, 6)] for kind in kinds]
    notes = {
        made.KIND["stop"]: ',"note":"Không đủ điều kiện giải quyết"',
        made.KIND["request_supplement"]: ',"note":"Bổ sung thành phần hồ sơ"',
    }
    opens, accepts, extends = {made.KIND["submit"], made.KIND["refuse"]}, made.KIND["accept"], made.KIND["extend"]
    line_of, code = dossiers.line.tolist(), offices.code
    for begin in range(0, len(step), _CHUNK):
        part = slice(begin, begin + _CHUNK)
        lines = []
        for d, k, n, row, o, due in zip(
            events.dossier[part].tolist(), events.kind[part].tolist(), step[part].tolist(),
            minute_row[part].tolist(), events.office[part].tolist(), events.due[part].tolist(),
        ):  # fmt: skip
            if k == accepts:
                tail = accepting[line_of[d]]
            elif k in opens:
                tail = opening[line_of[d]]
            elif k == extends:
                tail = f',"due":"{np.datetime64(due, "m")}"'
            else:
                tail = notes.get(k, "")
            number = numbers[d]
            lines.append(
                f'{{"id":"{number}.{n}","dossier":"{number}","kind":"{kinds[k]}","at":"{clock[row]}",'
                f'"agency":"{code[o]}"'
                f"{tail}{closing[k][(d + n) % 5]}"
            )
        yield "".join(lines)


def _step_numbers(dossier: np.ndarray) -> np.ndarray:
    """1, 2, 3 ... within each dossier, in the order of the rows."""
    order = np.argsort(dossier, kind="stable")
    starts = np.flatnonzero(np.r_[True, dossier[order][1:] != dossier[order][:-1]])
    step = np.empty(len(dossier), np.int64)
    step[order] = np.arange(len(dossier)) - np.repeat(starts, np.diff(np.r_[starts, len(dossier)])) + 1
    return step


def _tails(menu: Menu) -> tuple[list[str], list[str]]:
    """What an opening event says of its procedure; an acceptance also says the limit the catalogue leaves out."""
    opening = [f',"procedure":"{line.code}","channel":{line.channel}' for line in menu.lines]
    limits = [f',"limit":"{line.limit}"' if line.limit else "" for line in menu.lines]
    return opening, [text + limit for text, limit in zip(opening, limits)]


if __name__ == "__main__":
    sys.exit(main())
