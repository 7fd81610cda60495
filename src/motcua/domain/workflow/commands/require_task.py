"""Hold a task for an act that belongs to it but does not leave it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import access, views
from motcua.domain.workflow.course import hold_task
from motcua.domain.workflow.types import Task, TaskId, TaskState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def require_task(*, task_id: TaskId, expected: int | None, actor: Actor, at: datetime) -> Task:
    """Lock the task's run and return the task when it is this actor's to do now.

    Raises Missing, Stale, WrongState (held, or waiting for an opinion), NotAllowed.
    """
    _course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_do(task, actor, local(at).date())
    if task.state == TaskState.WAITING:
        raise WrongState(_("Việc này đang chờ ý kiến của đơn vị khác."))
    return views.task(task)
