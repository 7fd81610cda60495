"""Drop what is still owed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.payments import models, reckoning
from motcua.domain.payments.settling import report
from motcua.domain.payments.types import Account
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def drop_dues(
    *, subject_id: UUID, reason: str, actor: Actor, at: datetime, due_ids: Iterable[UUID] | None = None
) -> Account | None:
    """Nobody has to pay what is still owed (all of it, or of the named dues); what was paid stays paid.

    Money that arrives later for a dropped due becomes a credit to refund. None when nothing was ever owed.
    """
    if not models.Account.objects.filter(subject_id=subject_id).exists():
        return None
    row = reckoning.lock(subject_id)
    account = reckoning.account_of(row)
    wanted = account.dues if due_ids is None else account.named(due_ids)
    dropped = [due for due in wanted if due.owed and not due.paid]
    if dropped:
        models.Drop.objects.bulk_create(models.Drop(due_id=due.id, reason=reason, at=at) for due in dropped)
        data = {"dues": [due.key for due in dropped], "amount": sum(due.owed for due in dropped), "reason": reason}
        report("dues.dropped", subject_id, data, actor=actor, at=at)
    return reckoning.account_of(row)
