"""Reads: the account of a subject, attempts, anomalies, shifts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, tills
from motcua.domain.payments.types import (
    Account,
    Anomaly,
    AnomalyKind,
    Attempt,
    FeeReceipt,
    Shift,
)
from motcua.foundation.kernel.errors import Missing


def account_of(subject_id: UUID) -> Account:
    """The account; an empty one when nothing was ever owed."""
    row = models.Account.objects.filter(subject_id=subject_id).first()
    return reckoning.account_of(row) if row else Account(subject_id, (), (), (), ())


def receipt(receipt_id: UUID) -> FeeReceipt:
    """One fee receipt. Raises Missing."""
    row = models.FeeReceipt.objects.select_related("book", "payment__account", "void").filter(id=receipt_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy biên lai."))
    return reckoning.receipt_view(row)


def attempt(reference: str) -> Attempt:
    """The attempt of a reference. Raises Missing."""
    row = _attempts().filter(reference=reference).first()
    if row is None:
        raise Missing(_("Không tìm thấy lần thanh toán này."))
    return attempt_view(row)


def unsettled_attempts(opened_after: datetime, opened_before: datetime) -> list[Attempt]:
    """Attempts nothing came of yet: the sweep asks their gateway for each (a lost call-back is found again)."""
    rows = _attempts().filter(
        opened_at__gte=opened_after, opened_at__lt=opened_before, payments=None, failures=None, anomalies=None
    )
    return [attempt_view(row) for row in rows.order_by("opened_at")]


def open_anomalies() -> list[Anomaly]:
    """What waits for reconciliation, oldest first."""
    rows = models.Anomaly.objects.filter(resolved=None).select_related("attempt__account").order_by("seen_at")
    return [_anomaly(row) for row in rows]


def open_shift_of(agency_id: UUID, till: str) -> Shift | None:
    """The shift that is open at a till, with what should lie in it."""
    row = models.Shift.objects.filter(agency_id=agency_id, till=till, closed_at=None).first()
    return tills.view(row) if row else None


def attempt_view(row: models.PaymentAttempt) -> Attempt:
    """The attempt as other rooms see it."""
    failure = next(iter(row.failures.all()), None)
    return Attempt(
        id=row.id,
        subject_id=row.account.subject_id,
        gateway=row.gateway,
        reference=row.reference,
        amount=row.amount,
        opened_at=row.opened_at,
        expires_at=row.expires_at,
        due_ids=tuple(row.due_ids),
        is_settled=bool(row.payments.all()),
        failure=failure.reason if failure else "",
    )


def _attempts() -> QuerySet[models.PaymentAttempt]:
    return models.PaymentAttempt.objects.select_related("account").prefetch_related("failures", "payments")


def _anomaly(row: models.Anomaly) -> Anomaly:
    return Anomaly(
        id=row.id,
        kind=AnomalyKind(row.kind),
        gateway=row.gateway,
        reference=row.reference,
        transaction=row.transaction,
        amount=row.amount,
        paid_at=row.paid_at,
        seen_at=row.seen_at,
        subject_id=row.attempt.account.subject_id if row.attempt else None,
    )
