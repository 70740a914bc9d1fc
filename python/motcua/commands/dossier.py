"""``motcua dossier [FILE] ID``: the history of one dossier, with due times and reasons."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import sys
from typing import Any

import motcua

from ..cli import DONE, FOUND_PROBLEMS, shown

HELP = "What happened to a dossier? Every event, its due times, and why."
_PROGRESS_FROM = 20_000_000  # bytes; below, a file is read in a blink


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The event file, the dossier, and what to reckon with."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="events, one JSON object a line, or a journal")
    parser.add_argument("id", metavar="ID", help="the code of the dossier")
    parser.add_argument(
        "--journal",
        metavar="JOURNAL",
        default=os.environ.get("MOTCUA_JOURNAL"),
        help="a SQLite file, sqlite:PATH or postgresql://..., where no FILE is given; default: $MOTCUA_JOURNAL",
    )
    parser.add_argument("--at", metavar="TIME", help="as of this minute (default: the last event of the file)")
    parser.add_argument("--catalogue", metavar="DIR", help="a catalogue, where events bring no limit")
    parser.add_argument("--steps", metavar="TSV", help="internal processes: code, step_no, step_name_vi, agency, ...")
    parser.add_argument(
        "--reception", metavar="LIMIT", default="8wh", help="how long an online dossier may wait (default: %(default)s)"
    )
    parser.add_argument("--policy", choices=("by_day", "by_hour"), default="by_day", help="how working days count")
    parser.add_argument(
        "--machine",
        metavar="FILE|OPTION=CHOICE",
        action="append",
        default=[],
        help="the file of a machine, for the procedures it names or for all, or a reading of every machine, "
        "e.g. stop=resumable or silence=15wd; may be repeated",
    )


def run(args: argparse.Namespace) -> int:
    """Print the history; exit status 1 if an event was refused or not read, or something is marked."""
    log = _read(args.file) if args.file and not _is_journal(args.file) else _recorded(args)
    catalogue = motcua.Catalogue.read(args.catalogue) if args.catalogue else None
    register = motcua.DossierRegister(
        log,
        catalogue=catalogue,
        policy=args.policy,
        machine=_machines(args.machine),
        reception=args.reception,
        as_of=args.at,
        steps=args.steps,
    )
    d = register.dossier(args.id)
    history = d.history
    unread = _unread(args.file, args.id, log.problems)
    if args.json:
        json.dump(_as_json(d, history, unread), sys.stdout, ensure_ascii=False)
        print()
    else:
        _print(d, history, register.as_of)
    faults = set(d.marks) - {"reception_alert"}
    return FOUND_PROBLEMS if unread or faults or not all(entry.applied for entry in history) else DONE


def _is_journal(file: str) -> bool:
    if file.startswith(("sqlite:", "postgresql:", "postgres:")):
        return True
    with open(file, "rb") as content:
        return content.read(16) == b"SQLite format 3\0"


def _recorded(args: argparse.Namespace) -> motcua.EventLog:
    """The dossier's events from a journal."""
    url = args.file or args.journal
    if not url:
        raise motcua.InvalidArgument("FILE: expected a file of events, or a journal", status=3, reason=1)
    with motcua.Journal.open(url, mode="read") as journal:
        return motcua.EventLog(journal.events(dossier=args.id))


def _read(path: str) -> motcua.EventLog:
    watched = sys.stderr.isatty() and os.path.getsize(path) > _PROGRESS_FROM
    if watched:
        print(f"reading {os.path.getsize(path) / 1e6:,.0f} MB of events ...", end="", file=sys.stderr, flush=True)
    log = motcua.EventLog.read(path)
    if watched:
        print(f"\r\033[K{len(log):,} events", file=sys.stderr)
    for problem in log.problems[:5]:
        told = f"line {problem.line}: {problem.field} '{problem.value}': expected {problem.expected}"
        print(shown(told), file=sys.stderr)
    if len(log.problems) > 5:
        print(f"and {len(log.problems) - 5:,} more lines that were left out", file=sys.stderr)
    return log


def _unread(path: str | None, id: str, problems: list[motcua.Problem]) -> list[motcua.Problem]:
    """The lines left out that are, or for all one can tell may be, events of the dossier."""
    if not problems or path is None:
        return []
    wanted = {problem.line for problem in problems}
    others = set()
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, 1):
            if number in wanted and _dossier_of(line) not in (id, None):
                others.add(number)
    return [problem for problem in problems if problem.line not in others]


def _dossier_of(line: bytes) -> str | None:
    try:
        dossier = json.loads(line)["dossier"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return dossier if isinstance(dossier, str) else None


def _machines(words: list[str]) -> dict[str | None, motcua.Machine]:
    """The machines of the words that are files, each under the readings of the others; None: of all
    procedures that no file names."""
    files = [word for word in words if "=" not in word or os.path.exists(word)]
    choices = dict(word.split("=", 1) for word in words if word not in files)
    machines: dict[str | None, motcua.Machine] = {}
    for file in files:
        if not os.path.exists(file):
            raise _refused(file, "OPTION=CHOICE, or the file of a machine")
        machine = motcua.Machine.read(file, **choices)
        for procedure in machine.procedures or (None,):
            if procedure in machines:
                raise _refused(file, f"one machine for {procedure or 'all other procedures'}")
            machines[procedure] = machine
    if None not in machines:
        machines[None] = motcua.Machine.national(**choices)
    return machines


def _refused(word: str, expected: str) -> motcua.InvalidArgument:
    return motcua.InvalidArgument(f"--machine '{word}': expected {expected}", status=3, reason=1)


def _time(minute: dt.datetime | None) -> str:
    return minute.strftime("%Y-%m-%d %H:%M") if minute else "-"


def _print(d: Any, history: list, as_of: dt.datetime | None) -> None:
    applied = [e for e in history if e.applied]
    # Who received it at first: a transfer puts its successor in that place.
    opened = next((e for e in applied if e.clock == "start"), applied[0])
    taken_over = [f"{e.agency} ({e.at:%Y-%m-%d})" for e in applied if e.kind == "transfer"]
    own_state = f" [{d.state}]" if d.state != d.status_name else ""
    print(shown(f"{d.id}  {d.status} {d.status_name_vi}{own_state}  ({d.outcome}, as of {_time(as_of)})"))
    pairs = [
        ("procedure", d.procedure),
        ("case", d.case),
        ("received by", opened.holder if taken_over else d.receiving),
        ("taken over by", ", ".join(taken_over)),
        ("decided by", d.competent),
        ("held by", d.holder),
        ("limit", d.limit or "-"),
        ("due", _time(d.deadline)),
        ("as printed", _time(d.original_due)),
        ("apology by", d.apology_by.isoformat() if d.apology_by else "-"),
        ("trips", str(d.trips)),
        ("supplements", str(d.supplements)),
        ("marks", ", ".join(d.marks) or "-"),
    ]
    print(shown("  ".join(f"{name}: {value}" for name, value in pairs if value and value != "-")))
    rows = [("when", "event", "status", "clock", "due", "step", "holder", "by", "reason")]
    for e in history:
        status = f"{e.source_status} > {e.status}" if e.applied else "refused"
        if e.applied and own_state:
            status += f" [{e.state}]"
        step = str(e.step) if e.step else "-"
        reason = e.reason + "".join(f"  [{mark}]" for mark in e.marks) + (f"  ({e.note})" if e.note else "")
        rows.append((_time(e.at), e.kind, status, e.clock, _time(e.due), step, e.holder, e.actor or "-", reason))
    _table(rows)
    if d.steps:
        rows = [("step", "begun", "ended", "limit", "due", "name")]
        rows += [
            (str(s.number), _time(s.begun_at), _time(s.ended_at), s.limit or "-", _time(s.due), s.name) for s in d.steps
        ]
        _table(rows)


def _table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]) - 1)]
    print()
    for row in rows:
        print(shown("  ".join([*(text.ljust(width) for text, width in zip(row, widths)), row[-1]]).rstrip()))


def _as_json(d: Any, history: list, unread: list[motcua.Problem]) -> dict[str, Any]:
    names = (
        "id status status_name state holder receiving competent procedure case channel limit deadline original_due "
        "submitted_at accepted_at clock_start finished_at handed_over_at reception_due answer_due apology_by step "
        "step_due outcome result trips supplements marks extended provisional causes"
    ).split()
    found = {name: _plain(getattr(d, name)) for name in names}
    # What is passed on names nobody: actors and notes stay in the file.
    found["history"] = [{k: _plain(v) for k, v in e._asdict().items() if k not in ("actor", "note")} for e in history]
    fields = ("line", "event", "field", "value", "expected")
    found["problems"] = [{name: getattr(problem, name) for name in fields} for problem in unread]
    found["steps"] = [{k: _plain(v) for k, v in s._asdict().items()} for s in d.steps]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    return value
