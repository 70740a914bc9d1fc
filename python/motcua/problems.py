"""What is wrong with input of many parts, the rest of which was still used."""

from __future__ import annotations

from typing import Iterable, NamedTuple


class Problem(NamedTuple):
    """One thing wrong.

    Attributes
    ----------
    line : int or None
        Of the file it was read from, from 1.
    event : str
        The id of the event; of a catalogue the procedure's code, of a machine the
        transition.
    field, value, expected : str
        What was wrong and what would have been right. ``value`` is empty for fields
        that may hold personal data.
    reason : int
        The stable number that an exception would have carried.
    kind : str
        A stable word for what is wrong, as ``"limit_without_unit"``; empty where the
        finder has no kinds.
    code, where : str
        ``event`` and ``field`` by the names that suit a catalogue.
    """

    line: int | None
    event: str
    field: str
    value: str
    expected: str
    reason: int = 7
    kind: str = ""

    @property
    def code(self) -> str:
        return self.event

    @property
    def where(self) -> str:
        return self.field

    def __str__(self) -> str:
        where = f"line {self.line}, " if self.line else ""
        about = f"{self.event}: " if self.event else ""
        return f"{where}{about}{self.field} '{self.value}': expected {self.expected}"


def problems_from(tuples: Iterable[tuple]) -> list[Problem]:
    """The problems of a list of the C interface."""
    return [
        Problem(line or None, subject, field, value, expected, reason, kind)
        for reason, line, subject, field, value, expected, kind in tuples
    ]
