"""Calendars and shorthands the tests share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from motcua.domain.deadlines import national
from motcua.domain.deadlines.calendars import Calendar, DayKind, DayRule, WeekWindow, Window
from motcua.domain.deadlines.ledger import compute
from motcua.domain.deadlines.types import Entry, EntryKind, Ledger, LimitRule, Unit
from motcua.foundation.kernel.clocks import VIETNAM

HOURS = tuple(Window(opens, closes) for opens, closes in national.HOURS)
WEEK = tuple(WeekWindow(day, window) for day in national.WEEKDAYS for window in HOURS)
NATION = Calendar("cả nước", WEEK, national.DAYS)
SATURDAY_MORNINGS = Calendar("Một cửa Công an xã", [WeekWindow(5, Window(time(7, 30), time(11, 30)))], parent=NATION)


def with_days(*days: DayRule) -> Calendar:
    return Calendar("thử", WEEK, (*national.DAYS, *days))


def holiday(on: date) -> DayRule:
    return DayRule(on, DayKind.HOLIDAY, "Nghỉ đột xuất")


def at(text: str) -> datetime:
    """`2026-02-13 15:00:01` in Việt Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def run(rule: LimitRule, start: str, acts: Iterable[tuple[str, str]] = (), calendar: Calendar = NATION) -> Ledger:
    entries = [Entry(EntryKind.STARTED, at(start)), *(Entry(EntryKind(kind), at(when)) for kind, when in acts)]
    return compute(rule, calendar, entries)


def days(amount: int) -> LimitRule:
    return LimitRule(amount, Unit.WORKING_DAYS)
