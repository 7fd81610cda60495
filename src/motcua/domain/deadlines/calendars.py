"""A working calendar as a value: windows per weekday, days that differ, inherited from a parent.

Pure. Dates and times are wall-clock times in Việt Nam, which has no daylight saving.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

ONE_DAY: Final = timedelta(days=1)
MONDAY: Final = 0
#: No closure lasts this long; a calendar without an open day in it can never end a limit.
LONGEST_SEARCH: Final = 400


class BadCalendar(ValueError):
    """A calendar nobody can work by; `code`: `midnight`, `overlap`, `never_open`, `cycle`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Open from `opens` to `closes` on one date; never across midnight."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise BadCalendar("midnight")

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class WeekWindow:
    """A window that returns every week on `weekday` (0 = Monday) while it is valid."""

    weekday: int
    window: Window
    valid_from: date | None = None
    valid_to: date | None = None

    def is_valid(self, on: date) -> bool:
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    HALF_DAY = "half_day"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class DayRule:
    """One date that differs from its weekday.

    A make-up day works by `windows`, or as a Monday; a half-day needs its window.
    """

    on: date
    kind: DayKind
    name: str
    ground: str = ""
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True)
class Day:
    """One date as it really is."""

    windows: tuple[Window, ...]
    rule: DayRule | None = None


class Calendar:
    """Answers what is open when. Own windows of a weekday and own days stand before the parent's."""

    __slots__ = ("_days", "_rules", "_week", "name", "parent")

    def __init__(
        self,
        name: str,
        windows: Iterable[WeekWindow] = (),
        days: Iterable[DayRule] = (),
        parent: Calendar | None = None,
    ) -> None:
        self.name = name
        self.parent = parent
        self._week: Mapping[int, list[WeekWindow]] = {n: [] for n in range(7)}
        for each in windows:
            self._week[each.weekday].append(each)
        self._rules = {rule.on: rule for rule in days}
        self._days: dict[date, Day] = {}

    def day(self, on: date) -> Day:
        """The windows of a date and the rule that made them differ. Raises BadCalendar(overlap)."""
        found = self._days.get(on)
        if found is None:
            found = self._days[on] = self._build(on)
        return found

    def windows(self, on: date) -> tuple[Window, ...]:
        return self.day(on).windows

    def is_working(self, on: date) -> bool:
        return bool(self.day(on).windows)

    def closing(self, on: date) -> time:
        """The end of the last window of a working day."""
        return self.day(on).windows[-1].closes

    def rules_between(self, after: date, until: date) -> list[DayRule]:
        """Days that differ, in (after, until], in order; holidays on ordinary rest days left out."""
        found: list[DayRule] = []
        on = after
        while on < until:
            on += ONE_DAY
            rule = self.day(on).rule
            if rule and (rule.kind is not DayKind.HOLIDAY or self._weekly(on.weekday(), on)):
                found.append(rule)
        return found

    def next_working(self, on: date) -> date:
        """The date itself when it is a working day, otherwise the first one after it."""
        for _ in range(LONGEST_SEARCH):
            if self.day(on).windows:
                return on
            on += ONE_DAY
        raise BadCalendar("never_open")

    def working_after(self, on: date, count: int) -> date:
        """The `count`-th working day after a date (count ≥ 1)."""
        for _ in range(count):
            on = self.next_working(on + ONE_DAY)
        return on

    def working_between(self, after: date, until: date) -> int:
        """How many working days lie in (after, until]."""
        count = 0
        while after < until:
            after += ONE_DAY
            count += bool(self.day(after).windows)
        return count

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is open (closing time not), otherwise the next opening."""
        on = moment.date()
        for _ in range(LONGEST_SEARCH):
            for window in self.day(on).windows:
                if moment < datetime.combine(on, window.closes):
                    return max(moment, datetime.combine(on, window.opens))
            on += ONE_DAY
        raise BadCalendar("never_open")

    def add_open(self, moment: datetime, amount: timedelta) -> datetime:
        """The moment when `amount` of open time has passed; closing time belongs to its window."""
        if not amount:
            return self._touching(moment)
        on = self.next_open(moment).date()
        while True:
            for window in self.day(on).windows:
                opens = max(moment, datetime.combine(on, window.opens))
                room = datetime.combine(on, window.closes) - opens
                if room >= amount:
                    return opens + amount
                amount -= max(room, timedelta())
            on = self.next_working(on + ONE_DAY)

    def open_between(self, begin: datetime, end: datetime) -> timedelta:
        """Open time between two moments; zero when `end` is not after `begin`."""
        total, on = timedelta(), begin.date()
        while on <= end.date():
            for window in self.day(on).windows:
                opens = max(begin, datetime.combine(on, window.opens))
                total += max(min(end, datetime.combine(on, window.closes)) - opens, timedelta())
            on += ONE_DAY
        return total

    def _touching(self, moment: datetime) -> datetime:
        """The moment itself when a window holds it, both ends included; otherwise the next opening."""
        for window in self.day(moment.date()).windows:
            if window.opens <= moment.time() <= window.closes:
                return moment
        return self.next_open(moment)

    def _rule(self, on: date) -> DayRule | None:
        own = self._rules.get(on)
        return own if own or self.parent is None else self.parent._rule(on)

    def _weekly(self, weekday: int, on: date) -> tuple[Window, ...]:
        own = tuple(sorted(w.window for w in self._week[weekday] if w.is_valid(on)))
        if own or self.parent is None:
            return own
        return self.parent._weekly(weekday, on)

    def _build(self, on: date) -> Day:
        rule = self._rule(on)
        if rule is None:
            windows = self._weekly(on.weekday(), on)
        elif rule.kind is DayKind.MAKE_UP:
            windows = rule.windows or self._weekly(MONDAY, on)
        elif rule.kind is DayKind.HALF_DAY:
            windows = rule.windows
        else:
            windows = ()
        windows = tuple(sorted(windows))
        for earlier, later in itertools.pairwise(windows):
            if earlier.closes > later.opens:
                raise BadCalendar("overlap")
        return Day(windows, rule)
