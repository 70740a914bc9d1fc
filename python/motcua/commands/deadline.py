"""``motcua deadline``: when is a dossier due?"""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

HELP = "When is a dossier due?"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The acceptance, the limit, and what happened to the clock."""
    parser.add_argument("accepted_at", metavar="ACCEPTED", help="minute of acceptance, 2025-08-28T15:10")
    parser.add_argument("limit", metavar="LIMIT", help="3wd, 0.5wd, 8wh, 15d, 2mo, same_day@15:00, 5wd+7d, ...")
    parser.add_argument("--policy", choices=("by_day", "by_hour"), default="by_day", help="how working days count")
    parser.add_argument(
        "--pause",
        metavar="FROM/TO[/PRACTICE]",
        action="append",
        default=[],
        help="the clock stood; TO empty while it still stands; PRACTICE resume, restart or shift",
    )
    parser.add_argument(
        "--competent-at",
        metavar="TIME",
        help="where reception was boundary-free: when the competent agency received the dossier",
    )
    parser.add_argument(
        "--extra", metavar="LIMIT", help="time on top of the limit, such as 10wd in a disadvantaged commune"
    )
    parser.add_argument("--extension", metavar="TIME", help="the new due minute, given once")
    parser.add_argument(
        "--layer", metavar="FILE", action="append", default=[], help="a JSON file with a layer or a list"
    )
    parser.add_argument("--now", metavar="TIME", help="also tell how much time is left at this minute")


def run(args: argparse.Namespace) -> int:
    """Print the due time; exit status 0."""
    deadline = compute(args)
    answer: dict[str, Any] = {
        "due": _minute(deadline.due),
        "effective_start": _minute(deadline.effective_start),
        "original_due": _minute(deadline.original_due),
        "provisional": deadline.provisional,
        "paused": deadline.paused,
    }
    if args.now and (deadline.due or deadline.paused):
        answer["remaining_minutes"] = deadline.remaining(args.now)
    if args.json:
        json.dump(answer, sys.stdout)
        print()
        return 0
    print(answer["due"] or ("paused: nothing is due until the pause ends" if deadline.paused else "no deadline"))
    if answer["original_due"] != answer["due"] and answer["original_due"]:
        print(f"originally {answer['original_due']}")
    if "remaining_minutes" in answer:
        left = answer["remaining_minutes"]
        print(f"{abs(left)} working minutes {'left' if left >= 0 else 'late'}")
    if deadline.provisional:
        print("provisional: leans on a year without a complete official table of days off")
    return 0


def compute(args: argparse.Namespace):
    """The deadline that the arguments of ``deadline`` and ``explain`` ask for."""
    from .. import TimeLimit, WorkingCalendar, clock_start
    from .._civil import refuse
    from ..errors import Error

    calendar = WorkingCalendar.national()
    for path in args.layer:
        with open(path, encoding="utf-8-sig") as file:
            try:
                calendar = calendar.with_layer(json.load(file))
            except Error as error:
                refuse("--layer", path, f"a layer ({error})")
            except (ValueError, RecursionError, TypeError) as error:
                refuse("--layer", path, f"JSON of a layer or a list of layers ({error})")
    pauses = []
    for text in args.pause:
        parts = text.split("/")
        if len(parts) not in (2, 3):
            refuse("--pause", text, "FROM/TO or FROM/TO/PRACTICE")
        pauses.append((parts[0], parts[1] or None, *parts[2:]))
    accepted_at, limit = args.accepted_at, TimeLimit.parse(args.limit)
    if args.competent_at is not None:
        accepted_at = clock_start(accepted_at, args.competent_at)
    if args.extra is not None:
        limit = limit.with_extra(args.extra)
    return calendar.deadline(accepted_at, limit, args.policy, pauses=pauses, extension=args.extension)


def _minute(value: Any) -> str | None:
    return value.isoformat(timespec="minutes") if value else None
