"""Tables: an append-only ledger of dues, payments, receipts and refunds; an account row to lock; counters, shifts."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.domain.payments.types import AnomalyKind, DueKind, Method, RefundState, Resolution, Stage
from motcua.foundation.kernel.tables import AppendOnly, Mutable


def _positive(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(amount__gt=0), name=name)


class Account(Mutable):
    """The row that is locked while anything about a subject's money changes."""

    subject_id = models.UUIDField(unique=True)
    payer_id = models.UUIDField(null=True)
    payer_name = models.CharField(max_length=200, blank=True)


class Due(AppendOnly):
    """What is owed. `key` and `round`: stated again with another amount, it is a new row."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="dues")
    agency_id = models.UUIDField()
    key = models.CharField(max_length=80)
    round = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=10)
    amount = models.BigIntegerField()
    collected_at = models.CharField(max_length=10)
    ground = models.CharField(max_length=300, blank=True)
    pay_until_on = models.DateField(null=True)
    stated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key", "round"], name="payments_due_round"),
            models.CheckConstraint(condition=Q(kind__in=list(DueKind)), name="payments_due_kind"),
            models.CheckConstraint(condition=Q(collected_at__in=list(Stage)), name="payments_due_stage"),
            _positive("payments_due_amount"),
        ]


class Exemption(AppendOnly):
    """A due reduced or waived: by which article, on which document."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="exemptions")
    amount = models.BigIntegerField()
    ground = models.CharField(max_length=300)
    document = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)

    class Meta:
        constraints = [_positive("payments_exemption_amount")]


class Drop(AppendOnly):
    """A due nobody has to pay any more (refusal, withdrawal, another amount)."""

    due = models.OneToOneField(Due, models.PROTECT, related_name="drop")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()


class Proof(AppendOnly):
    """The proof that money collected elsewhere was paid there (treasury slip)."""

    due = models.ForeignKey(Due, models.PROTECT, related_name="proofs")
    document = models.CharField(max_length=200)
    file_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)


class PaymentAttempt(AppendOnly):
    """One visit to a gateway's payment page."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="attempts")
    gateway = models.CharField(max_length=40)
    reference = models.CharField(max_length=40, unique=True)
    amount = models.BigIntegerField()
    due_ids = ArrayField(models.UUIDField())
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [_positive("payments_attempt_amount")]
        indexes = [models.Index(fields=["expires_at"], name="payments_attempt_expiry")]


class AttemptFailure(AppendOnly):
    """The gateway said that an attempt came to nothing."""

    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, related_name="failures")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()


class Shift(Mutable):
    """One officer's time at a till."""

    agency_id = models.UUIDField()
    till = models.CharField(max_length=40)
    officer_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    opening = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)
    counted = models.BigIntegerField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "till"], condition=Q(closed_at__isnull=True), name="payments_shift_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, counted__isnull=True) | Q(closed_at__isnull=False, counted__gte=0),
                name="payments_shift_counted",
            ),
        ]


class Payment(AppendOnly):
    """Money that came in. (gateway, transaction) is the outside world's name of it, once."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="payments")
    method = models.CharField(max_length=8)
    amount = models.BigIntegerField()
    gateway = models.CharField(max_length=40, blank=True)
    transaction = models.CharField(max_length=80, blank=True)
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, null=True, related_name="payments")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="payments")
    paid_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "transaction"], condition=~Q(transaction=""), name="payments_transaction_once"
            ),
            models.CheckConstraint(condition=Q(method__in=list(Method)), name="payments_payment_method"),
            models.CheckConstraint(
                condition=Q(method="cash", shift__isnull=False) | (~Q(method="cash") & ~Q(transaction="")),
                name="payments_payment_traceable",
            ),
            _positive("payments_payment_amount"),
        ]


class Allocation(AppendOnly):
    """The part of a payment that settles a due."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="allocations")
    due = models.ForeignKey(Due, models.PROTECT, related_name="allocations")
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["payment", "due"], name="payments_allocation_once"),
            _positive("payments_allocation_amount"),
        ]


class ReceiptBook(Mutable):
    """The counter of a book of fee receipts: per agency, year and series, without gaps."""

    agency_id = models.UUIDField()
    year = models.PositiveSmallIntegerField()
    series = models.CharField(max_length=20)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "year", "series"], name="payments_book_once"),
        ]


class FeeReceipt(AppendOnly):
    """A numbered receipt for what a payment settled."""

    book = models.ForeignKey(ReceiptBook, models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="receipts")
    amount = models.BigIntegerField()
    payer_name = models.CharField(max_length=200, blank=True)
    lines = models.JSONField()
    issued_at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="payments_receipt_number"),
            _positive("payments_receipt_amount"),
        ]


class ReceiptVoid(AppendOnly):
    """A receipt that no longer counts, why, and the one that stands in its place."""

    receipt = models.OneToOneField(FeeReceipt, models.PROTECT, related_name="void")
    replacement = models.OneToOneField(FeeReceipt, models.PROTECT, null=True, related_name="replaces")
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)


class Refund(AppendOnly):
    """A request to give money back; what became of it are its steps."""

    payment = models.ForeignKey(Payment, models.PROTECT, related_name="refunds")
    due = models.ForeignKey(Due, models.PROTECT, null=True, related_name="refunds")
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [_positive("payments_refund_amount")]


class RefundStep(AppendOnly):
    """Asked, approved, refused or done: by whom, on which document, with which transfer."""

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=8)
    at = models.DateTimeField()
    principal = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    document = models.CharField(max_length=200, blank=True)
    transaction = models.CharField(max_length=80, blank=True)
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="refund_steps")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["refund", "state"], name="payments_refund_step_once"),
            models.CheckConstraint(condition=Q(state__in=list(RefundState)), name="payments_refund_state"),
        ]


class Anomaly(AppendOnly):
    """A confirmation that could not be settled; unique, so that a gateway that repeats itself adds nothing."""

    kind = models.CharField(max_length=20)
    gateway = models.CharField(max_length=40)
    reference = models.CharField(max_length=80)
    transaction = models.CharField(max_length=80)
    amount = models.BigIntegerField()
    paid_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    attempt = models.ForeignKey(PaymentAttempt, models.PROTECT, null=True, related_name="anomalies")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "reference", "transaction", "amount", "kind"], name="payments_anomaly_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=list(AnomalyKind)), name="payments_anomaly_kind"),
        ]


class AnomalyResolution(AppendOnly):
    """What the accountant found out about an anomaly."""

    anomaly = models.OneToOneField(Anomaly, models.PROTECT, related_name="resolved")
    resolution = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Resolution])
    note = models.CharField(max_length=500)
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    officer_id = models.UUIDField(null=True)
