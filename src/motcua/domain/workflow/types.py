"""Words of the room: events, what commands return, what queries show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Protocol, TypeAlias
from uuid import UUID

from motcua.domain.statuses.types import StepKind
from motcua.foundation.kernel.errors import Problem

EVENTS: Final = (
    "process.published",
    "run.started",
    "run.held",
    "run.released",
    "run.parked",
    "run.retried",
    "run.ended",
    "task.opened",
    "task.assigned",
    "task.claimed",
    "task.handed_over",
    "task.completed",
    "task.returned",
    "task.withdrawn",
    "consultation.asked",
    "consultation.answered",
    "consultation.silent",
)

#: The kind of subject under which a run's events are recorded: it belongs to a dossier's history.
SUBJECT_KIND: Final = "dossier"

ProcessVersionId: TypeAlias = UUID
RunId: TypeAlias = UUID
TaskId: TypeAlias = UUID


class BadProcess(Problem):
    """The file cannot be read as a process; ``line`` is where, 0 when it is the whole."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence, line=line)
        self.line = line


class RunState(StrEnum):
    """Held: somebody outside must act first (a supplement), open tasks wait and their limits stand still."""

    RUNNING = "running"
    HELD = "held"
    ENDED = "ended"


class TaskState(StrEnum):
    """Open: may be done now · waiting: for the answer to a consultation it asked · held: with its run · closed."""

    OPEN = "open"
    WAITING = "waiting"
    HELD = "held"
    CLOSED = "closed"


class Closing(StrEnum):
    """How a task was closed: done by an action, sent back to an earlier step, or called off undone."""

    COMPLETED = "completed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class At:
    """Where a step is done: an agency, and a department of it or None for the agency as a whole."""

    agency_id: UUID
    department_id: UUID | None = None


class Seat(Protocol):
    """An officer in a position; ``organisation.types.HeldPosition`` is one."""

    @property
    def officer_id(self) -> UUID: ...
    @property
    def position_id(self) -> UUID: ...
    @property
    def role(self) -> str: ...
    @property
    def agency_id(self) -> UUID: ...
    @property
    def department_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Assignee:
    """An officer named for a task, in the position they will act in."""

    officer_id: UUID
    position_id: UUID


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller vouches for when a step is left: keys of fields filled, documents attached, papers issued,
    signatures made. The engine compares the keys with what the step demands.
    """

    filled: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    issued: frozenset[str] = frozenset()
    signed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a task as a screen shows it."""

    key: str
    label: str
    effect: str = ""
    leaves: bool = True
    primary: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """A step that waits for somebody, or did.

    ``role`` at ``agency_id``/``department_id`` says to whom it was offered; ``officer_id`` is None until somebody
    took it or was given it. ``asked_by_id`` is the task that asked, for a consultation asked on the way.
    ``version`` is what a person saw: commands take it as ``expected``.
    """

    id: TaskId
    run_id: RunId
    subject_id: UUID
    node: str
    kind: StepKind
    name: str
    state: TaskState
    attempt: int
    role: str
    agency_id: UUID | None
    department_id: UUID | None
    officer_id: UUID | None
    position_id: UUID | None
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    closing: Closing | None
    action: str
    action_label: str
    words: str
    closed_by_id: UUID | None
    reason: str
    status: str
    version: int
    asked_by_id: TaskId | None = None
    answer: Mapping[str, Any] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class Advance:
    """What a command did. ``ended`` is the key of the end event when the run is over; ``parked`` says why a branch
    cannot go on; ``effects`` names what the owner of the run must do besides.
    """

    run_id: RunId
    opened: tuple[Task, ...] = ()
    closed: tuple[Task, ...] = ()
    ended: str | None = None
    parked: str | None = None
    effects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A run as other rooms see it; ``parked`` holds one sentence per branch that cannot go on."""

    id: RunId
    subject_id: UUID
    process_version_id: ProcessVersionId
    state: RunState
    data: Mapping[str, Any]
    started_at: datetime
    ended_at: datetime | None
    ended: str
    held_because: str
    parked: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class ProcessVersion:
    """A published process; it never changes."""

    id: ProcessVersionId
    key: str
    version: int
    name: str
    digest: str
    published_at: datetime
