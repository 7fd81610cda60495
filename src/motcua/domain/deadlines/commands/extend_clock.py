"""Extend a limit that a sector law lets extend."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import reckoning, shelf
from motcua.domain.deadlines.ledger import one_working_day_before
from motcua.domain.deadlines.types import ClockKind, ClockView, Entry, EntryKind, Unit
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState


@transaction.atomic
def extend_clock(
    *,
    subject_id: UUID,
    kind: ClockKind,
    amount: int,
    unit: Unit,
    at: datetime,
    actor: Actor,
    reason: str,
    ground: str,
    document: str = "",
    key: str = "",
    by: str = "",
) -> ClockView:
    """Add to the limit. `ground` is the article that allows it; `at` the approval, a working day before expiry.

    Raises Invalid without an article, WrongState when it comes too late or the clock does not run.
    """
    if not ground.strip():
        raise Invalid((FieldProblem("ground", _("Hãy ghi điều luật cho phép gia hạn.")),))
    row = reckoning.lock(subject_id, kind, key)
    if at > one_working_day_before(row.due_at, shelf.load(row.calendar_id)):
        raise WrongState(
            _("Gia hạn phải được duyệt trước hạn ít nhất 01 ngày làm việc. Hãy lập văn bản xin lỗi, hẹn lại."),
            reason="too_late",
        )
    entry = Entry(EntryKind.EXTENDED, at, reason, ground, document, by, amount, unit)
    return reckoning.add(row, entry, actor=actor, at=at)
