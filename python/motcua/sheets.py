"""Tables of any size, row by row: CSV, TSV, XLSX and Parquet, by their endings.

XLSX needs openpyxl and Parquet needs pyarrow: ``pip install motcua[xlsx]``,
``motcua[parquet]``.
"""

from __future__ import annotations

import csv
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


class Table:
    """An open table: ``columns``, then the rows once, as lists of cells.

    ``total`` is the number of rows where the file says it, else None.
    """

    def __init__(self, path: str, columns: Sequence[str], rows: Iterator[list[Any]], total: int | None = None):
        self.path = path
        self.columns = list(columns)
        self.rows = rows
        self.total = total
        self.schema = None  # of a Parquet file
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
    except LookupError:
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
    reader = csv.reader((line for part in ([header], lines) for line in part), delimiter=separator, strict=True)
    try:
        columns = [plain(name.strip()) for name in next(reader)]
    except csv.Error as error:
        raise _malformed(f"{path} line 1: {quoting_fault(error)}") from None

    def rows() -> Iterator[list[str]]:
        line = reader.line_num
        try:
            for row in reader:
                line = reader.line_num
                if not row:
                    continue
                if len(row) != len(columns):
                    raise _malformed(
                        f"{path} line {reader.line_num}: expected {len(columns)} columns, found {len(row)}"
                    )
                yield [plain(cell) for cell in row]
        except csv.Error as error:
            raise _malformed(f"{path} line {line + 1}: {quoting_fault(error)}") from None

    return Table(path, columns, rows())


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

    def rows() -> Iterator[list[Any]]:
        for row in cells:
            if any(cell is not None for cell in row):
                yield [*row[:width], *[None] * (width - len(row))]

    return Table(path, [str(name).strip() for name in header], rows(), (page.max_row or 1) - 1)


def _read_parquet(path: str) -> Table:
    parquet = needed("pyarrow.parquet", "parquet", path)
    try:
        file = parquet.ParquetFile(path)
    except FileNotFoundError:
        raise
    except Exception as error:  # pyarrow has its own families
        raise _malformed(f"{path}: expected a Parquet file, {' '.join(str(error).split())}") from None

    def rows() -> Iterator[list[Any]]:
        for batch in file.iter_batches(_BATCH):
            yield from map(list, zip(*(column.to_pylist() for column in batch.columns)))

    table = Table(path, file.schema_arrow.names, rows(), file.metadata.num_rows)
    table.schema = file.schema_arrow
    return table


class Writer:
    """Writes rows to a file that appears only when all of them are written.

    The columns of ``like`` keep their types where the file has types; ``added`` are
    columns of text, or of numbers where a value is one.
    """

    def __init__(self, path: str, like: Table, added: Sequence[str], before: Sequence[str] = ()):
        self.path = path
        self.unfinished = f"{path}.unfinished"
        self.columns = [*before, *like.columns, *added]
        ending = ending_of(path)
        if ending == ".xlsx":
            self._sink = _XlsxSink(self)
        elif ending == ".parquet":
            self._sink = _ParquetSink(self, like)
        else:
            self._sink = _TextSink(self, "\t" if ending == ".tsv" else ",")

    def write(self, row: Sequence[Any]) -> None:
        self._sink.write(row)

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
    def __init__(self, writer: Writer, separator: str):
        # With a byte order mark, so that Excel reads it.
        self._file = open(writer.unfinished, "w", encoding="utf-8-sig", newline="")  # noqa: SIM115
        self._rows = CellWriter(self._file, separator)
        self._rows.writerow(writer.columns)

    def write(self, row: Sequence[Any]) -> None:
        self._rows.writerow(row)

    def close(self, done: bool) -> None:
        self._file.close()


class _XlsxSink:
    def __init__(self, writer: Writer):
        openpyxl = needed("openpyxl", "xlsx", writer.path)
        self._path = writer.unfinished
        self._book = openpyxl.Workbook(write_only=True)
        self._page = self._book.create_sheet("motcua")
        self._write_only_cell = openpyxl.cell.WriteOnlyCell
        self.write(writer.columns)

    def write(self, row: Sequence[Any]) -> None:
        self._page.append([self._text(cell) if isinstance(cell, str) else cell for cell in row])

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

    def write(self, row: Sequence[Any]) -> None:
        self._rows.append(row)
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
