"""Ask another unit's opinion on the way, and take its silence for an answer where the law says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import access, assignment, limits, models
from motcua.domain.workflow.commands.complete_task import answer
from motcua.domain.workflow.course import Course, hold_task
from motcua.domain.workflow.engine import Leave
from motcua.domain.workflow.graph import Silence
from motcua.domain.workflow.types import Advance, At, Closing, TaskId, TaskState
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed, WrongState
from motcua.foundation.organisation.types import Role

#: What silence is recorded as where it counts as consent.
DEEMED_CONSENT = {"opinion": "consent", "deemed": True}


@transaction.atomic
def ask_opinion(
    *,
    task_id: TaskId,
    of: At,
    role: Role,
    question: str,
    limit_minutes: int | None,
    silence: Silence,
    expected: int | None,
    actor: Actor,
    at: datetime,
    ground: str = "",
) -> Advance:
    """Open a task for another department or agency; the asking task waits until every answer is in (TT11-15.9).

    ``limit_minutes`` are working minutes of the unit asked. Several units may be asked, one call each.
    Raises Missing, Stale, WrongState (held), NotAllowed, Invalid (no question).
    """
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_do(task, actor, local(at).date())
    if task.asked_by_id is not None:
        raise WrongState(_("Không hỏi tiếp từ một ý kiến đang được hỏi."))
    if not question.strip():
        raise Invalid((FieldProblem("question", _("Nhập nội dung cần lấy ý kiến.")),))
    asked = _open(course, task, of, role, question, limit_minutes, silence)
    facts = {"task_id": str(asked.id), "asked_by_id": str(task.id), "question": question, "ground": ground}
    course.record("consultation.asked", facts | {"silence": str(silence)})
    task.state = TaskState.WAITING
    task.version += 1
    task.save()
    course.touch()
    return course.advance()


def _open(
    course: Course,
    asking: models.Task,
    of: At,
    role: Role,
    question: str,
    limit_minutes: int | None,
    silence: Silence,
) -> models.Task:
    asked = course.new_task(
        token=asking.token,
        node=asking.node,
        kind=StepKind.CONSULT,
        name=gettext_noop("Cho ý kiến: %(step)s") % {"step": asking.name},
        attempt=asking.asked.count() + 1,
        limit_minutes=limit_minutes,
        silence=silence,
        reason=question,
        asked_by=asking,
    )
    given = assignment.offered(role, of, local(course.at).date())
    course.give(asked, given)
    asked.due_at = limits.due_at(limit_minutes, of.agency_id, course.at)
    course.open(asked, fell_back=given.fell_back)
    return asked


@transaction.atomic
def take_silence(*, task_id: TaskId, actor: Actor, at: datetime) -> Advance:
    """An opinion is late and its silence means consent: record that, name the unit, go on.

    Done by the system's sweep (``queries.silent``), not by a person. Raises NotAllowed, Missing, Stale (answered
    meanwhile), WrongState (not late yet, or silence means waiting).
    """
    if actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(_("Chỉ hệ thống ghi nhận việc quá hạn trả lời."))
    course, task = hold_task(task_id, expected=None, actor=actor, at=at)
    if task.silence != Silence.CONSENT or task.due_at is None or task.due_at > at:
        raise WrongState(_("Chưa thể coi đơn vị được hỏi là đồng ý."))
    facts = {"task_id": str(task.id), "agency_id": str(task.agency_id), "department_id": str(task.department_id)}
    course.record("consultation.silent", facts)
    course.run.data |= {"answer": DEEMED_CONSENT, "action": "silence"}
    if task.asked_by_id is not None:
        answer(course, task, DEEMED_CONSENT, "")
    else:
        _go_on(course, task)
    return course.advance()


def _go_on(course: Course, task: models.Task) -> None:
    task.answer = DEEMED_CONSENT
    course.close(task, Closing.COMPLETED, action="silence")
    course.make(Leave(task.token.number))
