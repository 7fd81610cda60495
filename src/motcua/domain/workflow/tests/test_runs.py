"""Publishing, waiting, parking, branches: against the database."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from motcua.domain.workflow import commands, models, queries
from motcua.domain.workflow.tests.conftest import SAMPLE
from motcua.domain.workflow.tests.drawn import WHO, file, flow, line, step, steps
from motcua.domain.workflow.tests.office import MORNING, SYSTEM, Office, actor, later
from motcua.domain.workflow.types import Advance, At, RunState, Task, TaskState
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.errors import Invalid, Missing, WrongState
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation.types import Role

pytestmark = pytest.mark.django_db

CHOICE = (
    '<bpmn:startEvent id="Start"/><bpmn:endEvent id="Yes"/><bpmn:endEvent id="No"/>'
    '<bpmn:exclusiveGateway id="X" name="Đủ điều kiện?" default="X_No"/>' + step("A") + flow("Start", "A")
    + flow("A", "X") + flow("X", "Yes", "b1") + flow("X", "No")
)  # fmt: skip
BRANCHES = (
    '<bpmn:startEvent id="Start"/><bpmn:endEvent id="End"/><bpmn:parallelGateway id="S"/><bpmn:parallelGateway id="J"/>'
    + step("A") + step("B") + step("C") + step("D") + flow("Start", "A") + flow("A", "S") + flow("S", "B")
    + flow("S", "C") + flow("B", "J") + flow("C", "J") + flow("J", "D") + flow("D", "End")
)  # fmt: skip


def publish(body: str, key: str = "test") -> UUID:
    return commands.publish_process(key=key, bpmn=file(body), actor=SYSTEM, at=MORNING)


def start(office: Office, body: str, subject: UUID, **data: object) -> Advance:
    return commands.start_run(
        subject_id=subject,
        process_version_id=publish(body),
        data=data,
        places={"office": office.places["competent"]},
        actor=SYSTEM,
        at=MORNING,
    )


def ready(subject: UUID) -> list[str]:
    return sorted(task.node for task in queries.open_tasks(subject))


def complete(subject: UUID, node: str, **data: object) -> Advance:
    (task,) = (task for task in queries.open_tasks(subject) if task.node == node)
    return commands.complete_task(
        task_id=task.id, action="complete", data=data, expected=task.version, actor=SYSTEM, at=later(hours=1)
    )


def test_a_version_is_published_once_and_never_changes(db: None) -> None:
    first = commands.publish_process(key="land", bpmn=SAMPLE.read_bytes(), actor=SYSTEM, at=MORNING)
    assert commands.publish_process(key="land", bpmn=SAMPLE.read_bytes(), actor=SYSTEM, at=MORNING) == first
    changed = SAMPLE.read_bytes().replace("Ký Giấy".encode(), "Ký giấy".encode())
    second = commands.publish_process(key="land", bpmn=changed, actor=SYSTEM, at=MORNING)
    assert [(p.id, p.version) for p in queries.processes()] == [(second, 2), (first, 1)]
    assert queries.bpmn(first) == SAMPLE.read_bytes()
    assert queries.graph(second).node("Sign").name == "Ký giấy chứng nhận"
    assert queries.process(first).name == "Cấp đổi Giấy chứng nhận quyền sử dụng đất"
    with pytest.raises(ProgrammingError), transaction.atomic():
        models.ProcessVersion.objects.filter(id=first).update(name="khác")


def test_a_faulty_process_is_not_published_and_says_where(db: None) -> None:
    with pytest.raises(Invalid) as told:
        publish(steps("A") + step("Lost"))
    assert [problem.field for problem in told.value.problems] == ["Lost"]
    with pytest.raises(Invalid, match="Dòng"):
        commands.publish_process(
            key="x", bpmn=SAMPLE.read_bytes().replace(b'role="head"', b'role="king"'), actor=SYSTEM, at=MORNING
        )
    with pytest.raises(Invalid):
        commands.publish_process(key="x", bpmn=SAMPLE.read_bytes(), actor=SYSTEM, at=MORNING, limit_minutes=480)
    assert queries.processes() == []


def test_nothing_there_is_told(db: None) -> None:
    for ask in (queries.task, queries.run, queries.process, queries.graph, queries.bpmn, queries.returnable):
        with pytest.raises(Missing):
            ask(new_id())
    assert queries.run_of(new_id()) is None
    assert queries.standing(new_id()) is None


def test_a_condition_without_its_value_parks_with_a_sentence(office: Office, subject: UUID) -> None:
    start(office, CHOICE, subject)
    stopped = complete(subject, "A")
    assert stopped.parked is not None
    assert "Đủ điều kiện?" in stopped.parked
    assert "b1" in stopped.parked
    assert stopped.ended is None
    assert [run.subject_id for run in queries.parked()] == [subject]
    with pytest.raises(Invalid):
        commands.retry_parked(run_id=stopped.run_id, data={"b1": 1}, actor=SYSTEM, at=later(hours=2))
    gone_on = commands.retry_parked(run_id=stopped.run_id, data={"b1": True}, actor=SYSTEM, at=later(hours=2))
    assert gone_on.ended == "Yes"
    assert queries.parked() == []
    with pytest.raises(WrongState):
        commands.retry_parked(run_id=stopped.run_id, data={}, actor=SYSTEM, at=later(hours=2))
    kinds = [event.kind for event in journal.history(subject)]
    assert [kind for kind in kinds if kind.startswith("run.")] == [
        "run.started",
        "run.parked",
        "run.retried",
        "run.ended",
    ]


def test_branches_are_rows_and_join(office: Office, subject: UUID) -> None:
    start(office, BRANCHES, subject)
    assert [task.node for task in complete(subject, "A").opened] == ["B", "C"]
    complete(subject, "C")
    assert ready(subject) == ["B"]
    complete(subject, "B")
    assert ready(subject) == ["D"]
    assert complete(subject, "D").ended == "End"


def test_returning_before_a_split_calls_the_other_branch_off(office: Office, subject: UUID) -> None:
    start(office, BRANCHES, subject)
    complete(subject, "A")
    branch = next(task for task in queries.open_tasks(subject) if task.node == "B")
    assert [task.node for task in queries.returnable(branch.id)] == ["A"]
    back = commands.return_task(
        task_id=branch.id, to="A", words="Làm lại", expected=None, actor=SYSTEM, at=later(hours=2)
    )
    assert {(task.node, str(task.closing)) for task in back.closed} == {("B", "returned"), ("C", "withdrawn")}
    assert ready(subject) == ["A"]
    complete(subject, "A")
    assert ready(subject) == ["B", "C"]


def test_a_message_wakes_who_waits_for_it(office: Office, subject: UUID) -> None:
    waits = line(("M", '<bpmn:receiveTask id="M" name="Thuế"/>'), ("A", step("A")))
    start(office, waits, subject)
    assert ready(subject) == []
    say = {"data": {"b1": True}, "actor": SYSTEM, "at": later(days=1)}
    assert commands.deliver_message(subject_id=subject, message="other", **say) is None  # type: ignore[arg-type]
    assert commands.deliver_message(subject_id=new_id(), message="M", **say) is None  # type: ignore[arg-type]
    gone_on = commands.deliver_message(subject_id=subject, message="M", **say)  # type: ignore[arg-type]
    assert gone_on is not None
    assert [task.node for task in gone_on.opened] == ["A"]
    assert commands.deliver_message(subject_id=subject, message="M", **say) is None  # type: ignore[arg-type]


def test_a_timer_wakes_when_its_time_has_come(office: Office, subject: UUID) -> None:
    timer = (
        '<bpmn:intermediateCatchEvent id="T"><bpmn:timerEventDefinition id="d">'
        "<bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:intermediateCatchEvent>"
    )
    run_id = start(office, line(("T", timer), ("A", step("A"))), subject).run_id
    assert queries.to_wake(later(hours=1)) == []
    assert commands.wake_run(run_id=run_id, actor=SYSTEM, at=later(hours=1)).opened == ()
    assert queries.to_wake(later(hours=2)) == [run_id]
    assert [t.node for t in commands.wake_run(run_id=run_id, actor=SYSTEM, at=later(hours=2)).opened] == ["A"]
    assert queries.to_wake(later(hours=3)) == []


def test_what_opens_in_a_held_run_waits_too(office: Office, subject: UUID) -> None:
    waits = line(("M", '<bpmn:receiveTask id="M"/>'), ("A", step("A", attributes='limit="480"')))
    run_id = start(office, waits, subject).run_id
    commands.hold_run(run_id=run_id, reason="Chờ", actor=SYSTEM, at=MORNING)
    commands.deliver_message(subject_id=subject, message="M", data={}, actor=SYSTEM, at=later(hours=1))
    (task,) = queries.open_tasks(subject)
    assert task.state is TaskState.HELD
    commands.release_run(run_id=run_id, actor=SYSTEM, at=later(days=1))
    (task,) = queries.open_tasks(subject)
    assert (task.state, task.due_at) == (TaskState.OPEN, later(days=4))


def test_a_step_of_nobody_is_opened_for_the_owner_of_the_run(office: Office, subject: UUID) -> None:
    body = line(("Pay", step("Pay", "", kind="pay")), ("A", step("A")))
    (task,) = start(office, body, subject).opened
    assert (task.role, task.officer_id, task.agency_id) == ("", None, None)
    somebody = office.hire(Role.APPRAISER, "competent")
    assert not queries.tasks_for([somebody])
    complete(subject, "Pay")
    assert [t.node for t in queries.tasks_for([somebody])] == ["A"]


def test_a_position_or_a_person_may_be_named(office: Office, subject: UUID) -> None:
    first, second = office.hire(Role.APPRAISER, "competent"), office.hire(Role.APPRAISER, "competent")
    body = line(
        ("A", step("A", f'<mc:who position="{second.position_id}"/>')),
        ("B", step("B", f'<mc:who person="{first.officer_id}"/>')),
        ("C", step("C", '<mc:who previous="true"/>')),
    )
    start(office, body, subject)
    assert [[t.node for t in queries.tasks_for([who])] for who in (first, second)] == [[], ["A"]]
    complete(subject, "A")
    assert [[t.node for t in queries.tasks_for([who])] for who in (first, second)] == [["B"], []]
    (task,) = queries.open_tasks(subject)
    commands.complete_task(
        task_id=task.id, action="complete", data={}, expected=None, actor=actor(first), at=later(hours=1)
    )
    (task,) = queries.open_tasks(subject)
    assert (task.node, task.officer_id) == ("C", first.officer_id)


def test_the_inbox_is_sorted_sliced_and_counted(office: Office) -> None:
    somebody = office.hire(Role.APPRAISER, "competent")
    for minutes in ("", 'limit="960"', 'limit="60"'):
        start(office, line(("A", step("A", WHO, attributes=minutes))), new_id())
    inbox = queries.tasks_for([somebody])
    dues = [task.due_at for task in inbox]
    assert dues == [later(hours=1), later(days=4), None]
    assert (inbox.count(), [t.due_at for t in inbox[:1]]) == (3, dues[:1])
    assert len(inbox.subject_ids()) == 3
    assert not queries.tasks_for([])
    land = office.places["competent"]
    assert queries.tasks_at(land.agency_id, land.department_id).count() == 3
    assert not queries.tasks_at(office.places["commune"].agency_id)


def test_the_database_itself_refuses_a_second_open_task(office: Office, subject: UUID) -> None:
    (task,) = start(office, steps("A"), subject).opened
    row = models.Task.objects.get(id=task.id)
    row.id, row.number, row.attempt = new_id(), 2, 2
    with pytest.raises(IntegrityError, match="one_open_per_token"), transaction.atomic():
        row.save(force_insert=True)


def test_a_subject_may_run_again_after_its_end(office: Office, subject: UUID) -> None:
    start(office, steps("A"), subject)
    complete(subject, "A")
    start(office, steps("A"), subject)
    run = queries.run_of(subject)
    assert run is not None
    assert run.state is RunState.RUNNING
    assert [task.node for task in queries.trace(subject)] == ["A", "A"]


def test_an_agency_without_anybody_offers_to_its_leader(office: Office, subject: UUID) -> None:
    body = line(("A", step("A", '<mc:who role="clerk" place="office"/>')))
    process = publish(body)
    commands.start_run(
        subject_id=subject,
        process_version_id=process,
        data={},
        places={"office": At(office.places["commune"].agency_id)},
        actor=SYSTEM,
        at=MORNING,
    )
    task: Task = queries.open_tasks(subject)[0]
    assert (task.role, task.agency_id) == ("leader", office.places["commune"].agency_id)
    assert journal.history(subject)[-1].data["fell_back_to_head"] is True  # type: ignore[index]
