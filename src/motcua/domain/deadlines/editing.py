"""What every change of a calendar shares: lock it, give it a new stamp, say so in its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from itertools import combinations, pairwise
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import models
from motcua.domain.deadlines.calendars import BadCalendar, Window
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.identifiers import new_id


def lock(calendar_id: UUID) -> models.Calendar:
    """The calendar, locked, with a new stamp. Raises Missing."""
    row = models.Calendar.objects.select_for_update().filter(id=calendar_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy lịch làm việc."))
    row.stamp = new_id()
    row.save(update_fields=["stamp"])
    return row


def windows_of(pairs: Sequence[tuple[time, time]]) -> list[Window]:
    """The windows of one date, in order. Raises Invalid when they overlap or cross midnight."""
    try:
        found = sorted(Window(opens, closes) for opens, closes in pairs)
    except BadCalendar as wrong:
        sentence = _("Giờ mở cửa phải trước giờ đóng cửa trong cùng một ngày.")
        raise Invalid((FieldProblem("windows", sentence),)) from wrong
    _refuse_overlap(found)
    return found


def check_week(row: models.Calendar, weekday: int) -> None:
    """Raises Invalid when windows of one weekday overlap while both are valid (winter hours, summer hours)."""
    found = list(row.windows.filter(weekday=weekday))
    for first, second in combinations(found, 2):
        both = (first.valid_to or date.max) >= (second.valid_from or date.min) and (second.valid_to or date.max) >= (
            first.valid_from or date.min
        )
        if both:
            _refuse_overlap(sorted([Window(first.opens, first.closes), Window(second.opens, second.closes)]))


def _refuse_overlap(windows: Sequence[Window]) -> None:
    for earlier, later in pairwise(windows):
        if earlier.closes > later.opens:
            raise Invalid((FieldProblem("windows", _("Các khung giờ trong một ngày không được chồng lên nhau.")),))


def report(row: models.Calendar, kind: str, data: Mapping[str, object], *, actor: Actor, at: datetime) -> None:
    journal.record(kind=kind, subject=Subject("calendar", row.id), actor=actor, at=at, data=dict(data))
