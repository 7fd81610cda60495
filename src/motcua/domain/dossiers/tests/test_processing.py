"""From assignment to the return of the result: each role does its part and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from motcua.domain.catalog.policy import POLICY
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.documents import queries as papers
from motcua.domain.documents.types import PaperState
from motcua.domain.dossiers import commands, handlers, queries
from motcua.domain.dossiers.models import Result
from motcua.domain.dossiers.tests.province import AT, FEE, Province, build
from motcua.domain.dossiers.types import Originals, Outcome, Receiver, ResultStage
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses.types import State
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Assignee, Task
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as files

TODAY = local(AT).date()
HOUR = timedelta(hours=1)


def task(dossier_id: UUID) -> Task:
    (found,) = runs.open_tasks(dossier_id)
    return found


def state(province: Province, dossier_id: UUID) -> State:
    return queries.dossier(dossier_id, actor=province.desk, on=TODAY).state


def assigned(province: Province) -> UUID:
    dossier_id = province.received()
    who = Assignee(province.appraiser.officer_id, province.appraiser.position_id)
    commands.finish(task_id=task(dossier_id).id, action="assign", assignee=who, actor=province.head, at=AT)
    return dossier_id


def drafted(province: Province, outcome: Outcome = Outcome.GRANTED) -> UUID:
    dossier_id = assigned(province)
    reasons = ("Diều to",) if outcome is Outcome.REFUSED else ()
    commands.draft_result(
        task_id=task(dossier_id).id, outcome=outcome, reasons=reasons, actor=province.appraiser, at=AT + HOUR
    )
    commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.appraiser, at=AT + HOUR)
    return dossier_id


def pretend_signed(province: Province, dossier_id: UUID, actor: Actor, stage: ResultStage, at: datetime) -> None:
    """What the signing room does when a signature arrives: the file grows, an event is recorded."""
    result = Result.objects.get(dossier_id=dossier_id, replaced_at__isnull=True)
    request_id = uuid4()
    result.stage, result.signing_request_id, result.task_id = stage, request_id, task(dossier_id).id
    result.data = dict(result.data) | {"action": "sign" if stage is ResultStage.SIGNING else "seal"}
    result.save()
    grown = files.read(papers.paper(result.paper_id).file_id) + b"% signature"
    kept = storage.keep(content=grown, name="r.pdf", media_type="application/pdf", actor=system("t"), at=at)
    told = journal.history(dossier_id)[-1]
    data = {"request_id": str(request_id), "file_id": str(kept.id)}
    event = replace(
        told,
        kind="signing.completed",
        data=data,
        happened_at=at,
        officer_id=actor.officer_id,
        position_id=actor.position_id,
    )
    handlers.signature_made(event)


def sealed(province: Province, outcome: Outcome = Outcome.GRANTED) -> UUID:
    dossier_id = drafted(province, outcome)
    pretend_signed(province, dossier_id, province.leader, ResultStage.SIGNING, AT + 2 * HOUR)
    assert task(dossier_id).node == "number"
    commands.number_result(task_id=task(dossier_id).id, action="number", actor=province.clerk, at=AT + 3 * HOUR)
    pretend_signed(province, dossier_id, province.clerk, ResultStage.SEALING, AT + 4 * HOUR)
    return dossier_id


@pytest.mark.requirement("TT11-14.1")
def test_the_head_assigns_and_only_the_chosen_officer_works(province: Province) -> None:
    dossier_id = assigned(province)
    assert task(dossier_id).officer_id == province.appraiser.officer_id
    with pytest.raises(NotAllowed):
        commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.leader, at=AT)
    with pytest.raises(Missing):
        commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.stranger, at=AT)


@pytest.mark.requirement("TT11-16.1", "TT11-16.4")
def test_the_leader_sends_back_with_directions_that_the_handler_reads(province: Province) -> None:
    dossier_id = drafted(province)
    with pytest.raises(Invalid):
        commands.finish(task_id=task(dossier_id).id, action="back", actor=province.leader, at=AT)
    commands.finish(task_id=task(dossier_id).id, action="back", words="Sửa tên", actor=province.leader, at=AT)
    again = task(dossier_id)
    assert (again.node, again.officer_id, again.reason) == ("appraise", province.appraiser.officer_id, "Sửa tên")


@pytest.mark.requirement("TT11-15.8", "TT11-13.2", "TT21-PL2-4.1c-4", "TT21-PL2-4.1c-9")
class TestSupplement:
    def ask(self, province: Province, dossier_id: UUID, at: datetime = AT + HOUR) -> None:
        commands.ask_supplement(
            task_id=task(dossier_id).id,
            content="Ảnh mặt sau",
            reason="Thiếu",
            guidance="Chụp lại",
            items=["picture"],
            actor=province.appraiser,
            at=at,
        )

    def test_the_clock_stops_and_restarts_from_the_hand_in(self, province: Province) -> None:
        dossier_id = assigned(province)
        self.ask(province, dossier_id)
        assert state(province, dossier_id) is State.SUPPLEMENT_ASKED
        assert clocks.clock_of(dossier_id, ClockKind.RESOLVING).state is ClockState.PAUSED
        with pytest.raises(WrongState):
            commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.appraiser, at=AT)
        province.give_picture(dossier_id)
        handed_in = AT + timedelta(days=3)  # Monday 23/11
        commands.supplement(dossier_id=dossier_id, actor=province.applicant, at=handed_in)
        commands.confirm_supplement(dossier_id=dossier_id, actor=province.desk, at=handed_in + HOUR)
        found = queries.dossier(dossier_id, actor=province.desk, on=TODAY)
        assert found.state is State.IN_PROGRESS
        assert local(found.due_at).date().isoformat() == "2026-12-01"  # five days after the 23rd, the 24th is a holiday
        assert [paper.kind for paper in papers.papers_of(dossier_id)][-1] == "receipt_updated"

    def test_a_second_one_is_the_heads(self, province: Province) -> None:
        dossier_id = assigned(province)
        self.ask(province, dossier_id)
        commands.supplement(dossier_id=dossier_id, actor=province.applicant, at=AT + HOUR)
        commands.confirm_supplement(dossier_id=dossier_id, actor=province.desk, at=AT + HOUR)
        with pytest.raises(NotAllowed):
            self.ask(province, dossier_id, at=AT + 2 * HOUR)

    def test_too_late_is_the_heads(self, province: Province) -> None:
        with pytest.raises(NotAllowed):
            self.ask(province, assigned(province), at=AT + timedelta(days=10))

    def test_nobody_stops_a_dossier_while_the_window_runs(self, province: Province) -> None:
        dossier_id = assigned(province)
        self.ask(province, dossier_id)
        with pytest.raises(WrongState):
            commands.stop(
                dossier_id=dossier_id, reason="Không bổ sung", actor=province.leader, at=AT + timedelta(days=1)
            )
        commands.stop(dossier_id=dossier_id, reason="Không bổ sung", actor=province.leader, at=AT + timedelta(days=20))
        assert state(province, dossier_id) is State.STOPPED


@pytest.mark.requirement("TT11-18.1", "TT11-18.2", "TT11-18.4", "TT11-15.11")
class TestResult:
    def test_signed_numbered_sealed_and_returned(self, province: Province) -> None:
        dossier_id = sealed(province)
        found = queries.dossier(dossier_id, actor=province.applicant, on=TODAY)
        assert (found.state, found.outcome) == (State.DECIDED, Outcome.GRANTED)
        assert found.finished_at == AT + 4 * HOUR
        result = queries.result(dossier_id, actor=province.applicant, on=TODAY)
        paper = papers.paper(result.paper_id)
        assert (paper.state, paper.number.split("/")[0]) == (PaperState.ISSUED, "01")
        receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
        commands.return_in_person(
            dossier_id=dossier_id, receiver=receiver, originals=(), actor=province.desk, at=AT + 5 * HOUR
        )
        after = queries.dossier(dossier_id, actor=province.applicant, on=TODAY)
        assert (after.state, after.returned_at) == (State.RETURNED, AT + 5 * HOUR)
        assert runs.open_tasks(dossier_id) == ()

    def test_downloading_it_is_receiving_it_once(self, province: Province) -> None:
        dossier_id = sealed(province)
        for _ in range(2):
            commands.return_online(dossier_id=dossier_id, actor=province.applicant, at=AT + 5 * HOUR)
        assert len(queries.returns(dossier_id, actor=province.desk, on=TODAY)) == 1
        assert state(province, dossier_id) is State.RETURNED

    @pytest.mark.requirement("TT11-18.5")
    def test_somebody_else_needs_an_authority(self, province: Province) -> None:
        receiver = Receiver("Con trai", "040200000009", is_owner=False)
        with pytest.raises(Invalid):
            commands.return_in_person(
                dossier_id=sealed(province), receiver=receiver, originals=(), actor=province.desk, at=AT
            )

    @pytest.mark.requirement("TT11-18.6")
    def test_an_original_that_stays_keeps_the_dossier_unreturned(self, province: Province) -> None:
        dossier_id = sealed(province)
        receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
        kept = [Originals("Sổ đỏ", handed_back=False)]
        with pytest.raises(Invalid):
            commands.return_in_person(
                dossier_id=dossier_id, receiver=receiver, originals=kept, actor=province.desk, at=AT
            )
        kept = [Originals("Sổ đỏ", handed_back=False, note="Chờ đối soát")]
        commands.return_in_person(dossier_id=dossier_id, receiver=receiver, originals=kept, actor=province.desk, at=AT)
        assert state(province, dossier_id) is State.DECIDED

    def test_a_refusing_result_stops_the_dossier_and_is_returned(self, province: Province) -> None:
        dossier_id = sealed(province, Outcome.REFUSED)
        found = queries.dossier(dossier_id, actor=province.applicant, on=TODAY)
        assert (found.state, found.outcome) == (State.STOPPED, Outcome.REFUSED)
        receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
        commands.return_in_person(dossier_id=dossier_id, receiver=receiver, originals=(), actor=province.desk, at=AT)
        assert len(queries.returns(dossier_id, actor=province.desk, on=TODAY)) == 1

    def test_a_failed_signature_says_why_and_leaves_the_task(self, province: Province) -> None:
        dossier_id = drafted(province)
        result = Result.objects.get(dossier_id=dossier_id, replaced_at__isnull=True)
        result.stage, result.signing_request_id = ResultStage.SIGNING, uuid4()
        result.save()
        told = journal.history(dossier_id)[-1]
        why = {"request_id": str(result.signing_request_id), "sentence": "Sai mã PIN"}
        handlers.signature_failed(replace(told, kind="signing.failed", data=why, happened_at=AT))
        assert queries.result(dossier_id, actor=province.leader, on=TODAY).problem == "Sai mã PIN"
        assert task(dossier_id).node == "sign"


@pytest.mark.requirement("TT21-PL2-4.1b-4")
def test_after_reception_one_asks_to_stop_and_the_agency_decides(province: Province) -> None:
    dossier_id = assigned(province)
    with pytest.raises(Invalid):
        commands.ask_stop(dossier_id=dossier_id, reason="", actor=province.applicant, at=AT)
    commands.ask_stop(dossier_id=dossier_id, reason="Bán diều rồi", actor=province.applicant, at=AT)
    assert state(province, dossier_id) is State.STOP_ASKED
    commands.decline_stop(dossier_id=dossier_id, reason="Sắp xong", actor=province.leader, at=AT + HOUR)
    assert state(province, dossier_id) is State.IN_PROGRESS
    commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.appraiser, at=AT + HOUR)
    commands.ask_stop(dossier_id=dossier_id, reason="Bán thật rồi", actor=province.applicant, at=AT + HOUR)
    commands.stop(dossier_id=dossier_id, reason="Theo đề nghị", actor=province.leader, at=AT + 2 * HOUR)
    assert state(province, dossier_id) is State.STOPPED
    assert runs.open_tasks(dossier_id) == ()
    assert clocks.clock_of(dossier_id, ClockKind.RESOLVING).state is ClockState.STOPPED


@pytest.mark.requirement("TT11-18.3", "TT21-PL2-4.1c-10")
def test_money_due_at_acceptance_is_waited_for_and_then_work_goes_on(db: None) -> None:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    try:
        province = build(fees=[FEE])
    finally:
        POLICY.checked_grounds_only = before
    dossier_id = province.received()
    assert state(province, dossier_id) is State.PAYMENT_DUE
    with pytest.raises(WrongState):
        commands.finish(task_id=task(dossier_id).id, action="assign", actor=province.head, at=AT)
    (due,) = accounts.account_of(dossier_id).dues
    payments.take_cash(subject_id=dossier_id, due_ids=[due.id], tendered=20000, till="1", actor=province.desk, at=AT)
    told = next(e for e in journal.history(dossier_id) if e.kind == "payment.settled")
    handlers.money_came_in(told)
    assert state(province, dossier_id) is State.IN_PROGRESS
    handlers.money_came_in(told)
    assert state(province, dossier_id) is State.IN_PROGRESS


@pytest.mark.requirement("TT11-18.4")
def test_money_due_at_the_return_holds_nothing_up_until_then(db: None) -> None:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    try:
        province = build(fees=[FEE | {"collected_at": "return"}])
    finally:
        POLICY.checked_grounds_only = before
    dossier_id = sealed(province)
    receiver = Receiver("Trần Thị Bưởi", "040185000001", is_owner=True)
    back = {
        "dossier_id": dossier_id,
        "receiver": receiver,
        "originals": (),
        "actor": province.desk,
        "at": AT + 5 * HOUR,
    }
    with pytest.raises(WrongState):
        commands.return_in_person(**back)
    with pytest.raises(WrongState):
        commands.return_online(dossier_id=dossier_id, actor=province.applicant, at=AT + 5 * HOUR)
    (due,) = accounts.account_of(dossier_id).dues
    payments.take_cash(subject_id=dossier_id, due_ids=[due.id], tendered=20000, till="1", actor=province.desk, at=AT)
    commands.return_in_person(**back)
    assert state(province, dossier_id) is State.RETURNED
    refused = sealed(province, Outcome.REFUSED)
    assert accounts.account_of(refused).owed == 0
