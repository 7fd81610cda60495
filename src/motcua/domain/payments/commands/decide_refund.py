"""Approve or refuse a refund."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import refunding, settling
from motcua.domain.payments.types import Refund, RefundState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed


@transaction.atomic
def decide_refund(
    *, refund_id: UUID, approve: bool, actor: Actor, at: datetime, reason: str = "", document: str = ""
) -> Refund:
    """Approve on a document, or refuse with a reason; never by the one who asked.

    Raises Missing, NotAllowed, Invalid, WrongState when it was decided before.
    """
    if not (document if approve else reason).strip():
        sentence = _("Hãy ghi số quyết định hoàn trả.") if approve else _("Hãy ghi lý do từ chối.")
        raise Invalid((FieldProblem("document" if approve else "reason", sentence),))
    row = refunding.lock(refund_id, RefundState.ASKED)
    if row.steps.filter(state=RefundState.ASKED, principal=actor.principal).exists():
        raise NotAllowed(_("Người đề nghị không được tự duyệt hoàn trả."))
    state = RefundState.APPROVED if approve else RefundState.REFUSED
    view = refunding.step(row, state, actor=actor, at=at, reason=reason, document=document)
    data = {"refund": str(row.id), "amount": row.amount, "reason": reason, "document": document}
    settling.report(f"refund.{state}", row.payment.account.subject_id, data, actor=actor, at=at)
    return view
