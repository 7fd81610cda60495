"""Print an issued paper again: the same file, marked as a reprint in the history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.documents import keeping
from motcua.domain.documents.types import PaperState
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def reprint_paper(*, paper_id: UUID, actor: Actor, at: datetime, reason: str = "") -> UUID:
    """Return the id of the issued file to be printed again (TT 11/2025/TT-BKHCN 19). Raises Missing, WrongState."""
    row = keeping.locked(paper_id, state=PaperState.ISSUED)
    keeping.tell("paper.reprinted", row, actor=actor, at=at, data={"reason": reason})
    return row.file_id
