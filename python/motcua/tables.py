"""Reading small tables from files: CSV, TSV and JSON, by their endings."""

from __future__ import annotations

import csv
import io
import json
import os
import reprlib
from typing import Any

from ._cells import plain
from ._headings import catalogue_columns
from .errors import InvalidArgument, MalformedData

_MOST_BYTES = 4096  # of a text that is looked up
_MOST_DIGITS = 100


def read_rows(path: str) -> list[dict[str, Any]]:
    """The rows of a CSV, TSV or JSON file with the keys code, name and parent where it has them.

    JSON is a list of objects. Other columns are kept. Raises MalformedData naming
    the file and what was expected, InvalidArgument for another ending.
    """
    return read_catalogue(path)[0]


def read_catalogue(path: str) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of :func:`read_rows`, and the headings of the columns that are none of code, name and parent."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in (".csv", ".tsv", ".json"):
        raise InvalidArgument(f"file {path!r}: expected a .csv, .tsv or .json file", status=3, reason=1)
    text = read_text(path)
    if ending == ".json":
        placed = [(f"row {number}", row) for number, row in enumerate(_json_rows(path, text), 1)]
    else:
        placed = _separated_rows(path, text, ending)
    named, unused = [], {}
    for place, row in placed:
        columns = catalogue_columns(row)
        for heading in columns.values():
            _check_cell(f"{path} {place}", row, heading)
        named.append(row | {column: row[heading] for column, heading in columns.items()})
        unused.update(dict.fromkeys(heading for heading in row if heading not in columns.values()))
    return named, list(unused)


def _check_cell(place: str, row: dict[str, Any], heading: str) -> None:
    """A cell is a text of a length that can be looked up, a whole number (a code), or nothing."""
    cell = row[heading]
    if isinstance(cell, str):
        size = len(cell.encode("utf-8", "surrogatepass")) if len(cell) > _MOST_BYTES // 4 else 0
        if size <= _MOST_BYTES:
            return
        expected = f"at most {_MOST_BYTES:,} bytes, found {size:,}"
    elif cell is None or (isinstance(cell, int) and not isinstance(cell, bool)):
        return
    elif isinstance(cell, float) and cell.is_integer():
        return
    else:
        expected = f"text or a whole number, found {reprlib.repr(cell)}"
    column = list(row).index(heading) + 1
    raise MalformedData(f"{place}, column {column} ({heading}): expected {expected}", status=15, reason=7)


def read_text(path: str) -> str:
    """A file of UTF-8, with or without a byte order mark. Raises MalformedData naming the line that is none."""
    with open(path, "rb") as file:
        content = file.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedData(f"{path} line {line}: expected UTF-8 text", status=15, reason=7) from None


class RepeatedKeyError(ValueError):
    """An object of JSON has a key twice, which would hide a value."""


def json_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; RepeatedKeyError for a key that comes twice."""
    members = dict(pairs)
    if len(members) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RepeatedKeyError(f"each key once, found {twice!r} twice")
    return members


def _json_rows(path: str, text: str) -> list[dict[str, Any]]:
    try:
        rows = json.loads(text, object_pairs_hook=json_object, parse_int=_json_integer)
    except json.JSONDecodeError as error:
        raise MalformedData(f"{path} line {error.lineno}: expected JSON, {error.msg}", status=15, reason=7) from None
    except RecursionError:
        raise MalformedData(f"{path}: expected fewer levels of nesting", status=15, reason=7) from None
    except ValueError as error:
        raise MalformedData(f"{path}: expected {error}", status=15, reason=7) from None
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise MalformedData(f"{path}: expected a list of objects", status=15, reason=7)
    return rows


def _json_integer(digits: str) -> int:
    """A whole number of JSON; ValueError for one that no code and no count is, and that takes long to read."""
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"numbers of at most {_MOST_DIGITS} digits, found {len(digits):,}")
    return int(digits)


def _separated_rows(path: str, text: str, ending: str) -> list[tuple[str, dict[str, Any]]]:
    """Each row with the line that it begins on."""
    header = text.split("\n", 1)[0]
    separator = "\t" if ending == ".tsv" else max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = [name.strip() for name in reader.fieldnames or ()]
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise MalformedData(
            f"{path} line 1: expected columns with names of their own, found {twice!r} twice", status=15, reason=7
        )
    rows = []
    line = reader.line_num
    try:
        for row in reader:
            if None in row or None in row.values():
                expected = len(reader.fieldnames or ())
                raise MalformedData(f"{path} line {reader.line_num}: expected {expected} columns", status=15, reason=7)
            begin = reader.line_num - sum(cell.count("\n") for cell in row.values())  # blank lines are left out
            rows.append((f"line {begin}", {key: plain(cell) for key, cell in row.items()}))
            line = reader.line_num
    except csv.Error as error:
        raise MalformedData(f"{path} line {line + 1}: {quoting_fault(error)}", status=15, reason=7) from None
    if not {"code", "name"} & catalogue_columns(reader.fieldnames or ()).keys():
        raise MalformedData(f"{path} line 1: expected a header with code or name", status=15, reason=7)
    return rows


def quoting_fault(error: csv.Error) -> str:
    """What is wrong with the row that begins on the line named."""
    text = str(error)
    if "field limit" in text:
        return f"expected cells of at most {csv.field_size_limit():,} characters"
    return "expected a closing quote" if "unexpected end" in text else text
