"""Events as the JSON lines that the core reads."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Mapping

import numpy as np

from ._civil import minute_number, to_datetime
from .errors import Error, InvalidArgument, WrongType

_NESTED = (dict, list, tuple)


def event_line(event: Mapping[str, Any], k: int) -> str:
    """The JSON line of the k-th event. Raises InvalidArgument for what JSON cannot hold."""
    try:
        members = event if type(event) is dict else dict(event)
        if not _has_text_keys(members):
            raise WrongType("expected keys that are str")
        return _encode(members)
    except (TypeError, ValueError, RecursionError) as error:
        refusal = WrongType if isinstance(error, TypeError) else InvalidArgument
        why = f"events[{k}]{_field(event)}: {error}"
        raise refusal(why, status=3, reason=getattr(error, "reason", 1), rows=[k]) from None


def encodable(lines: str) -> str:
    """JSON whose lone surrogates, which UTF-8 cannot write, are escapes: the reader refuses
    such an event by its line."""
    return lines if lines.isascii() else lines.encode("utf-8", "backslashreplace").decode()


def _jsonable(value: Any) -> Any:
    if isinstance(value, (dt.datetime, np.datetime64)):
        moment = to_datetime(minute_number(value))
        if moment is None:
            return None
        given = np.datetime64(value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value)
        if given != given.astype("M8[m]"):
            raise ValueError("expected whole minutes, the time of an event has no seconds")
        return moment.isoformat(timespec="minutes")
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"expected text, numbers, times, lists or dicts, found {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_jsonable).encode


def _has_text_keys(value: Any) -> bool:
    """json would write another key as text, and two keys could become the same."""
    if isinstance(value, dict):
        for name, member in value.items():
            if not isinstance(name, str) or (isinstance(member, _NESTED) and not _has_text_keys(member)):
                return False
        return True
    return all(_has_text_keys(member) for member in value if isinstance(member, _NESTED))


def _field(event: Any) -> str:
    """The first field that JSON cannot hold, as the end of the event's place."""
    if isinstance(event, Mapping):
        for name, value in event.items():
            try:
                _encode(value)
            except (TypeError, ValueError, RecursionError, Error):
                return f", {name}"
    return ""
