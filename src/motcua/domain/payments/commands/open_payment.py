"""Open a payment at a gateway."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.queries import attempt_view
from motcua.domain.payments.types import ATTEMPT_OPEN, Attempt
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.identifiers import new_secret


@transaction.atomic
def open_payment(*, subject_id: UUID, due_ids: Iterable[UUID], gateway: str, actor: Actor, at: datetime) -> Attempt:
    """A reference under which a gateway may be asked for what is owed of these dues, for 20 minutes.

    The channel then asks `ports.gateway(name).start(…)` for the page, outside any transaction. Raises Missing,
    WrongState when nothing is owed, Invalid for dues that cannot be paid together.
    """
    row = reckoning.lock(subject_id)
    dues = settling.payable(reckoning.account_of(row), due_ids)
    attempt = models.PaymentAttempt.objects.create(
        account=row,
        gateway=gateway,
        reference=f"{local(at):%y%m%d}{new_secret(10)}",
        amount=sum(due.owed for due in dues),
        due_ids=[due.id for due in dues],
        opened_at=at,
        expires_at=at + ATTEMPT_OPEN,
    )
    data = {"gateway": gateway, "reference": attempt.reference, "amount": attempt.amount}
    settling.report("payment.opened", subject_id, data, actor=actor, at=at)
    return attempt_view(attempt)
