"""Layers and notices at the border: the dicts people write, to what the extension takes."""

from __future__ import annotations

import datetime as dt
from typing import Any, Iterable, Mapping

from ._civil import day_number, refuse

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
KINDS = ("holiday", "compensatory", "swapped_off", "make_up")
NO_DAY = -(2**31)
_EXCHANGED = (KINDS.index("swapped_off"), KINDS.index("make_up"))
_KEYS = {"weekly", "days_off", "make_up", "half_days", "reception", "valid_from", "valid_to", "source"}


def layer_tuple(layer: Mapping[str, Any], name: str) -> tuple:
    """A layer as (source, valid_from, valid_to, weekly, days_off, make_up, half_days, reception)."""
    if not isinstance(layer, Mapping):
        refuse(name, layer, "a dict")
    unknown = set(layer) - _KEYS
    if unknown:
        refuse(name, sorted(map(str, unknown)), "only the keys " + ", ".join(sorted(_KEYS)))
    source = _text(layer.get("source"), f"{name}.source")
    if not source:
        refuse(f"{name}.source", source, "the decision the layer stands on, as text")
    return (
        source,
        _day_or_none(layer.get("valid_from"), f"{name}.valid_from"),
        _day_or_none(layer.get("valid_to"), f"{name}.valid_to"),
        None if layer.get("weekly") is None else _weekly(layer["weekly"], f"{name}.weekly"),
        [_named_day(row, field) for field, row in _numbered(layer, name, "days_off")],
        [
            (_day(day, field), _weekday(weekday, field))
            for field, row in _numbered(layer, name, "make_up")
            for day, weekday in [_pair(row, field)]
        ],
        [
            (_day(day, field), *_period(period, field))
            for field, row in _numbered(layer, name, "half_days")
            for day, periods in [_pair(row, field)]
            for period in _some(periods, field)
        ],
        [] if layer.get("reception") is None else _weekly(layer["reception"], f"{name}.reception"),
    )


def layers_of(layer: Any, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """One layer or several, each with what refusals call it."""
    if isinstance(layer, Mapping):
        return [(name, layer)]
    return [(f"{name}[{k}]", one) for k, one in enumerate(given_rows_of(layer, name))]


def rows_of(rows: Any, field: str) -> list:
    """A sequence of rows as a list; none for None."""
    if rows is None:
        return []
    if isinstance(rows, (str, bytes, Mapping)):
        refuse(field, rows, "a list")
    try:
        return list(rows)
    except TypeError:
        refuse(field, rows, "a list")


def given_rows_of(rows: Any, field: str) -> list:
    """Likewise where rows must be given: None is refused."""
    if rows is None:
        refuse(field, None, "a list")
    return rows_of(rows, field)


def notice_tuples(rows: Iterable[Any]) -> list[tuple]:
    """Rows of a notice as (day, kind, partner, name, source).

    A notice that gives n days off in exchange and n days to be worked, none of them with its partner,
    means them in order of date.
    """
    read = [_notice_tuple(row, f"notice[{k}]") for k, row in enumerate(given_rows_of(rows, "notice"))]
    alone = {kind: sorted(row for row in read if row[1] == kind and row[2] == NO_DAY) for kind in _EXCHANGED}
    off, worked = alone.values()
    if len(off) != len(worked):
        return read
    partner = {row[0]: other[0] for pair in zip(off, worked) for row, other in (pair, pair[::-1])}
    return [(row[0], row[1], partner.get(row[0], row[2]), *row[3:]) for row in read]


def _notice_tuple(row: Any, field: str) -> tuple:
    if hasattr(row, "_asdict"):  # a row of motcua.holidays
        row = row._asdict()
    if not isinstance(row, Mapping):
        refuse(field, row, "a dict with date, kind, name, source (and partner for a make-up day)")
    unknown = set(row) - {"date", "kind", "name", "source", "partner", "official"}
    if unknown:
        refuse(field, sorted(map(str, unknown)), "only the keys date, kind, name, source, partner")
    kind = row.get("kind", "holiday")
    if not isinstance(kind, str) or kind not in KINDS:
        refuse(f"{field}.kind", kind, ", ".join(KINDS))
    if row.get("date") is None:
        refuse(f"{field}.date", None, "the day")
    return (
        _day(row["date"], f"{field}.date"),
        KINDS.index(kind),
        _day_or_none(row.get("partner"), f"{field}.partner"),
        _text_or_none(row.get("name"), f"{field}.name"),
        _text_or_none(row.get("source"), f"{field}.source"),
    )


def _day(value: Any, field: str) -> int:
    number = day_number(value, field)
    if not -(2**31) < number < 2**31:
        refuse(field, value, "a day")
    return number


def _day_or_none(value: Any, field: str) -> int:
    return NO_DAY if value is None else _day(value, field)


def _numbered(layer: Mapping[str, Any], name: str, key: str) -> list[tuple[str, Any]]:
    """The rows of a list in a layer, each with what refusals call it."""
    field = f"{name}.{key}"
    return [(f"{field}[{k}]", row) for k, row in enumerate(rows_of(layer.get(key), field))]


def _named_day(row: Any, field: str) -> tuple[int, str]:
    day, name = row if isinstance(row, (tuple, list)) and len(row) == 2 else (row, "")
    return _day(day, field), _text_or_none(name, field)


def _text_or_none(value: Any, field: str) -> str:
    return "" if value is None else _text(value, field)


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        refuse(field, value, "text")
    try:
        value.encode()
    except UnicodeEncodeError:
        refuse(field, value, "text without lone surrogates")
    return value


def _weekly(weekly: Any, field: str) -> list[tuple[int, int, int]]:
    if not isinstance(weekly, Mapping):
        refuse(field, weekly, "a dict of weekdays, such as {'mon': [('07:30', '11:30')]}")
    named = [(_weekday(name, field), f"{field}.{name}", periods) for name, periods in weekly.items()]
    return [(day, *_period(one, name)) for day, name, periods in named for one in rows_of(periods, name)]


def _pair(row: Any, field: str) -> tuple[Any, Any]:
    if not isinstance(row, (tuple, list)) or len(row) != 2:
        refuse(field, row, "a pair (date, ...)")
    return row[0], row[1]


def _some(periods: Any, field: str) -> list:
    periods = rows_of(periods, field)
    if not periods:
        refuse(field, periods, "at least one period; a day without one belongs in days_off")
    return periods


def _weekday(value: Any, field: str) -> int:
    if isinstance(value, str) and value in WEEKDAYS:
        return WEEKDAYS.index(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return value
    refuse(field, value, "a weekday: mon .. sun, or 0 (Monday) .. 6")


def _period(period: Any, field: str) -> tuple[int, int]:
    if not isinstance(period, (tuple, list)) or len(period) != 2:
        refuse(field, period, "a period ('07:30', '11:30')")
    return _clock(period[0], field), _clock(period[1], field)


def _clock(text: Any, field: str) -> int:
    if isinstance(text, dt.time):
        return text.hour * 60 + text.minute
    if (
        isinstance(text, str)
        and text.isascii()
        and len(text) == 5
        and text[2] == ":"
        and text[:2].isdigit()
        and text[3:].isdigit()
    ):
        minute = int(text[:2]) * 60 + int(text[3:])
        if int(text[3:]) < 60 and minute < 1440:
            return minute
    refuse(field, text, "a time of day 'HH:MM', 00:00 to 23:59")
