"""End a run before its end: withdrawn, stopped, refused."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import course as courses
from motcua.domain.workflow.types import Advance, RunId, RunState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def end_run(*, run_id: RunId, how: str, reason: str, actor: Actor, at: datetime) -> Advance:
    """Call off whatever is open; ``how`` is a word of the caller's (``withdrawn``, ``stopped``).

    Raises Missing, WrongState (already over).
    """
    course = courses.hold(run_id, actor=actor, at=at)
    if course.run.state == RunState.ENDED:
        raise WrongState(_("Quy trình đã kết thúc."))
    course.end(how, reason=reason)
    return course.advance()
