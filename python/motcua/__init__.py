"""motcua: the engine under the one-stop door of Vietnam's local government.

Which unit is this, when is a dossier due and why, what may happen next, and how
are we doing.
"""

from __future__ import annotations

from . import _core
from ._core import Deadline, TimeLimit
from .access import Account, Accounts, Decision
from .dataset import Dataset
from .dates import ChangedDay, ExplainedDay, Holiday, LunarDate, clock_start, holidays, lunar, solar
from .day_columns import add_working_days, count_working_days
from .dossiers import Dossier, DossierRegister, EventLog, HandoverReport, fold_statuses, handover
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
)
from .identifiers import AgencyCode, CitizenNumber, DossierNumber, ProcedureCode, TaxCode, UnitCode
from .machine import Machine, MachineDecision, MachineState, Promise, Transition
from .problems import Problem
from .procedures import Catalogue, LinkedGroup, Procedure, Process
from .statistics import Statistics, statistics
from .text import search_key
from .units import Registry, Succession, Unit
from .working_calendar import MovedDeadline, WorkingCalendar, deadlines

__version__ = _core.version()

_OF_THE_JOURNAL = ("Journal", "MergeReport", "RecordedEvent")


def __getattr__(name: str):
    # SQLite and libpq are loaded by the first to ask for a journal.
    if name in _OF_THE_JOURNAL:
        from . import journal

        return getattr(journal, name)
    raise AttributeError(f"module 'motcua' has no attribute '{name}'")


def __dir__():
    return sorted([*globals(), *_OF_THE_JOURNAL])


def abi_version() -> int:
    """The number of the C interface that is loaded."""
    return _core.abi_version()


def dataset_version() -> str:
    """The version of the built-in facts, e.g. ``"2026.10.01+5b0c1f2e90a7"``."""
    return Dataset.builtin().version
