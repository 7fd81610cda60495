"""Ask for money back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import Refund, RefundState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.kernel.money import dong


@transaction.atomic
def ask_refund(
    *,
    subject_id: UUID,
    amount: int,
    reason: str,
    actor: Actor,
    at: datetime,
    due_id: UUID | None = None,
    payment_id: UUID | None = None,
) -> Refund:
    """Ask for part or all of a paid due, or (no due named) of the credit, of one payment.

    Without `payment_id` the payment with the most to give back is meant. The amount is held until the request is
    refused. Raises Missing, Invalid without a reason, WrongState for more than can be given back.
    """
    if not reason.strip():
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do hoàn trả.")),))
    row = reckoning.lock(subject_id)
    can_give = _refundable(row, due_id)
    chosen = payment_id or max(can_give, key=lambda each: can_give[each], default=None)
    most = can_give.get(chosen, 0) if chosen else 0
    if not 0 < amount <= most or chosen is None:
        raise WrongState(_("Chỉ hoàn trả được tối đa %(most)s.") % {"most": dong(max(most, 0))})
    refund = models.Refund.objects.create(payment_id=chosen, due_id=due_id, amount=amount, reason=reason, asked_at=at)
    models.RefundStep.objects.create(
        refund=refund, state=RefundState.ASKED, at=at, principal=actor.principal, reason=reason
    )
    data = {"refund": str(refund.id), "amount": amount, "reason": reason}
    settling.report("refund.asked", subject_id, data, actor=actor, at=at)
    return reckoning.refund_view(refund)


def _refundable(row: models.Account, due_id: UUID | None) -> dict[UUID, int]:
    """What each payment can still give back: of a due, or of its credit."""
    account = reckoning.account_of(row)
    if due_id is None:
        return {payment.id: payment.credit for payment in account.payments}
    found: dict[UUID, int] = {}
    for each in models.Allocation.objects.filter(payment__account=row, due_id=due_id):
        held = [r.amount for r in account.refunds if _holds(r, each.payment_id, due_id)]
        found[each.payment_id] = each.amount - sum(held)
    return found


def _holds(refund: Refund, payment_id: UUID, due_id: UUID) -> bool:
    return (refund.payment_id, refund.due_id) == (payment_id, due_id) and refund.state in reckoning.HOLDS
