"""The ledger: from a rule, a calendar and what happened, the due moment and how it came about.

Pure arithmetic: no clock, no database, no Django. `compute` reads the entries of one clock in order
and writes a line for each thing that moved the due moment; the last line is the answer. The rules
are those of `docs/mechanisms/deadlines.md`; sources: NĐ 118/2025 Điều 17, BLDS 2015 Điều 147–148,
NĐ 63/2024 as amended by NĐ 301/2026.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Generic

from motcua.domain.deadlines.calendars import Calendar, DayKind
from motcua.domain.deadlines.measures import (
    CalendarDays,
    ElapsedTime,
    Left,
    Measure,
    Nominal,
    OpenTime,
    WorkingDays,
    received,
)
from motcua.domain.deadlines.types import (
    DAYS,
    OPEN_TIME,
    BadEntries,
    ClockState,
    Entry,
    EntryKind,
    Ledger,
    LimitRule,
    Line,
    LineCode,
    Pause,
    Unit,
    Value,
)
from motcua.foundation.kernel.clocks import VIETNAM

LINE_OF_DAY = {
    DayKind.HOLIDAY: LineCode.REST_DAY,
    DayKind.CLOSURE: LineCode.REST_DAY,
    DayKind.MAKE_UP: LineCode.MAKE_UP_DAY,
    DayKind.HALF_DAY: LineCode.HALF_DAY,
}


def compute(rule: LimitRule, calendar: Calendar, entries: Sequence[Entry]) -> Ledger:
    """The ledger of one clock. The first entry starts it; `at` never goes back.

    Raises BadEntries when the entries contradict each other, BadCalendar when no day is ever open.
    """
    if not entries or entries[0].kind is not EntryKind.STARTED:
        raise BadEntries("not_started")
    if rule.unit is Unit.WORKING_DAYS:
        return _run(rule, calendar, entries, lambda at: _working_days(rule, calendar, at))
    if rule.unit in DAYS:
        return _run(rule, calendar, entries, lambda _: CalendarDays(calendar))
    if rule.unit in OPEN_TIME:
        return _run(rule, calendar, entries, lambda _: OpenTime(calendar))
    return _run(rule, calendar, entries, lambda _: ElapsedTime(calendar))


def promise(rules: Sequence[LimitRule], calendar: Calendar, at: datetime) -> datetime:
    """The earliest due moment of several limits (the law's and the shortened one) started at `at`."""
    start = [Entry(EntryKind.STARTED, at)]
    return min(compute(rule, calendar, start).due_at for rule in rules)


def one_working_day_before(due_at: datetime, calendar: Calendar) -> datetime:
    """The last moment at which an extension may still be approved: one working day before expiry."""
    due = wall(due_at)
    on = due.date() - timedelta(days=1)
    while not calendar.is_working(on):
        on -= timedelta(days=1)
    return moment(datetime.combine(on, due.time()))


def wall(at: datetime) -> datetime:
    """Wall-clock time in Việt Nam, in whole seconds as papers print it."""
    return at.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)


def moment(at: datetime) -> datetime:
    """The aware moment of a wall-clock time."""
    return at.replace(tzinfo=VIETNAM)


def _working_days(rule: LimitRule, calendar: Calendar, at: datetime) -> WorkingDays:
    return WorkingDays(calendar, at.time() if rule.same_time else None)


def _run(
    rule: LimitRule,
    calendar: Calendar,
    entries: Sequence[Entry],
    measure: Callable[[datetime], Measure[Nominal, Left]],
) -> Ledger:
    course = _Course(rule, calendar, measure)
    course.start(entries[0])
    for entry in entries[1:]:
        course.take(entry)
    return course.ledger()


class _Course(Generic[Nominal, Left]):
    """One clock while its entries are read. Times inside are wall-clock times."""

    nominal: Nominal
    measure: Measure[Nominal, Left]
    due: datetime
    since: datetime
    asleep_since: datetime

    def __init__(
        self,
        rule: LimitRule,
        calendar: Calendar,
        measure: Callable[[datetime], Measure[Nominal, Left]],
    ) -> None:
        self.rule = rule
        self.calendar = calendar
        self.make_measure: Callable[[datetime], Measure[Nominal, Left]] = measure
        self.lines: list[Line] = []
        self.explained: set[date] = set()
        self.pauses: list[Pause] = []
        self.state = ClockState.RUNNING
        self.left: Left | None = None
        self.resumed: tuple[datetime, Left] | None = None
        self.is_late = False
        self.last_at: datetime | None = None
        self.stopped_at: datetime | None = None

    # ── the acts ────────────────────────────────────────────────────────────────────────────

    def start(self, entry: Entry) -> None:
        self.last_at = self.started_at = wall(entry.at)
        self.line(LineCode.STARTED, entry, due=None)
        self.begin(self.started_at)

    def take(self, entry: Entry) -> None:
        at = wall(entry.at)
        if self.last_at is not None and at < self.last_at:
            raise BadEntries("backwards")
        if self.state is ClockState.STOPPED:
            raise BadEntries("already_stopped")
        self.last_at = at
        match entry.kind:
            case EntryKind.PAUSED:
                self.pause(entry, at)
            case EntryKind.RESUMED:
                self.resume(entry, at)
            case EntryKind.RESTARTED:
                self.restart(entry, at)
            case EntryKind.EXTENDED:
                self.extend(entry, at)
            case EntryKind.STOPPED:
                self.stop(entry, at)
            case EntryKind.STARTED:
                raise BadEntries("started_twice")

    def pause(self, entry: Entry, at: datetime) -> None:
        """Hold what is left; a clock already late keeps its due moment and only stops growing late."""
        if self.state is not ClockState.RUNNING:
            raise BadEntries("not_running")
        self.state = ClockState.PAUSED
        goes_on = self.resumed is not None and self.resumed[0] == at
        self.is_late = at > self.due and not goes_on
        self.pauses.append(Pause(moment(at), None, reason=entry.reason, document=entry.document))
        if self.is_late:
            self.line(LineCode.PAUSED_LATE, entry)
            return
        if goes_on and self.resumed is not None:  # a pause that begins as the last one ends continues it
            self.left = self.resumed[1]
        else:
            self.asleep_since = at
            self.left = self.measure.left(self.nominal, at)
        self.line(LineCode.PAUSED, entry, left=self.left, unit=self.rule.unit)

    def resume(self, entry: Entry, at: datetime) -> None:
        if self.state is not ClockState.PAUSED:
            raise BadEntries("not_paused")
        before, left = self.nominal, self.left
        if left is None:
            self.end_pause(at)
            self.line(LineCode.RESUMED_LATE, entry)
            return
        self.nominal = self.measure.go_on(left, self.asleep_since, at)
        self.due = self.measure.due(self.nominal)
        self.resumed = (at, left)
        added = self.measure.added(before, self.nominal)
        paused = self.end_pause(at, added)
        self.explain_days(at, self.due)
        self.line(
            LineCode.RESUMED,
            entry,
            left=left,
            added=added,
            unit=self.rule.unit,
            pause_reason=paused.reason,
            pause_document=paused.document,
        )
        self.explain_move()

    def restart(self, entry: Entry, at: datetime) -> None:
        """The full limit again; never for a clock that is late (its due moment stays)."""
        paused = self.state is ClockState.PAUSED
        late = self.is_late if paused else at > self.due
        if paused:
            self.end_pause(at)
        if late:
            self.line(LineCode.RESTART_TOO_LATE, entry)
            return
        self.explained.clear()
        self.line(LineCode.RESTARTED, entry, due=None)
        self.begin(at)

    def extend(self, entry: Entry, at: datetime) -> None:
        if self.state is not ClockState.RUNNING:
            raise BadEntries("not_running")
        if entry.amount <= 0:
            raise BadEntries("amount")
        unit = entry.unit or self.rule.unit
        if at > self.due:
            self.line(LineCode.EXTENSION_TOO_LATE, entry, amount=entry.amount, unit=unit)
            return
        before, self.resumed = self.due, None
        self.nominal = self.measure.extend(self.nominal, entry.amount, unit)
        self.due = self.measure.due(self.nominal)
        self.explain_days(before, self.due)
        self.line(LineCode.EXTENDED, entry, amount=entry.amount, unit=unit)
        self.explain_move()

    def stop(self, entry: Entry, at: datetime) -> None:
        self.state = ClockState.STOPPED
        self.stopped_at = at
        self.line(LineCode.STOPPED, entry)

    # ── what the acts share ─────────────────────────────────────────────────────────────────

    def begin(self, at: datetime) -> None:
        """Apply the start rules and count the whole limit, with a line for each step."""
        self.resumed = None
        self.since = received(self.rule, self.calendar, at)
        if self.since != at:
            late = self.rule.cut_off is not None and at.time() > self.rule.cut_off
            code = LineCode.AFTER_CUT_OFF if late else LineCode.COUNTS_NEXT_DAY
            self.say(code, at, cut_off=self.rule.cut_off, counts_from=moment(self.since))
        self.measure = self.make_measure(self.since)
        self.nominal = self.measure.begin(self.rule, self.since)
        self.due = self.measure.due(self.nominal)
        if self.rule.unit in DAYS:
            if self.rule.amount:
                self.say(LineCode.DAY_NOT_COUNTED, self.since.date())
        else:
            self.since = self.explain_opening()
        self.explain_windows()
        self.explain_days(self.since, self.due)
        self.lines.append(
            Line(
                LineCode.LIMIT,
                self.nominal_out(),
                moment(self.due),
                {"amount": self.rule.amount, "unit": self.rule.unit},
                ground=self.rule.ground,
            )
        )
        self.explain_move()

    def end_pause(self, at: datetime, added: int | timedelta = 0) -> Pause:
        self.state = ClockState.RUNNING
        self.left = None
        self.is_late = False
        self.pauses[-1] = replace(self.pauses[-1], to_at=moment(at), added=added)
        return self.pauses[-1]

    def explain_opening(self) -> datetime:
        """Hours that run inside windows begin with the next open minute."""
        if self.rule.unit not in OPEN_TIME and not self.rule.in_windows:
            return self.since
        opens = self.calendar.next_open(self.since)
        if opens != self.since:
            self.say(LineCode.NEXT_OPEN_MINUTE, moment(opens))
        return opens

    def explain_windows(self) -> None:
        on = self.calendar.next_working(self.since.date())
        windows = ", ".join(str(window) for window in self.calendar.windows(on))
        self.say(LineCode.WINDOWS, on, windows=windows, calendar=self.calendar.name)

    def explain_days(self, after: datetime, until: datetime) -> None:
        """A line for each holiday, closure, make-up or half day that the count met."""
        if self.rule.unit not in OPEN_TIME and self.rule.unit is not Unit.WORKING_DAYS:
            return
        for rule in self.calendar.rules_between(after.date(), until.date()):
            if rule.on in self.explained:
                continue
            self.explained.add(rule.on)
            self.lines.append(Line(LINE_OF_DAY[rule.kind], rule.on, None, {"name": rule.name}, ground=rule.ground))

    def explain_move(self) -> None:
        nominal = self.nominal
        on = nominal.date() if isinstance(nominal, datetime) else nominal
        if on != self.due.date():
            rule = self.calendar.day(on).rule
            self.lines.append(
                Line(
                    LineCode.MOVED_OFF_REST,
                    on,
                    moment(self.due),
                    {"name": rule.name if rule else "", "to": self.due.date()},
                    ground="Bộ luật Dân sự 2015, Điều 148 khoản 5",
                )
            )

    def nominal_out(self) -> date | datetime:
        return moment(self.nominal) if isinstance(self.nominal, datetime) else self.nominal

    def say(self, code: LineCode, at: datetime | date, **values: Value) -> None:
        shown = at if not isinstance(at, datetime) or at.tzinfo else moment(at)
        self.lines.append(Line(code, shown, None, values))

    def line(self, code: LineCode, entry: Entry, *, due: datetime | str | None = "now", **values: Value) -> None:
        self.lines.append(
            Line(
                code,
                moment(wall(entry.at)),
                moment(self.due) if due == "now" else None,
                values,
                reason=entry.reason,
                ground=entry.ground,
                document=entry.document,
                by=entry.by,
            )
        )

    def ledger(self) -> Ledger:
        in_days = self.rule.unit in DAYS
        since = self.since.date() if in_days else moment(self.since)
        values: Mapping[str, Value] = {
            "amount": self.rule.amount,
            "unit": self.rule.unit,
            "since": since,
            "state": self.state,
            "left": self.left,
        }
        answer = Line(LineCode.ANSWER, moment(self.due), moment(self.due), values)
        return Ledger(
            rule=self.rule,
            lines=(*self.lines, answer),
            due_at=moment(self.due),
            nominal=self.nominal_out(),
            state=self.state,
            started_at=moment(self.started_at),
            late_at_pause=self.is_late,
            left=self.left,
            pauses=tuple(self.pauses),
            stopped_at=moment(self.stopped_at) if self.stopped_at else None,
        )
