"""Money that came in: settle what is owed, number a receipt for that, keep the rest as a credit, say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning
from motcua.domain.payments.types import Account, Due, DueKind, FeeReceipt, Method, Settlement
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState

SUBJECT = "dossier"


def report(kind: str, subject_id: UUID, data: Mapping[str, object], *, actor: Actor, at: datetime) -> None:
    """Say what happened in the history of the subject."""
    journal.record(kind=kind, subject=Subject(SUBJECT, subject_id), actor=actor, at=at, data=data)


def payable(account: Account, due_ids: Iterable[UUID]) -> tuple[Due, ...]:
    """The named dues that are still owed, all of one agency. Raises Missing, WrongState, Invalid."""
    wanted = set(due_ids)
    named = account.named(wanted)
    if len(named) < len(wanted):
        raise Missing(_("Không tìm thấy khoản phải nộp này."))
    if any(due.kind is DueKind.ELSEWHERE for due in named):
        raise Invalid((FieldProblem("dues", _("Khoản này nộp tại cơ quan khác, không thu ở đây.")),))
    owed = tuple(due for due in named if due.owed)
    if not owed:
        raise WrongState(_("Không còn khoản nào phải nộp."))
    if len({due.agency_id for due in owed}) > 1:
        raise Invalid((FieldProblem("dues", _("Các khoản của hai cơ quan phải nộp thành hai lần.")),))
    return owed


def settle(payment: models.Payment, dues: Sequence[Due], *, actor: Actor, at: datetime) -> Settlement:
    """Spend a recorded payment on what is owed of these dues; the account is locked.

    Records `payment.settled` (with the receipt's number) and `payment.credited` for what is left over.
    """
    left, lines = payment.amount, []
    for due in dues:
        part = min(left, due.owed)
        if part:
            models.Allocation.objects.create(payment=payment, due_id=due.id, amount=part)
            lines.append((due, part))
            left -= part
    receipt = number_receipt(payment, lines, actor=actor, at=at) if lines else None
    view = reckoning.receipt_view(receipt) if receipt else None
    _tell(payment, lines, view, left, actor=actor, at=at)
    return Settlement(
        payment_id=payment.id,
        subject_id=payment.account.subject_id,
        reference=payment.attempt.reference if payment.attempt else "",
        amount=payment.amount,
        settled=payment.amount - left,
        credit=left,
        receipt=view,
        first_time=True,
    )


def number_receipt(
    payment: models.Payment, lines: Sequence[tuple[Due, int]], *, actor: Actor, at: datetime, payer_name: str = ""
) -> models.FeeReceipt:
    """The next number of the agency's book; the counter is the last lock before the journal."""
    year = local(at).year
    named, _is_new = models.ReceiptBook.objects.get_or_create(
        agency_id=lines[0][0].agency_id, year=year, series=f"{year % 100:02d}E"
    )
    book = models.ReceiptBook.objects.select_for_update().get(id=named.id)
    book.last_number += 1
    book.save(update_fields=["last_number"])
    return models.FeeReceipt.objects.create(
        book=book,
        number=book.last_number,
        payment=payment,
        amount=sum(amount for _due, amount in lines),
        payer_name=payer_name or payment.account.payer_name,
        lines=[{"name": due.name, "kind": due.kind.value, "amount": amount} for due, amount in lines],
        issued_at=at,
        officer_id=actor.officer_id,
    )


def existing(payment: models.Payment) -> Settlement:
    """What became of a payment that was recorded before."""
    settled = sum(each.amount for each in payment.allocations.all())
    row = payment.receipts.select_related("book", "payment__account", "void").order_by("issued_at").first()
    return Settlement(
        payment_id=payment.id,
        subject_id=payment.account.subject_id,
        reference=payment.attempt.reference if payment.attempt else "",
        amount=payment.amount,
        settled=settled,
        credit=payment.amount - settled,
        receipt=reckoning.receipt_view(row) if row else None,
        first_time=False,
    )


def _tell(
    payment: models.Payment,
    lines: Sequence[tuple[Due, int]],
    receipt: FeeReceipt | None,
    left: int,
    *,
    actor: Actor,
    at: datetime,
) -> None:
    subject_id = payment.account.subject_id
    told: dict[str, object] = {
        "payment": str(payment.id),
        "method": Method(payment.method).value,
        "gateway": payment.gateway,
        "transaction": payment.transaction,
    }
    if receipt:
        owed = reckoning.account_of(payment.account).owed
        data = told | {
            "amount": receipt.amount,
            "receipt": receipt.code,
            "dues": [due.key for due, _amount in lines],
            "owed": owed,
        }
        report("payment.settled", subject_id, data, actor=actor, at=at)
    if left:
        report("payment.credited", subject_id, told | {"amount": left}, actor=actor, at=at)
