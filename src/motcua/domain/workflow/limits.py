"""Limits of steps: working minutes by the calendar of the agency that does the step."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from motcua.domain.deadlines import ledger, queries
from motcua.domain.deadlines.types import LimitRule, Unit

MINUTE = timedelta(minutes=1)


def due_at(minutes: int | None, agency_id: UUID | None, at: datetime) -> datetime | None:
    """Return when so many working minutes from ``at`` are over; None without a limit."""
    if minutes is None:
        return None
    return queries.promise([LimitRule(minutes, Unit.MINUTES)], agency_id, at)


def minutes_left(due: datetime | None, agency_id: UUID | None, at: datetime) -> int | None:
    """Return the working minutes from ``at`` to ``due``, a begun one whole; None without a limit or when late."""
    if due is None or due <= at:
        return None
    begin, end = ledger.wall(at), ledger.wall(due)
    return -(-queries.calendar_for(agency_id, begin.date()).open_between(begin, end) // MINUTE)
