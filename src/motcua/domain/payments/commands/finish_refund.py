"""The money has been given back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction as database
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, refunding, settling, tills
from motcua.domain.payments.types import Refund, RefundState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@database.atomic
def finish_refund(*, refund_id: UUID, actor: Actor, at: datetime, transaction: str = "", till: str = "") -> Refund:
    """Note how an approved refund was paid out: the number of the transfer, or the till it was taken from.

    Raises Missing, WrongState when it is not approved or done already, Invalid without transfer and till.
    """
    if bool(transaction.strip()) == bool(till.strip()):
        raise Invalid((FieldProblem("transaction", _("Hãy ghi số giao dịch chuyển trả, hoặc quầy chi tiền mặt.")),))
    row = refunding.lock(refund_id, RefundState.APPROVED)
    shift: models.Shift | None = None
    if till:
        agency_id = actor.agency_id or row.payment.account.dues.earliest("stated_at").agency_id
        shift = tills.open_one(agency_id, till, actor=actor, at=at)
    view = refunding.step(row, RefundState.DONE, actor=actor, at=at, transaction=transaction, shift=shift)
    data = {"refund": str(row.id), "amount": row.amount, "transaction": transaction, "till": till}
    settling.report("refund.done", row.payment.account.subject_id, data, actor=actor, at=at)
    return view
