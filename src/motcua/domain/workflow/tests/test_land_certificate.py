"""The sample process from hand to hand, as the people of the office live it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import access, commands, drawing, queries
from motcua.domain.workflow.tests.office import MORNING, SYSTEM, Office, actor, later, named
from motcua.domain.workflow.types import Advance, At, Closing, Given, RunState, Task, TaskState
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, NotAllowed, Stale, WrongState
from motcua.foundation.organisation import commands as organisation
from motcua.foundation.organisation.types import HeldPosition, Role

pytestmark = pytest.mark.django_db


class Walk:
    """One dossier in the office, with everybody at their desks."""

    def __init__(self, office: Office, process: UUID, subject: UUID, **data: Any) -> None:
        self.office, self.subject = office, subject
        self.desk = office.hire(Role.DESK_OFFICER, "desk")
        self.head = office.hire(Role.HEAD, "competent")
        self.appraiser = office.hire(Role.APPRAISER, "competent")
        self.other_appraiser = office.hire(Role.APPRAISER, "competent")
        self.leader = office.hire(Role.LEADER, "competent", in_department=False)
        self.clerk = office.hire(Role.CLERK, "competent", in_department=False)
        self.chairman = office.hire(Role.LEADER, "commune")
        self.started = commands.start_run(
            subject_id=subject,
            process_version_id=process,
            data={"boundary_changed": False} | data,
            places=office.places,
            actor=SYSTEM,
            at=MORNING,
        )

    @property
    def task(self) -> Task:
        (only,) = queries.open_tasks(self.subject)
        return only

    def do(self, who: HeldPosition, action: str, hours: float = 1, **more: Any) -> Advance:
        task = self.task
        return commands.complete_task(
            task_id=task.id,
            action=action,
            data=more.pop("data", {}),
            expected=task.version,
            actor=actor(who),
            at=later(hours=hours),
            **more,
        )

    def to_appraisal(self) -> Task:
        self.do(self.desk, "forward")
        self.do(self.head, "assign", assignee=named(self.appraiser))
        return self.task

    def to_approval(self) -> Task:
        self.to_appraisal()
        self.do(self.appraiser, "appraised", data={"needs_inspection": False}, given=FILLED)
        self.do(self.appraiser, "submit", given=Given(issued=frozenset({"draft_result"})))
        return self.task


FILLED = Given(filled=frozenset({"needs_inspection"}))
SIGNED = Given(signed=frozenset({"person", "agency"}))


@pytest.fixture
def walk(office: Office, land_certificate: UUID, subject: UUID) -> Walk:
    return Walk(office, land_certificate, subject)


@pytest.mark.requirement("TT11-14.1", "TT11-15.10", "TT11-15.11")
def test_from_the_desk_to_the_result(walk: Walk) -> None:
    assert walk.to_appraisal().officer_id == walk.appraiser.officer_id
    walk.do(walk.appraiser, "appraised", data={"needs_inspection": True}, given=FILLED)
    assert (walk.task.node, walk.task.officer_id) == ("Inspect", walk.appraiser.officer_id)
    walk.do(walk.appraiser, "inspected", given=Given(attached=frozenset({"inspection_minutes"})))
    walk.do(walk.appraiser, "submit", given=Given(issued=frozenset({"draft_result"})))
    assert [t.node for t in queries.tasks_for([walk.head])] == ["Approve"]
    walk.do(walk.head, "approve")
    walk.do(walk.leader, "signed", given=SIGNED)
    walk.do(walk.clerk, "issued", given=SIGNED)
    done = walk.do(walk.desk, "returned")
    assert (done.ended, done.effects, done.opened) == ("End", ("result_returned",), ())
    assert queries.open_tasks(walk.subject) == ()
    kinds = [event.kind for event in journal.history(walk.subject)]
    assert kinds[0] == "run.started"
    assert kinds[-1] == "run.ended"
    assert kinds.count("task.opened") == kinds.count("task.completed") == 9


def test_nobody_holds_the_role_so_it_goes_to_the_head(walk: Walk) -> None:
    for who in (walk.clerk, walk.leader):
        organisation.relieve(
            officer_id=who.officer_id,
            position_id=who.position_id,
            last_day=later(days=-1).date(),
            actor=SYSTEM,
            at=MORNING,
        )
    walk.to_approval()
    opened = walk.do(walk.head, "approve").opened
    assert (opened[0].kind, opened[0].role) == (StepKind.SIGN, "head")
    assert [t.node for t in queries.tasks_for([walk.head])] == ["Sign"]


def test_a_role_over_the_whole_agency_is_found_from_a_department(walk: Walk) -> None:
    walk.to_approval()
    opened = walk.do(walk.head, "approve").opened
    assert (opened[0].kind, opened[0].role, opened[0].department_id) == (StepKind.SIGN, "leader", None)
    assert [t.node for t in queries.tasks_for([walk.leader])] == ["Sign"]
    assert not queries.tasks_for([walk.chairman])


@pytest.mark.requirement("TT11-15.9")
def test_boundaries_changed_so_the_commune_is_asked(office: Office, land_certificate: UUID, subject: UUID) -> None:
    walk = Walk(office, land_certificate, subject, boundary_changed=True)
    walk.to_appraisal()
    walk.do(walk.appraiser, "appraised", data={"needs_inspection": False}, given=FILLED)
    asked = walk.task
    assert (asked.kind, asked.agency_id) == (StepKind.CONSULT, office.places["commune"].agency_id)
    assert asked.due_at == later(days=7, hours=1), "2,400 working minutes are five working days"
    with pytest.raises(NotAllowed):
        walk.do(walk.appraiser, "answer", words="Đồng ý")
    with pytest.raises(Invalid):
        walk.do(walk.chairman, "answer", words=" ")
    walk.do(walk.chairman, "answer", words="Không tranh chấp.", data={"answer": {"opinion": "consent"}})
    assert walk.task.node == "Submit"
    assert queries.run_of(subject).data["answer"] == {"opinion": "consent"}  # type: ignore[union-attr]
    assert [t.words for t in queries.trace(subject) if t.kind is StepKind.CONSULT] == ["Không tranh chấp."]


def test_silence_is_taken_for_consent_only_when_it_is_late(
    office: Office, land_certificate: UUID, subject: UUID
) -> None:
    walk = Walk(office, land_certificate, subject, boundary_changed=True)
    walk.to_appraisal()
    walk.do(walk.appraiser, "appraised", data={"needs_inspection": False}, given=FILLED)
    asked = walk.task
    assert queries.silent(later(days=1)) == []
    with pytest.raises(WrongState):
        commands.take_silence(task_id=asked.id, actor=SYSTEM, at=later(days=1))
    with pytest.raises(NotAllowed):
        commands.take_silence(task_id=asked.id, actor=actor(walk.appraiser), at=later(days=30))
    assert queries.silent(later(days=30)) == [asked.id]
    commands.take_silence(task_id=asked.id, actor=SYSTEM, at=later(days=30))
    assert walk.task.node == "Submit"
    assert "consultation.silent" in [event.kind for event in journal.history(subject)]


@pytest.mark.requirement("TT11-16.1", "TT11-16.4")
def test_the_head_returns_a_draft_to_who_made_it_with_words(walk: Walk) -> None:
    walk.to_approval()
    with pytest.raises(Invalid):
        walk.do(walk.head, "return")
    back = walk.do(walk.head, "return", words="Thiếu trích đo.")
    again = back.opened[0]
    assert (again.node, again.attempt, again.reason) == ("Appraise", 2, "Thiếu trích đo.")
    assert again.officer_id == walk.appraiser.officer_id
    assert back.closed[0].closing is Closing.RETURNED
    assert [t.node for t in queries.tasks_for([walk.other_appraiser])] == []


@pytest.mark.requirement("TT11-16.1")
def test_any_step_may_be_returned_to_an_earlier_one(walk: Walk) -> None:
    task = walk.to_approval()
    assert [t.node for t in queries.returnable(task.id)] == ["Submit", "Appraise", "Assign", "Forward"]
    back = commands.return_task(
        task_id=task.id,
        to="Assign",
        words="Đổi người.",
        expected=task.version,
        actor=actor(walk.head),
        at=later(hours=2),
    )
    assert back.opened[0].node == "Assign"
    with pytest.raises(WrongState):
        commands.return_task(
            task_id=walk.task.id, to="Assign", words="x", expected=None, actor=actor(walk.head), at=later(hours=2)
        )
    with pytest.raises(WrongState):
        commands.return_task(
            task_id=walk.task.id, to="Sign", words="x", expected=None, actor=actor(walk.head), at=later(hours=2)
        )
    walk.do(walk.head, "assign", assignee=named(walk.other_appraiser))
    assert walk.task.officer_id == walk.other_appraiser.officer_id


@pytest.mark.requirement("TT11-14.1")
def test_the_head_assigns_and_the_officer_hands_over(walk: Walk) -> None:
    task = walk.to_appraisal()
    with pytest.raises(NotAllowed):
        commands.assign_task(
            task_id=task.id,
            assignee=named(walk.appraiser),
            expected=task.version,
            actor=actor(walk.other_appraiser),
            at=later(hours=2),
        )
    moved = commands.assign_task(
        task_id=task.id,
        assignee=named(walk.other_appraiser),
        expected=task.version,
        actor=actor(walk.head),
        at=later(hours=2),
    )
    assert [t.id for t in queries.tasks_for([walk.other_appraiser])] == [task.id]
    assert not queries.tasks_for([walk.appraiser])
    with pytest.raises(Stale):
        commands.assign_task(
            task_id=task.id,
            assignee=named(walk.appraiser),
            expected=task.version,
            actor=actor(walk.head),
            at=later(hours=2),
        )
    with pytest.raises(Invalid):
        commands.hand_over_task(
            task_id=task.id,
            assignee=named(walk.chairman),
            expected=moved.version,
            actor=actor(walk.other_appraiser),
            at=later(hours=2),
            words="Nghỉ phép",
        )
    commands.hand_over_task(
        task_id=task.id,
        assignee=named(walk.appraiser),
        expected=moved.version,
        actor=actor(walk.other_appraiser),
        at=later(hours=2),
        words="Nghỉ phép",
    )
    assert walk.task.officer_id == walk.appraiser.officer_id
    assert {"task.assigned", "task.handed_over"} <= {event.kind for event in journal.history(walk.subject)}


def test_what_a_step_demands_is_named(walk: Walk) -> None:
    walk.do(walk.desk, "forward")
    with pytest.raises(Invalid) as told:
        walk.do(walk.head, "assign")
    assert [problem.field for problem in told.value.problems] == ["assignee"]
    walk.do(walk.head, "assign", assignee=named(walk.appraiser))
    with pytest.raises(Invalid) as told:
        walk.do(walk.appraiser, "appraised")
    assert [problem.field for problem in told.value.problems] == ["filled.needs_inspection"]
    with pytest.raises(Invalid):
        walk.do(walk.appraiser, "appraised", given=FILLED, data={"needs_inspection": "yes"})
    with pytest.raises(Invalid):
        walk.do(walk.appraiser, "appraised", given=FILLED, data={"rain": True})
    with pytest.raises(Invalid):
        walk.do(walk.appraiser, "dance", given=FILLED)
    with pytest.raises(WrongState):
        walk.do(walk.appraiser, "ask_supplement", words="Thiếu bản đồ")
    assert walk.task.node == "Appraise"


def test_a_supplement_holds_the_run_and_its_limits_stand_still(walk: Walk) -> None:
    task = walk.to_appraisal()
    assert task.due_at == later(days=4, hours=1), "960 working minutes from Thursday 09:00 end on Monday"
    held = commands.hold_run(run_id=task.run_id, reason="Chờ bổ sung", actor=SYSTEM, at=later(hours=2))
    assert walk.task.state is TaskState.HELD
    assert held.opened == ()
    with pytest.raises(WrongState, match="Chờ bổ sung"):
        walk.do(walk.appraiser, "appraised", given=FILLED)
    with pytest.raises(WrongState):
        commands.hold_run(run_id=task.run_id, reason="Nữa", actor=SYSTEM, at=later(hours=2))
    assert not queries.tasks_for([walk.appraiser])
    commands.release_run(run_id=task.run_id, actor=SYSTEM, at=later(days=14, hours=2))
    assert walk.task.state is TaskState.OPEN
    assert walk.task.due_at == later(days=18, hours=1), "15 of 16 hours were left"
    with pytest.raises(WrongState):
        commands.release_run(run_id=task.run_id, actor=SYSTEM, at=later(days=14))


@pytest.mark.requirement("TT11-15.9", "TT11-15.9b")
def test_an_opinion_asked_on_the_way_comes_back_to_who_asked(walk: Walk) -> None:
    task = walk.to_appraisal()
    given: dict[str, Any] = {
        "role": Role.LEADER,
        "question": "Đất có tranh chấp không?",
        "limit_minutes": 480,
        "silence": "wait",
        "actor": actor(walk.appraiser),
        "at": later(hours=2),
    }
    commands.ask_opinion(task_id=task.id, of=walk.office.places["commune"], expected=task.version, **given)
    asking, asked = queries.open_tasks(walk.subject)
    assert (asking.state, asked.asked_by_id) == (TaskState.WAITING, task.id)
    assert asked.reason == "Đất có tranh chấp không?"
    assert asked.due_at == later(days=1, hours=2), "it has a limit of its own"
    assert asking.due_at == task.due_at, "silence never stops the clock of who asked"
    with pytest.raises(WrongState):
        commands.complete_task(
            task_id=task.id, action="appraised", data={}, expected=None, actor=actor(walk.appraiser), at=later(hours=3)
        )
    with pytest.raises(NotAllowed):
        commands.complete_task(
            task_id=asked.id, action="answer", data={}, expected=None, actor=actor(walk.appraiser), at=later(hours=3)
        )
    commands.complete_task(
        task_id=asked.id,
        action="answer",
        data={"answer": {"opinion": "refuse"}},
        words="Đang tranh chấp.",
        expected=asked.version,
        actor=actor(walk.chairman),
        at=later(hours=3),
    )
    assert walk.task.state is TaskState.OPEN
    assert queries.task(asked.id).answer == {"opinion": "refuse"}
    assert queries.task(asked.id).words == "Đang tranh chấp."


def test_a_second_opinion_keeps_the_asker_waiting(walk: Walk) -> None:
    task = walk.to_appraisal()
    for place in ("commune", "desk"):
        commands.ask_opinion(
            task_id=task.id,
            of=walk.office.places[place],
            role=Role.LEADER,
            question="Ý kiến?",
            limit_minutes=None,
            silence="consent",  # type: ignore[arg-type]
            expected=None,
            actor=actor(walk.appraiser),
            at=later(hours=2),
        )
    asked = [one for one in queries.open_tasks(walk.subject) if one.asked_by_id]
    states = []
    for one in asked:
        commands.complete_task(task_id=one.id, action="answer", data={}, expected=None, actor=SYSTEM, at=later(hours=3))
        states.append(queries.task(task.id).state)
    assert states == [TaskState.WAITING, TaskState.OPEN]


def test_an_effect_that_keeps_the_task_is_allowed_to_who_has_it(walk: Walk) -> None:
    task = walk.to_appraisal()
    ask: dict[str, Any] = {"task_id": task.id, "action": "ask_supplement", "at": later(hours=2)}
    assert access.use_action(**ask, expected=task.version, actor=actor(walk.appraiser)) == task
    with pytest.raises(NotAllowed):
        access.use_action(**ask, expected=None, actor=actor(walk.other_appraiser))
    with pytest.raises(Stale):
        access.use_action(**ask, expected=task.version - 1, actor=actor(walk.appraiser))
    with pytest.raises(WrongState):
        access.use_action(**(ask | {"action": "sing"}), expected=None, actor=actor(walk.appraiser))
    assert access.may_do(task, actor(walk.appraiser), MORNING.date())
    assert not access.may_do(task, actor(walk.head), MORNING.date())


def test_ending_a_run_calls_everything_off(walk: Walk) -> None:
    task = walk.to_appraisal()
    over = commands.end_run(run_id=task.run_id, how="stopped", reason="Theo đề nghị", actor=SYSTEM, at=later(hours=2))
    assert over.ended == "stopped"
    assert [t.closing for t in over.closed] == [Closing.WITHDRAWN]
    run = queries.run(task.run_id)
    assert (run.state, run.ended, run.ended_at) == (RunState.ENDED, "stopped", later(hours=2))
    with pytest.raises(Stale):
        commands.complete_task(
            task_id=task.id, action="appraised", data={}, expected=None, actor=actor(walk.appraiser), at=later(hours=3)
        )
    with pytest.raises(WrongState):
        commands.end_run(run_id=task.run_id, how="stopped", reason="", actor=SYSTEM, at=later(hours=3))


def test_who_claims_has_it_and_the_other_is_told(walk: Walk) -> None:
    walk.do(walk.desk, "forward")
    task = walk.task
    second = walk.office.hire(Role.HEAD, "competent")
    assert task.officer_id is None
    assert {t.id for t in queries.tasks_for([walk.head])} == {t.id for t in queries.tasks_for([second])} == {task.id}
    commands.claim_task(task_id=task.id, expected=task.version, actor=actor(walk.head), at=later(hours=2))
    with pytest.raises(Stale) as told:
        commands.claim_task(task_id=task.id, expected=task.version, actor=actor(second), at=later(hours=2))
    assert "đã" in str(told.value.details["changed"])
    assert not queries.tasks_for([second])
    with pytest.raises(NotAllowed):
        commands.claim_task(task_id=task.id, expected=None, actor=actor(second), at=later(hours=2))


def test_a_task_of_somebody_who_left_is_given_to_another_by_the_head(walk: Walk) -> None:
    """Whoever was chosen no longer holds the position when the step opens again: it goes to the role."""
    walk.to_approval()
    organisation.relieve(
        officer_id=walk.appraiser.officer_id,
        position_id=walk.appraiser.position_id,
        last_day=later(days=-1).date(),
        actor=SYSTEM,
        at=MORNING,
    )
    back = walk.do(walk.head, "return", words="Làm lại").opened[0]
    assert (back.officer_id, back.role) == (None, "appraiser")
    assert [t.id for t in queries.tasks_for([walk.other_appraiser])] == [back.id]


def test_a_run_starts_only_with_its_places_and_once(walk: Walk, land_certificate: UUID, subject: UUID) -> None:
    again: dict[str, Any] = {"process_version_id": land_certificate, "data": {}, "actor": SYSTEM, "at": MORNING}
    with pytest.raises(WrongState):
        commands.start_run(subject_id=subject, places=walk.office.places, **again)
    elsewhere = {"desk": At(walk.desk.agency_id)}
    with pytest.raises(Invalid) as told:
        commands.start_run(subject_id=walk.head.officer_id, places=elsewhere, **again)
    assert {problem.field for problem in told.value.problems} == {"places.competent", "places.commune"}


def test_data_stay_small(walk: Walk) -> None:
    walk.to_appraisal()
    with pytest.raises(Invalid, match="2 KB"):
        walk.do(walk.appraiser, "appraised", given=FILLED, data={"answer": {"text": "a" * 2000}})


def test_the_standing_is_drawn(walk: Walk) -> None:
    walk.to_appraisal()
    standing = queries.standing(walk.subject)
    assert standing is not None
    assert (standing.active, standing.done) == ({"Appraise"}, {"Forward", "Assign"})
    assert "Đang ở: Thẩm định hồ sơ." in drawing.svg(standing.graph, standing.active, standing.done)


def test_overdue_tasks_are_found(walk: Walk) -> None:
    task = walk.to_appraisal()
    assert task.due_at is not None
    assert list(queries.overdue(later(hours=2))) == []
    assert [t.id for t in queries.overdue(later(days=5))] == [task.id]
