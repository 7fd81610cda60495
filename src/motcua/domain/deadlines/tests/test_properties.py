"""What must hold for every calendar, limit and course of events."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from motcua.domain.deadlines.calendars import Calendar, DayKind, DayRule, WeekWindow, Window
from motcua.domain.deadlines.ledger import compute
from motcua.domain.deadlines.tests.calendars import HOURS, WEEK
from motcua.domain.deadlines.types import DAYS, ClockState, Entry, EntryKind, Ledger, LimitRule, Unit
from motcua.foundation.kernel.clocks import VIETNAM

BEGIN = datetime(2026, 1, 1)  # noqa: DTZ001
MOST = {
    Unit.MINUTES: 3000,
    Unit.WORKING_HOURS: 60,
    Unit.ELAPSED_HOURS: 200,
    Unit.WORKING_DAYS: 30,
    Unit.CALENDAR_DAYS: 60,
    Unit.MONTHS: 4,
    Unit.YEARS: 1,
}

seconds = st.integers(0, 200 * 86400)
# Moments cluster where the arithmetic has its corners: openings, closings, lunch, the cut-off, midnight.
corners = st.tuples(
    st.integers(0, 200),
    st.sampled_from([0, 1, 25199, 25200, 41400, 41401, 45000, 48600, 54000, 54001, 61200, 61201, 86399]),
).map(lambda pair: pair[0] * 86400 + pair[1])
moments = st.one_of(seconds, corners).map(lambda s: (BEGIN + timedelta(seconds=s)).replace(tzinfo=VIETNAM))


@st.composite
def rules(draw: st.DrawFn, units: tuple[Unit, ...] = tuple(Unit)) -> LimitRule:
    unit = draw(st.sampled_from(units))
    least = 0 if unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS) else 1
    amount = draw(st.one_of(st.integers(least, 3), st.integers(least, MOST[unit])))
    return LimitRule(
        amount,
        unit,
        after_hours_next_day=draw(st.booleans()),
        cut_off=draw(st.sampled_from([None, time(15)])),
        same_time=unit is Unit.WORKING_DAYS and amount > 0 and draw(st.booleans()),
        in_windows=draw(st.booleans()),
    )


dates = st.integers(0, 400).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
off_days = st.lists(dates, max_size=60, unique=True)


def calendar(off: list[date], *, saturdays: bool = False, make_up: list[date] | None = None) -> Calendar:
    week = [*WEEK, WeekWindow(5, Window(time(7, 30), time(11, 30)))] if saturdays else list(WEEK)
    working = [DayRule(day, DayKind.MAKE_UP, "làm bù", windows=HOURS) for day in make_up or [] if day not in off]
    return Calendar("thử", week, [*(DayRule(day, DayKind.HOLIDAY, "nghỉ") for day in off), *working])


calendars = st.builds(calendar, off_days, saturdays=st.booleans(), make_up=st.lists(dates, max_size=10, unique=True))


def ledger(rule: LimitRule, by: Calendar, start: datetime, *acts: tuple[EntryKind, datetime]) -> Ledger:
    entries = [Entry(EntryKind.STARTED, start), *(Entry(kind, at, amount=1) for kind, at in acts)]
    return compute(rule, by, entries)


def expiry(found: Ledger) -> datetime:
    """The due moment; for elapsed hours the exact expiry, before it is moved off a rest day."""
    if found.rule.unit is Unit.ELAPSED_HOURS:
        assert isinstance(found.nominal, datetime)
        return found.nominal
    return found.due_at


@given(rules(), calendars, moments, moments)
@settings(max_examples=100, deadline=None)
def test_a_later_start_is_never_due_earlier(rule: LimitRule, by: Calendar, one: datetime, two: datetime) -> None:
    earlier, later = sorted([one, two])
    assert expiry(ledger(rule, by, earlier)) <= expiry(ledger(rule, by, later))


@given(rules(), calendars, moments)
@settings(max_examples=100, deadline=None)
def test_never_due_on_a_rest_day_nor_before_the_start(rule: LimitRule, by: Calendar, start: datetime) -> None:
    due = ledger(rule, by, start).due_at
    assert by.is_working(due.date())
    assert due >= start
    if rule.unit is not Unit.ELAPSED_HOURS:
        assert any(w.opens <= due.timetz().replace(tzinfo=None) <= w.closes for w in by.windows(due.date()))


@given(rules(), calendars, st.lists(moments, min_size=3, max_size=3))
@settings(max_examples=100, deadline=None)
def test_pausing_never_makes_a_dossier_due_earlier(rule: LimitRule, by: Calendar, three: list[datetime]) -> None:
    start, paused, resumed = sorted(three)
    after = ledger(rule, by, start, (EntryKind.PAUSED, paused), (EntryKind.RESUMED, resumed))
    assert expiry(after) >= expiry(ledger(rule, by, start))
    again = ledger(rule, by, start, (EntryKind.PAUSED, paused), (EntryKind.RESTARTED, resumed))
    assert expiry(again) >= expiry(ledger(rule, by, start))


@given(rules(), calendars, st.lists(moments, min_size=3, max_size=3))
@settings(max_examples=100, deadline=None)
def test_a_clock_on_time_is_not_late_by_waking_up(rule: LimitRule, by: Calendar, three: list[datetime]) -> None:
    start, paused, resumed = sorted(three)
    asleep = ledger(rule, by, start, (EntryKind.PAUSED, paused))
    assume(not asleep.late_at_pause and paused.date() != resumed.date())
    awake = ledger(rule, by, start, (EntryKind.PAUSED, paused), (EntryKind.RESUMED, resumed))
    assert not awake.is_late(resumed)


@given(rules(), off_days, dates, st.lists(moments, min_size=3, max_size=3))
@settings(max_examples=150, deadline=None)
def test_one_more_holiday_never_makes_it_due_earlier(
    rule: LimitRule, off: list[date], more: date, three: list[datetime]
) -> None:
    start, paused, resumed = sorted(three)
    acts = ((EntryKind.PAUSED, paused), (EntryKind.RESUMED, resumed))
    before, after = calendar(off), calendar([*off, more] if more not in off else off)
    assert expiry(ledger(rule, before, start)) <= expiry(ledger(rule, after, start))
    slept, slept_more = ledger(rule, before, start, *acts), ledger(rule, after, start, *acts)
    assert expiry(slept) <= expiry(slept_more)


@given(rules(tuple(sorted(DAYS))), calendars, moments, moments, st.integers(0, 86399), st.integers(0, 86399))
@settings(max_examples=100, deadline=None)
def test_a_pause_within_one_date_changes_nothing(
    rule: LimitRule, by: Calendar, one: datetime, two: datetime, first: int, second: int
) -> None:
    start, on = sorted([one, two])
    midnight = datetime.combine(on.date(), time(), VIETNAM)
    paused, resumed = (midnight + timedelta(seconds=s) for s in sorted([first, second]))
    assume(paused >= start)
    plain = ledger(rule, by, start)
    slept = ledger(rule, by, start, (EntryKind.PAUSED, paused), (EntryKind.RESUMED, resumed))
    assert slept.due_at == plain.due_at


@given(rules(), calendars, st.lists(moments, min_size=4, max_size=4))
@settings(max_examples=150, deadline=None)
def test_splitting_a_pause_in_two_changes_nothing(rule: LimitRule, by: Calendar, four: list[datetime]) -> None:
    start, paused, between, resumed = sorted(four)
    whole = ledger(rule, by, start, (EntryKind.PAUSED, paused), (EntryKind.RESUMED, resumed))
    halves = ledger(
        rule,
        by,
        start,
        (EntryKind.PAUSED, paused),
        (EntryKind.RESUMED, between),
        (EntryKind.PAUSED, between),
        (EntryKind.RESUMED, resumed),
    )
    assert (halves.due_at, halves.nominal) == (whole.due_at, whole.nominal)
    far = resumed + timedelta(days=500)
    assert halves.late_by(far) == whole.late_by(far)


ACTS = {
    ClockState.RUNNING: [EntryKind.PAUSED, EntryKind.RESTARTED, EntryKind.EXTENDED],
    ClockState.PAUSED: [EntryKind.RESUMED, EntryKind.RESTARTED],
}


@given(rules(), calendars, st.lists(moments, min_size=2, max_size=8), st.data())
@settings(max_examples=150, deadline=None)
def test_no_act_makes_a_late_dossier_on_time(
    rule: LimitRule, by: Calendar, when: list[datetime], data: st.DataObject
) -> None:
    start, *rest = sorted(when)
    entries = [Entry(EntryKind.STARTED, start)]
    found = compute(rule, by, entries)
    for moment in rest:
        late = found.late_by(moment)
        kind = data.draw(st.sampled_from(ACTS[found.state]))
        entries.append(Entry(kind, moment, amount=1))
        found = compute(rule, by, entries)
        assert found.late_by(moment) >= late if late else True
        if late:
            assert found.is_late(moment + timedelta(days=400))


@pytest.mark.parametrize("unit", list(Unit))
def test_each_ledger_tells_every_step_and_ends_with_the_answer(unit: Unit) -> None:
    start = datetime(2026, 2, 12, 16, 30, tzinfo=VIETNAM)
    found = compute(LimitRule(1, unit), Calendar("thử", WEEK), [Entry(EntryKind.STARTED, start)])
    assert found.lines[0].at == start
    assert found.answer.due_at == found.due_at
    assert [line.due_at for line in found.lines if line.due_at][-1] == found.due_at
