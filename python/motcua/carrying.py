"""Statistics moved along succession (quy đổi số liệu)."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any, Mapping, NamedTuple

from . import _core
from ._civil import given_list
from .errors import InvalidArgument, WrongType

if TYPE_CHECKING:
    from .units import Registry

_BY = {"population": 0, "area": 1}
_INT64 = 2**63


class NotCarried(NamedTuple):
    """A value that stayed behind, or was given on under an assumption.

    ``reason`` is no_successor (the sources name none), split (nothing says how to part
    it: give weights), counted_below (an abolished district beside rows of its communes,
    which take the same values on), or extent_unknown (given to the only known successor,
    though no text says that it took the whole).
    """

    code: str
    value: int | float
    reason: str


class Carried(NamedTuple):
    """Values by the units of the other day, and what is to be said about them.

    The sum of ``values`` and of ``unapportioned`` is the sum of what came in, exactly so
    for whole numbers.
    """

    values: dict[str, int | float]
    unapportioned: list[NotCarried]
    assumed: list[NotCarried]


def carry(registry: Registry, values: Any, since: int, until: int, weights: Any) -> Carried:
    """See :meth:`Registry.carry`; days as numbers."""
    codes, numbers = _read_values(values)
    by, pairs = _read_weights(weights)
    whole = all(isinstance(number, Integral) for number in numbers)
    call = _core.carry_int64 if whole else _core.carry_double
    units, given, notes = call(registry._core, codes, numbers, since, until, by, pairs)
    noted = [NotCarried(codes[row], numbers[row], reason) for row, reason in notes]
    return Carried(
        {unit[0]: value for unit, value in zip(units, given)},
        [note for note in noted if note.reason != "extent_unknown"],
        [note for note in noted if note.reason == "extent_unknown"],
    )


def _read_values(values: Any) -> tuple[list[str], list[int] | list[float]]:
    if hasattr(values, "items"):
        pairs = list(values.items())  # a mapping, or a pandas Series by code
    else:
        pairs = given_list(values, "values", "a mapping of codes to numbers, or pairs")
        if not all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in pairs):
            raise WrongType("values: expected a mapping of codes to numbers, or pairs")
    codes, numbers = [], []
    for code, number in pairs:
        if not isinstance(getattr(code, "code", code), str):
            raise WrongType(f"values: expected codes (str) or units, found {type(code).__name__}")
        if isinstance(number, bool) or not isinstance(number, Real):
            raise WrongType(f"value of {code}: expected a number, found {type(number).__name__}")
        if isinstance(number, Integral):
            number = int(number)
            if not -_INT64 <= number < _INT64:
                raise InvalidArgument(f"value of {code} {number}: expected 64 bits", status=3, reason=1)
        elif not math.isfinite(number):
            raise InvalidArgument(f"value of {code} {number}: expected a finite number", status=3, reason=1)
        codes.append(str(getattr(code, "code", code)))
        numbers.append(number)
    if not all(isinstance(number, int) for number in numbers):
        numbers = [float(number) for number in numbers]
    return codes, numbers


def _read_weights(weights: Any) -> tuple[int, list[tuple[str, str, float]]]:
    if isinstance(weights, str):
        if weights not in _BY:
            raise InvalidArgument(
                f"weights {weights!r}: expected 'population', 'area' or a mapping", status=3, reason=1
            )
        return _BY[weights], []
    if not isinstance(weights, Mapping):
        raise WrongType(f"weights: expected 'population', 'area' or a mapping, found {type(weights).__name__}")
    pairs = []
    for key, weight in weights.items():
        if isinstance(weight, Mapping):
            pairs += [(str(key), str(to), float(share)) for to, share in weight.items()]
        elif isinstance(key, tuple) and len(key) == 2:
            pairs.append((str(key[0]), str(key[1]), float(weight)))
        else:
            raise WrongType("weights: expected {(from, to): weight} or {from: {to: weight}}")
    return 0, pairs
