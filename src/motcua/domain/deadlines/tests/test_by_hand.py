"""Due moments worked out by hand on a wall calendar."""

from __future__ import annotations

from datetime import date, time

import pytest

from motcua.domain.deadlines.calendars import BadCalendar, Calendar, DayKind, DayRule, WeekWindow, Window
from motcua.domain.deadlines.ledger import compute, one_working_day_before
from motcua.domain.deadlines.tests.calendars import NATION, SATURDAY_MORNINGS, WEEK, at, days, run, with_days
from motcua.domain.deadlines.types import BadEntries, BadRule, ClockState, Entry, EntryKind, LimitRule, LineCode, Unit

SAME_DAY = LimitRule(0, Unit.WORKING_DAYS, cut_off=time(15))
JOINED_UP = LimitRule(3, Unit.WORKING_DAYS, cut_off=time(15))
DESK_HOURS = LimitRule(8, Unit.WORKING_HOURS)
ROUND_THE_CLOCK = LimitRule(24, Unit.ELAPSED_HOURS)
NEXT_DAY = LimitRule(1, Unit.WORKING_DAYS, after_hours_next_day=True)
SAME_TIME = LimitRule(2, Unit.WORKING_DAYS, same_time=True)


@pytest.mark.parametrize(
    ("rule", "start", "due", "why"),
    [
        (days(1), "2026-11-12 07:00", "2026-11-13 17:00", "the first day is not counted"),
        (days(1), "2026-11-12 23:59", "2026-11-13 17:00", "… whatever the hour"),
        (days(10), "2026-11-12 09:00", "2026-11-27 17:00", "24/11 is Ngày Văn hóa"),
        (days(5), "2026-02-11 09:00", "2026-02-25 17:00", "Tết 2026: 16–20/02"),
        (days(1), "2026-02-13 16:59", "2026-02-23 17:00", "the last day before Tết"),
        (days(3), "2026-02-17 10:00", "2026-02-25 17:00", "an online dossier sent on Mùng một"),
        (days(5), "2025-12-31 10:00", "2026-01-09 17:00", "01/01 off, 02/01 swapped"),
        (days(6), "2025-12-31 10:00", "2026-01-10 17:00", "Saturday 10/01 is a make-up day"),
        (days(1), "2026-08-21 10:00", "2026-08-22 17:00", "Saturday 22/8 is a make-up day"),
        (days(2), "2026-08-28 10:00", "2026-09-04 17:00", "31/8–02/9 off"),
        (days(1), "2026-04-24 10:00", "2026-04-28 17:00", "Giỗ Tổ on a Sunday: Monday off"),
        (days(0), "2026-11-12 09:00", "2026-11-12 17:00", "0 days: the same day"),
        (days(0), "2026-11-12 17:00", "2026-11-12 17:00", "0 days at closing time"),
        (days(0), "2026-11-12 17:00:01", "2026-11-13 17:00", "0 days after closing"),
        (days(0), "2026-11-14 09:00", "2026-11-16 17:00", "0 days on a Saturday"),
        (SAME_DAY, "2026-11-12 15:00:00", "2026-11-12 17:00", "15:00:00 itself is not after"),
        (SAME_DAY, "2026-11-12 15:00:00.999", "2026-11-12 17:00", "the receipt prints 15:00:00"),
        (SAME_DAY, "2026-11-12 15:00:01", "2026-11-13 17:00", "15:00:01 is"),
        (JOINED_UP, "2026-11-12 15:00:00", "2026-11-17 17:00", "counted from Thursday"),
        (JOINED_UP, "2026-11-12 15:00:01", "2026-11-18 17:00", "counted from Friday"),
        (JOINED_UP, "2026-11-13 15:00:01", "2026-11-19 17:00", "counted from Monday"),
        (NEXT_DAY, "2026-11-12 16:59", "2026-11-13 17:00", "inside the windows"),
        (NEXT_DAY, "2026-11-12 12:00", "2026-11-13 17:00", "lunch is still that day"),
        (NEXT_DAY, "2026-11-12 06:00", "2026-11-13 17:00", "before opening too"),
        (NEXT_DAY, "2026-11-12 17:00:01", "2026-11-16 17:00", "after closing: Friday's receipt"),
        (NEXT_DAY, "2026-11-14 09:00", "2026-11-17 17:00", "Saturday: Monday's receipt"),
        (SAME_TIME, "2026-11-12 09:15", "2026-11-16 09:15", "same time of day"),
        (SAME_TIME, "2026-11-12 12:00", "2026-11-16 13:30", "… moved to the next window"),
        (SAME_TIME, "2026-11-12 20:00", "2026-11-16 17:00", "… or back to closing"),
        (DESK_HOURS, "2026-11-12 09:00", "2026-11-13 09:00", "eight working hours"),
        (DESK_HOURS, "2026-11-12 07:00", "2026-11-12 17:00", "a whole day"),
        (DESK_HOURS, "2026-11-12 23:59:59", "2026-11-13 17:00", "just before midnight"),
        (DESK_HOURS, "2026-11-13 00:00", "2026-11-13 17:00", "midnight"),
        (DESK_HOURS, "2026-11-13 16:00", "2026-11-16 16:00", "over a weekend"),
        (DESK_HOURS, "2026-02-13 16:00", "2026-02-23 16:00", "over Tết"),
        (LimitRule(30, Unit.MINUTES), "2026-11-12 11:15", "2026-11-12 13:45", "over lunch"),
        (LimitRule(15, Unit.MINUTES), "2026-11-12 11:15", "2026-11-12 11:30", "up to lunch exactly"),
        (LimitRule(30, Unit.MINUTES), "2026-11-12 11:30", "2026-11-12 14:00", "the morning is over"),
        (LimitRule(30, Unit.MINUTES), "2026-11-12 10:00:30", "2026-11-12 10:30:30", "seconds count"),
        (ROUND_THE_CLOCK, "2026-11-12 22:00", "2026-11-13 22:00", "exact, at night"),
        (ROUND_THE_CLOCK, "2026-11-13 10:00", "2026-11-16 10:00", "Saturday: Monday, same time"),
        (ROUND_THE_CLOCK, "2026-11-14 22:00", "2026-11-16 22:00", "started on a Saturday"),
        (LimitRule(24, Unit.ELAPSED_HOURS, in_windows=True), "2026-11-11 22:00", "2026-11-13 07:00", "by option"),
        (LimitRule(24, Unit.ELAPSED_HOURS, in_windows=True), "2026-11-12 17:00", "2026-11-16 07:00", "closed at 17:00"),
        (LimitRule(15, Unit.CALENDAR_DAYS), "2026-11-12 10:00", "2026-11-27 17:00", "calendar days"),
        (LimitRule(10, Unit.CALENDAR_DAYS), "2026-11-12 10:00", "2026-11-23 17:00", "ends on a Sunday"),
        (LimitRule(12, Unit.CALENDAR_DAYS), "2026-11-12 10:00", "2026-11-25 17:00", "ends on a holiday"),
        (LimitRule(1, Unit.MONTHS), "2026-01-31 10:00", "2026-03-02 17:00", "28/02/2026 is a Saturday"),
        (LimitRule(1, Unit.MONTHS), "2028-01-31 10:00", "2028-02-29 17:00", "a leap year"),
        (LimitRule(3, Unit.MONTHS), "2025-11-30 10:00", "2026-03-02 17:00", "across a year"),
        (LimitRule(1, Unit.YEARS), "2028-02-29 10:00", "2029-02-28 17:00", "29/02 and a year"),
    ],
)
def test_due_moment(rule: LimitRule, start: str, due: str, why: str) -> None:
    assert run(rule, start).due_at == at(due), why


@pytest.mark.parametrize(
    ("start", "due", "why"),
    [
        ("2026-11-13 09:00", "2026-11-14 11:30", "Saturday is a working day here, until 11:30"),
        ("2026-08-21 09:00", "2026-08-22 17:00", "a make-up Saturday is a whole day"),
        ("2026-02-13 09:00", "2026-02-14 11:30", "the Saturday before Tết"),
        ("2026-02-14 09:00", "2026-02-21 11:30", "Tết of the nation holds here too"),
    ],
)
def test_a_desk_open_on_saturday_mornings(start: str, due: str, why: str) -> None:
    assert run(days(1), start, calendar=SATURDAY_MORNINGS).due_at == at(due), why


RULE = days(10)


@pytest.mark.parametrize(
    ("rule", "start", "acts", "due", "why"),
    [
        # nine working days after 13/11 are left; counted from 18/11
        (RULE, "2026-11-12 09:00", "paused 2026-11-13 10:00, resumed 2026-11-18 08:00", "2026-12-02 17:00", ""),
        (RULE, "2026-11-12 09:00", "paused 2026-11-13 08:00, resumed 2026-11-13 16:00", "2026-11-27 17:00", ""),
        (RULE, "2026-11-12 09:00", "paused 2026-11-27 16:00, resumed 2026-12-01 09:00", "2026-12-01 17:00", "0 left"),
        (
            RULE,
            "2026-11-12 09:00",
            "paused 2026-11-27 16:00, resumed 2026-12-01 19:00",
            "2026-12-02 17:00",
            "woken after closing",
        ),
        (
            RULE,
            "2026-11-12 09:00",
            "paused 2026-11-27 16:00, resumed 2026-12-05 09:00",
            "2026-12-07 17:00",
            "woken on a Saturday",
        ),
        (
            RULE,
            "2026-11-12 09:00",
            "paused 2026-11-16 10:00, restarted 2026-11-18 21:00",
            "2026-12-03 17:00",
            "the whole limit again",
        ),
        (
            DESK_HOURS,
            "2026-11-12 09:00",
            "paused 2026-11-12 11:00, resumed 2026-11-12 15:00",
            "2026-11-13 11:00",
            "two hours run, six left",
        ),
        (
            DESK_HOURS,
            "2026-11-12 07:00",
            "paused 2026-11-12 12:00, resumed 2026-11-12 13:00",
            "2026-11-12 17:00",
            "a pause at lunch",
        ),
        (
            ROUND_THE_CLOCK,
            "2026-11-12 08:00",
            "paused 2026-11-12 20:00, resumed 2026-11-16 08:00",
            "2026-11-16 20:00",
            "twelve hours left",
        ),
        (
            LimitRule(1, Unit.MONTHS),
            "2026-10-12 08:00",
            "paused 2026-10-20 08:00, resumed 2026-10-25 08:00",
            "2026-11-17 17:00",
            "23 days left",
        ),
        (
            LimitRule(10, Unit.CALENDAR_DAYS),
            "2026-11-12 10:00",
            "paused 2026-11-23 08:00, resumed 2026-11-23 09:00",
            "2026-11-23 17:00",
            "in the days of grace",
        ),
        (
            LimitRule(9, Unit.CALENDAR_DAYS),
            "2026-11-05 10:00",
            "paused 2026-11-16 08:00, resumed 2026-11-19 09:00",
            "2026-11-19 17:00",
            "paused in the days of grace",
        ),
        (
            days(1),
            "2026-11-12 09:00",
            "paused 2026-11-13 17:00, resumed 2026-11-20 10:00",
            "2026-11-20 17:00",
            "the due second itself is not late",
        ),
        (
            LimitRule(15, Unit.MINUTES),
            "2026-11-12 11:15",
            "paused 2026-11-12 11:30, resumed 2026-11-12 11:30",
            "2026-11-12 11:30",
            "a pause of no length at lunch",
        ),
        (
            days(1),
            "2026-11-12 09:00",
            "paused 2026-11-13 16:00, resumed 2026-11-13 18:00, paused 2026-11-13 18:00, resumed 2026-11-17 09:00",
            "2026-11-17 17:00",
            "one pause, written as two",
        ),
    ],
)
def test_pause_and_restart(rule: LimitRule, start: str, acts: str, due: str, why: str) -> None:
    assert run(rule, start, [tuple(act.split(" ", 1)) for act in acts.split(", ")]).due_at == at(due), why


def test_a_late_clock_keeps_its_due_moment_and_stops_growing_late() -> None:
    late = run(days(1), "2026-11-12 09:00", [("paused", "2026-11-16 17:00"), ("resumed", "2026-11-20 17:00")])
    assert late.due_at == at("2026-11-13 17:00")
    assert late.late_by(at("2026-11-16 17:00")).days == 3
    assert late.late_by(at("2026-11-20 17:00")).days == 3
    assert late.late_by(at("2026-11-21 17:00")).days == 4


@pytest.mark.requirement("TT11-15.8")
def test_a_supplement_suspends_the_clock_and_gives_the_full_limit_again() -> None:
    paused = run(days(10), "2026-11-12 09:00", [("paused", "2026-11-16 10:00")])
    assert paused.state is ClockState.PAUSED
    assert paused.left == 8
    assert not paused.is_late(at("2027-03-01 09:00"))
    again = run(days(10), "2026-11-12 09:00", [("paused", "2026-11-16 10:00"), ("restarted", "2026-11-20 10:00")])
    assert again.is_running
    assert again.due_at == run(days(10), "2026-11-20 10:00").due_at


def test_a_late_clock_is_never_restarted() -> None:
    acts = [("paused", "2026-11-16 10:00"), ("restarted", "2026-11-20 10:00")]
    late = run(days(1), "2026-11-12 09:00", acts)
    assert late.due_at == at("2026-11-13 17:00")
    assert late.is_running
    assert LineCode.RESTART_TOO_LATE in {line.code for line in late.lines}


def test_an_extension_counts_from_the_last_day_and_comes_too_late_after_it() -> None:
    start = Entry(EntryKind.STARTED, at("2026-11-12 09:00"))
    more = Entry(EntryKind.EXTENDED, at("2026-11-13 09:00"), ground="Điều 9", amount=5)
    assert compute(days(10), NATION, [start, more]).due_at == at("2026-12-04 17:00")
    late = Entry(EntryKind.EXTENDED, at("2026-11-27 17:00:01"), ground="Điều 9", amount=5)
    assert compute(days(10), NATION, [start, late]).due_at == at("2026-11-27 17:00")
    wrong = Entry(EntryKind.EXTENDED, at("2026-11-13 09:00"), amount=5, unit=Unit.MINUTES)
    with pytest.raises(BadEntries, match="unit"):
        compute(days(10), NATION, [start, wrong])


def test_one_working_day_before_expiry_skips_rest_days() -> None:
    assert one_working_day_before(at("2026-11-25 17:00"), NATION) == at("2026-11-23 17:00")


def test_a_clock_stopped_while_paused_was_on_time() -> None:
    acts = [("paused", "2026-11-13 10:00"), ("stopped", "2027-01-15 10:00")]
    assert not run(days(1), "2026-11-12 09:00", acts).is_late(at("2027-02-01 08:00"))
    acts = [("stopped", "2026-11-16 10:00")]
    stopped = run(days(1), "2026-11-12 09:00", acts)
    assert stopped.late_by(at("2027-02-01 08:00")) == at("2026-11-16 10:00") - at("2026-11-13 17:00")


def test_local_half_days_and_closures() -> None:
    half = DayRule(date(2026, 11, 13), DayKind.HALF_DAY, "Họp", windows=(Window(time(7), time(11, 30)),))
    closed = DayRule(date(2026, 11, 16), DayKind.CLOSURE, "Bão số 13")
    calendar = with_days(half, closed)
    assert run(days(1), "2026-11-12 09:00", calendar=calendar).due_at == at("2026-11-13 11:30")
    assert run(days(2), "2026-11-12 09:00", calendar=calendar).due_at == at("2026-11-17 17:00")
    assert run(DESK_HOURS, "2026-11-13 10:00", calendar=calendar).due_at == at("2026-11-17 15:30")


def test_winter_hours_are_windows_with_validity() -> None:
    summer = Window(time(7), time(11))
    winter = Window(time(8), time(12))
    calendar = Calendar(
        "mùa",
        [WeekWindow(n, summer, valid_to=date(2026, 10, 15)) for n in range(5)]
        + [WeekWindow(n, winter, valid_from=date(2026, 10, 16)) for n in range(5)],
    )
    assert run(days(1), "2026-10-14 09:00", calendar=calendar).due_at == at("2026-10-15 11:00")
    assert run(days(1), "2026-10-15 09:00", calendar=calendar).due_at == at("2026-10-16 12:00")


@pytest.mark.parametrize(
    ("amount", "unit", "code"),
    [(-1, Unit.WORKING_DAYS, "negative"), (0, Unit.MINUTES, "zero"), (10**9, Unit.MINUTES, "too_large")],
)
def test_limits_nobody_can_mean(amount: int, unit: Unit, code: str) -> None:
    with pytest.raises(BadRule, match=code):
        LimitRule(amount, unit)


def test_calendars_nobody_can_work_by() -> None:
    with pytest.raises(BadCalendar, match="midnight"):
        Window(time(22), time(6))
    with pytest.raises(BadCalendar, match="never_open"):
        run(days(1), "2026-11-12 09:00", calendar=Calendar("trống"))
    overlapping = Calendar("chồng", [*WEEK, WeekWindow(4, Window(time(11), time(12)))])
    with pytest.raises(BadCalendar, match="overlap"):
        run(days(1), "2026-11-12 09:00", calendar=overlapping)


@pytest.mark.parametrize(
    ("acts", "code"),
    [
        ([("resumed", "2026-11-13 09:00")], "not_paused"),
        ([("paused", "2026-11-13 09:00"), ("paused", "2026-11-13 10:00")], "not_running"),
        ([("paused", "2026-11-11 09:00")], "backwards"),
        ([("stopped", "2026-11-13 09:00"), ("paused", "2026-11-13 10:00")], "already_stopped"),
        ([("started", "2026-11-13 09:00")], "started_twice"),
    ],
)
def test_entries_that_contradict_each_other(acts: list[tuple[str, str]], code: str) -> None:
    with pytest.raises(BadEntries, match=code):
        run(days(10), "2026-11-12 09:00", acts)


@pytest.mark.parametrize("rule", [SAME_DAY, JOINED_UP, NEXT_DAY, SAME_TIME, DESK_HOURS, ROUND_THE_CLOCK])
def test_a_rule_survives_being_written_down(rule: LimitRule) -> None:
    assert LimitRule.from_json(rule.to_json()) == rule
