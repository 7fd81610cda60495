"""Take note of money that a gateway says has come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction as database
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import (
    AnomalyKind,
    ExpiredAttempt,
    Method,
    Settlement,
    UnknownReference,
    UsedTransaction,
    WrongAmount,
    WrongGateway,
)
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Problem


@dataclass(frozen=True, slots=True)
class _Message:
    reference: str
    gateway: str
    transaction: str
    amount: int
    paid_at: datetime


def confirm_payment(
    *, reference: str, gateway: str, transaction: str, amount: int, paid_at: datetime, actor: Actor, at: datetime
) -> Settlement:
    """Settle an attempt with the money that came in; said twice, the first outcome again.

    Money for dues that are settled or dropped meanwhile is kept as a credit (`Settlement.credit`), with
    `payment.credited` in the history. Call it outside a transaction: what cannot be settled is committed as an
    anomaly for reconciliation before UnknownReference, WrongGateway, WrongAmount, UsedTransaction or
    ExpiredAttempt is raised.
    """
    outcome = _take(_Message(reference, gateway, transaction, amount, paid_at), actor=actor, at=at)
    if isinstance(outcome, Settlement):
        return outcome
    raise _problem(outcome)


@database.atomic
def _take(message: _Message, *, actor: Actor, at: datetime) -> Settlement | AnomalyKind:
    attempt = models.PaymentAttempt.objects.select_related("account").filter(reference=message.reference).first()
    if attempt is not None:
        reckoning.lock(attempt.account.subject_id)
        known = {"gateway": message.gateway, "transaction": message.transaction, "attempt": attempt}
        if (earlier := models.Payment.objects.filter(**known, amount=message.amount).first()) is not None:
            return settling.existing(earlier)
    wrong = _wrong(message, attempt)
    if wrong is not None:
        _keep(wrong, message, attempt, actor=actor, at=at)
        return wrong
    assert attempt is not None  # noqa: S101
    return take(attempt, message.transaction, message.amount, message.paid_at, actor=actor, at=at)


def take(
    attempt: models.PaymentAttempt, transaction: str, amount: int, paid_at: datetime, *, actor: Actor, at: datetime
) -> Settlement:
    """Record the money of an attempt and settle with it; the account is locked."""
    account = reckoning.account_of(attempt.account)
    payment = models.Payment.objects.create(
        account=attempt.account,
        method=Method.ONLINE,
        amount=amount,
        gateway=attempt.gateway,
        transaction=transaction,
        attempt=attempt,
        paid_at=paid_at,
        recorded_at=at,
    )
    return settling.settle(payment, account.named(attempt.due_ids), actor=actor, at=at)


def _wrong(message: _Message, attempt: models.PaymentAttempt | None) -> AnomalyKind | None:
    if attempt is None:
        return AnomalyKind.UNKNOWN_REFERENCE
    if attempt.gateway != message.gateway:
        return AnomalyKind.WRONG_GATEWAY
    if attempt.amount != message.amount or not message.transaction:
        return AnomalyKind.WRONG_AMOUNT
    if is_used(message.gateway, message.transaction):
        return AnomalyKind.USED_TRANSACTION
    if message.paid_at > attempt.expires_at:
        return AnomalyKind.EXPIRED
    return None


def is_used(gateway: str, transaction: str) -> bool:
    """Whether this number of the gateway is recorded as a payment already."""
    return models.Payment.objects.filter(gateway=gateway, transaction=transaction).exists()


def _keep(
    kind: AnomalyKind, message: _Message, attempt: models.PaymentAttempt | None, *, actor: Actor, at: datetime
) -> None:
    row, is_new = models.Anomaly.objects.get_or_create(
        kind=kind,
        gateway=message.gateway,
        reference=message.reference[:80],
        transaction=message.transaction[:80],
        amount=message.amount,
        defaults={"paid_at": message.paid_at, "seen_at": at, "attempt": attempt},
    )
    if is_new:
        data = {"kind": kind.value, "gateway": row.gateway, "reference": row.reference, "amount": row.amount}
        subject = Subject("payment_anomaly", row.id)
        if attempt is not None:
            subject = Subject(settling.SUBJECT, attempt.account.subject_id)
        journal.record(kind="payment.anomaly", subject=subject, actor=actor, at=at, data=data)


def _problem(kind: AnomalyKind) -> Problem:
    match kind:
        case AnomalyKind.UNKNOWN_REFERENCE:
            return UnknownReference(_("Không có lần thanh toán nào mang mã tham chiếu này."))
        case AnomalyKind.WRONG_GATEWAY:
            return WrongGateway(_("Mã tham chiếu này thuộc về một cổng thanh toán khác."))
        case AnomalyKind.WRONG_AMOUNT:
            return WrongAmount(_("Số tiền nhận được khác số tiền phải nộp. Giao dịch được chuyển đối soát."))
        case AnomalyKind.USED_TRANSACTION:
            return UsedTransaction(_("Số giao dịch này đã thanh toán cho khoản khác. Giao dịch được chuyển đối soát."))
        case AnomalyKind.EXPIRED:
            return ExpiredAttempt(_("Đã nộp sau khi phiên thanh toán hết hạn. Giao dịch được chuyển đối soát."))
