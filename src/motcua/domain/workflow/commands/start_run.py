"""Start a process for a subject."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import models, views
from motcua.domain.workflow.course import Course
from motcua.domain.workflow.engine import Start
from motcua.domain.workflow.types import Advance, At, ProcessVersionId
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState


@transaction.atomic
def start_run(
    *,
    subject_id: UUID,
    process_version_id: ProcessVersionId,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    places: Mapping[str, At] | None = None,
) -> Advance:
    """Start a run pinned to this version; ``places`` says which agency each place of the process is this time.

    Raises Missing (no such version), Invalid (a place or variable is not what the process declares), WrongState
    (the subject already has a run under way).
    """
    graph = views.graph_of(process_version_id)
    given = places or {}
    missing = [place for place in graph.places if place.name not in given]
    if missing:
        sentence = _("Chưa xác định cơ quan thực hiện: %(place)s.")
        raise Invalid(tuple(FieldProblem(f"places.{p.name}", sentence % {"place": p.label or p.name}) for p in missing))
    run = models.Run(
        subject_id=subject_id,
        process_version_id=process_version_id,
        places={name: [str(one.agency_id), str(one.department_id or "")] for name, one in given.items()},
        started_at=at,
    )
    course = Course(run, actor, at)
    course.remember(data)
    try:
        with transaction.atomic():
            run.save(force_insert=True)
    except IntegrityError:
        raise WrongState(_("Hồ sơ này đang có một quy trình chạy dở.")) from None
    course.record("run.started", {"process_version_id": str(process_version_id)})
    course.make(Start())
    return course.advance()
