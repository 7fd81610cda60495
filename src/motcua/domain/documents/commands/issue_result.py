"""Issue a signed, numbered result: from here on its bytes are fixed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import keeping, views
from motcua.domain.documents.types import Paper, PaperState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def issue_result(*, paper_id: UUID, actor: Actor, at: datetime) -> Paper:
    """Make the draft an issued paper, in force. Whether its signatures are there and valid is the caller's to check.

    Raises Missing, WrongState (not a draft, or without a number).
    """
    row = keeping.locked(paper_id, state=PaperState.DRAFT)
    if row.number is None:
        raise WrongState(_("Văn bản chưa được cấp số nên chưa phát hành được."))
    row.state, row.issued_at = PaperState.ISSUED, at
    row.save(update_fields=["state", "issued_at"])
    keeping.tell("paper.issued", row, actor=actor, at=at, data={"template_version": row.template.version})
    return views.paper(row)
