"""The exceptions of motcua. Every one derives from :class:`Error`.

An exception carries ``reason`` (a stable number of the C interface), ``status``,
and ``rows``: for a batch, the index of every row that failed.
"""

from __future__ import annotations


class Error(Exception):
    """The base of every exception that motcua raises for bad input or data."""

    def __init__(self, message: str, *, status: int = 2, reason: int = 0, rows: list[int] | None = None):
        super().__init__(message)
        self.status = status
        self.reason = reason
        self.rows = rows or []


class InvalidArgument(Error, ValueError):
    """A value that no call could accept; the message names it."""


class WrongType(InvalidArgument, TypeError):
    """A value of a type that the parameter does not take; the message names both."""

    def __init__(self, message: str, *, status: int = 3, reason: int = 1, rows: list[int] | None = None):
        super().__init__(message, status=status, reason=reason, rows=rows)


class OutsideCoverage(Error, ValueError):
    """A date for which the tables of law hold nothing."""


class UnknownUnit(Error, LookupError):
    """No administrative unit has that code on that date."""


class UnknownProcedure(Error, LookupError):
    """The catalogue has no procedure of that code on that date."""


class UnknownDossier(Error, LookupError):
    """No dossier has that number."""


class IllegalTransition(Error):
    """The dossier machine has no such transition."""


class MalformedData(Error, ValueError):
    """A file, message or dataset that cannot be read."""


class ConflictingEvent(InvalidArgument):
    """A journal holds that event id with other content."""


class Unavailable(Error):
    """Disk or server failed; nothing was promised, and trying again is right."""


class InternalError(Error):
    """A defect of motcua itself; please report it."""


_BY_REASON = {
    1: InvalidArgument,
    2: OutsideCoverage,
    3: UnknownUnit,
    4: UnknownProcedure,
    5: UnknownDossier,
    6: IllegalTransition,
    7: MalformedData,
    8: InternalError,
}

# Where the status says more than the reason.
_BY_STATUS = {6: ConflictingEvent, 14: Unavailable}


def _from_reason(status: int, reason: int, message: str, rows: list[int]) -> Exception:
    """The exception for a failed call of the C interface."""
    if status == 8:
        return MemoryError(message)
    if status in _BY_STATUS:
        return _BY_STATUS[status](message, status=status, reason=reason, rows=rows)
    return _BY_REASON.get(reason, InternalError)(message, status=status, reason=reason, rows=rows)
