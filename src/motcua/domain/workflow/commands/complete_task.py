"""Complete a task: the one way a step is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import access, models, views
from motcua.domain.workflow.course import Course, hold_task
from motcua.domain.workflow.engine import Leave, Return
from motcua.domain.workflow.graph import Action, Must, Need
from motcua.domain.workflow.types import Advance, Assignee, Closing, Given, TaskId, TaskState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.organisation import queries as organisation

NOTHING_GIVEN = Given()


@transaction.atomic
def complete_task(
    *,
    task_id: TaskId,
    action: str,
    data: Mapping[str, Any],
    expected: int | None,
    actor: Actor,
    at: datetime,
    words: str = "",
    given: Given = NOTHING_GIVEN,
    assignee: Assignee | None = None,
) -> Advance:
    """Take ``action`` and leave the step: forward, or back when the action returns to an earlier one (TT11-16.1).

    ``data`` are variables of the process, and ``answer`` (a small map) when an opinion is given; ``words`` the
    person's own; ``given`` what the caller vouches is there; ``assignee`` whom the action names (TT11-14.1).
    Raises Missing, Stale (done or changed meanwhile), WrongState (held, waiting for an opinion, or the action keeps
    the step), NotAllowed, Invalid (something the action or the step demands is missing).
    """
    course, task = hold_task(task_id, expected=expected, actor=actor, at=at)
    access.require_may_do(task, actor, local(at).date())
    if task.state == TaskState.WAITING:
        raise WrongState(_("Việc này đang chờ ý kiến của đơn vị khác."))
    taken = _action(task, action)
    _check(task, taken, words, given, assignee, at)
    task.chosen_officer_id = assignee.officer_id if assignee else None
    task.chosen_position_id = assignee.position_id if assignee else None
    course.remember(data)
    course.run.data |= {"action": action}
    if taken.effect:
        course.effects.append(taken.effect)
    if task.asked_by_id is not None:
        answer(course, task, data.get("answer", {}), words)
    else:
        _leave(course, task, taken, data, words)
    return course.advance()


def answer(course: Course, task: models.Task, given: Mapping[str, Any], words: str) -> None:
    """Close an opinion asked on the way; the task that asked goes on when it was the last one open."""
    task.answer = dict(given)
    course.close(task, Closing.COMPLETED, action=views.ANSWER.key, words=words)
    course.record("consultation.answered", {"task_id": str(task.id), "asked_by_id": str(task.asked_by_id)})
    asking = models.Task.objects.get(asked=task)
    if not asking.asked.filter(closed_at__isnull=True).exists():
        asking.state = TaskState.OPEN
        asking.version += 1
        asking.save()
    course.touch()


def _leave(course: Course, task: models.Task, taken: Action, data: Mapping[str, Any], words: str) -> None:
    task.answer = dict(data.get("answer", {}))
    number = task.token.number
    if taken.to:
        course.close(task, Closing.RETURNED, action=taken.key, words=words)
        course.make(Return(number, taken.to, course.visited()), reason=words, again=True)
    else:
        course.close(task, Closing.COMPLETED, action=taken.key, words=words)
        course.make(Leave(number, taken.flow))


def _action(task: models.Task, key: str) -> Action:
    taken = views.step_of(task).action(key)
    if taken is None:
        raise Invalid((FieldProblem("action", _("Bước này không có thao tác đã chọn.")),))
    if not taken.leaves_step:
        raise WrongState(_("“%(label)s” không kết thúc bước này.") % {"label": taken.label})
    return taken


def _check(task: models.Task, taken: Action, words: str, given: Given, assignee: Assignee | None, at: datetime) -> None:
    problems = list(_missing_needs(taken, words, given, assignee))
    if not taken.to:
        problems += _missing_musts(views.step_of(task).must, given)
    if assignee and not any(
        held.position_id == assignee.position_id
        for held in organisation.positions_of(assignee.officer_id, local(at).date())
    ):
        problems.append(FieldProblem("assignee", _("Người được chọn không còn giữ chức danh này.")))
    if problems:
        raise Invalid(tuple(problems))


def _missing_needs(taken: Action, words: str, given: Given, assignee: Assignee | None) -> Iterator[FieldProblem]:
    there = {
        Need.WORDS: bool(words.strip()),
        Need.PAPERS: bool(given.issued),
        Need.FILES: bool(given.attached),
        Need.SIGNATURE: bool(given.signed),
        Need.ASSIGNEE: assignee is not None,
        Need.PASSED: Need.PASSED in given.filled,
    }
    sentences = {
        Need.WORDS: _("Nhập nội dung ý kiến."),
        Need.PAPERS: _("Lập văn bản trước khi chuyển."),
        Need.FILES: _("Đính kèm tệp trước khi chuyển."),
        Need.SIGNATURE: _("Ký số trước khi chuyển."),
        Need.ASSIGNEE: _("Chọn người xử lý."),
        Need.PASSED: _("Biên bản thẩm định gần nhất chưa kết luận đạt. Hãy ghi biên bản trước."),
    }
    yield from (FieldProblem(str(need), sentences[need]) for need in taken.needs if not there[need])


def _missing_musts(must: Must, given: Given) -> Iterator[FieldProblem]:
    demands = (
        ("filled", must.filled, given.filled, _("Chưa nhập: %(key)s.")),
        ("attached", must.attached, given.attached, _("Chưa đính kèm: %(key)s.")),
        ("issued", must.issued, given.issued, _("Chưa lập văn bản: %(key)s.")),
        ("signed", must.signed, given.signed, _("Chưa ký: %(key)s.")),
    )
    for field, wanted, there, sentence in demands:
        yield from (FieldProblem(f"{field}.{key}", sentence % {"key": key}) for key in wanted if key not in there)
