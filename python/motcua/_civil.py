"""Dates and times at the border: Python and NumPy values to the C interface's numbers and back.

Days are counted from 1970-01-01 and minutes from 1970-01-01T00:00 local time
(UTC+7), as in ``datetime64[D]`` and ``datetime64[m]``. Naive values are local;
an aware datetime is converted to UTC+7.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
import os
import re
import reprlib
from typing import Any, Iterable, Mapping, NoReturn

import numpy as np

from .errors import InvalidArgument, WrongType

_VIETNAM = dt.timezone(dt.timedelta(hours=7))
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
NAT = np.iinfo(np.int64).min
_NAT_TEXTS = ("NaT", "nat", "NAT", "Nat")
_DAY_WIDTH = len("2025-07-01")
_MOST_DIMENSIONS = 32  # what NumPy broadcasts
_ROWS_NAMED = 20
_MOST_MINUTES = {"Y": 366 * 1440, "M": 31 * 1440, "W": 7 * 1440, "D": 1440, "h": 60, "m": 1}  # in one unit
_FORMS = "a date such as 2025-07-01 or a time such as 2025-07-01T08:00"


def refuse(field: str, value: Any, expected: str) -> NoReturn:
    """Raise InvalidArgument in the house form; a long or nested value is shown shortened."""
    shown = reprlib.repr(str(value) if isinstance(value, np.str_) else value)
    raise InvalidArgument(f"{field} {shown}: expected {expected}", status=3, reason=1)


def given_a(kind: type, value: Any, field: str) -> Any:
    """The value, if it is one of this package's ``kind``. Raises WrongType."""
    if not isinstance(value, kind):
        raise WrongType(f"{field}: expected a motcua.{kind.__name__}, found {type(value).__name__}")
    return value


def given_text(value: Any, field: str) -> str:
    """A str that UTF-8 can write; TypeError for another type, InvalidArgument for lone surrogates."""
    if not isinstance(value, str):
        raise WrongType(f"{field}: expected a str, found {type(value).__name__}")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            refuse(field, value, "text without lone surrogates")
    return value


def given_flag(value: Any, field: str) -> bool:
    """True or False, of Python or of NumPy; WrongType for anything else, which would be true."""
    if not isinstance(value, (bool, np.bool_)):
        raise WrongType(f"{field}: expected True or False, found {type(value).__name__}")
    return bool(value)


def given_list(values: Any, field: str, expected: str) -> list[Any]:
    """The values of an iterable; TypeError for what is none."""
    try:
        return list(values)
    except TypeError:
        raise WrongType(f"{field}: expected {expected}, found {type(values).__name__}") from None


def given_path(value: Any, field: str) -> str:
    """A path as str; WrongType for what is none, InvalidArgument for what UTF-8 cannot write."""
    try:
        path = os.fspath(value)
    except TypeError:
        raise WrongType(f"{field}: expected a path, found {type(value).__name__}") from None
    path = given_text(os.fsdecode(path), field)
    if "\x00" in path:
        refuse(field, value, "a path without zero bytes")
    return path


def given_rows(rows: Any, field: str) -> list[Mapping[str, Any]]:
    """Rows that are dicts; WrongType naming the first that is none."""
    found = [rows] if isinstance(rows, (str, bytes, Mapping)) else given_list(rows, field, "an iterable of dicts")
    if found and found[0] is rows:
        raise WrongType(f"{field}: expected an iterable of dicts, found {type(rows).__name__}")
    for k, row in enumerate(found):
        if not isinstance(row, Mapping):
            raise WrongType(f"{field}[{k}]: expected a dict, found {type(row).__name__}")
    return found


def given_mapping(value: Any, field: str) -> dict[Any, Any]:
    """A mapping as a dict, None as an empty one; WrongType for another type."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongType(f"{field}: expected a mapping, found {type(value).__name__}")
    return dict(value)


def whole_number(value: Any, field: str) -> int:
    """A whole number of any width, kept within the 32 bits that the C interface counts with."""
    try:
        number = operator.index(value)
    except TypeError:
        raise WrongType(f"{field}: expected a whole number, found {type(value).__name__}") from None
    return max(-(2**31) + 1, min(2**31 - 1, number))


def array_of(values: Any, field: str, dtype: Any = None) -> np.ndarray:
    """An array of what people pass; too deeply nested lists and masked arrays are refused."""
    if isinstance(values, np.ndarray) and hasattr(values, "mask"):  # NumPy would read what lies below the mask
        refuse(field, "a masked array", "an array without a mask, such as .filled(np.datetime64('NaT'))")
    try:
        array = np.asarray(values, dtype)
    except (ValueError, OverflowError):
        refuse(field, values, "a value or a regular array of values")
    if array.ndim > _MOST_DIMENSIONS:
        refuse(field, values, f"at most {_MOST_DIMENSIONS} dimensions")
    return array


def is_nat(value: Any) -> bool:
    """Whether one date-like value stands for "no such time"."""
    return isinstance(value, (np.datetime64, dt.date)) and bool(value != value)


def is_scalar(value: Any) -> bool:
    """Whether a date-like value is one date rather than an array of them."""
    return isinstance(value, (dt.date, np.datetime64, str)) or np.ndim(value) == 0


def day_number(value: Any, field: str = "date") -> int:
    """One date-like value as days since 1970-01-01."""
    if is_nat(value):
        return NAT
    if isinstance(value, dt.datetime):
        value = _local(value, field).date()
    if isinstance(value, dt.date):
        return value.toordinal() - _EPOCH_DAY
    if isinstance(value, (np.datetime64, str)):
        return int(day_numbers(value, field))
    raise WrongType(f"{field}: expected a date, a datetime or a datetime64, found {type(value).__name__}")


def known_day(value: Any, field: str) -> int:
    """As :func:`day_number`; "no such day" is refused, and one that 32 bits cannot hold is the farthest."""
    number = day_number(value, field)
    if number == NAT:
        refuse(field, "NaT", "a day such as 2025-07-01")
    return max(-(2**31) + 1, min(2**31 - 1, number))


def known_year(value: Any, field: str) -> int:
    """The year of a date-like value; "no such day" and years that no date has are refused."""
    number = known_day(value, field)
    try:
        return to_date(number).year
    except (ValueError, OverflowError):
        refuse(field, str(value), "a day of the years 1 to 9999")


def minute_number(value: Any, field: str = "time") -> int:
    """One date-like value as minutes since 1970-01-01T00:00; a plain date is its midnight."""
    if is_nat(value):
        return NAT
    if isinstance(value, dt.datetime):
        value = _local(value, field)
        return (value.toordinal() - _EPOCH_DAY) * 1440 + value.hour * 60 + value.minute
    if isinstance(value, dt.date):
        return (value.toordinal() - _EPOCH_DAY) * 1440
    if isinstance(value, (np.datetime64, str)):
        return int(minute_numbers(value, field))
    raise WrongType(f"{field}: expected a date, a datetime or a datetime64, found {type(value).__name__}")


def day_numbers(values: Any, field: str = "dates", on_error: str = "raise") -> np.ndarray:
    """Date-like values of any shape as int64 days; NaT, and what cannot be read under "nat", is the smallest int64."""
    return _as_datetime64(values, "M8[D]", field, on_error).view(np.int64)


def minute_numbers(values: Any, field: str = "times", on_error: str = "raise") -> np.ndarray:
    """Date-like values of any shape as int64 minutes; NaT, and what cannot be read under "nat", likewise."""
    return _as_datetime64(values, "M8[m]", field, on_error).view(np.int64)


def to_date(number: int) -> dt.date | None:
    """Days since 1970-01-01 as a date; None for "no such day"."""
    return None if number in (NAT, -(2**31)) else dt.date.fromordinal(number + _EPOCH_DAY)


def to_datetime(number: int) -> dt.datetime | None:
    """Minutes since 1970-01-01T00:00 as a naive local datetime; None for "no such time"."""
    if number == NAT:
        return None
    return dt.datetime.fromordinal(number // 1440 + _EPOCH_DAY) + dt.timedelta(minutes=number % 1440)


def _as_datetime64(values: Any, dtype: str, field: str, on_error: str) -> np.ndarray:
    array = array_of(values, field)
    try:
        return _converted(array, values, dtype, field)
    except InvalidArgument as error:
        if isinstance(error, WrongType) or array.dtype.kind not in "UO" or (array.ndim == 0 and on_error != "nat"):
            raise
    return _read_each(array, dtype, field, on_error)


def _read_each(array: np.ndarray, dtype: str, field: str, on_error: str) -> np.ndarray:
    """One value after the other, to know every row that cannot be read."""
    number = day_number if dtype == "M8[D]" else minute_number
    out, bad = np.full(array.size, NAT, np.int64), {}
    for row, item in enumerate(array.flat):
        try:
            out[row] = NAT if _is_missing(item) else number(item, field)
        except WrongType:
            raise
        except InvalidArgument as error:
            bad[row] = error
    if bad and on_error != "nat":
        row, error = next(iter(bad.items()))
        words = f"row {row}: {error}{other_rows(list(bad))}"
        raise InvalidArgument(words, status=error.status, reason=error.reason, rows=list(bad))
    return out.reshape(array.shape).view(dtype)


def other_rows(rows: list[int]) -> str:
    """What a refusal that tells of the first bad row says of the others; nothing where it is the only one."""
    if len(rows) == 1:
        return ""
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = f" and {len(rows) - _ROWS_NAMED} more" if len(rows) > _ROWS_NAMED else ""
    return f" ({len(rows)} bad rows: {named}{more})"


def _converted(array: np.ndarray, values: Any, dtype: str, field: str) -> np.ndarray:
    if array.dtype.kind == "f" and array.size == 0:  # what NumPy makes of an empty list
        return np.empty(array.shape, dtype)
    if array.dtype.kind == "U":
        array = _readable(array, field)
    if array.dtype.kind == "O":
        number = day_number if dtype == "M8[D]" else minute_number
        flat = [NAT if _is_missing(item) else number(item, field) for item in array.flat]
        return np.array(flat, np.int64).reshape(array.shape).view(dtype)
    if array.dtype.kind not in "MU":
        raise WrongType(f"{field}: expected dates (datetime64, date or datetime), found {array.dtype}")
    if array.dtype.kind == "M" and array.dtype != dtype:
        array = _within_int64(array, dtype)
    try:
        # Towards minus infinity, so that a time before 1970 keeps its own day.
        return np.asarray(array.astype(dtype, copy=False), order="C")
    except (ValueError, OverflowError):
        bad = next(filter(_is_unreadable, array.flat), values)
        refuse(field, bad, _no_such_day(str(bad)) or _FORMS)


def _within_int64(array: np.ndarray, dtype: str) -> np.ndarray:
    """Times whose number of days or minutes fits int64; NumPy would wrap the others round to other days.

    They become times of ten thousands of millions of years, as far outside coverage as any.
    """
    unit, count = np.datetime_data(array.dtype)
    minutes = _MOST_MINUTES.get(unit)
    if minutes is None:  # finer than a minute, or NaT without a unit: nothing is multiplied
        return array
    most = 2**61 // (minutes * count)
    numbers = array.astype(array.dtype.newbyteorder("="), copy=False).view(np.int64)
    far = np.abs(numbers) > most  # NaT is its own absolute value, and negative
    if not far.any():
        return array
    return np.where(far, np.where(numbers > 0, most, -most), numbers).view(f"M8[{count}{unit}]")


def _no_such_day(text: str) -> str | None:
    """What was expected instead of a day that no month has; None where that is not the matter."""
    written = re.match(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})(?![0-9])", text)
    if written is None:
        return None
    year, month, day = map(int, written.groups())
    if not 1 <= month <= 12:
        return f"a date that exists: there is no month {written[2]}"
    last = 31 if month == 12 else (dt.date(year, month + 1, 1) - dt.timedelta(1)).day
    return None if 1 <= day <= last else f"a date that exists: {year}-{written[2]} has the days 01 to {last}"


def _local(value: dt.datetime, field: str) -> dt.datetime:
    try:
        return value.astimezone(_VIETNAM) if value.tzinfo else value
    except OverflowError:
        refuse(field, value, "a time whose local form lies in the years 1 to 9999")


def _is_unreadable(item: Any) -> bool:
    try:
        np.datetime64(item, "m")
    except (ValueError, OverflowError):
        return True
    return False


def _is_missing(item: Any) -> bool:
    return item is None or (isinstance(item, float) and item != item)


def _readable(array: np.ndarray, field: str) -> np.ndarray:
    """Texts that NumPy reads as we do; those with a zone become aware datetimes.

    NumPy would take the clock for "now" and "today", a year for "20250701", and forget a zone.
    """
    if array.size == 0:
        return array
    # Not by numpy.char or isin: what they import takes longer than a thousand look-ups.
    letters = np.ascontiguousarray(array).view("U1").reshape(-1, array.dtype.itemsize // 4)
    short = ((letters != "").sum(axis=1) < _DAY_WIDTH).reshape(array.shape) & ~_one_of(array, _NAT_TEXTS)
    if short.any():
        refuse(field, str(array[short].flat[0]), _FORMS)
    zoned = _one_of(letters[:, _DAY_WIDTH:], "Zz+-").any(axis=1)
    if not zoned.any():
        return array
    mixed = array.astype(object)
    mixed.flat = [_aware(item, field) if has else item for item, has in zip(array.flat, zoned)]
    return mixed


def _one_of(array: np.ndarray, texts: Iterable[str]) -> np.ndarray:
    return functools.reduce(operator.or_, (array == text for text in texts))


def _aware(text: str, field: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text.replace("Z", "+00:00").replace("z", "+00:00"))
    except ValueError:
        refuse(field, text, _no_such_day(text) or _FORMS)
