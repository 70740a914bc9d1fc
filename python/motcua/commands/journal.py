"""``motcua journal ACTION JOURNAL FILE``: bulk work on a journal."""

from __future__ import annotations

import argparse
import json
from typing import Any

HELP = "Import, export, branch, merge, back up, restore or erase from a journal."
_ACTIONS = {
    "import": "append the events of FILE (.jsonl, .parquet)",
    "export": "write all events to FILE (.jsonl, .parquet)",
    "branch": "make FILE, a journal for an office without network",
    "merge": "take in the events of the journal FILE",
    "backup": "copy everything to the new journal FILE",
    "restore": "make JOURNAL out of the backup FILE",
    "conflicts": "list decisions that were made side by side",
    "erase": "destroy the keys of the personal data of the dossier FILE, for good",
}

_MODES = {"import": "create", "merge": "existing", "erase": "existing"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which journal, and the other file."""
    parser.add_argument("action", choices=_ACTIONS, help="; ".join(f"{k}: {v}" for k, v in _ACTIONS.items()))
    parser.add_argument("journal", metavar="JOURNAL", help="a SQLite file, sqlite:PATH or postgresql://...")
    parser.add_argument("file", metavar="FILE", nargs="?", help="the other file or journal, or the code of a dossier")
    parser.add_argument("--pseudonym-key-file", metavar="PATH", help="of export: hide personal data with this key")
    parser.add_argument("--quiet", action="store_true", help="no progress")


def run(args: argparse.Namespace) -> int:
    """0, or 1 if there are conflicts or clocks that cannot have been right."""
    from ..errors import InvalidArgument
    from ..journal import Journal
    from ._progress import bar

    if args.pseudonym_key_file and args.action != "export":
        raise InvalidArgument(f"--pseudonym-key-file: expected with export, not with {args.action}", status=3, reason=1)
    if (args.file is None) != (args.action == "conflicts"):
        raise InvalidArgument(f"{args.action}: expected FILE for all but conflicts", status=3, reason=1)
    with bar("rows" if args.action == "merge" else "events", args.quiet) as progress:
        if args.action == "restore":
            with Journal.restore(args.file, args.journal, progress=progress) as journal:
                answer = {"events": journal.head.sequence}
        else:
            with Journal.open(args.journal, mode=_MODES.get(args.action, "read")) as journal:
                answer = _ACTION_OF[args.action](journal, args, progress)
    return _answer(args, answer)


def _answer(args: argparse.Namespace, answer: dict[str, Any]) -> int:
    if args.json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        for name, value in answer.items():
            rows = (value or ["none"]) if isinstance(value, list) else [value]
            for row in rows:
                print(f"{name}: {row if not isinstance(row, dict) else ' '.join(f'{k}={v}' for k, v in row.items())}")
    return 1 if answer.get("conflicts") or answer.get("skews") else 0


def _import(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    return {"added": journal.import_(args.file, progress=progress)}


def _export(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    key = None
    if args.pseudonym_key_file:
        with open(args.pseudonym_key_file, "rb") as file:
            key = file.read()
    return {"events": journal.export(args.file, pseudonym_key=key, progress=progress)}


def _branch(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    with journal.branch(args.file, progress=progress) as made:
        return {"events": made.head.sequence}


def _merge(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    report = journal.merge(args.file, progress=progress)
    skews = [skew._asdict() for skew in report.skews]
    return {"added": report.added, "duplicates": report.duplicates, **_listed(report.conflicts), "skews": skews}


def _backup(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    head = journal.backup(args.file, progress=progress)
    return {"events": head.sequence, "head": f"{head.sequence}:{head.hash}"}


def _conflicts(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    return _listed(journal.conflicts())


def _erase(journal: Any, args: argparse.Namespace, progress: Any) -> dict[str, Any]:
    from ..errors import UnknownDossier

    if next(journal.events(dossier=args.file), None) is None:
        raise UnknownDossier(f"dossier '{args.file}': expected one that the journal has", status=5, reason=5)
    return {"keys": journal.erase(args.file)}


def _listed(conflicts: list) -> dict[str, Any]:
    rows = [
        {"kind": c.kind, "dossier": c.dossier, "stands": c.stands["id"], "set_aside": c.set_aside["id"], "rule": c.rule}
        for c in conflicts
    ]
    return {"conflicts": rows}


_ACTION_OF = {
    "import": _import,
    "export": _export,
    "branch": _branch,
    "merge": _merge,
    "backup": _backup,
    "conflicts": _conflicts,
    "erase": _erase,
}
