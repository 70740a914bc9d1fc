"""Free text to the units it may mean."""

from __future__ import annotations

from typing import Any, NamedTuple

from .units import Edge, Unit


class Match(NamedTuple):
    """One candidate for a text.

    Attributes
    ----------
    unit : Unit
        As it stands on the day asked for, under whatever name. A name of another day and of
        other ground gives the unit as it was then: "Quận 2" is no name of the larger
        Thành phố Thủ Đức that has its code now.
    score : float
        0..1; 0.9 or more means certain: every part fits and nothing rivals it.
    stage : str
        How the text was matched, at its worst part.
    ambiguous : bool
        Whether another unit fits as well.
    span : (int, int)
        The characters of the text that name the unit itself.
    rest : str
        What stands before the first part that matched (house number, street).
    current : list of Edge
        The unit's successors today, those with residents first, or itself.
    """

    unit: Unit
    score: float
    stage: str
    ambiguous: bool
    span: tuple[int, int]
    rest: str
    current: list[Edge]


class Resolved(NamedTuple):
    """The best unit of each of many texts, as arrays; an empty code where there is none."""

    code: Any
    valid_from: Any
    score: Any
    stage: Any
    ambiguous: Any
