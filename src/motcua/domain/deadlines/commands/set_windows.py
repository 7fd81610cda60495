"""Set the weekly windows of a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import editing, models
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def set_windows(
    *,
    calendar_id: UUID,
    weekday: int,
    windows: Sequence[tuple[time, time]],
    actor: Actor,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> None:
    """Replace the windows of one weekday (0 = Monday) that begin on `valid_from`; no windows: as the parent.

    Running clocks move only when `recompute(apply=True)` is asked for. Raises Missing; Invalid for windows that
    overlap or cross midnight.
    """
    checked = editing.windows_of(windows)
    row = editing.lock(calendar_id)
    models.WorkingWindow.objects.filter(calendar=row, weekday=weekday, valid_from=valid_from).delete()
    models.WorkingWindow.objects.bulk_create(
        models.WorkingWindow(
            calendar=row,
            weekday=weekday,
            opens=window.opens,
            closes=window.closes,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for window in checked
    )
    editing.check_week(row, weekday)
    data = {"weekday": weekday, "windows": [str(window) for window in checked]}
    editing.report(row, "calendar.windows_set", data, actor=actor, at=at)
