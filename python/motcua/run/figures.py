"""The figures of form II.06a and what is done with them: summing, ranking, comparing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Iterable, Mapping

from ..period_statistics import COUNTS

FIGURES = (*COUNTS, "on_time_rate")
EARLY_OR_ON_TIME = "early_or_on_time"  # the sum that newspapers print

Figures = dict  # figure -> int, on_time_rate -> float or None


def summed(rows: Iterable[Mapping[str, Any]]) -> Figures:
    """The figures of several rows together; all zero for none."""
    total = dict.fromkeys(COUNTS, 0)
    for row in rows:
        for name in COUNTS:
            total[name] += int(row[name])
    total["on_time_rate"] = on_time_rate(total)
    return total


def moved(rows: list[dict[str, Any]], part: Iterable[Mapping[str, Any]], holders: Mapping[str, str]) -> None:
    """Take a part of the counts out of its agencies' rows, and add it under other names, in place.

    ``part`` are counts of some of the dossiers that ``rows`` count, in the same groups.
    """

    def group(row: Mapping[str, Any]) -> tuple:
        return tuple(value for name, value in row.items() if name not in FIGURES)

    by_group = {group(row): row for row in rows}
    for own in part:
        if own["agency"] not in holders:
            continue
        whole = by_group[group(own)]
        for name in COUNTS:
            whole[name] -= own[name]
        rows.append({**own, "agency": holders[own["agency"]]})
    rows[:] = [row for row in rows if any(row[name] for name in COUNTS)]


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
        # Figures have two decimals at most; what floating point adds is no distance.
        if self.computed < self.least:
            return round(self.computed - self.least, 2)
        return round(max(0, self.computed - self.most), 2)

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
    """A figure by name, EARLY_OR_ON_TIME among them."""
    return figures["early"] + figures["on_time"] if name == EARLY_OR_ON_TIME else figures[name]
