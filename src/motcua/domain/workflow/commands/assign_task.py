"""Give a task to somebody: by the head, or by the officer who has it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import access, models, views
from motcua.domain.workflow.course import Course, hold_task
from motcua.domain.workflow.linter import NOBODYS
from motcua.domain.workflow.types import Assignee, Task, TaskId
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed, WrongState
from motcua.foundation.organisation import queries as organisation


@transaction.atomic
def assign_task(
    *, task_id: TaskId, assignee: Assignee, expected: int | None, actor: Actor, at: datetime, words: str = ""
) -> Task:
    """The head gives a task of their agency or department to an officer there (TT11-14.1), or to another one.

    Raises Missing, Stale, WrongState, NotAllowed (not the head), Invalid (no longer in that position, or elsewhere).
    """
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_assign(task, actor, local(at).date())
    return _give(course, task, assignee, "task.assigned", words)


@transaction.atomic
def hand_over_task(
    *, task_id: TaskId, assignee: Assignee, expected: int | None, actor: Actor, at: datetime, words: str
) -> Task:
    """The officer who has a task hands it to a colleague of the same agency, saying why.

    Raises Missing, Stale, WrongState, NotAllowed (not their task), Invalid.
    """
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    if task.officer_id is None or task.officer_id != actor.officer_id:
        raise NotAllowed(_("Chỉ người đang giữ việc mới bàn giao được."))
    if not words.strip():
        raise Invalid((FieldProblem("words", _("Nhập lý do bàn giao.")),))
    return _give(course, task, assignee, "task.handed_over", words)


def _give(course: Course, task: models.Task, assignee: Assignee, kind: str, words: str) -> Task:
    if task.kind in NOBODYS:
        raise WrongState(_("Bước này không do cán bộ thực hiện."))
    held = next(
        (
            one
            for one in organisation.positions_of(assignee.officer_id, local(course.at).date())
            if one.position_id == assignee.position_id
        ),
        None,
    )
    if held is None or held.agency_id != task.agency_id:
        sentence = _("Người được chọn không giữ chức danh này ở cơ quan đang xử lý.")
        raise Invalid((FieldProblem("assignee", sentence),))
    before = str(task.officer_id) if task.officer_id else None
    task.officer_id, task.position_id = held.officer_id, held.position_id
    task.role, task.department_id = held.role, held.department_id
    task.version += 1
    task.save()
    facts = {"task_id": str(task.id), "node": task.node, "from_officer_id": before}
    course.record(kind, facts | {"officer_id": str(held.officer_id), "words": words})
    course.touch()
    return views.task(task)
