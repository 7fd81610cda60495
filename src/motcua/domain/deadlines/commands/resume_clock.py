"""Let a paused clock go on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import reckoning
from motcua.domain.deadlines.types import ClockKind, ClockView, Entry, EntryKind
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def resume_clock(
    *,
    subject_id: UUID,
    kind: ClockKind,
    at: datetime,
    actor: Actor,
    reason: str = "",
    ground: str = "",
    document: str = "",
    key: str = "",
    by: str = "",
    from_at: datetime | None = None,
) -> ClockView:
    r"""Count what was left from \`from_at\` (default \`at\`). Raises Missing; WrongState when it is not paused."""
    row = reckoning.lock(subject_id, kind, key)
    entry = Entry(EntryKind.RESUMED, from_at or at, reason=reason, ground=ground, document=document, by=by)
    return reckoning.add(row, entry, actor=actor, at=at)
