"""motcua unit CODE: which unit is this, out of what did it come, what became of it."""

from __future__ import annotations

import datetime as dt
import json

HELP = "Show a unit on a day, with its predecessors and successors."


def add_arguments(parser) -> None:
    parser.add_argument("code", help="2 digits (province), 3 (district) or 5 (commune)")
    parser.add_argument("--at", metavar="DATE", help="the day, YYYY-MM-DD (default: today)")
    parser.add_argument("--until", metavar="DATE", help="show what it had become by this day (default: today)")
    parser.add_argument("--since", metavar="DATE", help="show out of what it came, looking back to this day")


def run(args) -> int:
    import motcua

    today = dt.date.today().isoformat()
    at = args.at or today
    reg = motcua.Registry.national()
    unit = reg.unit(args.code, at)
    since = args.since or ("2025-06-30" if at >= "2025-07-01" else reg.first_day.isoformat())
    went = reg.successors(args.code, at, args.until or max(at, today))
    came = reg.predecessors(args.code, at, since)
    if args.json:
        shown = {
            "at": at,
            "unit": _plain(unit),
            "predecessors": {"since": since, **_plain_succession(came)},
            "successors": {"until": args.until or max(at, today), **_plain_succession(went)},
        }
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    end = unit.valid_to.isoformat() if unit.valid_to else "today"
    parent = f", {unit.parent.full_name}" if unit.parent else ""
    print(f"{unit.code}  {unit.full_name}{parent}  ({unit.valid_from} to {end})  key {unit.key}")
    _show(f"came from (on {since})", came)
    _show(f"became (by {args.until or max(at, today)})", went)
    return 0


def _show(title: str, succession) -> None:
    print(f"{title}: {succession.kind}")
    for edge in succession.edges:
        acts = "; ".join(_cite(step) for step in edge.steps)
        print(f"  {edge.unit.code}  {edge.unit.full_name}  extent {edge.extent}, moved {edge.moved}  {acts}".rstrip())
    if succession.answered_by:
        print(f"  answered by {succession.answered_by.code}  {succession.answered_by.full_name}")


def _cite(step) -> str:
    where = f" art. {step.article} cl. {step.clause}" if step.clause else ""
    return f"{step.date} {step.act}{where}"


def _plain(unit) -> dict:
    return {
        "code": unit.code,
        "level": unit.level,
        "type": unit.type,
        "name": unit.name,
        "full_name": unit.full_name,
        "parent": unit.parent.code if unit.parent else None,
        "valid_from": unit.valid_from.isoformat(),
        "valid_to": unit.valid_to.isoformat() if unit.valid_to else None,
        "key": unit.key,
    }


def _plain_succession(succession) -> dict:
    return {
        "kind": succession.kind,
        "edges": [
            {
                "unit": _plain(edge.unit),
                "extent": edge.extent,
                "moved": edge.moved,
                "steps": [
                    {"date": s.date.isoformat(), "act": s.act, "article": s.article, "clause": s.clause}
                    for s in edge.steps
                ],
            }
            for edge in succession.edges
        ],
        "answered_by": _plain(succession.answered_by) if succession.answered_by else None,
    }
