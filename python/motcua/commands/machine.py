"""motcua machine: show, check and draw a dossier machine."""

from __future__ import annotations

import json

from ..cli import shown

HELP = "Show, check and draw the national dossier machine, or one from a file."


def add_arguments(parser) -> None:
    from ..machine import OPTIONS

    parser.add_argument("file", nargs="?", help="a machine of a procedure's own (default: the national machine)")
    parser.add_argument("--mermaid", metavar="OUT", help="write a Mermaid state diagram here (- for standard output)")
    parser.add_argument("--svg", metavar="OUT", help="write an SVG image here (- for standard output)")
    parser.add_argument("--text", metavar="OUT", help="write the readable form here (- for standard output)")
    for name, choices in OPTIONS.items():
        parser.add_argument(f"--{name}", choices=choices, help=f"the reading in force (default: {choices[0]})")
    parser.add_argument(
        "--silence", metavar="LIMIT", default="15d", help="when a supplement has expired (default: %(default)s)"
    )


def run(args) -> int:
    import motcua

    from ..machine import OPTIONS

    _check_outputs(args)
    options = {name: getattr(args, name) for name in OPTIONS if getattr(args, name)} | {"silence": args.silence}
    if args.file:
        with open(args.file, "rb") as file:
            machine = motcua.Machine.draft(file.read(), **options)
    else:
        machine = motcua.Machine.national(**options)
    problems = machine.check()
    drawings = ((args.mermaid, machine.to_mermaid), (args.svg, machine.to_svg), (args.text, machine.to_text))
    drawn = [_write(path, draw()) for path, draw in drawings if path]
    if args.json:
        print(json.dumps(_plain(machine, problems, args.silence), ensure_ascii=False, indent=2))
    elif not drawn:
        _show(machine, args.silence)
    if not args.json:
        _complain(problems)
    return 1 if problems else 0


def _check_outputs(args) -> None:
    """Standard output takes one document: two in a row would be neither."""
    from .._civil import refuse

    asked = [f"--{name} -" for name in ("mermaid", "svg", "text") if getattr(args, name) == "-"]
    asked += ["--json"] if args.json else []
    if len(asked) > 1:
        refuse("standard output", " ".join(asked), "one document")


def _write(path: str, text: str) -> str:
    if path == "-":
        print("\n".join(map(shown, text.split("\n"))), end="")
    else:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return path


def _show(machine, silence: str) -> None:
    for state in machine.states()[1:]:
        print(shown(f"{state.status:>2}  {state.name}{' (final)' if state.terminal else ''}  {state.title}"))
    print(f"\na supplement has expired after {shown(silence)}\n")
    rows = [("from", "event", "guard", "to", "clock", "roles", "source")]
    for row in machine.transitions():
        cells = (row.from_state, row.event, row.guard, row.to_state, row.clock, "+".join(row.roles), row.source)
        rows.append(tuple(map(shown, cells)))
    widths = [max(len(row[k]) for row in rows) for k in range(6)]
    for row in rows:
        print("  ".join([cell.ljust(width) for cell, width in zip(row, widths)] + [row[6]]).rstrip())
    print()
    for promise in machine.promises():
        if not promise.answered:
            print(shown(f"{promise.state}: no answer can come after {promise.counterexample}"))
        for reason, path in promise.late_without_apology.items():
            print(shown(f"{promise.state}: late without an apology being due ({reason}) after {path}"))


def _complain(problems) -> None:
    import sys

    for problem in problems:
        print(shown(f"{problem.kind}: {problem}"), file=sys.stderr)


def _plain(machine, problems, silence: str) -> dict:
    return {
        "name": machine.name,
        "procedures": list(machine.procedures),
        "silence": silence,
        "states": [state._asdict() for state in machine.states()],
        "transitions": [row._asdict() for row in machine.transitions()],
        "problems": [problem._asdict() for problem in problems],
        "promises": [promise._asdict() for promise in machine.promises()],
    }
