"""``motcua run DIR``: a whole job, from the events of a province to its report."""

from __future__ import annotations

import argparse
import json
import sys

from ..cli import shown

NAME = "run"
HELP = "run a job folder: deadlines, hand-over, counts, ranking, findings, report"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``motcua run DIR [--quiet] [--json]``."""
    parser.add_argument("folder", metavar="DIR", help="a folder with a job.json (see docs/run.md)")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """0 where every event could be taken, 1 where problems were found in the events."""
    from ..run import run_job
    from ..run.output import summary

    outcome = run_job(args.folder, _silent if args.quiet or args.json else _to_terminal)
    if args.json:
        print(json.dumps(summary(outcome), ensure_ascii=False))
    else:
        _show_problems(outcome.problems)
        print(shown(outcome.sentence()))
    return 1 if outcome.problems else 0


def _to_terminal(line: str) -> None:
    print(f"  {shown(line)}", file=sys.stderr, flush=True)


def _silent(line: str) -> None:
    pass


def _show_problems(problems: list[tuple[str, ...]], most: int = 10) -> None:
    for source, line, event, field, value, expected in problems[:most]:
        where = f"line {line}" if line else f"{source} {event}"
        print(shown(f"  problem at {where}: {field} is {value!r}; expected {expected}"), file=sys.stderr)
    if len(problems) > most:
        print(f"  and {len(problems) - most:,} more", file=sys.stderr)
