"""The dossier machine: which event may happen in which state, who may do it, what it does."""

from __future__ import annotations

import os
from typing import Any, Mapping, NamedTuple

from . import _core
from ._civil import given_flag, given_path, given_text, whole_number
from .dataset import core_dataset
from .errors import InvalidArgument, WrongType
from .problems import Problem, problems_from

#: The declared readings, the default first; in the order of the C interface.
OPTIONS = {
    "stop": ("terminal", "resumable"),
    "withdrawal": ("status_7", "finished_9"),
    "supplement": ("restart", "resume", "shift"),
    "payment": ("resume", "shift"),
    "extension": ("day_before", "any"),
    "fee": ("unchecked", "checked"),
}

#: Who acts in a dossier; a deployment's rights may know more roles.
ROLES = (
    "applicant", "one_stop_officer", "one_stop_head", "agency_head", "specialist", "result_returner", "system",
)  # fmt: skip


class Transition(NamedTuple):
    """A row of a machine.

    Attributes
    ----------
    source_status : int
        The portal status it leaves; 0: there is no dossier yet.
    event, guard, role, clock, option : str
        ``guard`` and ``option`` joined by "+", "-" if none; ``role`` whose act it is.
    to : str
        The portal status it leads to, "same" or "previous".
    visit : bool
        The citizen comes to the counter for it, where the channel is direct.
    source : str
        The article, decree or observed system behind it.
    roles : tuple of str
        Everyone who may do it, ``role`` first.
    from_state, to_state : str
        The states by name; in the national machine the statuses' names.
    """

    source_status: int
    event: str
    guard: str
    to: str
    role: str
    clock: str
    visit: bool
    option: str
    source: str
    roles: tuple[str, ...] = ()
    from_state: str = ""
    to_state: str = ""


class MachineState(NamedTuple):
    """A state and the portal status (0 to 10) it counts as; ``terminal``: nothing leads out."""

    name: str
    status: int
    title: str
    terminal: bool


class MachineDecision(NamedTuple):
    """Whether an event may happen; truth is ``allowed``.

    ``rule`` is "allowed", "no_transition", "guard" or "role"; ``reason`` the source of an
    allowed transition, else the events, guards or roles that would have done.
    """

    allowed: bool
    rule: str
    reason: str
    transition: Transition | None

    def __bool__(self) -> bool:
        return self.allowed


class Promise(NamedTuple):
    """What a machine promises the applicant in one state.

    Attributes
    ----------
    state : str
    answered : bool
        From every way of being in the state an answer can still come: the result, or a
        written refusal.
    counterexample : str
        If not ``answered``, the events that lead to where none can come.
    late_without_apology : dict of str to str
        Ways to be late without an apology being due: why (``no_event``: the state knows no
        extend; ``spent``: the one re-appointment was used; ``sent_back``: it stood as
        finished when the due date came), and the events that lead there. Empty: none.
    """

    state: str
    answered: bool
    counterexample: str
    late_without_apology: dict[str, str]


def _limit(silence: str) -> str:
    """The option, refused here and not when the first supplement runs out."""
    _core.TimeLimit.parse(given_text(silence, "silence"))
    return silence


class Machine:
    """Which event may happen in which state, and what it does to the clock.

    Immutable, may be shared by threads. Options, the first choice of each being the
    default: ``stop`` terminal, resumable; ``withdrawal`` status_7, finished_9;
    ``supplement`` restart, resume, shift; ``payment`` resume, shift; ``extension``
    day_before, any; ``fee`` unchecked, checked; ``silence`` a time limit after which a
    supplement has expired, "15d".

    Examples
    --------
    >>> machine = motcua.Machine.national()
    >>> machine.check()
    []
    >>> machine.decide("new", "accept", role="specialist").reason
    'one_stop_officer+one_stop_head'
    """

    def __init__(self, core: _core.Machine):
        self._core = core

    @classmethod
    def national(cls, dataset: Any = None, *, silence: str = "15d", **options: str) -> Machine:
        """The national machine. Raises InvalidArgument for an unknown option or choice."""
        return cls(_core.Machine.national(core_dataset(dataset), cls._choices(options), _limit(silence)))

    @classmethod
    def parse(cls, text: str, *, silence: str = "15d", **options: str) -> Machine:
        """A machine from text, checked.

        Parameters
        ----------
        text : str
            A table (columns from, event, guard, to, role, clock, visit, option, source)
            or the readable form with states of its own::

                machine Cấp giấy phép xây dựng
                procedure 1.013236
                state received  2 Được tiếp nhận
                state on_site   4 Thẩm định thực tế
                state decided   9
                state returned  10
                none + accept [counter] / start -> received by one_stop_officer visit
                    because Decree 118/2025/NĐ-CP art. 17.3
                received + forward -> on_site by one_stop_officer because art. 18
                received | on_site + finish / end -> decided by agency_head because art. 19
                decided + hand_over -> returned by result_returner visit because art. 22

        Raises
        ------
        MalformedData
            If it cannot be read, naming line and word; or if :meth:`check` finds
            anything, naming the first finding.
        """
        return cls(_core.Machine.parse(cls._text(text), cls._choices(options), _limit(silence)))

    @classmethod
    def draft(cls, text: str, *, silence: str = "15d", **options: str) -> Machine:
        """The same, sound or not: ask :meth:`check`. Raises MalformedData if it cannot be read."""
        return cls(_core.Machine.draft(cls._text(text), cls._choices(options), _limit(silence)))

    @classmethod
    def read(cls, path: str | os.PathLike[str], *, silence: str = "15d", **options: str) -> Machine:
        """:meth:`parse` of a file. Raises also OSError."""
        with open(given_path(path, "path"), "rb") as file:
            return cls.parse(file.read(), silence=silence, **options)

    @staticmethod
    def _text(text: str | bytes) -> bytes:
        if isinstance(text, bytes):
            return text
        if not isinstance(text, str):
            raise InvalidArgument(f"text '{type(text).__name__}': expected str or bytes", status=3, reason=1)
        return text.encode("utf-8", "surrogatepass")

    @staticmethod
    def _choices(options: Mapping[str, str]) -> list[int]:
        for name, choice in options.items():
            known = OPTIONS.get(name)
            given_text(choice, name)
            if known is None or choice not in known:
                expected = ", ".join(known if known else OPTIONS)
                field = name if known else "machine option"
                raise InvalidArgument(
                    f"{field} '{choice if known else name}': expected one of {expected}", status=3, reason=1
                )
        return [known.index(options.get(name, known[0])) for name, known in OPTIONS.items()]

    def __repr__(self) -> str:
        return f"<Machine {self.name or 'of a table'}, {len(self.states()) - 1} states>"

    @property
    def name(self) -> str:
        """What an own machine calls itself; empty for the national one."""
        return self._core.name()

    @property
    def procedures(self) -> tuple[str, ...]:
        """The codes an own machine is for, and no others; empty: for all that have none of their own."""
        return tuple(self._core.procedures().split())

    def transitions(self) -> list[Transition]:
        """The rows in force, by status, event and state."""
        return [Transition(*row[:9], tuple(row[9].split("+")), *row[10:]) for row in self._core.transitions()]

    def states(self) -> list[MachineState]:
        """The states; the first is "none", where there is no dossier yet."""
        return [MachineState(*state) for state in self._core.states()]

    def decide(
        self,
        state: str | int,
        event: str,
        role: str | None = None,
        *,
        counter: bool = False,
        asked_in: int = 0,
        supplement_expired: bool = False,
        extended: bool = False,
        day_before: bool = True,
        fee_paid: bool = True,
        result_ready: bool = True,
    ) -> MachineDecision:
        """Whether ``event`` may happen in ``state``.

        Parameters
        ----------
        state : str or int
            A state by name; a number is the state of that status, where there is one.
        event : str
        role : str, optional
            Who does it; whoever if not given.
        counter, asked_in, supplement_expired, extended, day_before, fee_paid, result_ready
            What guards ask about: the event came direct or by post; the status in which
            the open supplement was asked; the applicant was silent for the whole period;
            the due date was put off before; it is at the latest the day before the due
            date; nothing that has to be paid first is unpaid; the electronic result is
            there.

        Raises
        ------
        InvalidArgument
            For a state, event or role that is not known.
        """
        if whole_number(asked_in, "asked_in") not in range(11):
            raise InvalidArgument(f"asked_in '{asked_in}': expected a status, 0 to 10", status=3, reason=1)
        index, rule, reason = self._core.decide(
            self._state_name(state),
            given_text(event, "event"),
            "" if role is None else given_text(role, "role"),
            given_flag(counter, "counter"),
            asked_in,
            given_flag(supplement_expired, "supplement_expired"),
            given_flag(extended, "extended"),
            given_flag(day_before, "day_before"),
            given_flag(fee_paid, "fee_paid"),
            given_flag(result_ready, "result_ready"),
        )
        return MachineDecision(index is not None, rule, reason, None if index is None else self.transitions()[index])

    def _state_name(self, state: str | int) -> str:
        if isinstance(state, str):
            return given_text(state, "state")
        status = whole_number(state, "state")
        found = [one.name for one in self.states() if one.status == status]
        if len(found) != 1:
            raise InvalidArgument(
                f"state '{state}': expected the name of a state; {len(found)} have that status", status=3, reason=1
            )
        return found[0]

    def check(self) -> list[Problem]:
        """What is wrong with it; empty for the national machine under any options.

        Kinds: unreachable_state, no_opening, dead_end, ambiguous, pause_without_end,
        clock_never_starts, clock_out_of_order, clock_runs_at_end, no_supplement. ``value``
        of a dead end or a pause is the events that lead there.
        """
        return problems_from(self._core.check())

    def promises(self) -> list[Promise]:
        """For every state that can be reached: can an answer still come, and can the dossier
        be late without an apology being due? Found by walking everything the machine can do."""
        return [Promise(state, answered, path, dict(late)) for state, answered, path, late in self._core.promises()]

    def to_mermaid(self) -> str:
        """A state diagram in Mermaid's language."""
        return self._core.to_mermaid()

    def to_svg(self) -> str:
        """An SVG image: states as columns, every transition as a labelled arrow."""
        return self._core.to_svg()

    def to_text(self) -> str:
        """The readable form; :meth:`parse` of it is the same machine."""
        return self._core.to_text()


def machines_of(machine: Any) -> tuple[Any, dict[str, Any]]:
    """A machine, or machines by procedure, as the core takes them: the default, and those of procedures.

    Raises WrongType for anything else.
    """
    if machine is None or isinstance(machine, Machine):
        return (None if machine is None else machine._core), {}
    if not isinstance(machine, Mapping):
        raise WrongType(
            f"machine: expected a motcua.Machine, or a mapping of procedure to Machine, found {type(machine).__name__}"
        )
    default, own = None, {}
    for procedure, one in machine.items():
        if not isinstance(one, Machine):
            raise WrongType(f"machine[{procedure!r}]: expected a motcua.Machine, found {type(one).__name__}")
        if procedure is None:
            default = one._core
        else:
            own[given_text(procedure, "machine")] = one._core
    return default, own
