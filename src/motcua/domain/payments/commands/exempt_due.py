"""Reduce or waive a due."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import Account
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def exempt_due(
    *,
    subject_id: UUID,
    due_id: UUID,
    amount: int,
    ground: str,
    actor: Actor,
    at: datetime,
    document: str = "",
    reason: str = "",
) -> Account:
    """Take `amount` off what is still owed of a due, by an article and on a document.

    Raises Missing, WrongState when nothing is owed of it, Invalid without an article or for more than is owed.
    """
    if not ground.strip():
        raise Invalid((FieldProblem("ground", _("Hãy ghi điều luật cho phép miễn, giảm.")),))
    row = reckoning.lock(subject_id)
    (due,) = settling.payable(reckoning.account_of(row), [due_id])
    if not 0 < amount <= due.owed:
        raise Invalid((FieldProblem("amount", _("Số tiền miễn, giảm phải từ 1 đồng đến số còn phải nộp.")),))
    models.Exemption.objects.create(
        due_id=due.id,
        amount=amount,
        ground=ground,
        document=document,
        reason=reason,
        at=at,
        officer_id=actor.officer_id,
    )
    data = {"due": due.key, "amount": amount, "ground": ground, "document": document}
    settling.report("due.exempted", subject_id, data, actor=actor, at=at)
    return reckoning.account_of(row)
