"""Void a fee receipt and issue the one in its place."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import FeeReceipt
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState


@transaction.atomic
def void_receipt(*, receipt_id: UUID, reason: str, payer_name: str, actor: Actor, at: datetime) -> FeeReceipt:
    """Void a receipt with a mistake in it (its number stays used, explained) and number the correct one.

    What was paid never stands without a receipt, so there is always a replacement. Raises Missing, WrongState when
    it is void already, Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do hủy biên lai.")),))
    row = models.FeeReceipt.objects.select_related("payment__account").filter(id=receipt_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy biên lai."))
    subject_id = row.payment.account.subject_id
    reckoning.lock(subject_id)
    if models.ReceiptVoid.objects.filter(receipt=row).exists():
        raise WrongState(_("Biên lai này đã hủy."))
    dues = {due.id: due for due in reckoning.account_of(row.payment.account).dues}
    lines = [(dues[each.due_id], each.amount) for each in row.payment.allocations.order_by("id")]
    new = settling.number_receipt(row.payment, lines, actor=actor, at=at, payer_name=payer_name)
    models.ReceiptVoid.objects.create(receipt=row, replacement=new, reason=reason, at=at, officer_id=actor.officer_id)
    data = {
        "receipt": reckoning.receipt_view(row).code,
        "replacement": reckoning.receipt_view(new).code,
        "reason": reason,
    }
    settling.report("receipt.voided", subject_id, data, actor=actor, at=at)
    return reckoning.receipt_view(new)
