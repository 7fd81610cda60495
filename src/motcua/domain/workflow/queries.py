"""Reads: tasks of a person, of a subject; runs, traces, published processes, what waits for a sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import models, views
from motcua.domain.workflow.engine import TokenState
from motcua.domain.workflow.graph import Graph, Silence
from motcua.domain.workflow.types import (
    ProcessVersion,
    ProcessVersionId,
    Run,
    RunId,
    RunState,
    Seat,
    Task,
    TaskId,
    TaskState,
)
from motcua.foundation.kernel.errors import Missing


class TaskList:
    """Tasks read when asked for: iterate, slice, ``count()``. Most urgent first unless said otherwise."""

    def __init__(self, rows: QuerySet[models.Task]) -> None:
        self._rows = rows.select_related("run")

    def __iter__(self) -> Iterator[Task]:
        return (views.task(row) for row in self._rows)

    def __getitem__(self, which: slice) -> list[Task]:
        return [views.task(row) for row in self._rows[which]]

    def __bool__(self) -> bool:
        return self._rows.exists()

    def count(self) -> int:
        return self._rows.count()

    def subject_ids(self) -> list[UUID]:
        """The subjects of these tasks, each once, in the order of the list."""
        return list(dict.fromkeys(self._rows.values_list("subject_id", flat=True)))


@dataclass(frozen=True, slots=True)
class Standing:
    """A run on its drawing: the graph, the nodes where it stands now and those it has left."""

    graph: Graph
    active: frozenset[str]
    done: frozenset[str]


def task(task_id: TaskId) -> Task:
    """Return one task. Raises Missing."""
    row = models.Task.objects.select_related("run").filter(id=task_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy việc này."))
    return views.task(row)


def open_tasks(subject_id: UUID) -> tuple[Task, ...]:
    """Return what waits for somebody in this subject, oldest first; held and waiting ones too."""
    rows = models.Task.objects.select_related("run").filter(subject_id=subject_id, closed_at__isnull=True)
    return tuple(views.task(row) for row in rows.order_by("number"))


def tasks_for(seats: Iterable[Seat], *, states: Iterable[TaskState] = (TaskState.OPEN,)) -> TaskList:
    """Return the inbox of somebody in these positions: their own tasks, and those offered to what they hold.

    The earliest due first, those without a limit last.
    """
    wanted = Q(pk__in=[])
    for seat in seats:
        here = Q(department_id__isnull=True) | Q(department_id=seat.department_id)
        offered = Q(position_id__isnull=True, role=seat.role, agency_id=seat.agency_id) & here
        wanted |= Q(officer_id=seat.officer_id)
        wanted |= Q(officer_id__isnull=True) & (Q(position_id=seat.position_id) | offered)
    rows = models.Task.objects.filter(wanted, closed_at__isnull=True, state__in=list(states))
    return TaskList(rows.order_by(F("due_at").asc(nulls_last=True), "opened_at", "number"))


def tasks_at(
    agency_id: UUID, department_id: UUID | None = None, *, states: Iterable[TaskState] = (TaskState.OPEN,)
) -> TaskList:
    """Return what is open in an agency or department, whoever has it: what its head assigns from (TT11-14.1)."""
    rows = models.Task.objects.filter(agency_id=agency_id, closed_at__isnull=True, state__in=list(states))
    if department_id is not None:
        rows = rows.filter(department_id=department_id)
    return TaskList(rows.order_by(F("due_at").asc(nulls_last=True), "opened_at", "number"))


def done_by(officer_id: UUID) -> TaskList:
    """Return what an officer has done, the latest first."""
    rows = models.Task.objects.filter(closed_by_id=officer_id).exclude(closed_at__isnull=True)
    return TaskList(rows.order_by("-closed_at", "-number"))


def trace(subject_id: UUID) -> tuple[Task, ...]:
    """Return every task of the subject's runs in the order they opened: the way it went, with times and words."""
    rows = models.Task.objects.select_related("run").filter(subject_id=subject_id)
    return tuple(views.task(row) for row in rows.order_by("run__started_at", "number"))


def returnable(task_id: TaskId) -> tuple[Task, ...]:
    """Return the latest pass of each earlier step that this task can be returned to, the nearest first.

    Raises Missing.
    """
    row = models.Task.objects.select_related("token").filter(id=task_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy việc này."))
    parents = dict(models.Token.objects.filter(run_id=row.run_id).values_list("number", "parent"))
    line = [row.token.number]
    while (parent := parents[line[-1]]) is not None:
        line.append(parent)
    passed = models.Task.objects.select_related("run").filter(
        run_id=row.run_id, token__number__in=line, closed_at__isnull=False, asked_by__isnull=True
    )
    latest: dict[str, models.Task] = {}
    for other in passed.exclude(node=row.node).order_by("-number"):
        latest.setdefault(other.node, other)
    return tuple(views.task(other) for other in latest.values())


def run(run_id: RunId) -> Run:
    """Return one run. Raises Missing."""
    row = models.Run.objects.filter(id=run_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy quy trình đang chạy này."))
    return views.run(row)


def run_of(subject_id: UUID) -> Run | None:
    """Return the subject's run under way, else its last one; None when it never had one."""
    row = models.Run.objects.filter(subject_id=subject_id).order_by(F("ended_at").desc(nulls_first=True)).first()
    return views.run(row) if row else None


def standing(subject_id: UUID) -> Standing | None:
    """Return where the subject's run stands, for ``drawing.svg``; None when it has none."""
    row = models.Run.objects.filter(subject_id=subject_id).order_by(F("ended_at").desc(nulls_first=True)).first()
    if row is None:
        return None
    live = row.tokens.exclude(state=TokenState.DONE).values_list("node", flat=True)
    active = frozenset(live)
    done = row.tasks.filter(closed_at__isnull=False, asked_by__isnull=True).values_list("node", flat=True)
    return Standing(views.graph_of(row.process_version_id), active, frozenset(done) - active)


def process(process_version_id: ProcessVersionId) -> ProcessVersion:
    """Return a published version. Raises Missing."""
    row = models.ProcessVersion.objects.defer("bpmn", "graph").filter(id=process_version_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy phiên bản quy trình này."))
    return _version(row)


def processes() -> list[ProcessVersion]:
    """Return every published version, by key, the newest of each first."""
    rows = models.ProcessVersion.objects.defer("bpmn", "graph").order_by("key", "-version")
    return [_version(row) for row in rows]


def graph(process_version_id: ProcessVersionId) -> Graph:
    """Return the compiled process. Raises Missing."""
    return views.graph_of(process_version_id)


def bpmn(process_version_id: ProcessVersionId) -> bytes:
    """Return the file as it was published, byte for byte. Raises Missing."""
    row = models.ProcessVersion.objects.filter(id=process_version_id).values_list("bpmn", flat=True).first()
    if row is None:
        raise Missing(_("Không tìm thấy phiên bản quy trình này."))
    return bytes(row)


def parked(limit: int = 200) -> list[Run]:
    """Return runs with a branch that cannot go on, for the cockpit."""
    stuck = models.Token.objects.filter(state=TokenState.PARKED).values("run_id")
    return [views.run(row) for row in models.Run.objects.filter(id__in=stuck).order_by("started_at")[:limit]]


def to_wake(at: datetime, limit: int = 200) -> list[RunId]:
    """Return runs with a timer that has run out, for the sweep that calls ``wake_run``."""
    sleeping = models.Token.objects.filter(wakes_at__lte=at, run__state=RunState.RUNNING)
    return list(sleeping.order_by("wakes_at").values_list("run_id", flat=True)[:limit])


def silent(at: datetime, limit: int = 200) -> list[TaskId]:
    """Return opinions whose limit has passed and whose silence is consent, for the sweep that calls ``take_silence``."""
    late = models.Task.objects.filter(
        closed_at__isnull=True, kind=StepKind.CONSULT, due_at__lte=at, silence=Silence.CONSENT, state=TaskState.OPEN
    )
    return list(late.order_by("due_at").values_list("id", flat=True)[:limit])


def overdue(at: datetime, limit: int = 1000) -> TaskList:
    """Return open tasks whose limit has passed, the latest first, for reminders (TT11-20.5)."""
    rows = models.Task.objects.filter(closed_at__isnull=True, state=TaskState.OPEN, due_at__lte=at)
    return TaskList(rows.order_by("due_at")[:limit])


def _version(row: models.ProcessVersion) -> ProcessVersion:
    return ProcessVersion(row.id, row.key, row.version, row.name, row.digest, row.published_at)
