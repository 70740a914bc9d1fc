"""Vietnamese text: the folded key, and the reason why two spellings are the same."""

from __future__ import annotations

from . import _core
from ._civil import given_text

#: The stages of a match, from the most to the least certain.
STAGES: tuple[str, ...] = _core.STAGES


def search_key(text: str) -> str:
    """The fully folded key of a text: lower-case letters and digits only.

    >>> search_key("Phường 01, B'Lao")
    'phuong1blao'
    """
    return _core.search_key(given_text(text, "text"))


def normalize(text: str) -> str:
    """The canonical composed form (NFC) of a text.

    >>> normalize("Ho\\u0300a") == "H\\u00f2a"
    True
    """
    return _core.normalize(given_text(text, "text"))


def fold(text: str, stage: str) -> str:
    """A text with every difference up to ``stage`` folded away; for comparing, not for reading.

    Raises InvalidArgument if ``stage`` is not one of :data:`STAGES`.

    >>> fold("B'Lao", "apostrophe")
    'blao'
    """
    return _core.fold(given_text(text, "text"), _stage_number(stage))


def stage_between(a: str, b: str) -> str | None:
    """The first stage at which two spellings are the same; None beyond two edits.

    >>> stage_between("BLao", "B'Lao")
    'apostrophe'
    """
    number = _core.stage_between(given_text(a, "a"), given_text(b, "b"))
    return None if number < 0 else STAGES[number]


def _stage_number(stage: str) -> int:
    if stage not in STAGES:
        from .errors import InvalidArgument

        raise InvalidArgument(f"stage {stage!r}: expected one of {', '.join(STAGES)}", status=3, reason=1)
    return STAGES.index(stage)
