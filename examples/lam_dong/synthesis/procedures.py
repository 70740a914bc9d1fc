"""The procedures that people come for: real codes, limits and channels, from the national catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .offices import read_tsv

WORKING_DAYS, CALENDAR_DAYS, HOURS, SAME_DAY = range(4)
CHANNELS = {"direct": 1, "online": 2, "postal": 3}
_UNITS = {"working_day": WORKING_DAYS, "day": CALENDAR_DAYS, "hour": HOURS}
_COMMUNE_COMMITTEE = re.compile(r"(Ủy ban [Nn]hân dân|Uỷ ban [Nn]hân dân|UBND) (cấp )?[xX]ã")
_NEWER_NUMBER = re.compile(r"1\.01[45]|3\.0005|6\.")  # numbers given after July 2025
_PAYING = ("Đất đai", "Hoạt động xây dựng", "Đường bộ", "Địa chất", "Tài nguyên nước", "Nhà ở")
_LONGEST = {"working_day": 30, "day": 45, "hour": 8}  # longer ones would hardly move in a month


@dataclass(frozen=True)
class Line:
    """One line of what people come for: a procedure by one channel, with its limit."""

    code: str
    channel: int
    kind: int  # WORKING_DAYS, CALENDAR_DAYS, HOURS or SAME_DAY (after 15:00 the next working day)
    amount: int
    limit: str  # what the event must say; empty where the catalogue has it
    pays: bool  # a financial obligation may stop the clock


class Menu:
    """The lines of every kind of office, with their weights."""

    def __init__(self, lines: dict[str, list[tuple[Line, float]]]):
        self.lines: list[Line] = []
        self.first: dict[str, int] = {}
        self.weights: dict[str, np.ndarray] = {}
        for office, rows in lines.items():
            self.first[office] = len(self.lines)
            self.lines += [line for line, _ in rows]
            self.weights[office] = np.array([weight for _, weight in rows])
        self.kind = np.array([line.kind for line in self.lines])
        self.amount = np.array([line.amount for line in self.lines])
        self.channel = np.array([line.channel for line in self.lines])
        self.pays = np.array([line.pays for line in self.lines])

    def draw(self, rng: np.random.Generator, office: str, size: int, open_for: bool = False) -> np.ndarray:
        """Lines at random; ``open_for`` weighs them by their length, as the dossiers found open on one day are."""
        weights, first = self.weights[office], self.first[office]
        if open_for:
            weights = weights * self.working_days()[first : first + len(weights)]
        return first + np.searchsorted(np.cumsum(weights) / weights.sum(), rng.random(size))

    def working_days(self) -> np.ndarray:
        """About how many working days each line's limit spans; 0 for those of one day."""
        days = np.where(self.kind == CALENDAR_DAYS, np.ceil(self.amount * 5 / 7), self.amount)
        return np.where(self.kind >= HOURS, 0, days).astype(np.int64)


def read_menu(catalogue: Path, mix: Path) -> Menu:
    """The lines of procedure_mix.tsv over the catalogue's codes."""
    book = _Book(catalogue)
    lines: dict[str, list[tuple[Line, float]]] = {}
    for row in read_tsv(mix):
        codes = row["codes"].split("|") if row["codes"] else book.codes_of(row["office"], row["field_vi"])
        if not codes:
            raise SystemExit(
                f"{mix}: {row['office']} {row['field_vi']}: the catalogue has no procedure with a clean limit"
            )
        for code in codes:
            by_channel = book.lines_of(code, row["limit"])
            for line, share in by_channel:
                lines.setdefault(row["office"], []).append((line, float(row["weight"]) / len(codes) * share))
    return Menu(lines)


class _Book:
    """The catalogue's rows by code."""

    def __init__(self, catalogue: Path):
        self.procedures = {row["code"]: row for row in read_tsv(catalogue / "procedures.tsv")}
        self.limits: dict[str, dict[str, list[tuple[str, str]]]] = {}
        for row in read_tsv(catalogue / "time_limits.tsv"):
            channels = self.limits.setdefault(row["code"], {})
            channels.setdefault(row["channel"], []).append((row["value"], row["unit"]))
        self.committee = {
            row["code"]
            for row in read_tsv(catalogue / "agencies.tsv")
            if row["role"] in ("decides", "implements") and _COMMUNE_COMMITTEE.search(row["agency_vi"])
        }
        self.settled = {row["code"] for row in read_tsv(catalogue / "legal_basis.tsv") if _before_2026(row)}

    def codes_of(self, office: str, field_vi: str) -> list[str]:
        """Every code of a field with clean limits that stood in July 2025 at that kind of office."""
        level = "commune" if office == "commune" else "province"
        return [
            code
            for code, row in self.procedures.items()
            if row["field_vi"] == field_vi
            and level in row["levels"].split("+")
            and (level == "province" or code in self.committee)
            and code in self.settled
            and not _NEWER_NUMBER.match(code)
            and self._clean(code)
        ]

    def lines_of(self, code: str, limit: str) -> list[tuple[Line, float]]:
        """A procedure's lines, one a channel, with the channels' shares."""
        if code not in self.settled:
            raise SystemExit(f"procedure_mix.tsv: {code}: expected a procedure with an act older than 2026")
        shares = {"direct": 0.46, "online": 0.45, "postal": 0.09}
        present = {channel: shares[channel] for channel in self.limits[code]}
        pays = self.procedures[code]["field_vi"].startswith(_PAYING)
        rows = []
        for channel, share in present.items():
            kind, amount = _parse(limit) if limit else self._limit(code, channel)
            line = Line(code, CHANNELS[channel], kind, amount, limit, pays and amount >= 5)
            rows.append((line, share / sum(present.values())))
        return rows

    def _limit(self, code: str, channel: str) -> tuple[int, int]:
        ((value, unit),) = self.limits[code][channel]
        return _UNITS[unit], int(float(value))

    def _clean(self, code: str) -> bool:
        rows = self.limits.get(code, {})
        return bool(rows) and all(
            len(limits) == 1
            and limits[0][1] in _UNITS
            and float(limits[0][0]).is_integer()
            and 0 < float(limits[0][0]) <= _LONGEST[limits[0][1]]
            for limits in rows.values()
        )


def _before_2026(row: dict[str, str]) -> bool:
    year = re.search(r"/((?:19|20)\d\d)/", row["document_no"]) or re.match(r"((?:19|20)\d\d)", row["date"])
    return year is not None and int(year.group(1)) < 2026


def _parse(limit: str) -> tuple[int, int]:
    if limit == "same_day@15:00":
        return SAME_DAY, 0
    amount, unit = re.fullmatch(r"(\d+)(wd|d)", limit).groups()
    return (WORKING_DAYS if unit == "wd" else CALENDAR_DAYS), int(amount)
