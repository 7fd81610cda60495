"""Say how one date differs, or that it no longer does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import editing, models
from motcua.domain.deadlines.calendars import DayKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def set_day(
    *,
    calendar_id: UUID,
    on: date,
    kind: DayKind,
    name: str,
    actor: Actor,
    at: datetime,
    ground: str = "",
    windows: Sequence[tuple[time, time]] = (),
) -> None:
    """A holiday, make-up day, half-day or closure; it replaces what the calendar said of that date.

    A half-day needs its window. Raises Missing, Invalid. Running clocks move with `recompute(apply=True)`.
    """
    checked = editing.windows_of(windows)
    if kind is DayKind.HALF_DAY and not checked:
        raise Invalid((FieldProblem("windows", _("Hãy ghi giờ làm việc của buổi đó.")),))
    row = editing.lock(calendar_id)
    models.DayRule.objects.update_or_create(
        calendar=row,
        on=on,
        defaults={
            "kind": kind,
            "name": name,
            "ground": ground,
            "windows": [[f"{w.opens:%H:%M}", f"{w.closes:%H:%M}"] for w in checked],
        },
    )
    data = {"on": on.isoformat(), "kind": kind.value, "name": name, "ground": ground}
    editing.report(row, "calendar.day_set", data, actor=actor, at=at)


@transaction.atomic
def clear_day(*, calendar_id: UUID, on: date, actor: Actor, at: datetime) -> None:
    """The date is again what its weekday (or the parent calendar) says. Raises Missing."""
    row = editing.lock(calendar_id)
    models.DayRule.objects.filter(calendar=row, on=on).delete()
    editing.report(row, "calendar.day_cleared", {"on": on.isoformat()}, actor=actor, at=at)
