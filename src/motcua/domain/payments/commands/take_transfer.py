"""Take note of money that came by bank transfer or by post."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction as database
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import Method, Settlement
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Reused


@database.atomic
def take_transfer(
    *,
    subject_id: UUID,
    due_ids: Iterable[UUID],
    amount: int,
    transaction: str,
    paid_at: datetime,
    actor: Actor,
    at: datetime,
    method: Method = Method.TRANSFER,
) -> Settlement:
    """Settle with a transfer or a postal order; `transaction` is its number at the bank or the post.

    What is more than owed is a credit; less pays in part, in the order of the dues. The same number again gives
    the first outcome; with another amount or dossier it is Reused. Raises Missing, Invalid.
    """
    if method not in (Method.TRANSFER, Method.POST) or amount <= 0 or not transaction.strip():
        raise Invalid((FieldProblem("transaction", _("Hãy ghi số giao dịch và số tiền đã nhận.")),))
    row = reckoning.lock(subject_id)
    earlier = models.Payment.objects.filter(gateway=method, transaction=transaction).first()
    if earlier is not None:
        if (earlier.account_id, earlier.amount) != (row.id, amount):
            raise Reused(_("Số giao dịch này đã được ghi cho một khoản nộp khác."))
        return settling.existing(earlier)
    account = reckoning.account_of(row)
    dues = settling.payable(account, due_ids) if account.owed else account.named(due_ids)
    payment = models.Payment.objects.create(
        account=row,
        method=method,
        amount=amount,
        gateway=method,
        transaction=transaction,
        paid_at=paid_at,
        recorded_at=at,
        officer_id=actor.officer_id,
    )
    return settling.settle(payment, dues, actor=actor, at=at)
