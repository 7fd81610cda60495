"""Open a calendar for an agency."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import models, shelf
from motcua.domain.deadlines.editing import report
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def open_calendar(
    *,
    agency_id: UUID,
    name: str,
    actor: Actor,
    at: datetime,
    parent_id: UUID | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> UUID:
    """A calendar that differs from its parent's (default: the nation's) where windows and days say so.

    Raises Invalid when the agency already has one beginning that day or the dates are the wrong way round.
    """
    if valid_from and valid_to and valid_to < valid_from:
        raise Invalid((FieldProblem("valid_to", _("Ngày hết hiệu lực phải sau ngày bắt đầu.")),))
    if models.Calendar.objects.filter(agency_id=agency_id, valid_from=valid_from).exists():
        raise Invalid((FieldProblem("valid_from", _("Cơ quan này đã có lịch bắt đầu từ ngày đó.")),))
    parent = parent_id or shelf.row_for(None, valid_from or at.date()).id
    row = models.Calendar.objects.create(
        agency_id=agency_id, name=name, parent_id=parent, valid_from=valid_from, valid_to=valid_to
    )
    report(row, "calendar.opened", {"name": name, "agency": str(agency_id)}, actor=actor, at=at)
    return row.id
