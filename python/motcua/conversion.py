"""Addresses of any date to the units of today, a file at a time."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from typing import Any, Callable, NamedTuple, Sequence

from ._cells import plain
from ._headings import is_address
from .errors import InvalidArgument
from .sheets import Row, Table, Writer, ending_of, read_table
from .units import Edge, Registry, Unit

#: The columns that a conversion adds, in this order.
COLUMNS = (
    "motcua_code",
    "motcua_unit",
    "motcua_province",
    "motcua_address",
    "motcua_confidence",
    "motcua_reason",
    "motcua_stage",
    "motcua_old_code",
    "motcua_old_unit",
    "motcua_moved",
)
_REVIEW_COLUMNS = ("motcua_reason", "motcua_confidence", "motcua_candidates")

#: What a reason says, in Vietnamese for the people who work through the rows.
REASONS = {
    "unchanged": "Đơn vị không thay đổi",
    "renamed": "Đơn vị đổi tên hoặc đổi loại",
    "merged": "Đơn vị đã sáp nhập",
    "residents_moved_whole": "Đơn vị bị chia, toàn bộ dân cư về một đơn vị",
    "split": "Đơn vị bị chia, phải chọn theo vị trí",
    "ambiguous": "Nhiều đơn vị cùng phù hợp",
    "uncertain": "Chưa đủ chắc chắn",
    "former_name": "Tên này trước 2025-07-01 là của đơn vị khác, phải chọn theo thời điểm của địa chỉ",
    "no_commune": "Địa chỉ không nêu cấp xã",
    "no_unit": "Không tìm thấy đơn vị",
    "no_successor": "Không rõ đơn vị kế thừa",
    "encoding": "Sai bảng mã chữ",
    "too_long": "Địa chỉ quá dài hoặc không đọc được",
    "empty": "Ô trống",
}
_REFORM = dt.date(2025, 7, 1)
_BEFORE_REFORM = dt.date(2025, 6, 30)
_SETTLED = ("unchanged", "renamed", "merged", "residents_moved_whole")

# UTF-8 that was once read as Latin-1 or Windows-1252, and the marks of TCVN3 fonts.
_MOJIBAKE = ("áº", "á»", "Æ°", "Ä\u0091", "Ä‘", "Ã¢", "Ãª", "Ã´", "Ph­êng", "\ufffd")


class Converted(NamedTuple):
    """One address as a unit of today.

    Attributes
    ----------
    code : str
        Of today's commune; "" if the row needs a human.
    unit, province : str
        Full names.
    address : str
        The part of the text in front of the units, and the unit and province of today.
    confidence : float
        The score of the match, 0..1.
    reason : str
        A key of :data:`REASONS`.
    stage : str
        How the text was matched.
    old_code, old_unit : str
        The unit that the text names.
    moved : str
        What of that unit moved to today's.
    candidates : list of str
        Where a human must choose: what to choose from.
    """

    code: str
    unit: str
    province: str
    address: str
    confidence: float
    reason: str
    stage: str
    old_code: str
    old_unit: str
    moved: str
    candidates: list[str]

    @property
    def settled(self) -> bool:
        """Whether no human is needed."""
        return self.reason in _SETTLED


class Converter:
    """Turns addresses into units of today.

    Without ``at`` an address may be of any day: a name that units on other ground had before
    2025-07-01 is left to a human, unless the province that it names had no such unit.

    >>> converted = Converter(Registry.national()).convert("12 Trần Phú, Phường Lộc Sơn, Bảo Lộc, Lâm Đồng")
    >>> converted.code, converted.unit, converted.reason
    ('24829', "Phường B'Lao", 'merged')
    """

    def __init__(self, registry: Registry, at: Any = None, confidence: float = 0.9):
        if not 0 <= confidence <= 1:
            raise InvalidArgument(f"confidence {confidence}: expected a number from 0 to 1", status=3, reason=1)
        self._registry = registry
        self._at = at
        if at is not None:
            registry.resolve("", at, max=0)  # a bad day is not the fault of every row
        self._confidence = confidence
        self._known: dict[str, Converted] = {}
        self._namesakes: dict[str, list[Unit]] = {}

    def __repr__(self) -> str:
        return f"<Converter at {self._at or 'any day'}, certain from {self._confidence}>"

    def convert(self, text: str) -> Converted:
        """One address; rows that repeat are read once."""
        found = self._known.get(text)
        if found is None:
            found = self._convert(text)
            if len(self._known) < 100_000:
                self._known[text] = found
        return found

    def _convert(self, text: str) -> Converted:
        if not text.strip():
            return _failed("empty")
        if any(mark in text for mark in _MOJIBAKE):
            return _failed("encoding")
        try:
            matches = self._registry.resolve(text, self._at)
        except (InvalidArgument, UnicodeEncodeError):
            return _failed("too_long")
        if not matches:
            return _failed("no_unit")
        best = matches[0]
        reason = self._reason(best)
        if reason not in _SETTLED:
            doubtful = reason in ("ambiguous", "uncertain")
            units = [match.unit for match in matches] if doubtful else [edge.unit for edge in best.current]
            return _failed(reason, best, [_described(unit) for unit in units])
        former = self._former_namesakes(text, best) if self._at is None else []
        if former:
            return _failed("former_name", best, [_described(unit) for unit in (best.unit, *former)])
        edge = _chosen(best.current)
        province = edge.unit.parent.full_name if edge.unit.parent else ""
        parts = [best.rest.strip(" ,;-"), edge.unit.full_name, province]
        return Converted(
            edge.unit.code,
            edge.unit.full_name,
            province,
            ", ".join(part for part in parts if part),
            round(best.score, 4),
            reason,
            best.stage,
            best.unit.code,
            _described(best.unit),
            edge.moved,
            [],
        )

    def _reason(self, match: Any) -> str:
        if match.ambiguous:
            return "ambiguous"
        if match.score < self._confidence:
            return "uncertain"
        if not match.current:
            return "no_successor"
        edge = _chosen(match.current)
        if match.unit.level == "province" or (edge is not None and edge.unit.level != "commune"):
            return "no_commune"
        if edge is None:
            return "no_commune" if match.unit.level == "district" else "split"
        if len(match.current) > 1:
            return "residents_moved_whole"
        if edge.unit.key == match.unit.key:
            if edge.unit.full_name == match.unit.full_name:
                return "unchanged"
            return "merged" if self._took_in_others(match.unit, edge.unit) else "renamed"
        return "merged"

    def _former_namesakes(self, text: str, match: Any) -> list[Unit]:
        """The units on other ground, if in part, that had the name of a unit of today and may be meant."""
        unit = match.unit
        if unit.level != "commune" or (unit.valid_to is not None and unit.valid_to <= _REFORM):
            return []
        namesakes = self._namesakes.get(unit.key)
        if namesakes is None:
            namesakes = self._namesakes[unit.key] = [
                former
                for former in self._registry.named(unit.full_name, _BEFORE_REFORM)
                if former.full_name == unit.full_name and not self._became(former, unit)
            ]
        if not namesakes:
            return []
        above = self._registry.resolve(text[match.span[1] :], _BEFORE_REFORM, max=1)
        if not above:
            return namesakes
        if above[0].unit.level == "district":  # then the unit is the one that lay there
            return []
        return [
            former
            for former in namesakes
            if any(edge.unit.parent.key == unit.parent.key for edge in self._today(former))
        ]

    def _became(self, former: Unit, unit: Unit) -> bool:
        """Whether who lived in the one lives in the other: then the name misleads nobody."""
        edge = _chosen(self._today(former))
        return edge is not None and edge.unit.key == unit.key

    def _today(self, former: Unit) -> list[Edge]:
        """What became of a unit of the day before the reform."""
        return self._registry.successors(former, _BEFORE_REFORM, dt.date.today()).edges

    def _took_in_others(self, former: Unit, today: Unit) -> bool:
        """Whether more than what a unit formerly was lies in what it is today."""
        if former.valid_to is None:
            return False
        last = former.valid_to - dt.timedelta(days=1)
        return len(self._registry.predecessors(today, dt.date.today(), last).edges) > 1


def _chosen(edges: list[Edge]) -> Edge | None:
    """The only successor, or the one to which every resident went."""
    if len(edges) == 1:
        return edges[0]
    whole = [edge for edge in edges if edge.moved == "area+all_population"]
    return whole[0] if len(whole) == 1 else None


def _described(unit: Unit) -> str:
    names = [unit.full_name]
    above = unit.parent
    while above is not None:
        names.append(above.full_name)
        above = above.parent
    return f"{unit.code} {', '.join(names)}"


def _failed(reason: str, match: Any = None, candidates: list[str] | None = None) -> Converted:
    if match is None:
        return Converted("", "", "", "", 0.0, reason, "", "", "", "", [])
    described = _described(match.unit)
    return Converted(
        "", "", "", "", round(match.score, 4), reason, match.stage, match.unit.code, described, "", candidates or []
    )


class ConversionReport(NamedTuple):
    """What a conversion did: rows in all, by reason, and the files it wrote."""

    rows: int
    reasons: dict[str, int]
    output: str
    review: str | None

    @property
    def settled(self) -> int:
        """Rows that need no human."""
        return sum(self.reasons.get(reason, 0) for reason in _SETTLED)


def convert_file(
    path: str,
    column: str | None = None,
    output: str | None = None,
    review: str | None = None,
    *,
    registry: Registry | None = None,
    at: Any = None,
    confidence: float = 0.9,
    encoding: str = "utf-8-sig",
    sheet: str | None = None,
    progress: Callable[[int, int | None], None] | None = None,
) -> ConversionReport:
    """Convert the address column of a CSV, TSV, XLSX or Parquet file.

    The output has every row and column of the input, in order, and :data:`COLUMNS`; in a CSV
    or TSV file the cells of the input stand there to the letter, with its separator. Rows
    that need a human have no code there, and stand in the review file with their number
    (from 1, the header not counted), the reason and the candidates. The review file is
    written only if there is such a row.

    Parameters
    ----------
    column : str, optional
        May be left out if the file has one column, or one with the name of an address.
    output, review : path, optional
        ``NAME.converted.EXT`` and ``NAME.review.EXT`` beside the input by default; their
        ending decides the format.
    progress : callable, optional
        Called with the rows done and the rows in all, None if that is not known.

    Raises InvalidArgument for a column, sheet, encoding or ending that does not fit, and
    MalformedData for a file that cannot be read; then no output is left behind.
    """
    stem, ending = os.path.splitext(path)
    output = output or f"{stem}.converted{ending}"
    review = review or f"{stem}.review{ending}"
    _check_paths(path, output, review)
    table = read_table(path, encoding, sheet)
    index = _column_index(table, column)
    taken = [name for name in table.columns if name.startswith("motcua_")]
    if taken:
        raise InvalidArgument(f"column {taken[0]!r}: expected a file without motcua's columns", status=3, reason=1)
    converter = Converter(registry or Registry.national(), at, confidence)
    reasons: Counter[str] = Counter()
    rows = 0
    with Writer(output, table, COLUMNS) as made, _LazyWriter(review, table) as left:
        for rows, row in enumerate(table.rows, 1):
            cell = row[index]
            converted = converter.convert("" if cell is None else plain(str(cell)))
            reasons[converted.reason] += 1
            said = REASONS[converted.reason]
            made.write(row, [*converted[:5], said, *converted[6:10]])
            if not converted.settled:
                left.write(row, [said, converted.confidence, "; ".join(converted.candidates)], [rows])
            if progress is not None and rows % 500 == 0:
                progress(rows, table.total)
    return ConversionReport(rows, dict(reasons), output, review if left.written else None)


class _LazyWriter:
    """A writer whose file is made by its first row."""

    def __init__(self, path: str, like: Table):
        self._path, self._like = path, like
        self._writer: Writer | None = None
        self.written = False

    def write(self, row: Row, added: Sequence[Any], before: Sequence[Any]) -> None:
        if self._writer is None:
            self._writer = Writer(self._path, self._like, _REVIEW_COLUMNS, ("motcua_row",), guarded=True)
        self._writer.write(row, added, before)

    def __enter__(self) -> _LazyWriter:
        return self

    def __exit__(self, kind: Any, *rest: Any) -> None:
        if self._writer is not None:
            self._writer.__exit__(kind, *rest)
            self.written = kind is None


def _check_paths(path: str, output: str, review: str) -> None:
    ending_of(path)
    places = [os.path.realpath(place) for place in (path, output, review)]
    if len(set(places)) < 3:
        raise InvalidArgument(f"output {output!r}: expected three different files", status=3, reason=1)
    for place in (output, review):
        ending_of(place)


def _column_index(table: Table, column: str | None) -> int:
    if column is not None:
        if column in table.columns:
            return table.columns.index(column)
        wanted = f"column {column!r}"
    else:
        named = [i for i, name in enumerate(table.columns) if is_address(name)]
        if len(named) == 1:
            return named[0]
        if len(table.columns) == 1:
            return 0
        if named:
            found = ", ".join(repr(table.columns[i]) for i in named)
            raise InvalidArgument(
                f"column: several look like addresses: expected --column with one of {found}", status=3, reason=1
            )
        wanted = "column: none looks like an address by its name"
    names = ", ".join(repr(name) for name in table.columns)
    raise InvalidArgument(f"{wanted}: expected one of {names}", status=3, reason=1)
