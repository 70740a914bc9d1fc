"""Administrative units (đơn vị hành chính) over time: look-up and succession."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Iterable, Mapping, NamedTuple

from . import _core
from ._civil import given_list, given_text, known_day, other_rows, refuse, to_date, whole_number
from .dataset import Dataset, core_dataset
from .errors import InvalidArgument, UnknownUnit, WrongType

if TYPE_CHECKING:
    from .agencies import Agency, AgencyDirectory
    from .carrying import Carried
    from .reconciliation import Reconciliation
    from .resolver import Match, Resolved

_LEVELS = ("any", "province", "district", "commune")


class Unit:
    """A unit as it stood on a day. Two units are equal if they are the same spell.

    Attributes
    ----------
    code : str
        "24829"; names nothing without a day.
    level : str
        "province", "district" or "commune".
    type, name, full_name : str
        "Phường", "B'Lao", "Phường B'Lao".
    parent : Unit or None
        The unit it belonged to on that day; None for a province.
    valid_from, valid_to : date
        Of this type, name and parent; valid_to is exclusive, None if still valid.
    key : str
        The identity of the unit across renaming, retyping and recoding: its first
        code and day, "24829@2025-07-01".
    """

    __slots__ = ("_fields", "_registry")

    def __init__(self, registry: Registry, fields: tuple):
        # code, level, type, name, full_name, key, parent's code, valid_from, valid_to, as_of
        self._fields = fields
        self._registry = registry

    @property
    def code(self) -> str:
        return self._fields[0]

    @property
    def level(self) -> str:
        return _LEVELS[self._fields[1]]

    @property
    def type(self) -> str:
        return self._fields[2]

    @property
    def name(self) -> str:
        return self._fields[3]

    @property
    def full_name(self) -> str:
        return self._fields[4]

    @property
    def key(self) -> str:
        return self._fields[5]

    @property
    def valid_from(self) -> dt.date:
        return to_date(self._fields[7])

    @property
    def valid_to(self) -> dt.date | None:
        return to_date(self._fields[8])

    @property
    def parent(self) -> Unit | None:
        parent_code, as_of = self._fields[6], self._fields[9]
        return Unit(self._registry, self._registry._core.find(parent_code, as_of)) if parent_code else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Unit):
            return NotImplemented
        return (self._fields[0], self._fields[7]) == (other._fields[0], other._fields[7])

    def __hash__(self) -> int:
        return hash((self._fields[0], self._fields[7]))

    def __repr__(self) -> str:
        end = "" if self.valid_to is None else self.valid_to.isoformat()
        return f"Unit({self.code} {self.full_name}, {self.valid_from}..{end})"


class Step(NamedTuple):
    """One act on the way of succession; article and clause are "" where no source has them."""

    date: dt.date
    act: str
    article: str
    clause: str


class Edge(NamedTuple):
    """One successor or predecessor: the unit, how much, what moved, and by which acts."""

    unit: Unit
    extent: str
    moved: str
    steps: list[Step]


class Succession(NamedTuple):
    """What became of a unit, or out of what it came.

    ``kind`` is unchanged, renamed, retyped, recoded, merged, split, abolished or
    unknown; ``answered_by`` is the province that answers for an abolished district. A unit
    that went on without some of its ground was split: it is one of its own successors.
    """

    kind: str
    edges: list[Edge]
    answered_by: Unit | None


class Equivalents(NamedTuple):
    """Units of two days that cover the same ground.

    ``known`` is False if a path between them is not known: then one side may be
    empty, and land may have come from a unit of another group.
    """

    first: list[Unit]
    second: list[Unit]
    known: bool


class Registry:
    """Every province, district and commune of Vietnam since 2004-08-31.

    Immutable, and may be shared by threads. A day after the last day of the
    sources has the state of that last day.

    >>> reg = Registry.national()
    >>> reg.unit("24829", "2025-06-30").full_name
    'Phường Lộc Sơn'
    >>> reg.unit("24829", "2025-07-01").full_name
    "Phường B'Lao"
    """

    def __init__(self, core: _core.Registry):
        self._core = core
        self._agencies: AgencyDirectory | None = None

    def __repr__(self) -> str:
        return f"<Registry of the units since {self.first_day}>"

    @classmethod
    def national(cls, dataset: Dataset | None = None) -> Registry:
        """The registry of the built-in facts, or of another dataset."""
        return cls(_core.Registry.national(core_dataset(dataset)))

    @property
    def first_day(self) -> dt.date:
        """The first day the registry knows; earlier ones raise OutsideCoverage."""
        return to_date(self._core.first_day())

    def unit(self, code: str, at: Any) -> Unit:
        """The unit of ``code`` on the day ``at``.

        Raises UnknownUnit if no spell of that code covers the day, InvalidArgument
        for what is no code, OutsideCoverage before :attr:`first_day`.
        """
        return Unit(self, self._core.find(_code(code), known_day(at, "at")))

    def units(self, at: Any, level: str | None = None, parent: Unit | str | None = None) -> list[Unit]:
        """All units of a day by code, of one level, or directly under one parent."""
        parent_code = "" if parent is None else _code(parent, "parent")
        rows = self._core.units(known_day(at, "at"), _level_number(level), parent_code)
        return [Unit(self, row) for row in rows]

    def named(self, name: str, at: Any) -> list[Unit]:
        """The units of a day whose name or listed variant has the same search key.

        The name may begin with the level word.

        >>> [unit.code for unit in Registry.national().named("phuong blao", "2025-07-01")]
        ['24829']
        """
        return [Unit(self, row) for row in self._core.named(given_text(name, "name"), known_day(at, "at"))]

    def successors(self, code: Unit | str, since: Any, until: Any) -> Succession:
        """What the unit of ``code`` on ``since`` had become by ``until``.

        A Unit stands for itself: UnknownUnit if its code was another unit's on that day.

        >>> s = Registry.national().successors("24826", "2025-06-30", "2025-07-01")
        >>> s.kind, s.edges[0].unit.full_name, s.edges[0].extent
        ('merged', "Phường B'Lao", 'whole')
        """
        return self._succession(
            self._core.successors(
                self._code_on(code, since, "since"), known_day(since, "since"), known_day(until, "until")
            )
        )

    def predecessors(self, code: Unit | str, until: Any, since: Any) -> Succession:
        """Out of which units of the day ``since`` the unit of ``code`` on ``until`` came.

        A Unit stands for itself: UnknownUnit if its code was another unit's on that day.
        """
        return self._succession(
            self._core.predecessors(
                self._code_on(code, until, "until"), known_day(until, "until"), known_day(since, "since")
            )
        )

    def translate(self, codes: Any, since: Any, until: Any, on_error: str = "raise"):
        """The successors of many codes at once.

        Parameters
        ----------
        codes : array of str
            Any shape; read in C order.
        on_error : "raise" or "empty"
            What an unknown code does: UnknownUnit with all ``rows``, or no successors.

        Returns
        -------
        offsets : int64 array, one longer than codes
        codes : array of "U5"; those of row i are ``codes[offsets[i]:offsets[i + 1]]``
        """
        import numpy as np

        _check_on_error(on_error)
        given = _code_array(codes)
        letter_size = 4 if given.dtype.kind == "U" else 1
        offsets, found, unknown = self._core.translate(
            given.view(np.uint8),
            given.dtype.itemsize // letter_size,
            letter_size,
            known_day(since, "since"),
            known_day(until, "until"),
        )
        if unknown and on_error == "raise":
            shown = ", ".join(repr(_text(given[row])) for row in unknown[:5])
            raise UnknownUnit(f"codes {shown}: expected codes of units on {since}", status=5, reason=3, rows=unknown)
        return np.frombuffer(offsets, np.int64), np.frombuffer(found, "U5")

    def carry(self, values: Any, since: Any, until: Any, weights: Any = "population") -> Carried:
        """Move statistics from the units of one day to those of another.

        Parameters
        ----------
        values : mapping of codes to numbers, or pairs
            Of units of ``since``, of any level; a pandas Series by code will do.
        since, until : date-like
            ``until`` may be the earlier day: then values go back.
        weights : "population", "area", or a mapping
            What the values go with: residents or land. A split unit's value goes whole to
            the successor that has all of them, where the resolution says so; otherwise only
            the caller can say how to part it: ``{(from, to): share}`` or ``{from: {to: share}}``,
            a share for each of its successors, which need not add up to 1.

        Returns
        -------
        Carried
            ``values`` by code, ``unapportioned`` and ``assumed``. Whole numbers are parted by
            the largest remainder, so that no unit is lost; fractions so that the last part is
            what the others leave.

        >>> moved = Registry.national().carry({"24826": 12, "24838": 9}, "2025-06-30", "2025-07-01")
        >>> moved.values, moved.unapportioned
        ({'24829': 21}, [])
        """
        from .carrying import carry

        return carry(self, values, known_day(since, "since"), known_day(until, "until"), weights)

    @property
    def agency_directory(self) -> AgencyDirectory:
        """The agencies of the registry's dataset."""
        from .agencies import AgencyDirectory

        if self._agencies is None:
            self._agencies = AgencyDirectory.national(self)
        return self._agencies

    def with_agencies(self, rows: Any) -> Registry:
        """This registry with a deployment's own agencies; see :meth:`AgencyDirectory.with_rows`."""
        made = Registry(self._core)
        made._agencies = self.agency_directory.with_rows(rows)
        return made

    def agency(self, code: Any, at: Any) -> Agency:
        """The agency of an identification code, in either form, on a day.

        >>> Registry.national().agency("H36", "2026-01-01").name
        'Ủy ban nhân dân tỉnh Lâm Đồng'
        """
        return self.agency_directory.agency(code, at)

    def agencies(self, at: Any, unit: Unit | str | None = None, within: Any = None) -> list[Agency]:
        """The agencies of a day by code: all, those of one unit, those within an agency."""
        return self.agency_directory.agencies(at, unit, within)

    @property
    def dataset_version(self) -> str:
        """The version of the facts that the registry answers from."""
        return self._core.dataset_version()

    def equivalents(self, first: Any, second: Any) -> list[Equivalents]:
        """The smallest groups of units with the same territory on both days.

        Every commune of either day is in exactly one group, and so is a district
        without communes. Statistics of the two days compare group by group. The later
        day may come first: the groups are the same, their sides exchanged.

        >>> groups = Registry.national().equivalents("2025-06-30", "2025-07-01")
        >>> sum(len(group.second) for group in groups)
        3321
        """
        return [
            Equivalents([Unit(self, row) for row in before], [Unit(self, row) for row in after], known)
            for before, after, known in _core.equivalents(
                self._core, known_day(first, "first"), known_day(second, "second")
            )
        ]

    def resolve(self, text: str, at: Any = None, max: int = 5) -> list[Match]:  # noqa: A002
        """The units that a text may mean, best first, at most ``max``.

        The text may be an address: street and house number come back as ``rest``.
        ``at`` (today if None) ranks candidates and never hides one. Empty if the
        text names no unit.

        >>> best = Registry.national().resolve("12 Lê Lợi, P. Bến Nghé, Q.1, TP.HCM", "2026-01-01")[0]
        >>> best.unit.full_name, best.rest, best.current[0].unit.full_name
        ('Phường Bến Nghé', '12 Lê Lợi', 'Phường Sài Gòn')
        """
        from .resolver import Match
        from .text import STAGES

        today = dt.date.today()
        if not isinstance(max, int) or max < 0:
            refuse("max", max, "a number of matches, 0 or more")
        max = whole_number(max, "max")  # noqa: A001
        given_text(text, "text")
        found = _core.resolve(
            self._core, text, known_day(today if at is None else at, "at"), max, known_day(today, "today")
        )
        encoded = text.encode()

        def character(byte: int) -> int:
            return len(encoded[:byte].decode())

        return [
            Match(
                Unit(self, unit),
                score,
                STAGES[stage],
                ambiguous,
                (character(begin), character(end)),
                rest,
                self._succession(current).edges,
            )
            for unit, score, stage, ambiguous, begin, end, rest, current in found
        ]

    def resolve_many(self, texts: Any, at: Any = None, on_error: str = "raise") -> Resolved:
        """The best unit of each of many texts, as arrays of their shape; of one text, as scalars.

        Parameters
        ----------
        on_error : "raise" or "empty"
            What becomes of a text beyond 4,096 bytes: InvalidArgument, which names the first such
            row and holds all, or a row as where nothing was found.

        Returns
        -------
        Resolved
            ``code`` ("U5", "" where nothing was found), ``valid_from`` (datetime64[D]),
            ``score``, ``stage`` (object, None where nothing was found), ``ambiguous``.

        >>> Registry.national().resolve_many(["Phường B'Lao, Lâm Đồng"], "2026-01-01").code
        array(['24829'], dtype='<U5')
        """
        import numpy as np

        from .resolver import Resolved
        from .text import STAGES

        shape = None
        if isinstance(texts, (str, np.ndarray)):
            texts = np.asarray(texts, object if isinstance(texts, str) else None)
            shape, given = texts.shape, texts.ravel().tolist()
        else:
            if isinstance(texts, (bytes, Mapping)):
                raise WrongType(f"texts: expected an iterable of str, found {type(texts).__name__}")
            given = given_list(texts, "texts", "an iterable of str")
        for row, text in enumerate(given):
            if type(text) is not str:
                given_text(text, f"texts, row {row}")
        _check_on_error(on_error)
        rows = len(given)
        code, valid_from = np.empty(rows, "U5"), np.empty(rows, "M8[D]")
        score, stage, ambiguous = np.empty(rows), np.empty(rows, np.int64), np.empty(rows, bool)
        columns = (
            known_day(dt.date.today() if at is None else at, "at"),
            code.view(np.uint32) if rows else np.empty(0, np.uint32),
            valid_from.view(np.int64),
            score,
            stage,
            ambiguous.view(np.uint8),
        )
        try:
            _core.resolve_many(self._core, given, *columns)
        except InvalidArgument as error:
            if not error.rows:
                raise
            if on_error == "raise":
                words = f"row {error.rows[0]}: {error}{other_rows(error.rows)}"
                raise InvalidArgument(words, status=error.status, reason=error.reason, rows=error.rows) from None
            for row in error.rows:
                given[row] = ""
            _core.resolve_many(self._core, given, *columns)
        found = (code, valid_from, score, np.array([*STAGES, None], object)[stage], ambiguous)
        return Resolved(*found if shape is None else (column.reshape(shape)[()] for column in found))

    def reconcile(
        self,
        rows: Iterable[Mapping[str, Any]],
        at: Any,
        level: str | None = None,
        within: Unit | str | None = None,
    ) -> Reconciliation:
        """Compare a foreign catalogue with the units of a day.

        Parameters
        ----------
        rows : iterable of mappings
            With ``code``, ``name`` and ``parent`` (code or name); any may be missing.
        level, within
            Which units are looked for as missing: of one level, inside one unit.
            By default every unit of the day.

        Returns
        -------
        Reconciliation
            Exactly one finding a row, then one a unit without a row.

        >>> rec = Registry.national().reconcile([{"code": "24829", "name": "Phường BLao"}], "2025-07-01")
        >>> rec.findings[0].kind, rec.findings[0].stage, rec.findings[0].proposal
        ('spelling', 'apostrophe', "name: Phường B'Lao")
        """
        from .reconciliation import Finding, Reconciliation, catalogue_rows
        from .text import STAGES

        kept = given_list(rows, "rows", "an iterable of mappings")
        found = _core.reconcile(
            self._core,
            catalogue_rows(kept),
            known_day(at, "at"),
            _level_number(level),
            "" if within is None else _code(within, "within"),
        )
        findings = [
            Finding(
                None if row < 0 else row,
                kind,
                Unit(self, unit) if unit else None,
                None if stage < 0 else STAGES[stage],
                proposal,
                [Unit(self, other) for other in others] if others else [],
            )
            for row, kind, unit, stage, others, proposal in found
        ]
        return Reconciliation(kept, findings, to_date(known_day(at, "at")), self.dataset_version)

    def _code_on(self, code: Unit | str, day: Any, field: str) -> str:
        text = _code(code)
        if isinstance(code, Unit) and self.unit(text, day).key != code.key:
            raise UnknownUnit(f"code {code!r}: expected a unit of {field}, {day}", status=5, reason=3)
        return text

    def _succession(self, fields: tuple) -> Succession:
        kind, edges, answered_by = fields
        made = [
            Edge(
                Unit(self, unit),
                extent,
                moved,
                [
                    Step(to_date(date), act, str(article) if article else "", str(clause) if clause else "")
                    for date, act, article, clause in steps
                ],
            )
            for unit, extent, moved, steps in edges
        ]
        return Succession(kind, made, Unit(self, answered_by[0]) if answered_by else None)


def _level_number(level: str | None) -> int:
    if level is None:
        return 0
    if not isinstance(level, str) or level not in _LEVELS[1:]:
        refuse("level", level, "province, district or commune")
    return _LEVELS.index(level)


def _check_on_error(on_error: str) -> None:
    if not isinstance(on_error, str) or on_error not in ("raise", "empty"):
        refuse("on_error", on_error, "'raise' or 'empty'")


def _code(value: Unit | str, field: str = "code") -> str:
    if isinstance(value, Unit):
        return value.code
    if isinstance(value, str):
        return given_text(value, field)
    raise WrongType(f"{field}: expected a code (str) or a Unit, found {type(value).__name__}")


def _code_array(codes: Any):
    import numpy as np

    array = np.atleast_1d(np.asarray(codes)).ravel()
    if array.size == 0:
        return np.zeros(0, "S5")
    if array.dtype.kind == "O":
        array = np.array([_code(code, "codes") for code in array])
    if array.dtype.kind not in "SU":
        raise WrongType(f"codes: expected strings, found {array.dtype}")
    return np.ascontiguousarray(array, array.dtype.newbyteorder("="))


def _text(code: bytes | str) -> str:
    return code.decode("ascii", "replace") if isinstance(code, bytes) else str(code)
