"""Open a shift at a till."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, tills
from motcua.domain.payments.types import Shift
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState


@transaction.atomic
def open_shift(*, agency_id: UUID, till: str, opening: int, actor: Actor, at: datetime) -> Shift:
    """Begin a shift with `opening` đồng in the till. Raises WrongState while one is open there."""
    if opening < 0:
        raise Invalid((FieldProblem("opening", _("Số tiền đầu ca không được âm.")),))
    if models.Shift.objects.filter(agency_id=agency_id, till=till, closed_at=None).exists():
        raise WrongState(_("Quầy này đang có ca mở. Hãy kiểm đếm và đóng ca trước."))
    return tills.view(tills.open_one(agency_id, till, actor=actor, at=at, opening=opening))
