"""Internal processes (quy trình nội bộ): the steps of procedures, from rows or a table."""

from __future__ import annotations

import csv
import io
import os
from typing import Any, Mapping

from ._civil import given_path, given_rows, given_text
from .errors import InvalidArgument, MalformedData
from .tables import read_text

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
_FIELDS = (
    "procedure",
    "code",
    "number",
    "step_no",
    "name",
    "step_name_vi",
    "agency",
    "role",
    "limit",
    "time_value",
    "time_unit",
    "after",
    "shares",
    "source",
    "note",
)

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
        Naming procedure, step and field, of a file its path first; a key that is none of these
        would be a step without limit.
    MalformedData
        For a file that is no such table, naming the line.
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
        return [_row(row, "", 0) for row in _table_of(path)]
    except InvalidArgument as error:
        raise InvalidArgument(f"{path}: {error}", status=error.status, reason=error.reason) from None


def _table_of(path: str) -> list[dict[str, str]]:
    """The rows of a TSV; MalformedData naming file and line."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        rows = []
        for row in reader:
            if None in row or None in row.values():
                expected = f"expected {len(reader.fieldnames or ())} columns"
                raise MalformedData(f"{path} line {reader.line_num}: {expected}", status=15, reason=7)
            rows.append(row)
        for column in ("code", "step_no", "time_value", "time_unit"):
            if column not in (reader.fieldnames or ()):
                raise MalformedData(f"{path} line 1: expected a column named {column}", status=15, reason=7)
    except csv.Error as error:
        raise MalformedData(f"{path} line {reader.line_num + 1}: {error}", status=15, reason=7) from None
    return rows


def _row(row: Mapping[str, Any], procedure: str, position: int) -> StepTuple:
    procedure = str(procedure or row.get("procedure") or row.get("code") or "")
    if not procedure:
        raise InvalidArgument("step procedure '': expected the code of a procedure", status=3, reason=1)
    for key in row:
        if key not in _FIELDS:
            raise InvalidArgument(
                f"procedure {procedure}, step key '{key}': expected one of {', '.join(_FIELDS)}", status=3, reason=1
            )
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
    if row.get("time_value") in (None, ""):
        raise InvalidArgument(
            f"procedure {procedure}, step time_value '': expected an amount of {unit}", status=3, reason=1
        )
    return f"{row['time_value']}{_UNITS[unit]}", 0


def _number(value: Any, procedure: str, field: str) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):
        raise InvalidArgument(
            f"procedure {procedure}, step {field} '{value}': expected a step number, 1 to 255", status=3, reason=1
        ) from None
