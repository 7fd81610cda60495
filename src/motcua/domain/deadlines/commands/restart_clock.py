"""Begin the full limit again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import reckoning
from motcua.domain.deadlines.types import ClockKind, ClockView, Entry, EntryKind
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def restart_clock(
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
    r"""Begin the full limit again from the hand-in of the last missing item.

    Source: NĐ 61/2018 Điều 19 khoản 4; TT 11/2025 15.8.

    from_at: that hand-in; \`at\` is the confirmation by the desk. A clock already late keeps its due moment.
    Raises Missing; WrongState when it has ended or the hand-in lies before what is already recorded.
    """
    row = reckoning.lock(subject_id, kind, key)
    entry = Entry(EntryKind.RESTARTED, from_at or at, reason=reason, ground=ground, document=document, by=by)
    return reckoning.add(row, entry, actor=actor, at=at)
