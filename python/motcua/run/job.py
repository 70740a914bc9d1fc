"""The job folder: ``job.json`` and the files it names, read and checked.

Everything wrong is refused before any work begins, in one error that names the
file, the field, the value and what was expected.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import InvalidArgument, MalformedData
from .figures import EARLY_OR_ON_TIME, FIGURES

FORM = 1
SCOPES = ("communes", "agencies", "all")
POLICIES = ("by_day", "by_hour")
KEYS = ("agency", "field", "channel", "procedure")
_SUMMARY_OWN = ("handed_over", "reconciliation", "published", "problems", "undecided", "files")
_TABLES_OWN = ("dossiers", "problems", "published", "ranking", "undecided")
_NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True)
class Scope:
    """Whose dossiers of which period: ``of`` is one of SCOPES or a tuple of agency codes."""

    of: str | tuple[str, ...]
    first: dt.date
    last: dt.date
    title: dict[str, str]


@dataclass(frozen=True)
class Table:
    """A table of counts: one CSV file, one section of the report."""

    name: str
    scope: Scope
    by: str


@dataclass(frozen=True)
class Job:
    """A job, ready to run. Paths are absolute; rows are as the files have them."""

    folder: Path
    title: dict[str, str]
    note: dict[str, str]
    province: str
    merger: dt.date | None
    as_of: dt.date
    policy: str
    events: Path
    catalogue: Path
    calendar: list[dict[str, Any]]
    summaries: dict[str, Scope]
    tables: list[Table]
    ranking: Scope | None
    agencies: list[dict[str, str]] = field(default_factory=list)
    agency_succession: list[dict[str, str]] = field(default_factory=list)
    portal_catalogue: list[dict[str, str]] = field(default_factory=list)
    published: list[dict[str, str]] = field(default_factory=list)
    quoted: list[dict[str, str]] = field(default_factory=list)

    @property
    def out(self) -> Path:
        return self.folder / "out"


def read_job(folder: str | Path) -> Job:
    """Read and check a job folder.

    Raises
    ------
    InvalidArgument
        A value of job.json or of one of its tables is missing or not of its form.
    MalformedData
        job.json is not JSON, or a file is not UTF-8.
    """
    folder = Path(folder).resolve()
    fields = _Fields(folder / "job.json")
    fields.choice("form", (FORM,))
    as_of = fields.date("as_of")
    merger = fields.date("merger", optional=True)
    if merger and merger > as_of:
        raise fields.wrong("merger", str(merger), f"a day not after as_of, {as_of}")
    job = Job(
        folder=folder,
        title=fields.bilingual("title"),
        note=fields.bilingual("note", optional=True),
        province=fields.text("province"),
        merger=merger,
        as_of=as_of,
        policy=fields.choice("policy", POLICIES),
        events=fields.path("events"),
        catalogue=fields.path("catalogue"),
        calendar=fields.layers("calendar"),
        summaries=_summaries(fields, as_of),
        tables=_tables(fields, as_of),
        ranking=_scope(fields, "ranking", fields.value("ranking"), as_of) if fields.has("ranking") else None,
        agencies=fields.table("agencies", ("code", "name_vi", "name_en")),
        agency_succession=fields.table("agency_succession", ("from_code", "to_code", "date")),
        portal_catalogue=fields.table("portal_catalogue", ("code", "name", "parent")),
        published=fields.table("published", ("summary", "figure", "least", "most", "as_printed", "report")),
        quoted=fields.table("quoted", ("code", "fact_vi", "fact_en", "value_vi", "value_en", "report")),
    )
    fields.nothing_else()
    _check_agencies(job)
    _check_successors(job)
    _check_published(job)
    return job


class _Fields:
    """The fields of job.json, each checked as it is taken."""

    def __init__(self, path: Path):
        self.file = path
        try:
            with open(path, encoding="utf-8-sig") as text:
                self.values = json.load(text, object_pairs_hook=self._once)
        except UnicodeDecodeError as error:
            raise MalformedData(f"{path}: byte {error.start} is not UTF-8") from None
        except json.JSONDecodeError as error:
            raise MalformedData(f"{path}, line {error.lineno}: {error.msg}; expected JSON") from None
        except RecursionError:
            raise MalformedData(f"{path}: expected fewer levels of nesting") from None
        if not isinstance(self.values, dict):
            raise MalformedData(f"{path}: expected an object, found {type(self.values).__name__}")
        self.taken: set[str] = set()

    def _once(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        """An object of the file; a name that comes twice would hide a value."""
        values = dict(pairs)
        if len(values) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise self.wrong(twice, values[twice], "a field that comes once")
        return values

    def only(self, name: str, value: dict[str, Any], keys: tuple[str, ...]) -> None:
        """Refuse an object with a key that nothing reads."""
        for key in value:
            if key not in keys:
                raise self.wrong(f"{name}.{key}", value[key], f"one of the fields {', '.join(keys)}")

    def wrong(self, name: str, value: Any, expected: str) -> InvalidArgument:
        return InvalidArgument(f"{self.file.name}: {name} is {_shown(value)}; expected {expected}")

    def has(self, name: str) -> bool:
        return self.values.get(name) is not None

    def value(self, name: str) -> Any:
        self.taken.add(name)
        return self.values.get(name)

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str) or not value:
            raise self.wrong(name, value, "a text")
        return value

    def choice(self, name: str, choices: tuple) -> Any:
        value = self.value(name)
        if value not in choices or isinstance(value, bool):
            raise self.wrong(name, value, " or ".join(str(choice) for choice in choices))
        return value

    def date(self, name: str, optional: bool = False) -> dt.date | None:
        value = self.value(name)
        return None if value is None and optional else self.a_date(name, value)

    def a_date(self, name: str, value: Any) -> dt.date:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return dt.date.fromisoformat(value)
            except ValueError:
                pass
        raise self.wrong(name, value, "a date such as 2025-07-01")

    def bilingual(self, name: str, optional: bool = False) -> dict[str, str]:
        value = self.value(name)
        if value is None and optional:
            return {"vi": "", "en": ""}
        return self.a_bilingual(name, value)

    def a_bilingual(self, name: str, value: Any) -> dict[str, str]:
        if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("vi", "en")):
            raise self.wrong(name, value, 'texts in both languages, {"vi": ..., "en": ...}')
        self.only(name, value, ("vi", "en"))
        return value

    def path(self, name: str) -> Path:
        path = self.file.parent / self.text(name)
        if not path.exists():
            raise self.wrong(name, str(self.values[name]), f"a path that exists ({path} does not)")
        return path.resolve()

    def layers(self, name: str) -> list[dict[str, Any]]:
        value = self.value(name) or []
        if not isinstance(value, list) or not all(isinstance(layer, dict) for layer in value):
            raise self.wrong(name, value, "a list of calendar layers, each an object")
        return value

    def table(self, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
        """The rows of the TSV file that a field names; none where the field is absent."""
        if not self.has(name):
            self.taken.add(name)
            return []
        return read_tsv(self.path(name), columns)

    def nothing_else(self) -> None:
        unknown = sorted(set(self.values) - self.taken)
        if unknown:
            raise self.wrong(unknown[0], self.values[unknown[0]], f"one of the fields {', '.join(sorted(self.taken))}")


def read_tsv(path: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a tab-separated file that has at least these columns."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
            header, rows = list(reader.fieldnames or ()), list(reader)
    except UnicodeDecodeError as error:
        raise MalformedData(f"{path.name}: byte {error.start} is not UTF-8") from None
    missing = [column for column in columns if column not in header]
    if missing:
        raise InvalidArgument(f"{path.name}: column {missing[0]!r} is missing; expected {', '.join(columns)}")
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise InvalidArgument(
                f"{path.name}, line {number}: {len([v for v in row.values() if v is not None])} cells; "
                f"expected {len(header)}"
            )
    return rows


def _scope(fields: _Fields, name: str, value: Any, as_of: dt.date, more: tuple[str, ...] = ()) -> Scope:
    if not isinstance(value, dict):
        raise fields.wrong(name, value, "an object with of, first and last")
    fields.only(name, value, ("of", "first", "last", "title", *more))
    of = value.get("of")
    if isinstance(of, list) and of and all(isinstance(code, str) for code in of):
        of = tuple(of)
    elif of not in SCOPES:
        raise fields.wrong(f"{name}.of", of, f"{', '.join(SCOPES)}, or a list of agency codes")
    first, last = (fields.a_date(f"{name}.{end}", value.get(end)) for end in ("first", "last"))
    if last < first:
        raise fields.wrong(f"{name}.last", str(last), f"a day not before {first}")
    if last > as_of:
        raise fields.wrong(f"{name}.last", str(last), f"a day not after as_of, {as_of}")
    return Scope(of, first, last, fields.a_bilingual(f"{name}.title", value.get("title")))


def _summaries(fields: _Fields, as_of: dt.date) -> dict[str, Scope]:
    value = fields.value("summaries")
    if not isinstance(value, dict) or not value:
        raise fields.wrong("summaries", value, "an object of named scopes")
    for name in value:
        if not _NAME.fullmatch(name) or name in _SUMMARY_OWN:
            raise fields.wrong("summaries", name, "names of small letters, digits and _, not a name the summary uses")
    return {name: _scope(fields, f"summaries.{name}", scope, as_of) for name, scope in value.items()}


def _tables(fields: _Fields, as_of: dt.date) -> list[Table]:
    value = fields.value("tables") or []
    if not isinstance(value, list):
        raise fields.wrong("tables", value, "a list of tables")
    tables: list[Table] = []
    for number, table in enumerate(value):
        at = f"tables[{number}]"
        scope = _scope(fields, at, table, as_of, more=("name", "by"))
        name = table.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in _TABLES_OWN:
            raise fields.wrong(f"{at}.name", name, "a file name of small letters, digits and _, not one the run uses")
        if any(name == other.name for other in tables):
            raise fields.wrong(f"{at}.name", name, "a name of its own")
        if table.get("by") not in KEYS:
            raise fields.wrong(f"{at}.by", table.get("by"), " or ".join(KEYS))
        tables.append(Table(name, scope, table["by"]))
    return tables


def _check_agencies(job: Job) -> None:
    lines: dict[str, int] = {}
    for number, row in enumerate(job.agencies, 2):
        first = lines.setdefault(row["code"], number)
        if first != number:
            raise InvalidArgument(
                f"agencies, line {number}: code is {row['code']!r}; expected a code that is not line {first}'s"
            )


def _check_successors(job: Job) -> None:
    known = {row["code"] for row in job.agencies}
    for number, row in enumerate(job.agency_succession, 2):
        if row["to_code"] not in known:
            raise InvalidArgument(
                f"agency succession, line {number}: to_code is {row['to_code']!r}; expected a code of the agencies"
            )
        if job.merger and row["date"] != job.merger.isoformat():
            raise InvalidArgument(
                f"agency succession, line {number}: date is {row['date']!r}; "
                f"expected the day of the merger, {job.merger}"
            )


def _check_published(job: Job) -> None:
    for number, row in enumerate(job.published, 2):
        if row["summary"] not in job.summaries:
            raise InvalidArgument(
                f"published, line {number}: summary is {row['summary']!r}; expected one of {', '.join(job.summaries)}"
            )
        if row["figure"] not in (*FIGURES, EARLY_OR_ON_TIME):
            raise InvalidArgument(
                f"published, line {number}: figure is {row['figure']!r}; "
                f"expected one of {', '.join((*FIGURES, EARLY_OR_ON_TIME))}"
            )
        least, most = (_bound(row, number, name) for name in ("least", "most"))
        if most < least:
            raise InvalidArgument(f"published, line {number}: most is {row['most']!r}; expected {row['least']} or more")


def _bound(row: dict[str, str], number: int, name: str) -> float:
    try:
        value = float(row[name])
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise InvalidArgument(f"published, line {number}: {name} is {row[name]!r}; expected a number")
    return value


def _shown(value: Any) -> str:
    if value is None:
        return "missing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
