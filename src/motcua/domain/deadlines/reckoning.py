"""From a clock's rows to its ledger, and the act every verb shares: compute anew, then write."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import ledger as arithmetic
from motcua.domain.deadlines import models, shelf
from motcua.domain.deadlines.types import (
    BadEntries,
    ClockKind,
    ClockState,
    ClockView,
    Entry,
    Ledger,
)
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState

#: The dossier's chain holds what happens to its clocks.
SUBJECT: Final = "dossier"

SENTENCES: Final[Mapping[str, Promise]] = {
    "not_running": _("Thời hạn này đang tạm dừng. Hãy cho tính tiếp trước."),
    "not_paused": _("Thời hạn này đang chạy, không có gì để tính tiếp."),
    "already_stopped": _("Thời hạn này đã kết thúc, không thay đổi được nữa."),
    "started_twice": _("Thời hạn này đang chạy rồi."),
    "backwards": _("Thời điểm này sớm hơn việc đã ghi trước đó. Hãy kiểm tra lại ngày giờ."),
    "amount": _("Số thời gian gia hạn phải lớn hơn 0."),
    "unit": _("Đơn vị gia hạn không khớp với đơn vị của thời hạn."),
    "not_started": _("Thời hạn này chưa bắt đầu."),
}


def of(row: models.Clock) -> Ledger:
    """The ledger of a clock, from its entries and its calendar as they are now."""
    entries = sorted(row.entries.all(), key=lambda entry: entry.seq)
    return compute(row, [entry.entry() for entry in entries])


def compute(row: models.Clock, entries: list[Entry]) -> Ledger:
    """The ledger with these entries. Raises WrongState for entries that contradict each other."""
    try:
        return arithmetic.compute(row.limit(), shelf.load(row.calendar_id), entries)
    except BadEntries as wrong:
        raise WrongState(SENTENCES[wrong.code], reason=wrong.code) from wrong


def lock(subject_id: UUID, kind: ClockKind, key: str) -> models.Clock:
    """The going clock of a kind, locked. Raises Missing, or WrongState when it has ended."""
    rows = models.Clock.objects.select_for_update().filter(subject_id=subject_id, kind=kind, key=key)
    row = rows.order_by("-round").first()
    if row is None:
        raise Missing(_("Hồ sơ chưa có thời hạn này."))
    if row.state == ClockState.STOPPED:
        raise WrongState(SENTENCES["already_stopped"], reason="already_stopped")
    return row


def add(row: models.Clock, entry: Entry, *, actor: Actor, at: datetime) -> ClockView:
    """Add an entry to a locked clock: entry, due moment and event in one transaction."""
    earlier = sorted(row.entries.all(), key=lambda each: each.seq)
    computed = compute(row, [*(each.entry() for each in earlier), entry])
    was_due_at = row.due_at
    write(row, computed)
    row.version += 1
    row.save()
    keep(row, entry, seq=len(earlier) + 1, actor=actor, at=at)
    report(row, entry, was_due_at, actor=actor)
    return row.view()


def write(row: models.Clock, computed: Ledger) -> None:
    """Put what was computed into the row."""
    row.state = computed.state
    row.due_at = computed.due_at
    row.nominal = computed.nominal.isoformat()
    row.stopped_at = computed.stopped_at


def keep(row: models.Clock, entry: Entry, *, seq: int, actor: Actor, at: datetime) -> None:
    models.ClockEntry.objects.create(
        clock=row,
        seq=seq,
        kind=entry.kind,
        at=entry.at,
        recorded_at=at,
        reason=entry.reason,
        ground=entry.ground,
        document=entry.document,
        by=entry.by,
        officer_id=actor.officer_id,
        amount=entry.amount,
        unit=entry.unit or "",
    )


def report(row: models.Clock, entry: Entry, was_due_at: datetime | None, *, actor: Actor) -> None:
    """Record the act in the history of the subject."""
    journal.record(
        kind=f"clock.{entry.kind}",
        subject=Subject(SUBJECT, row.subject_id),
        actor=actor,
        at=entry.at,
        data={
            "clock": row.kind,
            "key": row.key,
            "state": row.state,
            "due_at": row.due_at.isoformat(),
            "was_due_at": was_due_at.isoformat() if was_due_at else None,
            "reason": entry.reason,
            "ground": entry.ground,
            "document": entry.document,
        },
    )
