"""Count the till and close the shift."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, tills
from motcua.domain.payments.types import Shift
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState


@transaction.atomic
def close_shift(*, shift_id: UUID, counted: int, actor: Actor, at: datetime, note: str = "") -> Shift:
    """Close with what was counted; a difference needs a note. Raises Missing, WrongState, Invalid."""
    row = models.Shift.objects.select_for_update().filter(id=shift_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy ca thu này."))
    if row.closed_at is not None:
        raise WrongState(_("Ca thu này đã đóng."))
    if counted < 0:
        raise Invalid((FieldProblem("counted", _("Số tiền kiểm đếm không được âm.")),))
    row.closed_at, row.counted, row.note = at, counted, note
    shift = tills.view(row)
    if shift.difference and not note.strip():
        raise Invalid((FieldProblem("note", _("Số tiền kiểm đếm bị lệch. Hãy ghi lý do.")),))
    row.save(update_fields=["closed_at", "counted", "note"])
    data = {"expected": shift.expected, "counted": counted, "note": note}
    tills.report("shift.closed", row, data, actor=actor, at=at)
    return shift
