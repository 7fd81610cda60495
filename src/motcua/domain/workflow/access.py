"""Who may do, assign and hand over a task: the officer it was given to, or holders of what it was offered to."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from motcua.domain.workflow import models, views
from motcua.domain.workflow.course import hold_task
from motcua.domain.workflow.linter import NOBODYS
from motcua.domain.workflow.types import Seat, Task, TaskId, TaskState
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed, WrongState
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Capability


def use_action(*, task_id: TaskId, action: str, expected: int | None, actor: Actor, at: datetime) -> Task:
    """Lock a task's run and return the task when the actor may take this action on it now; nothing is changed.

    For whoever carries out an action's effect that keeps the task open (``ask_supplement``), in the same transaction.
    Raises Missing, Stale, NotAllowed, WrongState (held, waiting for an opinion, or no such action at this step).
    """
    _course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    require_may_do(task, actor, local(at).date())
    if task.state == TaskState.WAITING or views.step_of(task).action(action) is None:
        raise WrongState(_("Bước này hiện không có thao tác đã chọn."))
    return views.task(task)


def may_do(task: models.Task | Task, actor: Actor, on: date) -> bool:
    """Say whether the actor may do the task now.

    Steps that no officer does (automatic, waiting for the applicant or a payment) are completed by the owner of the
    run, which has its own rights; the system itself may do everything.
    """
    if task.kind in NOBODYS or actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is not ActorKind.OFFICER or actor.officer_id is None:
        return False
    if task.officer_id is not None:
        return task.officer_id == actor.officer_id
    return any(
        is_offered(task, seat)
        for seat in organisation.positions_of(actor.officer_id, on)
        if seat.position_id == actor.position_id
    )


def is_offered(task: models.Task | Task, seat: Seat) -> bool:
    """Say whether a task that nobody has yet is offered to this seat."""
    if task.position_id is not None:
        return task.position_id == seat.position_id
    in_department = task.department_id is None or task.department_id == seat.department_id
    return task.role == seat.role and task.agency_id == seat.agency_id and in_department


def require_may_do(task: models.Task, actor: Actor, on: date) -> None:
    """Raise NotAllowed unless the actor may do the task."""
    if not may_do(task, actor, on):
        raise NotAllowed(_("Việc này đang được giao cho người khác."))


def require_may_assign(task: models.Task, actor: Actor, on: date) -> None:
    """Raise NotAllowed unless the actor assigns work where the task is (TT11-14.1)."""
    rights.require(actor, Capability.ASSIGN, on=on, agency_id=task.agency_id, department_id=task.department_id)


def involved(actor: Actor, on: date) -> QuerySet[models.Task, UUID]:
    """Return the subjects with a task that is, or was, the officer's, or that is open and offered to their seat.

    A subquery for the rooms above: what somebody works on they may see, wherever it was received.
    """
    theirs = Q(officer_id=actor.officer_id) | Q(closed_by_id=actor.officer_id) | _offered(actor, on)
    return models.Task.objects.filter(theirs).values_list("subject_id", flat=True)


def in_hand(actor: Actor, on: date) -> QuerySet[models.Task, UUID]:
    """Return the subjects with an open task of the officer, or offered to their seat; held and waiting ones too."""
    theirs = Q(closed_at__isnull=True, officer_id=actor.officer_id) | _offered(actor, on)
    return models.Task.objects.filter(theirs).values_list("subject_id", flat=True)


def handled(actor: Actor) -> QuerySet[models.Task, UUID]:
    """Return the subjects in which the officer has done a task (TT11-15.4)."""
    return models.Task.objects.filter(closed_by_id=actor.officer_id).values_list("subject_id", flat=True)


def _offered(actor: Actor, on: date) -> Q:
    found = Q(pk__in=[])
    for seat in organisation.positions_of(actor.officer_id, on) if actor.officer_id else ():
        if seat.position_id == actor.position_id:
            here = Q(department_id__isnull=True) | Q(department_id=seat.department_id)
            offered = Q(position_id__isnull=True, role=seat.role, agency_id=seat.agency_id) & here
            found |= Q(closed_at__isnull=True, officer_id__isnull=True) & (Q(position_id=seat.position_id) | offered)
    return found
