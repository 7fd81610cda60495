"""Take money for a dossier at the counter, and give the fee receipt as a paper (TT 11/2025 18.4, 19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import commands as papers
from motcua.domain.documents import queries as papers_of
from motcua.domain.dossiers import access, paperwork
from motcua.domain.dossiers.models import Dossier
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.types import FeeReceipt
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.errors import Missing

KIND = "fee_receipt"


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt (with the change to hand back) and the paper that says it."""

    receipt: FeeReceipt
    paper_id: UUID


@transaction.atomic
def take_money(
    *,
    dossier_id: UUID,
    due_ids: Iterable[UUID],
    tendered: int,
    till: str,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> Taken:
    """Take cash for these dues, in đồng, and issue the fee receipt.

    The dossier goes on when ``payment.settled`` arrives. Raises Missing, NotAllowed, Stale, WrongState (nothing is
    owed), Invalid (too little was handed over).
    """
    dossier = access.lock(dossier_id, actor=actor, at=at, to="take_money", expected=expected)
    receipt = payments.take_cash(
        subject_id=dossier.id, due_ids=due_ids, tendered=tendered, till=till, actor=actor, at=at
    )
    return Taken(receipt, _issue(dossier, receipt, actor, at))


@transaction.atomic
def print_fee_receipt(*, dossier_id: UUID, receipt_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Return the paper of a fee receipt, issued now when the money came in without the counter; the applicant prints
    their own. Raises Missing.
    """
    verb = "pay" if actor.kind is ActorKind.PERSON else "take_money"
    dossier = access.lock(dossier_id, actor=actor, at=at, to=verb)
    receipt = accounts.receipt(receipt_id)
    if receipt.subject_id != dossier.id:
        raise Missing(_("Không tìm thấy biên lai."))
    title = _title(receipt)
    issued = next((one for one in papers_of.papers_of(dossier.id, kind=KIND) if one.title == title), None)
    return issued.id if issued else _issue(dossier, receipt, actor, at)


def _title(receipt: FeeReceipt) -> str:
    return f"Biên lai thu phí, lệ phí số {receipt.code}"


def _issue(dossier: Dossier, receipt: FeeReceipt, actor: Actor, at: datetime) -> UUID:
    """The paper carries the receipt's own number: it takes none from the books of papers."""
    edition = catalog.edition(dossier.edition_id)
    method = next(one for one in accounts.account_of(dossier.id).payments if one.id == receipt.payment_id)
    data = paperwork.common(dossier, edition, receipt.agency_id, actor) | paperwork.fee_receipt(
        receipt, method, paperwork.payer(dossier, receipt.payer_name)
    )
    paper = papers.issue_paper(
        kind=KIND,
        subject_id=dossier.id,
        agency_id=receipt.agency_id,
        data=data,
        numbered=False,
        title=_title(receipt),
        actor=actor,
        at=at,
    )
    return paper.id
