"""Catalogues of administrative procedures (thủ tục hành chính)."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Any, Iterator, NamedTuple

from . import _core, _portal_catalogue
from ._civil import given_path, given_text, known_day, to_date
from .errors import InvalidArgument, MalformedData, UnknownProcedure
from .problems import Problem, problems_from

_LEVELS = ((1, "ministry"), (2, "province"), (4, "commune"), (8, "other"))
CHANNELS = {"direct": 1, "online": 2, "postal": 3}
#: The tables by the name of their file, in the order of the C interface.
TABLES = (
    "procedures",
    "time_limits",
    "fees",
    "agencies",
    "legal_basis",
    "component_counts",
    "details",
    "procedure_steps",
    "linked_groups",
)

#: Every kind of finding of :meth:`Catalogue.check`.
FINDING_KINDS = tuple(
    """
    code_junk name_missing name_holds_code name_holds_level name_too_long name_shared field_missing field_spelling
    level_missing cell_cut page_missing subject_unknown
    limit_without_unit limit_in_words limit_range limit_zero limit_variants limit_by_channel limit_channel_variants
    limit_split_from_fee limit_unreadable limit_row_twice
    fee_decimal_point fee_currency fee_free_by_default fee_free_with_note fee_reduced_until fee_without_row
    agency_abolished agency_not_yet agency_of_one_place agency_unreadable
    decision_junk document_junk document_future result_junk
    part_missing_sequence part_missing_channel part_missing_components part_missing_limit part_missing_subjects
    part_missing_agency part_missing_result legal_basis_missing decision_missing component_instruction
    steps_exceed_limit steps_mixed_units steps_wait_in_circle step_shares_nothing step_after_unknown step_after_later
    step_limit_unreadable step_number_large step_role_unknown step_agency_missing process_of_unknown_code
    group_limit_exceeded group_step_unknown group_limit_unreadable
    """.split()
)


class LimitRow(NamedTuple):
    """A time row of a channel. ``limit`` is ``"3wd"`` or ``"none"``; None where the page
    shows a number without a unit (``unit`` "unspecified"), prose ("text"), or no number at all
    ("none", unless ``raw`` begins with "Không quy định")."""

    channel: str
    row_no: int
    limit: str | None
    value: str
    unit: str
    raw: str


class FeeRow(NamedTuple):
    """A fee or charge on a time row. ``amount_vnd`` is None where only prose is printed."""

    channel: str
    row_no: int
    amount_vnd: int | None
    kind: str
    raw: str


class AgencyRow(NamedTuple):
    """An agency and its authority: decides, implements, delegated or coordinates."""

    role: str
    agency: str


class LegalBasisRow(NamedTuple):
    """A document it rests on; ``date`` is YYYY-MM-DD, or empty."""

    document: str
    date: str


class CaseRow(NamedTuple):
    """A case and how many papers its dossier holds; ``instructions`` of them are entries
    with neither original nor copy, ``with_form`` have a form."""

    case_no: int
    components: int
    instructions: int
    with_form: int


class DetailRow(NamedTuple):
    """What a page says in words. ``part``: case, sequence, component, requirement, subject,
    result, portal (a key of the portal's JSON, verbatim)."""

    part: str
    case_no: int
    row_no: int
    id: str
    text: str
    extra: str


class Step(NamedTuple):
    """A step of an internal process.

    Attributes
    ----------
    number : int
    name, agency, role, source : str
    value, unit : str
        As printed: working_day, working_hour, day, hour, same_day, untimed, or shared
        (under the limit of step ``shares``).
    shares : int
    limit : str or None
        ``"0.25wd"``, ``"none"``; None where shared.
    after : tuple of int
        The steps that come before it; empty: it begins at once.
    """

    number: int
    name: str
    agency: str
    role: str
    value: str
    unit: str
    shares: int
    limit: str | None
    after: tuple[int, ...]
    source: str


class Process(NamedTuple):
    """The internal process of a code.

    ``working_minutes`` and ``calendar_minutes`` are the longest way through its steps:
    480 a working day (a same-day step is one), 1,440 a day; None where steps wait in a
    circle.
    """

    code: str
    steps: list[Step]
    working_minutes: int | None
    calendar_minutes: int | None

    @property
    def working_days(self) -> float | None:
        return None if self.working_minutes is None else self.working_minutes / 480


class LinkedGroup(NamedTuple):
    """One case of a linked group (liên thông): birth, death, karaoke. ``limit`` is over all
    agencies, its cut-off with it; ``steps`` are numbers of steps of its process."""

    group: str
    code: str
    name: str
    case: str
    limit: str
    steps: tuple[int, ...]
    source: str


class Procedure:
    """One version of a procedure.

    Attributes
    ----------
    code, name, field, agency : str
    levels : frozenset of str
        Of "ministry", "province", "commune", "other".
    limits : list of LimitRow
    fees : list of FeeRow
    agencies : list of AgencyRow
    legal_basis : list of LegalBasisRow
    cases : list of CaseRow
    details : list of DetailRow
    subjects : frozenset of str
        As coded: citizen, enterprise, ...
    results : list of str
    decision, online_level, source_date, status : str
        The number of the decision that published it; "full", "partial" or empty;
        YYYY-MM-DD or empty; page, doc or list_only.
    valid_from, valid_to : date or None
        ``valid_to`` is exclusive; None for always and still.
    """

    __slots__ = (
        "code",
        "name",
        "field",
        "levels",
        "agency",
        "status",
        "valid_from",
        "valid_to",
        "limits",
        "fees",
        "agencies",
        "legal_basis",
        "cases",
        "details",
        "subjects",
        "decision",
        "results",
        "online_level",
        "source_date",
        "_subjects",
    )

    def __init__(self, fields: tuple):
        self.code, self.name, self.field, levels, self.agency, self.status, first, end, limits, fees = fields[:10]
        agencies, legal, cases, details, subjects, self.decision, result, self.online_level, self.source_date = fields[
            10:
        ]
        self.levels = frozenset(name for bit, name in _LEVELS if levels & bit)
        self.valid_from: dt.date | None = to_date(first)
        self.valid_to: dt.date | None = to_date(end)
        self.limits = [LimitRow(c, n, limit or None, value, unit, raw) for c, n, limit, value, unit, raw in limits]
        self.fees = [FeeRow(*fee) for fee in fees]
        self.agencies = [AgencyRow(*row) for row in agencies]
        self.legal_basis = [LegalBasisRow(*row) for row in legal]
        self.cases = [CaseRow(*row) for row in cases]
        self.details = [DetailRow(*row) for row in details]
        self._subjects: str = subjects  # in the order of the table
        self.subjects = frozenset(subjects.split("+")) if subjects else frozenset()
        self.results = result.split("|") if result else []

    def words(self, part: str, case_no: int | None = None) -> list[str]:
        """The texts of one part of the page: "sequence", "component", "requirement", "result",
        "subject", "case"; of one case if ``case_no`` is given."""
        rows = (row for row in self.details if row.part == part)
        return [row.text for row in rows if case_no is None or row.case_no == case_no]

    def __repr__(self) -> str:
        return f"<Procedure {self.code} {self.name!r}>"


class Catalogue:
    """A catalogue of procedures; immutable, may be shared by threads.

    Examples
    --------
    >>> catalogue = motcua.Catalogue.read("core/data/procedures")       # doctest: +SKIP
    >>> catalogue.procedure("1.001193", "2025-07-01").field             # doctest: +SKIP
    'Hộ tịch'
    """

    def __init__(self, core: _core.Catalogue):
        self._core = core

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self):,} procedures>"

    @classmethod
    def read(cls, folder: str | os.PathLike[str]) -> Catalogue:
        """Read a folder with procedures.tsv and time_limits.tsv, perhaps fees.tsv,
        agencies.tsv, legal_basis.tsv, component_counts.tsv, details.tsv,
        procedure_steps.tsv, linked_groups.tsv.

        Raises
        ------
        MalformedData
            Naming file, line, column, value and what was expected.
        InvalidArgument
            If a file cannot be read.
        """
        return cls(_core.Catalogue.read(given_path(folder, "folder")))

    @classmethod
    def parse(
        cls,
        procedures: str,
        time_limits: str,
        fees: str = "",
        agencies: str = "",
        legal_basis: str = "",
        component_counts: str = "",
        details: str = "",
        procedure_steps: str = "",
        linked_groups: str = "",
    ) -> Catalogue:
        """Read the texts (str or UTF-8 bytes) of the same tables. A code may come several
        times with columns valid_from and valid_to that do not overlap; a row of another
        table belongs to every version, or with a cell ``valid_from`` to the one that begins
        then ("-": to the one without a first day)."""
        tables = (
            procedures,
            time_limits,
            fees,
            agencies,
            legal_basis,
            component_counts,
            details,
            procedure_steps,
            linked_groups,
        )
        return cls(_core.Catalogue.parse([_bytes(name, text) for name, text in zip(TABLES, tables)]))

    @classmethod
    def from_portal_json(cls, obj: Any) -> Catalogue:
        """Read what the portal's LayThuTuc answers.

        Parameters
        ----------
        obj : dict, list of dict, str or bytes
            A procedure with the portal's upper-case keys (MATTHC, TENTTHC,
            CACHTHUCTHUCHIEN, ...), a list of them, or JSON text of either; an answer that
            holds them under ``result`` or ``data`` will do. Keys that are not known are
            kept: :meth:`to_portal_json` gives them back.

        Notes
        -----
        A number without DONVITINH stays ``unspecified``. An amount below 1,000 dong is
        restored only where its note shows the number, else ``amount_vnd`` is None; so it is
        for other currencies, and for "free" with a note that speaks of more.

        Raises
        ------
        MalformedData
            Naming the procedure, the key, the value and what was expected.
        """
        return cls.parse(**_portal_catalogue.tables_of(obj))

    def to_portal_json(self, code: str | None = None, at: Any = None) -> list[dict[str, Any]]:
        """The procedures as LayThuTuc would answer them; what was read from JSON comes back
        as it came, the rest is built from the tables. What the portal has no key for, or
        would be read otherwise, is one key more, ``MOTCUA``: :meth:`from_portal_json` then
        gives the same rows. Internal processes and linked groups are no part of it.

        Parameters
        ----------
        code : str, optional
            This one only; UnknownProcedure if there is none.
        at : date, optional
            The versions valid on this day only; every version if not given.
        """
        if code is not None and at is not None:
            return [_portal_catalogue.object_of(self.procedure(code, at))]
        day = None if at is None else known_day(at, "at")
        found = [p for p in self if (code is None or p.code == code) and (day is None or _valid_on(p, day))]
        if code is not None and not found:
            raise UnknownProcedure(f"procedure '{code}': expected a code that the catalogue has", status=5, reason=4)
        return [_portal_catalogue.object_of(procedure) for procedure in found]

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write every table that has rows as TSV into ``folder``, which is made if it is not
        there; :meth:`read` gives the same catalogue. Raises OSError."""
        target = Path(given_path(folder, "folder"))
        target.mkdir(parents=True, exist_ok=True)
        for name in TABLES:
            text = self.table(name)
            if text:
                (target / f"{name}.tsv").write_text(text, encoding="utf-8", newline="\n")

    def table(self, name: str) -> str:
        """One of :data:`TABLES` as TSV text; empty if the catalogue has none."""
        return self._core.write(given_text(name, "name"))

    def procedure(self, code: str, at: Any) -> Procedure:
        """The version of ``code`` valid on the day ``at``. Raises UnknownProcedure."""
        return Procedure(self._core.get(self._core.find(given_text(code, "code"), known_day(at, "at"))))

    def versions(self, code: str) -> list[Procedure]:
        """Every version of ``code``, the earliest first; empty if there is none."""
        given_text(code, "code")
        return [procedure for procedure in self if procedure.code == code]

    def limit(self, code: str, channel: str, at: Any) -> str:
        """The limit of a dossier whose event names none, e.g. ``"3wd"``: row 1 of the
        channel if all its rows agree. Raises InvalidArgument where they do not, or
        where row 1 has no unit."""
        if given_text(channel, "channel") not in CHANNELS:
            raise InvalidArgument(f"channel '{channel}': expected direct, online or postal", status=3, reason=1)
        return self._core.limit_of(self._core.find(given_text(code, "code"), known_day(at, "at")), CHANNELS[channel])

    def processes(self) -> list[Process]:
        """Internal processes by code, also of codes that the catalogue does not have."""
        return [self._process(i, code) for i, code in enumerate(self._core.processes())]

    def process(self, code: str) -> Process:
        """That of one code. Raises UnknownProcedure."""
        codes = self._core.processes()
        if given_text(code, "code") not in codes:
            raise UnknownProcedure(f"process '{code}': expected a code that has one", status=5, reason=4)
        return self._process(codes.index(code), code)

    def _process(self, i: int, code: str) -> Process:
        steps: list[Step] = []
        for number, name, agency, role, value, unit, shares, limit, after, source in self._core.steps(i):
            before = (steps[-1].number,) if steps and not after else ()
            numbers = before if after in ("", "-") else tuple(map(int, after.split("+")))
            steps.append(Step(number, name, agency, role, value, unit, shares, limit or None, numbers, source))
        try:
            working, calendar = self._core.length(i)
        except MalformedData:
            working = calendar = None
        return Process(code, steps, working, calendar)

    def groups(self, group: str | None = None) -> list[LinkedGroup]:
        """Linked groups, a row a case; of one group ("birth", "death", "karaoke") if given.

        Raises InvalidArgument for a group that the catalogue does not have."""
        rows = [LinkedGroup(*row[:5], tuple(row[5]), row[6]) for row in self._core.groups()]
        if group is None:
            return rows
        given_text(group, "group")
        found = [row for row in rows if row.group == group]
        if not found:
            known = ", ".join(dict.fromkeys(row.group for row in rows)) or "none: the catalogue has no groups"
            raise InvalidArgument(f"group '{group}': expected one of {known}", status=3, reason=1)
        return found

    def check(self, at: Any = None) -> list[Problem]:
        """What is doubtful. Each finding has ``kind``, ``code``, ``where``, ``value`` and
        ``expected``.

        Parameters
        ----------
        at : date, optional
            Only versions valid on this day, against the authorities of that day; without
            it every version, against the days of its own validity.

        Notes
        -----
        Kinds: :data:`FINDING_KINDS`; part_missing is of Decree 63/2010/NĐ-CP art. 8.2.
        """
        return problems_from(self._core.check(None if at is None else known_day(at, "at")))

    def __len__(self) -> int:
        return len(self._core)

    def __iter__(self) -> Iterator[Procedure]:
        return (Procedure(self._core.get(i)) for i in range(len(self._core)))


def _bytes(name: str, text: str | bytes) -> bytes:
    if isinstance(text, bytes):
        return text
    if not isinstance(text, str):
        raise InvalidArgument(f"{name} '{type(text).__name__}': expected str or bytes", status=3, reason=1)
    return text.encode("utf-8", "surrogatepass")


def _valid_on(procedure: Procedure, day: int) -> bool:
    at = to_date(day)
    return (procedure.valid_from is None or procedure.valid_from <= at) and (
        procedure.valid_to is None or at < procedure.valid_to
    )
