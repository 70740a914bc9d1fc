"""Tables of any size, row by row: CSV, TSV, XLSX and Parquet, by their endings.

XLSX needs openpyxl and Parquet needs pyarrow: ``pip install motcua[xlsx]``,
``motcua[parquet]``.
"""

from __future__ import annotations

import csv
import io
import itertools
import os
from typing import Any, Iterator, Sequence

from ._cells import CellWriter, plain
from .errors import InvalidArgument, MalformedData
from .tables import quoting_fault

ENDINGS = (".csv", ".tsv", ".xlsx", ".parquet")
_BATCH = 10_000


def ending_of(path: str) -> str:
    """The ending of a path; InvalidArgument if it is none of :data:`ENDINGS`."""
    ending = os.path.splitext(path)[1].lower()
    if ending not in ENDINGS:
        raise InvalidArgument(f"file {path!r}: expected {', '.join(ENDINGS)}", status=3, reason=1)
    return ending


class Row(list):
    """The cells of a row. ``written`` is the row as a text file has it, without the end of the line."""

    written: str | None = None


class Table:
    """An open table: ``columns``, then the rows once.

    ``total`` is the number of rows where the file says it, else None. A text file has its
    ``separator``, the ``newline`` that ends its first line, and its header as ``written``.
    """

    def __init__(self, path: str, columns: Sequence[str], rows: Iterator[Row], total: int | None = None):
        self.path = path
        self.columns = list(columns)
        self.rows = rows
        self.total = total
        self.schema = None  # of a Parquet file
        self.separator: str | None = None
        self.newline = "\n"
        self.written: str | None = None
        doubled = sorted({name for name in self.columns if self.columns.count(name) > 1})
        if doubled:
            raise _malformed(f"{path}: expected columns with names of their own, found {doubled[0]!r} twice")


def read_table(path: str, encoding: str = "utf-8-sig", sheet: str | None = None) -> Table:
    """Open a table. Raises MalformedData naming the file, the line and what is wrong."""
    ending = ending_of(path)
    if ending == ".xlsx":
        return _read_xlsx(path, sheet)
    if ending == ".parquet":
        return _read_parquet(path)
    return _read_text(path, ending, encoding)


def needed(module: str, extra: str, path: str) -> Any:
    """An optional module, or InvalidArgument saying how to install it."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError:
        package = module.split(".")[0]
        raise InvalidArgument(
            f"file {path!r}: {package} is needed for it, `pip install motcua[{extra}]`", status=3, reason=1
        ) from None


def _malformed(message: str) -> MalformedData:
    return MalformedData(message, status=15, reason=7)


def _lines(path: str, encoding: str) -> Iterator[str]:
    try:
        file = open(path, encoding=encoding, newline="")  # noqa: SIM115
    except (LookupError, ValueError):
        raise InvalidArgument(f"encoding {encoding!r}: expected the name of an encoding", status=3, reason=1) from None
    with file:
        number = 0
        try:
            for number, line in enumerate(file, 1):
                if "\0" in line:
                    raise _malformed(
                        f"{path} line {number}: expected text, found NUL bytes; say --encoding utf-16 if it is UTF-16"
                    )
                yield line
        except UnicodeDecodeError as error:
            found = f"byte 0x{error.object[error.start]:02X}"
            raise _malformed(
                f"{path} after line {number}: expected {encoding} text, found {found}; "
                "say --encoding (cp1258, utf-16) if it is another, or save the file as UTF-8"
            ) from None
        except UnicodeError as error:  # UTF-16 without its mark, or a codec that reads no text
            raise _malformed(f"{path} after line {number}: expected {encoding} text, {error}") from None


def _read_text(path: str, ending: str, encoding: str) -> Table:
    with open(path, "rb") as file:
        mark = file.read(2)
    if mark in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    lines = _lines(path, encoding)
    header = next(lines, "")
    if not header.strip():
        raise _malformed(f"{path} line 1: expected a header, found nothing")
    separator = "\t" if ending == ".tsv" else max(",;\t", key=header.count)
    taken: list[str] = []  # the lines of the row that is being read

    def taking() -> Iterator[str]:
        for line in itertools.chain([header], lines):
            taken.append(line)
            yield line

    reader = csv.reader(taking(), delimiter=separator, strict=True)
    try:
        columns = [plain(name.strip()) for name in next(reader)]
    except csv.Error as error:
        raise _malformed(f"{path} line 1: {quoting_fault(error)}") from None

    def rows() -> Iterator[Row]:
        line = reader.line_num
        taken.clear()
        try:
            for cells in reader:
                line = reader.line_num
                row = Row(cells)
                row.written = "".join(taken).rstrip("\r\n")
                taken.clear()
                if not row:
                    continue
                if len(row) != len(columns):
                    raise _malformed(
                        f"{path} line {reader.line_num}: expected {len(columns)} columns, found {len(row)}"
                    )
                yield row
        except csv.Error as error:
            raise _malformed(f"{path} line {line + 1}: {quoting_fault(error)}") from None

    table = Table(path, columns, rows())
    table.separator = separator
    table.written = "".join(taken).rstrip("\r\n")
    table.newline = "\r\n" if taken[-1].endswith("\r\n") else "\n"
    return table


def _read_xlsx(path: str, sheet: str | None) -> Table:
    openpyxl = needed("openpyxl", "xlsx", path)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise
    except Exception as error:  # openpyxl lets through what zip and XML raise
        raise _malformed(f"{path}: expected an Excel workbook, {error}") from None
    if sheet is not None and sheet not in book.sheetnames:
        raise InvalidArgument(f"sheet {sheet!r}: expected one of {', '.join(book.sheetnames)}", status=3, reason=1)
    page = book[sheet] if sheet is not None else book[book.sheetnames[0]]
    cells = page.iter_rows(values_only=True)
    header = list(next(cells, ()))
    while header and header[-1] is None:
        header.pop()
    if not header or any(name is None for name in header):
        raise _malformed(f"{path} row 1: expected a header with a name in every column")
    width = len(header)

    def rows() -> Iterator[Row]:
        for row in cells:
            if any(cell is not None for cell in row):
                yield Row([*row[:width], *[None] * (width - len(row))])

    return Table(path, [str(name).strip() for name in header], rows(), (page.max_row or 1) - 1)


def _read_parquet(path: str) -> Table:
    parquet = needed("pyarrow.parquet", "parquet", path)
    try:
        file = parquet.ParquetFile(path)
    except FileNotFoundError:
        raise
    except Exception as error:  # pyarrow has its own families
        raise _malformed(f"{path}: expected a Parquet file, {' '.join(str(error).split())}") from None

    def rows() -> Iterator[Row]:
        for batch in file.iter_batches(_BATCH):
            yield from map(Row, zip(*(column.to_pylist() for column in batch.columns)))

    table = Table(path, file.schema_arrow.names, rows(), file.metadata.num_rows)
    table.schema = file.schema_arrow
    return table


class Writer:
    """Writes rows to a file that appears only when all of them are written.

    The columns of ``like`` keep their types where the file has types; ``added`` are
    columns of text, or of numbers where a value is one. In a text file the added cells are
    such that no spreadsheet runs them; the row itself is written as its source has it, or
    likewise where ``guarded``.
    """

    def __init__(self, path: str, like: Table, added: Sequence[str], before: Sequence[str] = (), guarded: bool = False):
        self.path = path
        self.unfinished = f"{path}.unfinished"
        self.columns = [*before, *like.columns, *added]
        ending = ending_of(path)
        if ending == ".xlsx":
            self._sink = _XlsxSink(self)
        elif ending == ".parquet":
            self._sink = _ParquetSink(self, like)
        else:
            self._sink = _TextSink(self, like, ending, guarded)
            header = Row(like.columns)
            header.written = like.written
            self.write(header, added, before)

    def write(self, row: Row, added: Sequence[Any], before: Sequence[Any] = ()) -> None:
        self._sink.write(before, row, added)

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, kind: Any, *rest: Any) -> None:
        try:
            self._sink.close(kind is None)
            if kind is None:
                os.replace(self.unfinished, self.path)
        finally:
            if os.path.exists(self.unfinished):
                os.remove(self.unfinished)


class _TextSink:
    def __init__(self, writer: Writer, like: Table, ending: str, guarded: bool):
        # With a byte order mark, so that Excel reads it.
        self._file = open(writer.unfinished, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        same = like.separator is not None and ending_of(like.path) == ending
        self._separator = like.separator if same else "\t" if ending == ".tsv" else ","
        self._newline = like.newline
        self._as_written = same and not guarded
        self._guarded = guarded

    def write(self, before: Sequence[Any], row: Row, added: Sequence[Any]) -> None:
        own = row.written if self._as_written else self._text(row, self._guarded)
        parts = [self._text(before), own, self._text(added)]
        self._file.write(self._separator.join(part for part in parts if part is not None) + self._newline)

    def _text(self, cells: Sequence[Any], guarded: bool = True) -> str | None:
        """Some cells of a row as a CSV or TSV file has them; None if there are none."""
        if not cells:
            return None
        line = io.StringIO()
        writer = CellWriter if guarded else csv.writer
        writer(line, delimiter=self._separator, lineterminator="").writerow(cells)
        return line.getvalue()

    def close(self, done: bool) -> None:
        self._file.close()


class _XlsxSink:
    def __init__(self, writer: Writer):
        openpyxl = needed("openpyxl", "xlsx", writer.path)
        self._path = writer.unfinished
        self._book = openpyxl.Workbook(write_only=True)
        self._page = self._book.create_sheet("motcua")
        self._write_only_cell = openpyxl.cell.WriteOnlyCell
        self.write(writer.columns, (), ())

    def write(self, *parts: Sequence[Any]) -> None:
        cells = itertools.chain(*parts)
        self._page.append([self._text(cell) if isinstance(cell, str) else cell for cell in cells])

    def _text(self, text: str) -> Any:
        """A cell that stays text, whatever it begins with: openpyxl takes "=..." for a formula."""
        if not text.startswith("="):
            return text
        cell = self._write_only_cell(self._page, text)
        cell.data_type = "s"
        return cell

    def close(self, done: bool) -> None:
        if done:
            self._book.save(self._path)


class _ParquetSink:
    def __init__(self, writer: Writer, like: Table):
        self._arrow = needed("pyarrow", "parquet", writer.path)
        parquet = needed("pyarrow.parquet", "parquet", writer.path)
        types = {} if like.schema is None else {field.name: field.type for field in like.schema}
        numbers = {"motcua_confidence": self._arrow.float64(), "motcua_row": self._arrow.int64()}
        self._schema = self._arrow.schema(
            [(name, types.get(name) or numbers.get(name) or self._arrow.string()) for name in writer.columns]
        )
        self._plain = like.schema is None
        self._file = parquet.ParquetWriter(writer.unfinished, self._schema)
        self._rows: list[Sequence[Any]] = []

    def write(self, *parts: Sequence[Any]) -> None:
        self._rows.append([*itertools.chain(*parts)])
        if len(self._rows) == _BATCH:
            self._flush()

    def close(self, done: bool) -> None:
        if done:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        if not self._rows:
            return
        columns = []
        for field, cells in zip(self._schema, zip(*self._rows)):
            if self._plain and self._arrow.types.is_string(field.type):
                cells = [None if cell is None else str(cell) for cell in cells]
            columns.append(self._arrow.array(cells, field.type))
        self._file.write_table(self._arrow.Table.from_arrays(columns, schema=self._schema))
        self._rows.clear()
