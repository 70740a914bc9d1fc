"""Events of a journal as files, and back: JSON lines and Parquet, also pseudonymised."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import os
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator

from ._civil import given_list, given_path, given_text
from .errors import Error, InvalidArgument, Unavailable, WrongType
from .tables import RepeatedKeyError, json_object

if TYPE_CHECKING:
    from .journal import Journal, Progress

_TEXTS = ("id", "dossier", "kind", "agency", "procedure", "limit", "actor", "note")
_KNOWN = (*_TEXTS, "at", "due", "channel")
_REPLACEABLE = {"id", "dossier", "agency", "procedure", "actor", "note"}
_PORTION = 10_000


def export(
    journal: Journal,
    path: str | os.PathLike[str],
    *,
    since: int = 0,
    pseudonym_key: bytes | None = None,
    keep: Iterable[str] = (),
    replace: Iterable[str] = (),
    progress: Progress | None = None,
) -> int:
    """Write events in canonical order; how many.

    Parameters
    ----------
    path : str
        ``.jsonl`` (or .ndjson, .json): one object a line. ``.parquet``: a column a field and
        ``extra`` with all other keys as JSON; needs pyarrow. A file is replaced as a whole.
    since : int
        Only events of greater sequence numbers.
    pseudonym_key : bytes, optional
        At least 16 secret bytes: values that may be personal are replaced by their keyed
        hash (HMAC-SHA256), the same for the same value and key, and not to be guessed
        without it. These are ``actor``, ``note``, the fields in ``replace`` and every key
        that events carry beside the known ones.
    keep : iterable of str
        Such other keys that are not personal.
    replace : iterable of str
        Known fields to replace too: dossier and id where the codes themselves lead to
        people, agency, procedure.
    progress : callable, optional
        Called with the events done and all of them.
    """
    if pseudonym_key is not None and (not isinstance(pseudonym_key, bytes) or len(pseudonym_key) < 16):
        given = f"{len(pseudonym_key)} bytes" if isinstance(pseudonym_key, bytes) else type(pseudonym_key).__name__
        raise InvalidArgument(f"pseudonym_key '{given}': expected at least 16 bytes", status=3, reason=1)
    if progress is not None and not callable(progress):
        raise WrongType(f"progress: expected a callable, found {type(progress).__name__}")
    kept, more = _names(keep, "keep"), _names(replace, "replace")
    for field, names in (("keep", kept), ("replace", more)):
        if names and pseudonym_key is None:
            raise InvalidArgument(f"{field}: expected a pseudonym_key beside it", status=3, reason=1)
    if known := sorted(kept & set(_KNOWN)):
        raise InvalidArgument(f"keep '{known[0]}': expected keys beside the known ones", status=3, reason=1)
    if unknown := sorted(more - _REPLACEABLE):
        allowed = ", ".join(sorted(_REPLACEABLE))
        raise InvalidArgument(f"replace '{unknown[0]}': expected of {allowed}", status=3, reason=1)
    path = given_path(path, "path")
    write = _writer_for(path)
    events = journal.events(since)
    if progress is not None:
        events = _counted(events, len(journal), progress)
    if pseudonym_key is not None:
        hidden, kept = more | {"actor", "note"}, kept | set(_KNOWN)
        events = (_pseudonymised(event, pseudonym_key, hidden, kept) for event in events)
    partial = f"{os.fspath(path)}.partial"
    try:
        count = write(partial, events)
        os.replace(partial, path)
    finally:
        if os.path.exists(partial):
            os.remove(partial)
    return count


def import_(journal: Journal, path: str | os.PathLike[str], *, progress: Progress | None = None) -> int:
    """Append the events of a ``.jsonl`` or ``.parquet`` file; how many were new.

    Ten thousand events at a time: a failure leaves whole portions appended, and importing
    the file again goes on where it stopped. Raises as :meth:`Journal.append`, with the file
    in the message and ``rows`` counted through it, and InvalidArgument for a file that is
    not of its kind. ``progress`` is called with the events done and 0: how many the file
    has is not known before.
    """
    path = given_path(path, "path")
    ending = _ending(path)
    events = _from_parquet(path) if ending == ".parquet" else _from_lines(path)
    before, done = journal.head.sequence, 0
    while portion := list(itertools.islice(events, _PORTION)):
        try:
            journal.append(portion)
        except Unavailable:
            raise
        except Error as error:
            # What was refused is counted from the first event of the portion.
            place = _file(path) + (f", after {done:,} events" if done else "")
            rows = [done + row for row in error.rows]
            raise type(error)(f"{place}: {error}", status=error.status, reason=error.reason, rows=rows) from None
        except TypeError as error:  # a column of Parquet whose type JSON does not have
            raise InvalidArgument(f"{_file(path)}: {error}", status=3, reason=1) from None
        done += len(portion)
        if progress is not None:
            progress(done, 0)
    return journal.head.sequence - before


def pseudonym(value: Any, key: bytes) -> str:
    """The keyed hash that an export writes in place of a value."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return "p:" + hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:32]


def _names(values: Any, field: str) -> set[str]:
    if isinstance(values, (str, bytes)):
        raise WrongType(f"{field}: expected an iterable of names, found {type(values).__name__}")
    return {given_text(name, field) for name in given_list(values, field, "an iterable of names")}


def _pseudonymised(event: dict[str, Any], key: bytes, hidden: set, kept: set) -> dict[str, Any]:
    return {
        name: value if value is None or (name in kept and name not in hidden) else pseudonym(value, key)
        for name, value in event.items()
    }


def _counted(events: Iterable[Any], total: int, progress: Progress) -> Iterator[Any]:
    done = 0
    for done, event in enumerate(events, 1):
        if done % 1000 == 0:
            progress(done, max(done, total))
        yield event
    progress(done, done)


def _ending(path: str | os.PathLike[str]) -> str:
    ending = os.path.splitext(os.fspath(path))[1].lower()
    if ending not in (".jsonl", ".ndjson", ".json", ".parquet"):
        raise InvalidArgument(f"{_file(path)}: expected .jsonl or .parquet", status=3, reason=1)
    return ending


def _file(path: str | os.PathLike[str]) -> str:
    return f"file '{os.fspath(path)}'"


def _writer_for(path: str | os.PathLike[str]) -> Callable[[str, Iterable[dict[str, Any]]], int]:
    return _to_parquet if _ending(path) == ".parquet" else _to_lines


def _to_lines(path: str, events: Iterable[dict[str, Any]]) -> int:
    count = 0
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for count, event in enumerate(events, 1):
            file.write(encode(event) + "\n")
    return count


def _from_lines(path: str | os.PathLike[str]) -> Iterator[dict[str, Any]]:
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield _object(line, f"{_file(path)}, line {number}", number - 1)


def _object(text: bytes | str, place: str, row: int) -> dict[str, Any]:
    try:
        found = _decode(text if isinstance(text, str) else text.decode("utf-8", "surrogatepass"))
    except RepeatedKeyError:
        raise InvalidArgument(f"{place}: expected no key given twice", status=3, reason=1, rows=[row]) from None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InvalidArgument(f"{place}: expected one JSON object", status=3, reason=1, rows=[row])
    return found


_decode = json.JSONDecoder(object_pairs_hook=json_object).decode


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise InvalidArgument("Parquet needs pyarrow: pip install pyarrow", status=3, reason=1) from None
    return pyarrow


def _to_parquet(path: str, events: Iterable[dict[str, Any]]) -> int:
    pa = _arrow()
    minute = pa.timestamp("s")
    fields = [(name, pa.string()) for name in _TEXTS]
    fields += [("at", minute), ("due", minute), ("channel", pa.int8()), ("extra", pa.string())]
    schema = pa.schema(fields)
    count = 0
    events = iter(events)
    with pa.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while portion := list(itertools.islice(events, _PORTION)):
            columns = {name: [event.get(name) for event in portion] for name in (*_TEXTS, "channel")}
            for name in ("at", "due"):
                texts = [event.get(name) for event in portion]
                columns[name] = pa.array(_seconds(texts), pa.int64()).cast(minute)
            others = [{key: value for key, value in event.items() if key not in _KNOWN} for event in portion]
            columns["extra"] = [json.dumps(other, ensure_ascii=False) if other else None for other in others]
            writer.write_table(pa.table(columns, schema=schema))
            count += len(portion)
    return count


def _seconds(texts: list[str | None]) -> list[int | None]:
    import numpy as np

    return [None if text is None else int(np.datetime64(text, "s").astype("int64")) for text in texts]


def _from_parquet(path: str | os.PathLike[str]) -> Iterator[dict[str, Any]]:
    pa = _arrow()
    with open(path, "rb") as opened:  # missing or not to be read: the system's own error
        try:
            with pa.parquet.ParquetFile(opened) as file:
                _check_columns(pa, file.schema_arrow, path)
                number = 0
                for batch in file.iter_batches(_PORTION):
                    for number, row in enumerate(batch.to_pylist(), number + 1):
                        yield _from_row(row, f"{_file(path)}, row {number}", number - 1)
        except Error:
            raise
        except (pa.lib.ArrowException, OSError, OverflowError, ValueError) as error:
            why = str(error).partition("\n")[0]
            raise InvalidArgument(f"{_file(path)}: expected Parquet; {why}", status=3, reason=1) from None


def _check_columns(pa: Any, schema: Any, path: str | os.PathLike[str]) -> None:
    """Known fields have the types of an export, or those that are read as such."""
    types = pa.types
    texts = (types.is_string, types.is_large_string, types.is_dictionary, types.is_null)
    allowed = dict.fromkeys((*_TEXTS, "extra"), ("text", texts))
    allowed |= dict.fromkeys(("at", "due"), ("timestamps", (types.is_timestamp, types.is_null)))
    allowed["channel"] = ("integers", (types.is_integer, types.is_null))
    for column in schema:
        expected, checks = allowed.get(column.name, ("", ()))
        if expected and not any(check(column.type) for check in checks):
            place = f"{_file(path)}, column '{column.name}'"
            raise InvalidArgument(f"{place} of type {column.type}: expected {expected}", status=3, reason=1)


def _from_row(row: dict[str, Any], place: str, number: int) -> dict[str, Any]:
    event = {name: value for name, value in row.items() if value is not None}
    for name in {"at", "due"} & event.keys():
        # Seconds are left for the reader of events to refuse.
        moment = event[name]
        event[name] = moment.isoformat(timespec="auto" if moment.second or moment.microsecond else "minutes")
    extra = event.pop("extra", None)
    if extra is None:
        return event
    others = _object(extra, f"{place}, extra", number)
    if twice := sorted(others.keys() & event.keys()):
        raise InvalidArgument(
            f"{place}, extra '{twice[0]}': expected no field given twice", status=3, reason=1, rows=[number]
        )
    return event | others
