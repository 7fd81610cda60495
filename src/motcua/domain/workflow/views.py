"""Rows to what other rooms see, and published graphs kept warm."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import models
from motcua.domain.workflow.engine import TokenState
from motcua.domain.workflow.graph import Action, Graph, Step
from motcua.domain.workflow.types import Choice, Closing, Run, RunState, Task, TaskState
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.errors import Missing

#: What the person asked for an opinion on the way may do: answer.
ANSWER = Action("answer", "Trả lời ý kiến", primary=True)


@lru_cache(maxsize=512)
def graph_of(process_version_id: UUID) -> Graph:
    """Return a published graph; versions never change, so a process keeps each once. Raises Missing."""
    row = models.ProcessVersion.objects.filter(id=process_version_id).values_list("graph", flat=True).first()
    if row is None:
        raise Missing(_("Không tìm thấy phiên bản quy trình này."))
    return shapes.from_json(Graph, row)


def step_of(row: models.Task) -> Step:
    """Return what the task's step asks; an opinion asked on the way has only an answer to give."""
    if row.asked_by_id is not None:
        return Step(kind=StepKind.CONSULT, actions=(ANSWER,))
    return graph_of(row.run.process_version_id).step(row.node)


def task(row: models.Task) -> Task:
    """Return the task as others see it; its run is loaded with it."""
    step = step_of(row)
    done = step.action(row.action)
    return Task(
        id=row.id,
        run_id=row.run_id,
        subject_id=row.subject_id,
        node=row.node,
        kind=StepKind(row.kind),
        name=row.name,
        state=TaskState(row.state),
        attempt=row.attempt,
        role=row.role,
        agency_id=row.agency_id,
        department_id=row.department_id,
        officer_id=row.officer_id,
        position_id=row.position_id,
        opened_at=row.opened_at,
        due_at=row.due_at,
        closed_at=row.closed_at,
        closing=Closing(row.closing) if row.closing else None,
        action=row.action,
        action_label=done.label if done else "",
        words=row.words,
        closed_by_id=row.closed_by_id,
        reason=row.reason,
        status=step.status,
        version=row.version,
        asked_by_id=row.asked_by_id,
        answer=row.answer,
        choices=tuple(_choice(action) for action in step.actions),
        papers=step.papers,
    )


def _choice(action: Action) -> Choice:
    return Choice(
        key=action.key,
        label=action.label,
        effect=action.effect,
        leaves=action.leaves_step,
        primary=action.primary,
        needs=tuple(str(need) for need in action.needs),
    )


def run(row: models.Run) -> Run:
    """Return the run as others see it."""
    parked = row.tokens.filter(state=TokenState.PARKED).order_by("number").values_list("reason", flat=True)
    return Run(
        id=row.id,
        subject_id=row.subject_id,
        process_version_id=row.process_version_id,
        state=RunState(row.state),
        data=row.data,
        started_at=row.started_at,
        ended_at=row.ended_at,
        ended=row.ended,
        held_because=row.held_because,
        parked=tuple(parked),
        version=row.version,
    )
