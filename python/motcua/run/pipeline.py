"""The run: read, hand over, fold, count, rank, reconcile, write."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable

from .figures import Comparison, Figures, Place, compared, moved, ranked, summed
from .job import Job, Scope, Table, read_job
from .offices import Offices, Stray

Progress = Callable[[str], None]
_WORKERS = 2  # a fold of a province takes some 30 MB while it is counted


_CHANNELS = {"direct": "Trực tiếp", "online": "Trực tuyến", "postal": "Bưu chính"}


@dataclass
class CountedTable:
    """A table of the job with its rows: (code, name, figures)."""

    table: Table
    rows: list[tuple[str, str, Figures]]
    total: Figures


@dataclass
class Finding:
    """One disagreement of the portal's catalogue with the registry."""

    code: str
    name: str
    kind: str
    stage: str
    unit_code: str
    unit_name: str
    proposal: str


@dataclass
class Outcome:
    """What a run found; everything that the files of ``out/`` say."""

    job: Job
    summaries: dict[str, Figures] = field(default_factory=dict)
    handed_over: dict[str, int] = field(default_factory=dict)
    undecided: list[tuple[str, str, str]] = field(default_factory=list)
    tables: list[CountedTable] = field(default_factory=list)
    ranking: list[Place] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    portal_rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    problems: list[tuple[str, ...]] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    events: int = 0
    seconds: float = 0.0

    @property
    def dossiers(self) -> int:
        return len(self.columns.get("dossier", ()))

    def sentence(self) -> str:
        """The run in one plain sentence."""
        met = sum(comparison.met for comparison in self.comparisons)
        parts = [
            f"{_plural(self.dossiers, 'dossier', 'dossiers')} counted from {_plural(self.events, 'event', 'events')}"
        ]
        if self.comparisons:
            parts.append(f"{met} of {len(self.comparisons)} published figures met")
        if self.portal_rows:
            parts.append(_plural(len(self.findings), "finding", "findings") + " in the portal catalogue")
        if self.problems:
            parts.append(_plural(len(self.problems), "problem", "problems") + " in the events, see problems.csv")
        return "; ".join(parts) + f". The report is {_shown(self.job.out / 'report.html')}."


def run_job(folder: str | Path, progress: Progress = lambda _: None) -> Outcome:
    """Run a job folder and write its ``out/``.

    Parameters
    ----------
    folder : path
        A folder with a job.json, see docs/run.md.
    progress : callable
        Called with one line as each step ends.

    Raises
    ------
    motcua.Error
        The job file is wrong; nothing has been written. A wrong line of the
        events is no exception: it is a problem of the outcome.
    """
    from .output import write_out

    started = time.perf_counter()
    outcome = _Run(read_job(folder), progress).run()
    write_out(outcome)
    outcome.seconds = time.perf_counter() - started
    progress(f"wrote {_shown(outcome.job.out)} ({outcome.seconds:.1f} s in all)")
    return outcome


class _Run:
    """One run; its methods are the steps, in order."""

    def __init__(self, job: Job, progress: Progress):
        import motcua

        self.job, self.outcome = job, Outcome(job)
        self.progress, self.step_began = progress, time.perf_counter()
        self.counted: dict[tuple, list[Any]] = {}
        self.registry = motcua.Registry.national()
        self.calendar = motcua.WorkingCalendar.national()
        if job.calendar:
            self.calendar = self.calendar.with_layer(job.calendar, name="calendar")
        self.offices = Offices(job, self.registry)
        self.outcome.names = self.offices.names | _CHANNELS

    def run(self) -> Outcome:
        import motcua

        self.catalogue = motcua.Catalogue.read(self.job.catalogue)
        self.done("read the catalogue, the registry and the calendar")
        log = motcua.EventLog.read(self.job.events)
        self.outcome.events = len(log)
        self.report_problems("event", log.problems)
        self.done(f"read {len(log):,} events")
        if self.job.merger:
            self.hand_over(log)
        register = self.fold(log)
        table = register.table()
        self.outcome.columns = _accepted(table)
        self.report_problems("dossier", register.problems)
        self.outcome.problems.extend(self.offices.strangers(table))
        strays = self.offices.strays(table)
        self.outcome.problems.extend(self.offices.untaken(strays, {dossier for dossier, *_ in self.outcome.undecided}))
        self.outcome.problems.sort(key=lambda problem: int(problem[1] or 0))
        self.done(f"folded {_plural(self.outcome.dossiers, 'dossier', 'dossiers')}, with deadlines")
        self.count(register, self.apart(log, strays))
        self.reconcile()
        return self.outcome

    def fold(self, log: Any) -> Any:
        import motcua

        return motcua.DossierRegister(
            log, catalogue=self.catalogue, calendar=self.calendar, policy=self.job.policy, as_of=_end_of(self.job.as_of)
        )

    def apart(self, log: Any, strays: list[Stray]) -> list[tuple[dt.date, dict[str, str], Any]]:
        """Strays by the day their holders ended: (day, key of the holder by its code, their register)."""
        import motcua

        folded = []
        for until in sorted({stray.until for stray in strays}):
            members = {stray.dossier: stray for stray in strays if stray.until == until}
            own = motcua.EventLog(event for event in log if event["dossier"] in members)
            holders = {stray.agency: stray.holder for stray in members.values()}
            folded.append((until, holders, self.fold(own)))
        self.outcome.names.update((stray.holder, f"{stray.name} (đến {_last_day(stray.until)})") for stray in strays)
        return folded

    def done(self, what: str) -> None:
        now = time.perf_counter()
        self.progress(f"{what} ({now - self.step_began:.1f} s)")
        self.step_began = now

    def report_problems(self, source: str, problems: Any) -> None:
        for problem in problems:
            line = "" if not getattr(problem, "line", None) else str(problem.line)
            told = (str(getattr(problem, name, "") or "") for name in ("event", "field", "value", "expected"))
            self.outcome.problems.append((source, line, *told))

    def hand_over(self, log: Any) -> None:
        import motcua

        successors = {row["from_code"]: row["to_code"] for row in self.job.agency_succession}
        report = motcua.handover(log, self.registry, self.job.merger, agencies=successors)
        to = Counter("departments" if row.to in self.offices.agencies else "communes" for row in report.transferred)
        self.outcome.undecided = [
            (row.dossier, row.source, "|".join(agency for agency, *_ in row.candidates)) for row in report.undecided
        ]
        self.outcome.handed_over = {"communes": to["communes"], "departments": to["departments"]}
        self.done(f"handed over {len(report.transferred):,} dossiers of abolished units")

    def count(self, register: Any, strays: list[tuple[dt.date, dict[str, str], Any]]) -> None:
        job, outcome = self.job, self.outcome
        self.count_periods(register)
        for period in self.counted:
            for until, holders, own in strays:
                if until <= period[1]:
                    moved(self.counted[period], _counts(own, *period), holders)
        outcome.summaries = {name: summed(self.rows(scope)) for name, scope in job.summaries.items()}
        outcome.tables = [self.table(table) for table in job.tables]
        if job.ranking:
            outcome.ranking = ranked(self.by_agency(job.ranking))
        outcome.comparisons = compared(job.published, outcome.summaries)
        self.done(f"counted {len(outcome.summaries)} summaries and {len(outcome.tables)} tables")

    def count_periods(self, register: Any) -> None:
        """Count every period of the job once, side by side: counting holds no lock of Python."""
        scopes = [*self.job.summaries.values(), *([self.job.ranking] if self.job.ranking else [])]
        wanted = {(scope.first, scope.last, "agency") for scope in scopes}
        wanted |= {(table.scope.first, table.scope.last, table.by) for table in self.job.tables}
        # Counts by agency and another key hold those by agency.
        finer = {period[:2] for period in wanted if period[2] != "agency"}
        wanted = sorted(period for period in wanted if period[2] != "agency" or period[:2] not in finer)
        with ThreadPoolExecutor(_WORKERS) as pool:
            self.counted = dict(zip(wanted, pool.map(lambda period: _counts(register, *period), wanted)))

    def rows(self, scope: Scope, key: str = "agency") -> list[Any]:
        """The counts of a period by agency, or by agency and one more key, of a scope's agencies."""
        fitting = (rows for period, rows in self.counted.items() if _fits(period, scope, key))
        return [row for row in next(fitting) if self.inside(row["agency"], scope)]

    def inside(self, agency: str, scope: Scope) -> bool:
        if scope.of == "all":
            return True
        if isinstance(scope.of, tuple):
            return agency in scope.of
        return agency in (self.offices.communes if scope.of == "communes" else self.offices.agencies)

    def by_agency(self, scope: Scope) -> dict[str, Figures]:
        """The figures of every agency of a scope, those without a dossier too."""
        known = {"communes": self.offices.communes, "agencies": self.offices.agencies}.get(scope.of, {})
        groups: dict[str, list[Any]] = {code: [] for code in known}
        for row in self.rows(scope):
            groups.setdefault(row["agency"], []).append(row)
        return {code: summed(rows) for code, rows in groups.items()}

    def table(self, table: Table) -> CountedTable:
        if table.by == "agency":
            figures = self.by_agency(table.scope)
        else:
            groups: dict[str, list[Any]] = {}
            for row in self.rows(table.scope, table.by):
                groups.setdefault(str(row[table.by]), []).append(row)
            figures = {key: summed(rows) for key, rows in groups.items()}
            if table.by == "procedure":
                self.outcome.names.update((code, self.name_of(code)) for code in figures)
        order = (
            sorted(figures) if table.by == "agency" else sorted(figures, key=lambda k: (-figures[k]["processed"], k))
        )
        rows = [(key, self.outcome.names.get(key, key), figures[key]) for key in order]
        return CountedTable(table, rows, summed(figures.values()))

    def name_of(self, procedure: str) -> str:
        import motcua

        try:
            return self.catalogue.procedure(procedure, self.job.as_of).name
        except (motcua.UnknownProcedure, motcua.InvalidArgument):
            return procedure

    def reconcile(self) -> None:
        rows = self.job.portal_catalogue
        if not rows:
            return
        self.outcome.portal_rows = len(rows)
        found = self.registry.reconcile(rows, self.job.as_of, level="commune", within=self.job.province)
        self.outcome.findings = [_finding(one, rows) for one in found.findings if one.kind != "exact"]
        self.done(f"reconciled {len(rows)} rows of the portal catalogue")


def _counts(register: Any, first: dt.date, last: dt.date, key: str) -> list[dict[str, Any]]:
    import motcua

    by = ("agency",) if key == "agency" else ("agency", key)
    return [row.as_dict() for row in motcua.statistics(register, first, last, by=by).rows]


def _fits(period: tuple[dt.date, dt.date, str], scope: Scope, key: str) -> bool:
    return period[:2] == (scope.first, scope.last) and key in ("agency", period[2])


def _finding(found: Any, rows: list[dict[str, str]]) -> Finding:
    row = rows[found.index] if found.index is not None else {"code": "", "name": ""}
    unit = found.unit
    return Finding(
        row["code"],
        row["name"],
        found.kind,
        found.stage or "",
        unit.code if unit else "",
        unit.full_name if unit else "",
        "" if found.proposal is None else str(found.proposal),
    )


def _accepted(columns: dict[str, Any]) -> dict[str, Any]:
    """The rows that count: a dossier refused, or not yet accepted, has no outcome."""
    counts = columns["outcome"] != "none"
    kept = {name: values[counts] for name, values in columns.items()}
    kept["agency"] = kept["counted_at"]
    return kept


def _end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59))


def _last_day(until: dt.date) -> str:
    last = until - dt.timedelta(days=1)
    return f"{last.day}/{last.month}/{last.year}"


def _plural(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
