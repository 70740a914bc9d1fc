"""Who may hold a dossier of the job: the units of its province on their day, and its agencies."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any, Iterator, NamedTuple

from ..errors import InvalidArgument, OutsideCoverage, UnknownUnit
from .job import Job


class Stray(NamedTuple):
    """A dossier that was open when its holder was abolished and that no one took over."""

    dossier: str
    agency: str
    holder: str  # the key of the unit, or the agency's code
    name: str
    until: dt.date  # the holder's first day no more


class Offices:
    """The units and agencies of a job; ``names`` are those of its last day."""

    def __init__(self, job: Job, registry: Any):
        self.registry, self.job = registry, job
        try:
            province = registry.unit(job.province, job.as_of)
        except (InvalidArgument, UnknownUnit):
            province = None
        if province is None or province.level != "province":
            raise InvalidArgument(
                f"job.json: province is {job.province!r}; expected the code of a province on {job.as_of}"
            )
        self.communes = {unit.code: unit for unit in registry.units(job.as_of, "commune", job.province)}
        self.agencies = {row["code"]: row for row in job.agencies}
        self.names = {code: unit.full_name for code, unit in self.communes.items()}
        self.names |= {code: row["name_vi"] for code, row in self.agencies.items()}
        self.former = {row["from_code"]: dt.date.fromisoformat(row["date"]) for row in job.agency_succession}

        self._check()

    def _check(self) -> None:
        """Refuse codes that would count twice, or never."""
        for code in self.agencies:
            if code in self.communes:
                raise InvalidArgument(
                    f"agencies: code is {code!r}, which is {self.communes[code].full_name}; expected a code of its own"
                )
        scopes = {f"summaries.{name}": scope for name, scope in self.job.summaries.items()}
        scopes |= {f"tables.{table.name}": table.scope for table in self.job.tables}
        if self.job.ranking:
            scopes["ranking"] = self.job.ranking
        for name, scope in scopes.items():
            for code in scope.of if isinstance(scope.of, tuple) else ():
                if not any(self._knows(code, day) for day in (scope.first, scope.last)):
                    raise InvalidArgument(
                        f"job.json: {name}.of is {code!r}; expected a unit of province {self.job.province} in the "
                        "period, or a code of the job's agencies"
                    )

    def strangers(self, table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
        """A problem for each counted dossier whose holder was no office of the province when it took it over."""
        knows = lru_cache(maxsize=None)(self._knows)
        counted = table["outcome"] != "none"
        since = table["held_since"][counted].astype("M8[D]").tolist()
        for dossier, agency, day in zip(table["dossier"][counted], table["agency"][counted], since):
            if not knows(agency, day):
                expected = f"a unit of province {self.job.province} on {day}, or a code of the job's agencies"
                yield "dossier", "", dossier, "agency", agency, expected

    def strays(self, table: dict[str, Any]) -> list[Stray]:
        """The dossiers still open on the day their holder was abolished, and held by it ever since.

        A code names nothing without a day: the unit that has the code of an abolished one today is
        another unit, and these dossiers are not its own.
        """
        held_on = lru_cache(maxsize=None)(self._held_on)
        counted = table["outcome"] != "none"
        since = table["held_since"][counted].astype("M8[D]").tolist()
        ended = table["finished_at"][counted].astype("M8[D]").tolist()
        found = []
        for dossier, agency, day, end in zip(table["dossier"][counted], table["agency"][counted], since, ended):
            holder = held_on(agency, day)
            if holder and holder[2] <= self.job.as_of and (end is None or end >= holder[2]):
                found.append(Stray(dossier, agency, *holder))
        return found

    def untaken(self, strays: list[Stray], told: set[str]) -> Iterator[tuple[str, ...]]:
        """A problem for each stray that is not told already."""
        for stray in strays:
            if stray.dossier not in told:
                expected = f"an office after {stray.until}, the day {stray.name} was abolished; nothing handed it over"
                yield "dossier", "", stray.dossier, "agency", stray.agency, expected

    def _held_on(self, agency: str, day: dt.date) -> tuple[str, str, dt.date] | None:
        """Key, name and last day (exclusive) of the office that had this code on a day; None if it still stands."""
        if agency in self.agencies:
            return None
        if agency in self.former:
            return (agency, agency, self.former[agency]) if day < self.former[agency] else None
        first = unit = self._unit(agency, day)
        while unit is not None and unit.valid_to is not None:
            until, unit = unit.valid_to, self._unit(agency, unit.valid_to)
            if unit is None or unit.key != first.key:
                return first.key, first.full_name, until
        return None

    def _unit(self, code: str, day: dt.date) -> Any:
        try:
            return self.registry.unit(code, day)
        except (InvalidArgument, OutsideCoverage, UnknownUnit):
            return None

    def _knows(self, agency: str, day: dt.date) -> bool:
        if agency in self.agencies:
            return True
        if agency in self.former:
            return day < self.former[agency]
        unit = self._unit(agency, day)
        if unit is None:
            return False
        while unit.parent is not None:
            unit = unit.parent
        return unit.code in self._provinces_on(day)

    @lru_cache(maxsize=None)
    def _provinces_on(self, day: dt.date) -> frozenset[str]:
        """The province of the job, or those that it was made of."""
        if day >= self.job.as_of:
            return frozenset((self.job.province,))
        edges = self.registry.predecessors(self.job.province, self.job.as_of, day).edges
        return frozenset(edge.unit.code for edge in edges)
