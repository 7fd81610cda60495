"""Work on the steps: take a task, give it to somebody, finish it, send it back.

The engine says what happens next by returning it; here it becomes the dossier's: a step that changed is told to the
applicant and the national portal, and an action's effect is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.domain.dossiers import access
from motcua.domain.dossiers.lifecycle import move, note
from motcua.domain.dossiers.models import Dossier, Inspection, Result
from motcua.domain.dossiers.types import Outcome
from motcua.domain.payments import commands as payments
from motcua.domain.statuses.types import State
from motcua.domain.workflow import commands as workflow
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Advance, Assignee, Given, Task
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.organisation import queries as organisation

# Effects of actions after which nothing of the processing is left.
DECIDING = frozenset({"decide", "issue_on_paper"})


@transaction.atomic
def claim(*, task_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> Task:
    """Take an offered task. Raises Missing, NotAllowed, Stale."""
    dossier = of_task(task_id, actor, at)
    task = workflow.claim_task(task_id=task_id, expected=expected, actor=actor, at=at)
    note(dossier, "dossier.step_changed", actor=actor, at=at, data=holder_of(task))
    return task


@transaction.atomic
def assign(
    *, task_id: UUID, assignee: Assignee, words: str, actor: Actor, at: datetime, expected: int | None = None
) -> Task:
    """The head gives the task to an officer (TT 11/2025 14.1). Raises Missing, NotAllowed, Invalid, Stale."""
    dossier = of_task(task_id, actor, at)
    task = workflow.assign_task(task_id=task_id, assignee=assignee, words=words, expected=expected, actor=actor, at=at)
    note(dossier, "dossier.assigned", actor=actor, at=at, data=holder_of(task) | {"words": words})
    return task


@transaction.atomic
def finish(
    *,
    task_id: UUID,
    action: str,
    actor: Actor,
    at: datetime,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    assignee: Assignee | None = None,
    expected: int | None = None,
) -> Advance:
    """Finish a task by one of its actions (forward, submit, approve, return with directions …).

    Raises Missing, NotAllowed, Stale, WrongState, Invalid.
    """
    dossier = of_task(task_id, actor, at)
    return leave(
        dossier, task_id, action, actor=actor, at=at, words=words, data=data, assignee=assignee, expected=expected
    )


def leave(
    dossier: Dossier,
    task_id: UUID,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    words: str = "",
    data: Mapping[str, Any] | None = None,
    assignee: Assignee | None = None,
    expected: int | None = None,
) -> Advance:
    """Complete the task of a locked dossier and follow what comes of it."""
    advance = workflow.complete_task(
        task_id=task_id,
        action=action,
        data=data or {},
        words=words,
        given=given_by(dossier, runs.task(task_id)),
        assignee=assignee,
        expected=expected,
        actor=actor,
        at=at,
    )
    closed = advance.closed[0] if advance.closed else None
    told = {
        "action": action,
        "words": words,
        "step": closed.node if closed else "",
        "name": closed.name if closed else "",
    }
    note(dossier, "dossier.task_done", actor=actor, at=at, data=told)
    follow(dossier, advance, actor=actor, at=at)
    return advance


def follow(dossier: Dossier, advance: Advance, *, actor: Actor, at: datetime) -> None:
    """Carry out the effects and tell who holds the dossier now."""
    if DECIDING & set(advance.effects) and dossier.state in {State.IN_PROGRESS, State.RECEIVED}:
        decide(dossier, actor=actor, at=at)
    for task in advance.opened:
        note(dossier, "dossier.step_changed", actor=actor, at=at, data=holder_of(task))


def decide(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """The result is there: processing is over; a refusing result stops the dossier instead of deciding it."""
    result = Result.objects.filter(dossier=dossier, replaced_at__isnull=True).first()
    outcome = Outcome(result.outcome) if result else Outcome.GRANTED
    dossier.outcome = outcome
    if outcome is Outcome.REFUSED:
        payments.drop_dues(subject_id=dossier.id, reason="Từ chối giải quyết", actor=actor, at=at)
    told = {"outcome": outcome.value, "paper": str(result.paper_id) if result else ""}
    move(dossier, "decide" if outcome is Outcome.GRANTED else "refuse_to_resolve", actor=actor, at=at, data=told)


def of_task(task_id: UUID, actor: Actor, at: datetime) -> Dossier:
    """Return the task's dossier, locked. Whether the task is the actor's is the engine's to say."""
    return access.lock(runs.task(task_id).subject_id, actor=actor, at=at, to="work")


def given_by(dossier: Dossier, task: Task) -> Given:
    """Vouch for what is there, in the words that steps demand it by.

    Where inspections are recorded, only those of this round count: a second inspection needs minutes of its own, and
    "passed" is what the last of them says.
    """
    result = Result.objects.filter(dossier=dossier, replaced_at__isnull=True).first()
    issued = {"result"} if result else set()
    inspections = Inspection.objects.filter(dossier=dossier).order_by("-number")
    if any(choice.effect == "record_inspection" for choice in task.choices):
        inspections = inspections.filter(recorded_at__gte=task.opened_at)
    last = inspections.first()
    if last is not None:
        issued.add("minutes")
    filled = issued | {"passed"} if last is not None and last.passed else issued
    signed = {"result"} if result and result.stage in {"signed", "numbered", "sealing", "sealed"} else set()
    return Given(issued=frozenset(issued), signed=frozenset(signed), filled=frozenset(filled))


def holder_of(task: Task) -> dict[str, Any]:
    """Return position, unit and handler of a task, as statuses and the national portal show them."""
    agency = organisation.agency(task.agency_id).name if task.agency_id else ""
    department = organisation.department(task.department_id).name if task.department_id else ""
    officer = organisation.officer(task.officer_id).name if task.officer_id else ""
    return {
        "task": str(task.id),
        "step": task.node,
        "step_kind": task.kind.value,
        "step_name": task.name,
        "role": task.role,
        "agency": agency,
        "department": department,
        "officer": officer,
        "due_at": task.due_at.isoformat() if task.due_at else "",
    }
