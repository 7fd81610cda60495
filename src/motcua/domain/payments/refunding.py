"""The steps of a refund, in order and once each."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning
from motcua.domain.payments.types import Refund, RefundState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState


def lock(refund_id: UUID, state: RefundState) -> models.Refund:
    """The refund with its account locked, when it is in that state. Raises Missing, WrongState."""
    row = models.Refund.objects.select_related("payment__account").filter(id=refund_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy đề nghị hoàn trả."))
    reckoning.lock(row.payment.account.subject_id)
    if reckoning.refund_view(row).state is not state:
        raise WrongState(_("Đề nghị hoàn trả không ở bước này. Hãy tải lại để xem tình trạng mới nhất."))
    return row


def step(
    row: models.Refund,
    state: RefundState,
    *,
    actor: Actor,
    at: datetime,
    reason: str = "",
    document: str = "",
    transaction: str = "",
    shift: models.Shift | None = None,
) -> Refund:
    """Add a step and give the refund as it is now."""
    models.RefundStep.objects.create(
        refund=row,
        state=state,
        at=at,
        principal=actor.principal,
        reason=reason,
        document=document,
        transaction=transaction,
        shift=shift,
    )
    return reckoning.refund_view(row)
