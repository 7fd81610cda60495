"""How each family of units counts: begin, end, what is left, go on. Pure; wall-clock times.

A measure turns a start into a *nominal* end and the nominal end into the due moment. Days count
dates: the nominal end is a date, and only the due moment is moved off a rest day, so that a pause
within one date, or a pause split in two, changes nothing. Hours count time: the nominal end is the
exact expiry.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from typing import Final, Protocol, TypeVar

from motcua.domain.deadlines.calendars import ONE_DAY, Calendar
from motcua.domain.deadlines.types import DAYS, OPEN_TIME, BadEntries, LimitRule, Unit

Nominal = TypeVar("Nominal", date, datetime)
Left = TypeVar("Left", int, timedelta)

MONTHS_IN: Final = {Unit.MONTHS: 1, Unit.YEARS: 12}
TIME_OF: Final = {
    Unit.MINUTES: timedelta(minutes=1),
    Unit.WORKING_HOURS: timedelta(hours=1),
    Unit.ELAPSED_HOURS: timedelta(hours=1),
}


class Measure(Protocol[Nominal, Left]):
    """One way of counting. `received` is the moment after the start rules were applied."""

    def begin(self, rule: LimitRule, received: datetime) -> Nominal:
        """The nominal end of the whole limit."""

    def due(self, nominal: Nominal) -> datetime:
        """The due moment: the nominal end, moved off a rest day where the law says so."""

    def left(self, nominal: Nominal, paused_at: datetime) -> Left:
        """What remains when a clock that is not late pauses."""

    def go_on(self, left: Left, paused_at: datetime, resumed_at: datetime, /) -> Nominal:
        """The nominal end when what was left runs on."""

    def extend(self, nominal: Nominal, amount: int, unit: Unit) -> Nominal:
        """The nominal end after an extension. Raises BadEntries(unit)."""

    def added(self, before: Nominal, after: Nominal) -> Left:
        """How much a pause moved the nominal end, in the unit of the limit."""


class WorkingDays:
    """Nth working day after the start date, end of its last window (BLDS 2015 Điều 147)."""

    def __init__(self, calendar: Calendar, at_time: time | None) -> None:
        self.calendar = calendar
        self.at_time = at_time

    def begin(self, rule: LimitRule, received: datetime) -> date:
        if rule.amount:
            return self.calendar.working_after(received.date(), rule.amount)
        return _same_day(self.calendar, received)

    def due(self, nominal: date) -> datetime:
        on = self.calendar.next_working(nominal)
        if self.at_time is None:
            return datetime.combine(on, self.calendar.closing(on))
        wanted = datetime.combine(on, self.at_time)
        for window in self.calendar.windows(on):
            if self.at_time <= window.closes:
                return max(wanted, datetime.combine(on, window.opens))
        return datetime.combine(on, self.calendar.closing(on))

    def left(self, nominal: date, paused_at: datetime) -> int:
        return self.calendar.working_between(paused_at.date(), nominal)

    def go_on(self, left: int, paused_at: datetime, resumed_at: datetime, /) -> date:
        nominal = self.calendar.working_after(resumed_at.date(), left)
        return _not_yet_over(self, nominal, paused_at, resumed_at)

    def extend(self, nominal: date, amount: int, unit: Unit) -> date:
        return self.calendar.next_working(_later_date(self.calendar, nominal, amount, unit))

    def added(self, before: date, after: date) -> int:
        return self.calendar.working_between(before, after)


class CalendarDays:
    """Days, months and years: the nominal last day, moved off a rest day (Điều 148 khoản 3, 5)."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def begin(self, rule: LimitRule, received: datetime) -> date:
        if rule.amount:
            return _later_date(self.calendar, received.date(), rule.amount, rule.unit)
        return _same_day(self.calendar, received)

    def due(self, nominal: date) -> datetime:
        on = self.calendar.next_working(nominal)
        return datetime.combine(on, self.calendar.closing(on))

    def left(self, nominal: date, paused_at: datetime) -> int:
        return max((nominal - paused_at.date()).days, 0)

    def go_on(self, left: int, paused_at: datetime, resumed_at: datetime, /) -> date:
        nominal = resumed_at.date() + timedelta(days=left)
        return _not_yet_over(self, nominal, paused_at, resumed_at)

    def extend(self, nominal: date, amount: int, unit: Unit) -> date:
        return _later_date(self.calendar, nominal, amount, unit)

    def added(self, before: date, after: date) -> int:
        return max((after - before).days, 0)


class OpenTime:
    """Minutes and working hours: they run inside the windows only."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def begin(self, rule: LimitRule, received: datetime) -> datetime:
        starts = self.calendar.next_open(received)
        return self.calendar.add_open(starts, rule.amount * TIME_OF[rule.unit])

    def due(self, nominal: datetime) -> datetime:
        return nominal

    def left(self, nominal: datetime, paused_at: datetime) -> timedelta:
        return self.calendar.open_between(paused_at, nominal)

    def go_on(self, left: timedelta, _paused_at: datetime, resumed_at: datetime, /) -> datetime:
        return self.calendar.add_open(resumed_at, left)

    def extend(self, nominal: datetime, amount: int, unit: Unit) -> datetime:
        if unit not in OPEN_TIME:
            raise BadEntries("unit")
        return self.calendar.add_open(nominal, amount * TIME_OF[unit])

    def added(self, before: datetime, after: datetime) -> timedelta:
        return self.calendar.open_between(before, after)


class ElapsedTime:
    """Hours round the clock; expiry on a rest day is the same time of the next working day."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar

    def begin(self, rule: LimitRule, received: datetime) -> datetime:
        starts = self.calendar.next_open(received) if rule.in_windows else received
        return starts + rule.amount * TIME_OF[rule.unit]

    def due(self, nominal: datetime) -> datetime:
        return datetime.combine(self.calendar.next_working(nominal.date()), nominal.time())

    def left(self, nominal: datetime, paused_at: datetime) -> timedelta:
        return max(nominal - paused_at, timedelta())

    def go_on(self, left: timedelta, _paused_at: datetime, resumed_at: datetime, /) -> datetime:
        return resumed_at + left

    def extend(self, nominal: datetime, amount: int, unit: Unit) -> datetime:
        if unit is not Unit.ELAPSED_HOURS:
            raise BadEntries("unit")
        return nominal + amount * TIME_OF[unit]

    def added(self, before: datetime, after: datetime) -> timedelta:
        return max(after - before, timedelta())


def received(rule: LimitRule, calendar: Calendar, at: datetime) -> datetime:
    """The moment a receipt counts from, after the edition's start rules.

    After the cut-off, or (by option) after hours or on a rest day, it is the opening of the next
    working day. A receipt at lunch or before the doors open is still that day's.
    """
    on = at.date()
    if rule.cut_off is not None and at.time() > rule.cut_off:
        return _opening_after(calendar, on)
    if rule.after_hours_next_day and _is_after_hours(calendar, at):
        return _opening_after(calendar, on)
    return at


def _is_after_hours(calendar: Calendar, at: datetime) -> bool:
    on = at.date()
    return not calendar.is_working(on) or at.time() > calendar.closing(on)


def _opening_after(calendar: Calendar, on: date) -> datetime:
    following = calendar.next_working(on + ONE_DAY)
    return datetime.combine(following, calendar.windows(following)[0].opens)


def _same_day(calendar: Calendar, received: datetime) -> date:
    """Limit 0: the date itself, unless it is a rest day or its last window has closed."""
    on = calendar.next_working(received.date())
    if on == received.date() and received.time() > calendar.closing(on):
        return calendar.next_working(on + ONE_DAY)
    return on


def _not_yet_over(
    measure: WorkingDays | CalendarDays, nominal: date, paused_at: datetime, resumed_at: datetime
) -> date:
    """Paused on its last day and woken after closing on another date: the next working day.

    A clock that was on time is not late by waking up. Within one date a pause still moves nothing.
    """
    if paused_at.date() == resumed_at.date() or measure.due(nominal) >= resumed_at:
        return nominal
    return measure.calendar.next_working(nominal + ONE_DAY)


def _later_date(calendar: Calendar, on: date, amount: int, unit: Unit) -> date:
    if unit is Unit.CALENDAR_DAYS:
        return on + timedelta(days=amount)
    if unit is Unit.WORKING_DAYS:
        return calendar.working_after(on, amount)
    if unit not in DAYS:
        raise BadEntries("unit")
    months = on.year * 12 + on.month - 1 + amount * MONTHS_IN[unit]
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
