"""Take a task that is offered to one's role."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import access, views
from motcua.domain.workflow.course import hold_task
from motcua.domain.workflow.types import Task, TaskId
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed


@transaction.atomic
def claim_task(*, task_id: TaskId, expected: int | None, actor: Actor, at: datetime) -> Task:
    """Make an offered task this officer's own. Raises Missing, Stale (somebody was faster), WrongState, NotAllowed."""
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_do(task, actor, local(at).date())
    if actor.kind is not ActorKind.OFFICER:
        raise NotAllowed(_("Chỉ cán bộ mới nhận việc."))
    if task.officer_id is None:
        task.officer_id, task.position_id = actor.officer_id, actor.position_id
        task.version += 1
        task.save()
        course.record("task.claimed", {"task_id": str(task.id), "officer_id": str(actor.officer_id)})
        course.touch()
    return views.task(task)
