"""Say what an anomaly was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning
from motcua.domain.payments.commands.confirm_payment import is_used, take
from motcua.domain.payments.types import Resolution, Settlement
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState


@transaction.atomic
def resolve_anomaly(
    *,
    anomaly_id: UUID,
    resolution: Resolution,
    note: str,
    actor: Actor,
    at: datetime,
    reference: str = "",
) -> Settlement | None:
    """After reconciliation: the money is here (it settles what is owed, the rest is a credit), or it is not.

    reference: for money under an unknown reference, the attempt it was meant for. Raises Missing, WrongState when
    it was resolved before, Invalid without a note.
    """
    if not note.strip():
        raise Invalid((FieldProblem("note", _("Hãy ghi kết quả đối soát.")),))
    row = models.Anomaly.objects.filter(id=anomaly_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy giao dịch cần đối soát."))
    settlement = None
    if resolution is Resolution.TAKEN:
        attempt = _attempt(row, reference)
        reckoning.lock(attempt.account.subject_id)
        _refuse_twice(row)
        if is_used(attempt.gateway, row.transaction):
            raise WrongState(_("Số giao dịch này đã được ghi nhận cho một khoản nộp."))
        settlement = take(attempt, row.transaction, row.amount, row.paid_at, actor=actor, at=at)
    else:
        _refuse_twice(row)
    models.AnomalyResolution.objects.create(
        anomaly=row,
        resolution=resolution,
        note=note,
        payment_id=settlement.payment_id if settlement else None,
        at=at,
        officer_id=actor.officer_id,
    )
    subject = Subject("dossier", settlement.subject_id) if settlement else Subject("payment_anomaly", row.id)
    data = {"anomaly": str(row.id), "resolution": resolution.value, "note": note}
    journal.record(kind="payment.anomaly_resolved", subject=subject, actor=actor, at=at, data=data)
    return settlement


def _attempt(row: models.Anomaly, reference: str) -> models.PaymentAttempt:
    attempts = models.PaymentAttempt.objects.select_related("account")
    named = Q(anomalies=row) if row.attempt_id else Q(reference=reference)
    found = attempts.filter(named).first()
    if found is None:
        raise Missing(_("Không tìm thấy lần thanh toán mang mã tham chiếu này."))
    return found


def _refuse_twice(row: models.Anomaly) -> None:
    if models.AnomalyResolution.objects.filter(anomaly=row).exists():
        raise WrongState(_("Giao dịch này đã được đối soát."))
