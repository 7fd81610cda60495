"""Keep the proof that money collected elsewhere was paid there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.payments import models, reckoning, settling
from motcua.domain.payments.types import Account, DueKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState


@transaction.atomic
def prove_due(
    *, subject_id: UUID, due_id: UUID, document: str, actor: Actor, at: datetime, file_id: UUID | None = None
) -> Account:
    """Note the treasury's slip of an informational due: no till, no receipt, no refund of ours.

    Raises Missing; WrongState for a due that is collected here.
    """
    row = reckoning.lock(subject_id)
    due = next(iter(reckoning.account_of(row).named([due_id])), None)
    if due is None:
        raise Missing(_("Không tìm thấy khoản phải nộp này."))
    if due.kind is not DueKind.ELSEWHERE:
        raise WrongState(_("Khoản này thu tại đây, hãy thu và xuất biên lai."))
    models.Proof.objects.create(due_id=due.id, document=document, file_id=file_id, at=at, officer_id=actor.officer_id)
    settling.report("due.proven", subject_id, {"due": due.key, "document": document}, actor=actor, at=at)
    return reckoning.account_of(row)
