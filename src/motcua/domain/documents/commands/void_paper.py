"""Void a paper: its number stays in the book, explained."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import keeping, views
from motcua.domain.documents.types import Paper, PaperState, Validity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def void_paper(*, paper_id: UUID, reason: str, actor: Actor, at: datetime) -> Paper:
    """Void a draft, or a paper issued in error, with the reason that the number book will show.

    Raises Missing, Invalid (no reason), WrongState (void already, or its validity was settled).
    """
    why = one_line(reason, 500)
    if not why:
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do hủy để giải trình số đã cấp.")),))
    row = keeping.locked(paper_id)
    if row.state == PaperState.VOID or row.validity != Validity.IN_FORCE:
        raise WrongState(_("Giấy tờ này đã hủy hoặc đã được thay đổi hiệu lực."), state=row.state)
    row.state, row.void_why = PaperState.VOID, why
    row.save(update_fields=["state", "void_why"])
    keeping.tell("paper.voided", row, actor=actor, at=at, data={"reason": why})
    return views.paper(row)
