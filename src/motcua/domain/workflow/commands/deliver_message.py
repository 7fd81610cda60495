"""What a waiting run waits for: a message, a time, or a condition that can be answered now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import course as courses
from motcua.domain.workflow import models
from motcua.domain.workflow.engine import Resume, Retry, TokenState
from motcua.domain.workflow.types import Advance, RunId, RunState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def deliver_message(
    *, subject_id: UUID, message: str, data: Mapping[str, Any], actor: Actor, at: datetime
) -> Advance | None:
    """Let every branch go on that waits for this message; None when none does (it came too early or too late).

    Raises Invalid (undeclared data).
    """
    run = models.Run.objects.filter(subject_id=subject_id).exclude(state=RunState.ENDED).first()
    if run is None:
        return None
    course = courses.hold(run.id, actor=actor, at=at)
    waiting = course.run.tokens.filter(state=TokenState.WAITING, message=message).order_by("number")
    numbers = list(waiting.values_list("number", flat=True))
    if not numbers:
        return None
    course.remember(data)
    return _resume(course, numbers)


@transaction.atomic
def wake_run(*, run_id: RunId, actor: Actor, at: datetime) -> Advance:
    """Let every branch go on whose time has come. Raises Missing."""
    course = courses.hold(run_id, actor=actor, at=at)
    sleeping = course.run.tokens.filter(state=TokenState.WAITING, wakes_at__lte=at).order_by("number")
    return _resume(course, list(sleeping.values_list("number", flat=True)))


@transaction.atomic
def retry_parked(*, run_id: RunId, data: Mapping[str, Any], actor: Actor, at: datetime) -> Advance:
    """Try the parked branches again, with what was missing. Raises Missing, WrongState (none is parked), Invalid."""
    course = courses.hold(run_id, actor=actor, at=at)
    parked = course.run.tokens.filter(state=TokenState.PARKED).order_by("number")
    numbers = list(parked.values_list("number", flat=True))
    if not numbers:
        raise WrongState(_("Không có nhánh nào đang bị dừng."))
    course.remember(data)
    course.record("run.retried", {"names": sorted(data)})
    for number in numbers:
        if course.run.tokens.filter(number=number, state=TokenState.PARKED).exists():
            course.make(Retry(number))
    return course.advance()


def _resume(course: courses.Course, numbers: list[int]) -> Advance:
    for number in numbers:
        if course.run.tokens.filter(number=number, state=TokenState.WAITING).exists():
            course.make(Resume(number))
    return course.advance()
