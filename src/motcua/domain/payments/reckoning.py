"""From the rows of the ledger to the account they add up to."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models
from motcua.domain.payments.types import (
    Account,
    Due,
    DueKind,
    FeeReceipt,
    Method,
    Payment,
    ReceiptLine,
    Refund,
    RefundState,
    Stage,
)
from motcua.foundation.kernel.errors import Missing

#: A refund in one of these states holds its amount: it cannot be asked for twice.
HOLDS = frozenset({RefundState.ASKED, RefundState.APPROVED, RefundState.DONE})


def lock(subject_id: UUID) -> models.Account:
    """The subject's account, locked until the transaction ends. Raises Missing."""
    row = models.Account.objects.select_for_update().filter(subject_id=subject_id).first()
    if row is None:
        raise Missing(_("Hồ sơ này không có khoản phải nộp."))
    return row


def account_of(row: models.Account) -> Account:
    """Everything about the money of an account, computed from its rows."""
    refunds = tuple(
        refund_view(each)
        for each in models.Refund.objects.filter(payment__account=row)
        .prefetch_related("steps")
        .order_by("asked_at", "id")
    )
    paid: dict[UUID, int] = defaultdict(int)
    settled: dict[UUID, int] = defaultdict(int)
    for each in models.Allocation.objects.filter(payment__account=row):
        paid[each.due_id] += each.amount
        settled[each.payment_id] += each.amount
    return Account(
        subject_id=row.subject_id,
        dues=_dues(row, paid, refunds),
        payments=_payments(row, settled, refunds),
        receipts=tuple(
            receipt_view(each)
            for each in models.FeeReceipt.objects.filter(payment__account=row)
            .select_related("book", "payment__account", "void")
            .order_by("issued_at", "number")
        ),
        refunds=refunds,
    )


def refund_view(row: models.Refund) -> Refund:
    steps = {step.state: step for step in row.steps.all()}
    last = next(state for state in reversed(RefundState) if state in steps)
    return Refund(
        id=row.id,
        payment_id=row.payment_id,
        due_id=row.due_id,
        amount=row.amount,
        reason=row.reason,
        state=last,
        asked_at=row.asked_at,
        document=next((s.document for s in steps.values() if s.document), ""),
        transaction=next((s.transaction for s in steps.values() if s.transaction), ""),
    )


def receipt_view(row: models.FeeReceipt, change: int = 0) -> FeeReceipt:
    void = getattr(row, "void", None)
    return FeeReceipt(
        id=row.id,
        subject_id=row.payment.account.subject_id,
        agency_id=row.book.agency_id,
        year=row.book.year,
        series=row.book.series,
        number=row.number,
        amount=row.amount,
        payer_name=row.payer_name,
        issued_at=row.issued_at,
        lines=tuple(ReceiptLine(each["name"], DueKind(each["kind"]), each["amount"]) for each in row.lines),
        payment_id=row.payment_id,
        void_reason=void.reason if void else "",
        change=change,
    )


def _dues(row: models.Account, paid: dict[UUID, int], refunds: tuple[Refund, ...]) -> tuple[Due, ...]:
    rows = (
        row.dues.select_related("drop").prefetch_related("exemptions", "proofs").order_by("stated_at", "key", "round")
    )
    return tuple(
        Due(
            id=each.id,
            key=each.key,
            name=each.name,
            kind=DueKind(each.kind),
            amount=each.amount,
            collected_at=Stage(each.collected_at),
            ground=each.ground,
            agency_id=each.agency_id,
            pay_until_on=each.pay_until_on,
            exempted=sum(exemption.amount for exemption in each.exemptions.all()),
            paid=paid[each.id],
            refunded=sum(r.amount for r in refunds if r.due_id == each.id and r.state is RefundState.DONE),
            is_dropped=getattr(each, "drop", None) is not None,
            proof=next((proof.document for proof in each.proofs.all()), ""),
        )
        for each in rows
    )


def _payments(row: models.Account, settled: dict[UUID, int], refunds: tuple[Refund, ...]) -> tuple[Payment, ...]:
    return tuple(
        Payment(
            id=each.id,
            method=Method(each.method),
            amount=each.amount,
            paid_at=each.paid_at,
            gateway=each.gateway,
            transaction=each.transaction,
            settled=settled[each.id],
            credit=each.amount
            - settled[each.id]
            - sum(r.amount for r in refunds if r.payment_id == each.id and r.due_id is None and r.state in HOLDS),
        )
        for each in row.payments.order_by("recorded_at", "id")
    )
