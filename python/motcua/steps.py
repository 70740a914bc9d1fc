"""Internal processes (quy trình nội bộ): the steps of procedures, from rows or a table."""

from __future__ import annotations

import csv
import os
from typing import Any, Mapping

from ._civil import given_path, given_rows, given_text
from .errors import InvalidArgument, MalformedData

_UNITS = {
    "working_day": "wd",
    "working_hour": "wh",
    "day": "d",
    "calendar_day": "d",
    "hour": "h",
    "month": "mo",
    "year": "y",
}
_GROUP = "group_of_step_"

StepTuple = tuple[str, int, str, str, str, str, int]


def step_rows(steps: Any) -> list[StepTuple]:
    """Steps as the core takes them: (procedure, number, name, agency, limit, after, shares).

    Parameters
    ----------
    steps : path, mapping or iterable
        A TSV with the columns code, step_no, step_name_vi, agency, time_value, time_unit; a
        mapping of procedure to rows; or rows that name their ``procedure`` (or ``code``). A row
        has ``number`` (or ``step_no``; by position where absent), ``name``, ``agency``, a
        ``limit`` ("0.5wd", None or "none": untimed) or ``time_value`` and ``time_unit``,
        ``after`` (step numbers; an empty list: it begins with the acceptance; absent: the step
        before) and ``shares`` (the step whose limit it shares).

    Raises
    ------
    InvalidArgument
        Naming procedure, step and field; of a file, its path first.
    MalformedData
        A file that is not UTF-8.
    OSError
        A file that is not there or cannot be read.
    """
    if steps is None:
        return []
    if isinstance(steps, (str, os.PathLike)):
        return _from_file(given_path(steps, "steps"))
    if isinstance(steps, Mapping):
        return [
            _row(row, given_text(code, "steps"), k + 1)
            for code, rows in steps.items()
            for k, row in enumerate(given_rows(rows, f"steps of {code}"))
        ]
    return [_row(row, "", 0) for row in given_rows(steps, "steps")]


def _from_file(path: str) -> list[StepTuple]:
    try:
        # Windows programs begin a file with a byte order mark.
        with open(path, encoding="utf-8-sig", newline="") as file:
            return step_rows(list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)))
    except InvalidArgument as error:
        raise InvalidArgument(f"{path}: {error}", status=error.status, reason=error.reason) from None
    except UnicodeDecodeError as error:
        raise MalformedData(f"{path}: byte {error.start}: expected UTF-8", status=15, reason=7) from None


def _row(row: Mapping[str, Any], procedure: str, position: int) -> StepTuple:
    procedure = str(procedure or row.get("procedure") or row.get("code") or "")
    if not procedure:
        raise InvalidArgument("step procedure '': expected the code of a procedure", status=3, reason=1)
    number = _number(row.get("number", row.get("step_no", position)), procedure, "number")
    limit, shares = _limit(row, procedure)
    after = row.get("after")
    if isinstance(after, (list, tuple)):
        after = ",".join(str(step) for step in after) or "-"
    shares = _number(row.get("shares") or shares, procedure, "shares")
    name = row.get("name") or row.get("step_name_vi") or ""
    return procedure, number, str(name), str(row.get("agency") or ""), limit, str(after or ""), shares


def _limit(row: Mapping[str, Any], procedure: str) -> tuple[str, int]:
    if row.get("limit") is not None:
        return str(row["limit"]), 0
    unit = str(row.get("time_unit") or "untimed")
    if unit == "untimed":
        return "", 0
    if unit == "same_day":
        return unit, 0
    if unit.startswith(_GROUP):
        return "", _number(unit[len(_GROUP) :], procedure, "time_unit")
    if unit not in _UNITS:
        expected = ", ".join([*_UNITS, "same_day", "untimed", _GROUP + "N"])
        raise InvalidArgument(
            f"procedure {procedure}, step time_unit '{unit}': expected one of {expected}", status=3, reason=1
        )
    return f"{row.get('time_value')}{_UNITS[unit]}", 0


def _number(value: Any, procedure: str, field: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise InvalidArgument(
            f"procedure {procedure}, step {field} '{value}': expected a step number, 1 to 255", status=3, reason=1
        ) from None
