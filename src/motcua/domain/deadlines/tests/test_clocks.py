"""Clocks through the doors: what an officer, a sweep and an inspector see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from motcua.domain.deadlines import commands, models, queries
from motcua.domain.deadlines.calendars import DayKind
from motcua.domain.deadlines.tests.calendars import at, days
from motcua.domain.deadlines.types import ClockKind, ClockState, LimitRule, Unit
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel, system
from motcua.foundation.kernel.errors import Invalid, Missing, WrongState
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation.commands import create_agency
from motcua.foundation.organisation.types import AgencyKind

pytestmark = pytest.mark.django_db

OFFICER = Actor(ActorKind.OFFICER, "account:1", Channel.DESK, "r-1", officer_id=new_id())
RESOLVING = ClockKind.RESOLVING
PAPER = "Phiếu 02 số 15/HDHS"


@pytest.fixture
def subject() -> UUID:
    return new_id()


def start(subject: UUID, rule: LimitRule | None = None, when: str = "2026-11-12 09:00", **more: object) -> None:
    commands.start_clock(
        subject_id=subject,
        kind=RESOLVING,
        rule=rule or days(10),
        agency_id=None,
        at=at(when),
        actor=OFFICER,
        **more,  # type: ignore[arg-type]
    )


def pause(subject: UUID, when: str) -> None:
    commands.pause_clock(
        subject_id=subject,
        kind=RESOLVING,
        at=at(when),
        actor=OFFICER,
        reason="chờ bổ sung",
        ground="NĐ 118/2025 Điều 19",
        document=PAPER,
        by="Nguyễn Văn An",
    )


@pytest.mark.requirement("TT11-15.8")
def test_the_explanation_answers_in_one_sentence_and_names_the_paper(subject: UUID) -> None:
    start(subject)
    pause(subject, "2026-11-13 10:00")
    asleep = queries.explanation_of(subject, RESOLVING)
    assert asleep.sentence == (
        "Hạn 17:00 ngày 27/11/2026: 10 ngày làm việc từ 12/11/2026. "
        "Đang dừng từ 10:00 ngày 13/11/2026 (chờ bổ sung), còn lại 9 ngày làm việc."
    )
    commands.resume_clock(subject_id=subject, kind=RESOLVING, at=at("2026-11-17 08:00"), actor=OFFICER)
    awake = queries.explanation_of(subject, RESOLVING)
    assert awake.sentence == (
        "Hạn 17:00 ngày 01/12/2026: 10 ngày làm việc từ 12/11/2026, "
        "cộng 2 ngày làm việc chờ bổ sung (Phiếu 02 số 15/HDHS)."
    )
    told = {line.words: line for line in awake.lines}
    assert "Ngày 24/11/2026 nghỉ, không tính: Ngày Văn hóa Việt Nam." in told
    paused = told["Tạm dừng lúc 10:00 ngày 13/11/2026, còn lại 9 ngày làm việc (chờ bổ sung)."]
    assert (paused.ground, paused.document, paused.by) == ("NĐ 118/2025 Điều 19", PAPER, "Nguyễn Văn An")
    assert awake.lines[-1].words == awake.sentence


def test_a_restart_counts_from_the_hand_in_not_from_its_confirmation(subject: UUID) -> None:
    start(subject)
    pause(subject, "2026-11-13 10:00")
    view = commands.restart_clock(
        subject_id=subject,
        kind=RESOLVING,
        at=at("2026-11-18 08:30"),
        from_at=at("2026-11-17 20:00"),
        actor=OFFICER,
        document="Phiếu 02 số 15/HDHS đã bổ sung",
    )
    assert view.due_at == at("2026-12-02 17:00")
    assert "tính lại từ 17/11/2026" in queries.explanation_of(subject, RESOLVING).sentence


def test_every_act_is_in_the_history_of_the_dossier(subject: UUID) -> None:
    start(subject)
    pause(subject, "2026-11-13 10:00")
    commands.resume_clock(subject_id=subject, kind=RESOLVING, at=at("2026-11-17 08:00"), actor=OFFICER)
    commands.stop_clock(subject_id=subject, kind=RESOLVING, at=at("2026-11-20 08:00"), actor=OFFICER)
    events = journal.history(subject)
    assert [event.kind for event in events] == ["clock.started", "clock.paused", "clock.resumed", "clock.stopped"]
    resumed = events[2].data
    assert resumed is not None
    assert datetime.fromisoformat(resumed["was_due_at"]) == at("2026-11-27 17:00")
    assert datetime.fromisoformat(resumed["due_at"]) == at("2026-12-01 17:00")


def test_what_is_stored_follows_from_the_entries_and_a_falsified_moment_is_found(subject: UUID) -> None:
    start(subject)
    pause(subject, "2026-11-13 10:00")
    assert commands.recompute(actor=OFFICER, at=at("2026-11-14 08:00")) == []
    models.Clock.objects.filter(subject_id=subject).update(due_at=at("2027-01-01 17:00"))
    (found,) = commands.recompute(actor=OFFICER, at=at("2026-11-14 08:00"), subject_ids=[subject])
    assert (found.clock.due_at, found.computed_at) == (at("2027-01-01 17:00"), at("2026-11-27 17:00"))


def test_a_new_closure_moves_running_clocks_when_asked_and_says_so(subject: UUID) -> None:
    start(subject)
    national = models.Calendar.objects.get(agency_id=None)
    commands.set_day(
        calendar_id=national.id,
        on=date(2026, 11, 20),
        kind=DayKind.CLOSURE,
        name="Bão số 13",
        actor=OFFICER,
        at=at("2026-11-19 08:00"),
    )
    assert len(commands.recompute(actor=OFFICER, at=at("2026-11-19 08:00"), subject_ids=[subject], apply=True)) == 1
    clock = queries.clock_of(subject, RESOLVING)
    assert clock is not None
    assert clock.due_at == at("2026-11-30 17:00")
    assert journal.history(subject)[-1].kind == "clock.moved"
    assert commands.recompute(actor=OFFICER, at=at("2026-11-19 08:00"), subject_ids=[subject], apply=True) == []
    commands.clear_day(calendar_id=national.id, on=date(2026, 11, 20), actor=OFFICER, at=at("2026-11-19 09:00"))
    assert queries.calendar_for(None, date(2026, 11, 20)).is_working(date(2026, 11, 20))


def test_an_agency_with_saturday_mornings_inherits_everything_else(subject: UUID) -> None:
    agency = new_id()
    calendar = commands.open_calendar(agency_id=agency, name="Công an xã", actor=OFFICER, at=at("2026-11-01 08:00"))
    commands.set_windows(
        calendar_id=calendar, weekday=5, windows=[(time(7, 30), time(11, 30))], actor=OFFICER, at=at("2026-11-01 08:00")
    )
    view = commands.start_clock(
        subject_id=subject,
        kind=RESOLVING,
        rule=days(1),
        agency_id=agency,
        at=at("2026-11-13 09:00"),
        actor=OFFICER,
    )
    assert view.due_at == at("2026-11-14 11:30")
    assert queries.promise([days(1)], None, at("2026-11-13 09:00")) == at("2026-11-16 17:00")
    assert queries.promise([days(1)], agency, at("2026-11-23 09:00")) == at("2026-11-25 17:00")


def test_an_agency_without_a_calendar_works_by_the_one_above_it() -> None:
    made = {
        "kind": AgencyKind.COMMUNE,
        "valid_from": date(2025, 7, 1),
        "actor": system("tests"),
        "at": at("2026-11-01 08:00"),
    }
    province = create_agency(code="H99", name="Tỉnh Mẫu", parent_id=None, **made)  # type: ignore[arg-type]
    commune = create_agency(code="H99.01", name="Xã Mẫu", parent_id=province.id, **made)  # type: ignore[arg-type]
    assert queries.promise([days(1)], commune.id, at("2026-11-12 09:00")) == at("2026-11-13 17:00")
    calendar = commands.open_calendar(agency_id=province.id, name="Tỉnh Mẫu", actor=OFFICER, at=at("2026-11-01 08:00"))
    commands.set_day(
        calendar_id=calendar,
        on=date(2026, 11, 13),
        kind=DayKind.HALF_DAY,
        name="Kỷ niệm thành lập tỉnh",
        windows=[(time(7), time(11, 30))],
        actor=OFFICER,
        at=at("2026-11-01 08:00"),
    )
    assert queries.promise([days(1)], commune.id, at("2026-11-12 09:00")) == at("2026-11-13 11:30")
    assert queries.promise([days(1)], None, at("2026-11-12 09:00")) == at("2026-11-13 17:00")


def test_the_promise_uses_the_shorter_of_two_limits() -> None:
    limits = [days(10), LimitRule(7, Unit.WORKING_DAYS, ground="QĐ 12/2026/QĐ-UBND")]
    assert queries.promise(limits, None, at("2026-11-12 09:00")) == at("2026-11-23 17:00")


def test_acts_out_of_turn_are_refused_with_a_sentence(subject: UUID) -> None:
    with pytest.raises(Missing):
        pause(subject, "2026-11-13 10:00")
    start(subject)
    with pytest.raises(WrongState, match="đang chạy rồi"):
        start(subject)
    with pytest.raises(WrongState, match="đang chạy, không có gì"):
        commands.resume_clock(subject_id=subject, kind=RESOLVING, at=at("2026-11-17 08:00"), actor=OFFICER)
    with pytest.raises(WrongState, match="sớm hơn"):
        pause(subject, "2026-11-11 10:00")
    commands.stop_clock(subject_id=subject, kind=RESOLVING, at=at("2026-11-20 08:00"), actor=OFFICER)
    with pytest.raises(WrongState, match="đã kết thúc"):
        pause(subject, "2026-11-21 10:00")


def test_an_extension_needs_its_article_and_a_working_day_before_expiry(subject: UUID) -> None:
    start(subject)
    more = {"subject_id": subject, "kind": RESOLVING, "amount": 5, "unit": Unit.WORKING_DAYS, "actor": OFFICER}
    with pytest.raises(Invalid, match="điều luật"):
        commands.extend_clock(**more, at=at("2026-11-16 08:00"), reason="phức tạp", ground=" ")  # type: ignore[arg-type]
    with pytest.raises(WrongState, match="01 ngày làm việc"):
        commands.extend_clock(**more, at=at("2026-11-26 17:01"), reason="phức tạp", ground="Điều 9")  # type: ignore[arg-type]
    view = commands.extend_clock(**more, at=at("2026-11-26 17:00"), reason="phức tạp", ground="Điều 9")  # type: ignore[arg-type]
    assert view.due_at == at("2026-12-04 17:00")
    assert "gia hạn 5 ngày làm việc (Điều 9)" in queries.explanation_of(subject, RESOLVING).sentence


def test_the_sweep_sees_running_clocks_only_and_the_most_urgent_first(subject: UUID) -> None:
    other, asleep = new_id(), new_id()
    start(subject, days(3))
    start(other, days(1))
    start(asleep, days(1))
    pause(asleep, "2026-11-12 10:00")
    found = [clock.subject_id for clock in queries.due_before(at("2026-11-30 08:00"), [RESOLVING])]
    assert found == [other, subject]
    late = queries.lateness_of(other, RESOLVING, at("2026-11-16 17:00"))
    assert (late.late, late.words) == (timedelta(days=3), "Quá hạn 3 ngày")
    assert queries.lateness_of(other, RESOLVING, at("2026-11-13 17:00")).words == ""


def test_clocks_of_steps_stand_beside_each_other_and_may_run_again(subject: UUID) -> None:
    for key in ("task-1", "task-2"):
        commands.start_clock(
            subject_id=subject,
            kind=ClockKind.STEP,
            key=key,
            rule=LimitRule(240, Unit.MINUTES),
            agency_id=None,
            at=at("2026-11-12 09:00"),
            actor=OFFICER,
        )
    stop = {"subject_id": subject, "kind": ClockKind.STEP, "key": "task-1", "actor": OFFICER}
    commands.stop_clock(**stop, at=at("2026-11-12 10:00"))  # type: ignore[arg-type]
    commands.start_clock(
        subject_id=subject,
        kind=ClockKind.STEP,
        key="task-1",
        rule=LimitRule(60, Unit.MINUTES),
        agency_id=None,
        at=at("2026-11-12 10:30"),
        actor=OFFICER,
    )
    again = queries.clock_of(subject, ClockKind.STEP, "task-1")
    assert again is not None
    assert (again.state, again.due_at) == (ClockState.RUNNING, at("2026-11-12 11:30"))
    assert len(queries.clocks_of(subject)) == 3


def test_calendars_refuse_what_nobody_could_work_by() -> None:
    national = models.Calendar.objects.get(agency_id=None)
    given = {"calendar_id": national.id, "actor": OFFICER, "at": at("2026-11-01 08:00")}
    with pytest.raises(Invalid, match="trước giờ đóng cửa"):
        commands.set_windows(**given, weekday=0, windows=[(time(22), time(6))])
    with pytest.raises(Invalid, match="chồng"):
        commands.set_windows(**given, weekday=0, windows=[(time(7), time(12)), (time(11), time(17))])
    with pytest.raises(Invalid, match="chồng"):
        commands.set_windows(**given, weekday=0, windows=[(time(8), time(12))], valid_from=date(2026, 12, 1))
    with pytest.raises(Invalid, match="giờ làm việc của buổi"):
        commands.set_day(**given, on=date(2026, 12, 1), kind=DayKind.HALF_DAY, name="Họp")
    with pytest.raises(Missing):
        commands.clear_day(calendar_id=new_id(), on=date(2026, 12, 1), actor=OFFICER, at=at("2026-11-01 08:00"))


def test_entries_cannot_be_rewritten_and_two_clocks_cannot_go_at_once(subject: UUID) -> None:
    start(subject)
    with pytest.raises(ProgrammingError), transaction.atomic():
        models.ClockEntry.objects.update(reason="khác")
    row = models.Clock.objects.get(subject_id=subject)
    row.pk, row.round = new_id(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
