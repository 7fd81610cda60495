"""Send a task back to an earlier step, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import access
from motcua.domain.workflow.course import hold_task
from motcua.domain.workflow.engine import Return
from motcua.domain.workflow.types import Advance, Closing, TaskId, TaskState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState


@transaction.atomic
def return_task(*, task_id: TaskId, to: str, words: str, expected: int | None, actor: Actor, at: datetime) -> Advance:
    """Return to the step ``to`` (see ``queries.returnable``), to whoever did it, who reads ``words`` (TT11-16.1, 16.4).

    Parallel branches that began after that step are called off. Raises Missing, Stale, WrongState (held, waiting, or
    the branch never passed that step), NotAllowed, Invalid (no words).
    """
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_do(task, actor, local(at).date())
    if task.state == TaskState.WAITING or task.asked_by_id is not None:
        raise WrongState(_("Việc này đang chờ hoặc là ý kiến được hỏi nên không trả lại được."))
    if to == task.node:
        raise WrongState(_("Hồ sơ đang ở chính bước này."))
    if not words.strip():
        raise Invalid((FieldProblem("words", _("Nhập lý do trả lại.")),))
    course.close(task, Closing.RETURNED, action="return", words=words)
    course.make(Return(task.token.number, to, course.visited()), reason=words, again=True)
    return course.advance()
