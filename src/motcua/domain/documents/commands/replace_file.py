"""Put the next state of a draft's file in place of the last: signed, sealed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import keeping, views
from motcua.domain.documents.types import Paper, PaperState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as files


@transaction.atomic
def replace_file(*, paper_id: UUID, file_id: UUID, reason: str, actor: Actor, at: datetime) -> Paper:
    """Give a draft its next bytes, which must begin with the present ones: a signature only appends.

    Raises Missing, WrongState (not a draft, or the new file is another document).
    """
    row = keeping.locked(paper_id, state=PaperState.DRAFT)
    before, after = files.read(row.file_id), files.read(file_id)
    if not after.startswith(before):
        raise WrongState(_("Tệp này không phải bản ký tiếp của văn bản. Hãy ký lại từ văn bản hiện hành."))
    old = row.file_id
    row.file_id, row.sha256 = file_id, files.file(file_id).sha256
    row.save(update_fields=["file_id", "sha256"])
    storage.mark_referenced(file_ids=[file_id], at=at)
    keeping.tell("paper.file_replaced", row, actor=actor, at=at, data={"before": str(old), "reason": reason})
    return views.paper(row)
