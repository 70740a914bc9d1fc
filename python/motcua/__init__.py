"""motcua: the engine under the one-stop door of Vietnam's local government.

Which unit is this, when is a dossier due and why, what may happen next, and how
are we doing.
"""

import importlib
from typing import TYPE_CHECKING

from . import _core

if TYPE_CHECKING:
    from ._core import Deadline, TimeLimit
    from .access import Account, Accounts, Decision
    from .carrying import Carried
    from .dataset import Dataset
    from .dates import ChangedDay, ExplainedDay, Holiday, LunarDate, clock_start, holidays, lunar, solar
    from .day_columns import add_working_days, count_working_days, is_working_day, working_minutes
    from .dossier import Dossier
    from .dossiers import DossierRegister, EventLog, fold_statuses
    from .errors import (
        ConflictingEvent,
        Error,
        IllegalTransition,
        InternalError,
        InvalidArgument,
        MalformedData,
        OutsideCoverage,
        Unavailable,
        UnknownDossier,
        UnknownProcedure,
        UnknownUnit,
        WrongType,
    )
    from .handovers import HandoverReport, handover
    from .identifiers import AgencyCode, CitizenNumber, DossierNumber, ProcedureCode, TaxCode, UnitCode
    from .journal import Journal, MergeReport, RecordedEvent
    from .machine import Machine, MachineDecision, MachineState, Promise, Transition
    from .minute_columns import deadlines, latest_acceptances
    from .period_statistics import Statistics, statistics
    from .problems import Problem
    from .procedures import Catalogue, LinkedGroup, Procedure, Process
    from .reconciliation import Finding, Reconciliation
    from .resolver import Match, Resolved
    from .steps import step_rows
    from .text import search_key
    from .units import Edge, Equivalents, Registry, Step, Succession, Unit
    from .working_calendar import MovedDeadline, WorkingCalendar

__version__ = _core.version()

# Where each public name lives. But for the units, loaded below, a room is loaded when it is first
# asked for: a program pays for the rooms it enters, and only a journal loads SQLite and libpq.
_HOMES = {
    "_core": ("Deadline", "TimeLimit"),
    "access": ("Account", "Accounts", "Decision"),
    "carrying": ("Carried",),
    "dataset": ("Dataset",),
    "dates": ("ChangedDay", "ExplainedDay", "Holiday", "LunarDate", "clock_start", "holidays", "lunar", "solar"),
    "day_columns": ("add_working_days", "count_working_days", "is_working_day", "working_minutes"),
    "dossier": ("Dossier",),
    "dossiers": ("DossierRegister", "EventLog", "fold_statuses"),
    "errors": (
        "ConflictingEvent",
        "Error",
        "IllegalTransition",
        "InternalError",
        "InvalidArgument",
        "MalformedData",
        "OutsideCoverage",
        "Unavailable",
        "UnknownDossier",
        "UnknownProcedure",
        "UnknownUnit",
        "WrongType",
    ),
    "handovers": ("HandoverReport", "handover"),
    "identifiers": ("AgencyCode", "CitizenNumber", "DossierNumber", "ProcedureCode", "TaxCode", "UnitCode"),
    "journal": ("Journal", "MergeReport", "RecordedEvent"),
    "machine": ("Machine", "MachineDecision", "MachineState", "Promise", "Transition"),
    "minute_columns": ("deadlines", "latest_acceptances"),
    "period_statistics": ("Statistics", "statistics"),
    "problems": ("Problem",),
    "procedures": ("Catalogue", "LinkedGroup", "Procedure", "Process"),
    "reconciliation": ("Finding", "Reconciliation"),
    "resolver": ("Match", "Resolved"),
    "steps": ("step_rows",),
    "text": ("search_key",),
    "units": ("Edge", "Equivalents", "Registry", "Step", "Succession", "Unit"),
    "working_calendar": ("MovedDeadline", "WorkingCalendar"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted([*_HOME_OF, "abi_version", "dataset_version"])


def __getattr__(name: str):
    if name in _HOMES:
        return importlib.import_module("." + name, __name__)
    if name not in _HOME_OF:
        raise AttributeError(f"module 'motcua' has no attribute '{name}'")
    value = globals()[name] = getattr(importlib.import_module("." + _HOME_OF[name], __name__), name)
    return value


def __dir__():
    return sorted({*globals(), *__all__, *_HOMES})


def abi_version() -> int:
    """The number of the C interface that is loaded."""
    return _core.abi_version()


def dataset_version() -> str:
    """The version of the built-in facts, e.g. ``"2026.10.01+5b0c1f2e90a7"``."""
    return _core.Dataset.builtin().version()


# Nearly every program asks for a unit: its first look-up should not wait for a module.
importlib.import_module(".units", __name__)
