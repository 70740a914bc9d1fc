"""Identifiers: agencies, units, procedures, dossiers, citizens, taxpayers.

Every class has ``parse(text)``, which raises InvalidArgument saying what was expected,
and ``is_valid(text)``. ``text`` is the form to write. Classes of one kind compare by
their content. Numbers of persons and taxpayers never stand whole in a message or a
``repr``.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from . import _core
from ._civil import given_text, known_day, known_year, refuse, to_date, whole_number
from .errors import InvalidArgument


class _Parsed:
    """What the classes share."""

    __slots__ = ()

    @classmethod
    def is_valid(cls, text: str, **options: Any) -> bool:
        """Whether :meth:`parse` takes the text."""
        try:
            cls.parse(text, **options)
        except InvalidArgument:
            return False
        return True


class _AgencyFields(NamedTuple):
    text: str
    old_form: str | None


class AgencyCode(_Parsed, _AgencyFields):
    """The electronic identification code of an agency (mã định danh điện tử).

    Attributes
    ----------
    text : str
        The form in force (Decision 20/2020/QĐ-TTg), "H36.12".
    old_form : str or None
        The form of QCVN 102:2016, "000.00.12.H36"; None if the code does not fit it.

    >>> code = AgencyCode.parse("000.00.12.H36")
    >>> code.text, code.old_form, code.root, code.parent.text
    ('H36.12', '000.00.12.H36', 'H36', 'H36')
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> AgencyCode:
        """Read either written form."""
        code, old_form, _ = _core.agency_code(given_text(text, "agency"))
        return cls(code, old_form or None)

    @property
    def groups(self) -> list[str]:
        """From the highest level to the lowest: ["H36", "12"]."""
        return self.text.split(".")

    @property
    def root(self) -> str:
        """The province (H..), ministry (G..) or body of the first level."""
        return self.text[:3]

    @property
    def parent(self) -> AgencyCode | None:
        """The agency one level up; None for a root."""
        above = self.text.rpartition(".")[0]
        return AgencyCode.parse(above) if above else None

    def is_within(self, other: AgencyCode | str) -> bool:
        """Whether ``other`` is this agency or lies above it."""
        above = other if isinstance(other, AgencyCode) else AgencyCode.parse(other)
        return f"{self.text}.".startswith(f"{above.text}.")

    def __str__(self) -> str:
        return self.text


class _UnitFields(NamedTuple):
    text: str
    level: str


class UnitCode(_Parsed, _UnitFields):
    """The code of an administrative unit of the statistics office; text, not a number.

    ``level`` follows from the digits. Whether the unit stands on a day only
    :meth:`Registry.unit` knows.

    >>> UnitCode.parse("00004").level
    'commune'
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> UnitCode:
        """Read a code of 2, 3 or 5 digits, leading zeros included."""
        level = _core.unit_code(given_text(text, "code"))
        return cls(text, ("", "province", "district", "commune")[level])

    def __str__(self) -> str:
        return self.text


class _ProcedureFields(NamedTuple):
    text: str
    national: str
    agency: AgencyCode | None


class ProcedureCode(_Parsed, _ProcedureFields):
    """The code of a procedure (mã thủ tục): "1.004616", or "1.014464.H50" of a province.

    The dirty forms of official decisions are repaired: spaces, a label in front,
    punctuation behind, one misplaced dot; ``clean`` is then False. Two codes are equal
    if ``national`` and ``agency`` are, however they were written.

    >>> code = ProcedureCode.parse("Mã TTHC: 1.013.788. H42 )")
    >>> code.text, code.national, code.agency.text, code.clean
    ('1.013788.H42', '1.013788', 'H42', False)
    """

    clean: bool = True

    @classmethod
    def parse(cls, text: str) -> ProcedureCode:
        """Read a code, dirty or clean."""
        code, national, agency, clean = _core.procedure_code(given_text(text, "procedure"))
        made = cls(code, national, AgencyCode.parse(agency) if agency else None)
        made.clean = clean
        return made

    def __str__(self) -> str:
        return self.text


class _DossierFields(NamedTuple):
    text: str
    agency: str
    date: dt.date
    serial: str
    date_digits: int


class DossierNumber(_Parsed, _DossierFields):
    """The number of a dossier (mã số hồ sơ): agency, day, serial.

    Attributes
    ----------
    agency : str
        As written; ``agency_code`` is it as an :class:`AgencyCode`, None if it is of
        another kind (an enterprise's number).
    date : date
    serial : str
        4 to 7 digits, zeros kept.
    date_digits : int
        6 (YYMMDD, the rule) or 8 (YYYYMMDD, seen in live systems).

    >>> number = DossierNumber.parse("G09.20-20260609-0092637")
    >>> number.agency, number.date.isoformat(), number.serial
    ('G09.20', '2026-06-09', '0092637')
    >>> DossierNumber.make("H36.12", "2025-07-01", 42).text
    'H36.12-250701-0042'
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> DossierNumber:
        """Read a number; the message of a refusal says which part is wrong."""
        return cls._of(_core.dossier_number(given_text(text, "dossier number")))

    @classmethod
    def make(
        cls, agency: AgencyCode | str, date: Any, serial: int, date_digits: int = 6, serial_digits: int = 4
    ) -> DossierNumber:
        """Write a number; the serial, 0 to 9,999,999, is padded to ``serial_digits`` (4 to 7)."""
        return cls._of(
            _core.make_dossier_number(
                agency.text if isinstance(agency, AgencyCode) else given_text(agency, "agency"),
                known_day(date, "date"),
                whole_number(serial, "serial"),
                whole_number(date_digits, "date_digits"),
                whole_number(serial_digits, "serial_digits"),
            )
        )

    format = make

    @classmethod
    def _of(cls, fields: tuple) -> DossierNumber:
        text, agency, date, date_digits, serial = fields
        return cls(text, agency, to_date(date), serial, date_digits)

    @property
    def agency_code(self) -> AgencyCode | None:
        return AgencyCode.parse(self.agency) if AgencyCode.is_valid(self.agency) else None

    def __str__(self) -> str:
        return self.text


_SEXES = {"male": 0, "nam": 0, "m": 0, "female": 1, "nữ": 1, "nu": 1, "f": 1}


class _CitizenFields(NamedTuple):
    text: str
    masked: str
    place: str
    abroad: bool
    sex: str
    birth_year: int


class CitizenNumber(_Parsed, _CitizenFields):
    """The personal identity number of a citizen (số định danh cá nhân), 12 digits.

    It has no check digit; what it says is compared with what else is known.
    ``repr`` and ``str`` show :attr:`masked`; only :attr:`text` is the number.

    Attributes
    ----------
    place : str
        "068": 0 and the code of one of the 63 provinces before 2025-07-01 (an issued
        number never changes), or of a country, which is not checked (``abroad``).
    sex : str
        "male" or "female".
    birth_year : int

    >>> CitizenNumber.parse("068304012345", sex="female", birth_year=2004)
    CitizenNumber(068*********, female, 2004)
    """

    __slots__ = ()

    @classmethod
    def parse(
        cls, text: str, sex: str | None = None, birth_year: int | None = None, birth_date: Any = None, at: Any = None
    ) -> CitizenNumber:
        """Read a number and compare it.

        Parameters
        ----------
        sex : "male", "female", "nam" or "nữ", optional
        birth_year : int, optional
        birth_date : date-like, optional
            Its year is compared.
        at : date-like, optional
            Today: a number born later is refused.
        """
        if sex is not None and (not isinstance(sex, str) or sex.casefold() not in _SEXES):
            raise InvalidArgument(f"sex {sex!r}: expected male or female", status=3, reason=1)
        if birth_year is not None:
            birth_year = whole_number(birth_year, "birth_year")
        if birth_date is not None:
            year = known_year(birth_date, "birth_date")
            if birth_year is not None and birth_year != year:
                raise InvalidArgument(
                    f"birth_year {birth_year}: expected that of birth_date, {year}", status=3, reason=1
                )
            birth_year = year
        if birth_year is not None and not 1 <= birth_year <= 9999:
            raise InvalidArgument(f"birth_year {birth_year}: expected a year", status=3, reason=1)
        fields = _core.citizen_number(
            given_text(text, "citizen number"),
            -1 if sex is None else _SEXES[sex.casefold()],
            birth_year or 0,
            0 if at is None else known_year(at, "at"),
        )
        return cls(*fields[:4], ("male", "female")[fields[4]], fields[5])

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"CitizenNumber({self.masked}, {self.sex}, {self.birth_year})"


class _TaxFields(NamedTuple):
    text: str
    base: str
    branch: str | None


class TaxCode(_Parsed, _TaxFields):
    """The tax code (mã số thuế) of an organisation: 10 digits, perhaps "-001" to "-999".

    >>> code = TaxCode.parse("0100109106-001")
    >>> code.base, code.branch
    ('0100109106', '001')
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str, zero_sum: str = "refuse") -> TaxCode:
        """Read a code and check its tenth digit.

        Parameters
        ----------
        zero_sum : "refuse" or "zero"
            What to do where the weighted sum is divisible by 11, on which
            implementations differ: refuse the code, or expect check digit 0.

        Since 2025-07-01 an individual's tax code is the personal identity number: 12
        digits are refused here and read by :class:`CitizenNumber`.
        """
        if not isinstance(zero_sum, str) or zero_sum not in ("refuse", "zero"):
            refuse("zero_sum", zero_sum, "'refuse' or 'zero'")
        code, base, branch = _core.tax_code(given_text(text, "tax code"), zero_sum == "zero")
        return cls(code, base, branch or None)

    def __str__(self) -> str:
        return self.text
