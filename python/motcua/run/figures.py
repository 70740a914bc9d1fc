"""The figures of form II.06a and what is done with them: summing, ranking, comparing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Iterable, Mapping

from ..period_statistics import COUNTS

FIGURES = (*COUNTS, "on_time_rate")

Figures = dict  # figure -> int, on_time_rate -> float or None


def summed(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """The figures of several rows together; all zero for none."""
    total = dict.fromkeys(COUNTS, 0)
    for row in rows:
        for name in COUNTS:
            total[name] += int(row[name])
    total["on_time_rate"] = on_time_rate(total)
    return total


def on_time_rate(figures: Mapping[str, Any]) -> float | None:
    """100 x (early + on time) / resolved, percent, two decimals, halves up; None where nothing is resolved."""
    if not figures["resolved"]:
        return None
    in_hundredths = Fraction(10_000 * (figures["early"] + figures["on_time"]), figures["resolved"])
    return int(in_hundredths + Fraction(1, 2)) / 100


@dataclass(frozen=True)
class Place:
    """A place in the ranking; ``tied`` where another unit has both ratios alike."""

    place: int
    code: str
    in_time: Fraction  # (early + on_time) / (resolved + pending_overdue)
    settled: Fraction  # resolved / processed
    tied: bool
    figures: Figures


def ranked(figures_by_code: Mapping[str, Figures]) -> list[Place]:
    """Units by (early + on_time) / (resolved + pending_overdue), then resolved / processed, then code.

    Units alike in both ratios share a place. A unit that had nothing to settle
    comes last, with ratios of 0.
    """
    rated = []
    for code, figures in figures_by_code.items():
        in_time = _ratio(figures["early"] + figures["on_time"], figures["resolved"] + figures["pending_overdue"])
        rated.append((in_time, _ratio(figures["resolved"], figures["processed"]), code, figures))
    rated.sort(key=lambda row: (-row[0], -row[1], row[2]))
    alike: dict[tuple[Fraction, Fraction], list[int]] = {}
    for index, (in_time, settled, *_) in enumerate(rated):
        alike.setdefault((in_time, settled), []).append(index)
    return [
        Place(alike[in_time, settled][0] + 1, code, in_time, settled, len(alike[in_time, settled]) > 1, figures)
        for in_time, settled, code, figures in rated
    ]


def _ratio(part: int, whole: int) -> Fraction:
    return Fraction(part, whole) if whole else Fraction(0)


@dataclass(frozen=True)
class Comparison:
    """A published figure beside the computed one; ``off_by`` is 0 where it is met."""

    summary: str
    figure: str
    least: float
    most: float
    as_printed: str
    report: str
    computed: float | None

    @property
    def off_by(self) -> float | None:
        if self.computed is None:
            return None
        if self.computed < self.least:
            return self.computed - self.least
        return max(0, self.computed - self.most)

    @property
    def met(self) -> bool:
        return self.off_by == 0


def compared(published: Iterable[Mapping[str, str]], summaries: Mapping[str, Figures]) -> list[Comparison]:
    """Every published figure beside the computed one."""
    return [
        Comparison(
            row["summary"],
            row["figure"],
            _number(row["least"]),
            _number(row["most"]),
            row["as_printed"],
            row["report"],
            figure_of(summaries[row["summary"]], row["figure"]),
        )
        for row in published
    ]


def _number(text: str) -> float:
    """A count as an int, so that it is printed as one."""
    value = float(text)
    return int(value) if value.is_integer() else value


def figure_of(figures: Figures, name: str) -> float | None:
    """A figure by name; ``early_or_on_time`` is the sum that newspapers print."""
    return figures["early"] + figures["on_time"] if name == "early_or_on_time" else figures[name]
