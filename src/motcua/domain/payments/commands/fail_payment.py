"""Note that an attempt came to nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def fail_payment(*, reference: str, gateway: str, reason: str, actor: Actor, at: datetime) -> None:
    """The gateway says the person cancelled or the bank refused; noted once, ignored for a settled attempt.

    Raises Missing for a reference that is not ours.
    """
    attempt = (
        models.PaymentAttempt.objects.select_related("account").filter(reference=reference, gateway=gateway).first()
    )
    if attempt is None:
        raise Missing(_("Không tìm thấy lần thanh toán này."))
    reckoning.lock(attempt.account.subject_id)
    if attempt.payments.exists() or attempt.failures.exists():
        return
    models.AttemptFailure.objects.create(attempt=attempt, reason=reason, at=at)
    data = {"gateway": gateway, "reference": reference, "reason": reason}
    settling.report("payment.failed", attempt.account.subject_id, data, actor=actor, at=at)
