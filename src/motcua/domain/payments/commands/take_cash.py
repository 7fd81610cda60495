"""Take cash at a till."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling, tills
from motcua.domain.payments.types import FeeReceipt, Method
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.money import dong


@transaction.atomic
def take_cash(
    *, subject_id: UUID, due_ids: Iterable[UUID], tendered: int, till: str, actor: Actor, at: datetime
) -> FeeReceipt:
    """Take what is owed of these dues from the money handed over; the receipt says the change.

    The till's shift is opened when it is not (with nothing in it). Raises Missing, WrongState when nothing is
    owed, Invalid when too little was handed over.
    """
    row = reckoning.lock(subject_id)
    dues = settling.payable(reckoning.account_of(row), due_ids)
    owed = sum(due.owed for due in dues)
    if tendered < owed:
        sentence = _("Số tiền đưa chưa đủ: cần %(owed)s.") % {"owed": dong(owed)}
        raise Invalid((FieldProblem("tendered", sentence),))
    payment = models.Payment.objects.create(
        account=row,
        method=Method.CASH,
        amount=owed,
        shift=tills.open_one(actor.agency_id or dues[0].agency_id, till, actor=actor, at=at),
        paid_at=at,
        recorded_at=at,
        officer_id=actor.officer_id,
    )
    receipt = settling.settle(payment, dues, actor=actor, at=at).receipt
    assert receipt is not None  # noqa: S101
    return replace(receipt, change=tendered - owed)
