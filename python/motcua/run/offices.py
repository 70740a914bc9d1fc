"""Who may hold a dossier of the job: the units of its province on their day, and its agencies."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any, Iterator

from ..errors import InvalidArgument, OutsideCoverage, UnknownUnit
from .job import Job


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
        self.former = {row["from_code"] for row in job.agency_succession}

    def strangers(self, table: dict[str, Any]) -> Iterator[tuple[str, ...]]:
        """A problem for each counted dossier whose holder was no office of the province when it took it over."""
        knows = lru_cache(maxsize=None)(self._knows)
        counted = table["outcome"] != "none"
        since = table["held_since"][counted].astype("M8[D]").tolist()
        for dossier, agency, day in zip(table["dossier"][counted], table["agency"][counted], since):
            if not knows(agency, day):
                expected = f"a unit of province {self.job.province} on {day}, or a code of the job's agencies"
                yield "dossier", "", dossier, "agency", agency, expected

    def _knows(self, agency: str, day: dt.date) -> bool:
        if agency in self.agencies or agency in self.former:
            return True
        try:
            unit = self.registry.unit(agency, day)
        except (InvalidArgument, OutsideCoverage, UnknownUnit):
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
