"""``motcua verify JOURNAL``: is every link of the chain whole?"""

from __future__ import annotations

import argparse
import json

from ..cli import shown

HELP = "Check every link of a journal's hash chain."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The journal, and optionally a head that was kept elsewhere."""
    parser.add_argument("journal", metavar="JOURNAL", help="a SQLite file, sqlite:PATH or postgresql://...")
    parser.add_argument("--anchor", metavar="SEQUENCE:HASH", help="a head kept elsewhere; it must be on the chain")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """0 if all is whole, 1 with the first broken link if not."""
    from ..errors import InvalidArgument, MalformedData
    from ..journal import Journal
    from ._progress import bar

    anchor = None
    if args.anchor:
        number, _, digest = args.anchor.partition(":")
        if not (number.isascii() and number.isdecimal() and len(number) < 20):
            raise InvalidArgument(f"--anchor '{args.anchor}': expected SEQUENCE:HASH", status=3, reason=1)
        anchor = (int(number), digest)
    try:
        with Journal.open(args.journal, mode="read") as journal:
            with bar("events", args.quiet) as progress:
                found = journal.verify(anchor, progress=progress)
            answer = {"ok": found.ok, "events": found.events, "head": f"{found.head.sequence}:{found.head.hash}"}
            answer.update(broken_at=found.broken_at, problem=found.problem)
    except MalformedData as error:  # too damaged to be opened
        answer = {"ok": False, "events": None, "head": None, "broken_at": None, "problem": str(error)}
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    elif answer["ok"]:
        print(f"whole: {answer['events']} events, head {answer['head']}")
    else:
        where = f"broken at {answer['broken_at']}: " if answer["broken_at"] else ""
        print(shown(f"{where}{answer['problem']}"))
    return 0 if answer["ok"] else 1
