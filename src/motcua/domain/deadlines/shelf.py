"""Calendars taken from their tables as values; a loaded one is kept until its stamp changes."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import models
from motcua.domain.deadlines.calendars import BadCalendar, Calendar, DayKind, DayRule, WeekWindow, Window
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import queries as organisation

#: A calendar inherits at most this deep: nation, province, district office, desk, counter.
DEEPEST = 8


def row_for(agency_id: UUID | None, on: date) -> models.Calendar:
    """The agency's calendar on the date, that of the nearest agency above it, or the nation's. Raises Missing."""
    rows = models.Calendar.objects.order_by(F("valid_from").asc(nulls_first=True))
    valid = {row.agency_id: row for row in rows if _is_valid(row, on)}  # the one that began last stays
    above = agency_id
    while above is not None and len(valid) > 1:  # nobody is asked for the tree while the nation's is the only one
        if above in valid:
            return valid[above]
        above = _parent(above)
    if None not in valid:
        raise Missing(_("Chưa có lịch làm việc. Hãy nhờ quản trị viên thiết lập lịch."))
    return valid[None]


def _parent(agency_id: UUID) -> UUID | None:
    found = organisation.agencies([agency_id]).get(agency_id)
    return found.parent_id if found else None


def load(calendar_id: UUID) -> Calendar:
    """The calendar as a value, with what it inherits. Raises Missing, BadCalendar(cycle)."""
    rows = {row.id: row for row in models.Calendar.objects.all()}
    chain: list[tuple[UUID, UUID]] = []
    at: UUID | None = calendar_id
    while at is not None:
        if at not in rows:
            raise Missing(_("Không tìm thấy lịch làm việc."))
        if len(chain) == DEEPEST:
            raise BadCalendar("cycle")
        chain.append((at, rows[at].stamp))
        at = rows[at].parent_id
    return _chain(tuple(chain))


@lru_cache(maxsize=256)
def _chain(chain: tuple[tuple[UUID, UUID], ...]) -> Calendar:
    (calendar_id, _stamp), *parents = chain
    row = models.Calendar.objects.get(id=calendar_id)
    return Calendar(
        row.name,
        windows=[
            WeekWindow(each.weekday, Window(each.opens, each.closes), each.valid_from, each.valid_to)
            for each in row.windows.all()
        ],
        days=[_day(each) for each in row.days.all()],
        parent=_chain(tuple(parents)) if parents else None,
    )


def _day(row: models.DayRule) -> DayRule:
    windows = tuple(Window(time.fromisoformat(a), time.fromisoformat(b)) for a, b in row.windows)
    return DayRule(row.on, DayKind(row.kind), row.name, row.ground, windows)


def _is_valid(row: models.Calendar, on: date) -> bool:
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on <= row.valid_to)
