"""Hold a run, and let it go on."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import course as courses
from motcua.domain.workflow import limits
from motcua.domain.workflow.types import Advance, RunId, RunState, TaskState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def hold_run(*, run_id: RunId, reason: str, actor: Actor, at: datetime) -> Advance:
    """Somebody outside must act first (a supplement): open tasks wait, and what is left of their limits is kept.

    Raises Missing, WrongState (not running).
    """
    course = courses.hold(run_id, actor=actor, at=at)
    if course.run.state != RunState.RUNNING:
        raise WrongState(_("Quy trình không ở trạng thái đang chạy."))
    for task in course.run.tasks.filter(closed_at__isnull=True):
        task.minutes_left = limits.minutes_left(task.due_at, task.agency_id, at)
        task.state = TaskState.HELD
        task.version += 1
        task.save()
    course.run.state, course.run.held_because = RunState.HELD, reason
    course.touch()
    course.record("run.held", {"reason": reason})
    return course.advance()


@transaction.atomic
def release_run(*, run_id: RunId, actor: Actor, at: datetime) -> Advance:
    """The run goes on: tasks are open again with the working minutes they had left; a late one stays as late.

    Raises Missing, WrongState (not held).
    """
    course = courses.hold(run_id, actor=actor, at=at)
    if course.run.state != RunState.HELD:
        raise WrongState(_("Quy trình không ở trạng thái tạm dừng."))
    for task in course.run.tasks.filter(closed_at__isnull=True):
        if task.minutes_left is not None:
            task.due_at = limits.due_at(task.minutes_left, task.agency_id, at)
        waits = task.asked.filter(closed_at__isnull=True).exists()
        task.state, task.minutes_left = TaskState.WAITING if waits else TaskState.OPEN, None
        task.version += 1
        task.save()
    course.run.state, course.run.held_because = RunState.RUNNING, ""
    course.touch()
    course.record("run.released", {})
    return course.advance()
