"""Pause a clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import reckoning
from motcua.domain.deadlines.types import ClockKind, ClockView, Entry, EntryKind
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def pause_clock(
    *,
    subject_id: UUID,
    kind: ClockKind,
    at: datetime,
    actor: Actor,
    reason: str,
    ground: str,
    document: str = "",
    key: str = "",
    by: str = "",
    from_at: datetime | None = None,
) -> ClockView:
    r"""Stop counting; a clock already late keeps its due moment and only stops growing late.

    reason, ground, document: why, by which article and on which paper; all three are printed on the ledger.
    from_at: when it was true, if earlier than \`at\`. Raises Missing; WrongState when it is not running.
    """
    row = reckoning.lock(subject_id, kind, key)
    entry = Entry(EntryKind.PAUSED, from_at or at, reason=reason, ground=ground, document=document, by=by)
    return reckoning.add(row, entry, actor=actor, at=at)
