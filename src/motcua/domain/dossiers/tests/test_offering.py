"""What a page may ask about a dossier's work: choices with the reason why not, whom to give it to, the money."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.domain.catalog.policy import POLICY
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.models import Result
from motcua.domain.dossiers.offering import Work
from motcua.domain.dossiers.tests.province import AT, FEE, Province, build
from motcua.domain.dossiers.tests.test_processing import TODAY, assigned, drafted, task
from motcua.domain.dossiers.types import Outcome
from motcua.domain.payments import queries as accounts
from motcua.domain.workflow.types import TaskId
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed

HOUR = timedelta(hours=1)


@pytest.fixture
def with_fee(db: None) -> Province:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    try:
        return build(fees=[FEE])
    finally:
        POLICY.checked_grounds_only = before


def the_work(dossier_id: TaskId, actor: Actor) -> Work:
    (found,) = queries.work(dossier_id, actor=actor, at=AT + HOUR)
    return found


def test_what_is_offered_to_me_is_nobody_elses(province: Province) -> None:
    dossier_id = assigned(province)
    mine = the_work(dossier_id, province.appraiser)
    assert (mine.is_mine, [offer.choice.key for offer in mine.offers]) == (True, ["submit", "draft", "supplement"])
    assert mine.offer("submit").leads_to == ("Ký",)
    assert mine.offer("draft").leads_to == ()
    assert not the_work(dossier_id, province.desk).offers
    assert the_work(dossier_id, province.head).may_assign
    with pytest.raises(Missing):
        queries.work(dossier_id, actor=province.stranger, at=AT)


def test_a_choice_says_why_it_is_not_possible(province: Province) -> None:
    dossier_id = drafted(province)
    commands.finish(task_id=task(dossier_id).id, action="back", words="Sửa", actor=province.leader, at=AT + HOUR)
    (late,) = queries.work(dossier_id, actor=province.appraiser, at=AT + timedelta(days=10))
    assert "Lãnh đạo phòng" in late.offer("supplement").hindrance
    assert late.offer("submit").hindrance == ""
    commands.ask_supplement(
        task_id=late.task.id, content="Ảnh", reason="Mờ", guidance="Chụp lại", actor=province.appraiser, at=AT + HOUR
    )
    held = the_work(dossier_id, province.appraiser)
    assert "Ảnh" in held.hindrance
    assert held.offer("submit").hindrance == held.hindrance


def test_nothing_is_signed_before_it_is_drafted(province: Province) -> None:
    dossier_id = assigned(province)
    commands.finish(task_id=task(dossier_id).id, action="submit", actor=province.appraiser, at=AT)
    assert "dự thảo" in the_work(dossier_id, province.leader).offer("sign").hindrance


def test_the_head_chooses_among_those_who_do_the_next_step(province: Province) -> None:
    dossier_id = province.received()
    chosen = queries.assignees(task(dossier_id), AT)
    assert [held.officer_id for held in chosen] == [province.appraiser.officer_id]


def test_the_line_beside_the_status_names_who_has_it(province: Province) -> None:
    dossier_id = assigned(province)
    found = queries.dossier(dossier_id, actor=province.desk, on=TODAY)
    line = queries.information(found, queries.status(found), AT + HOUR)
    assert "Vũ Thanh Tùng" in line
    assert local(found.due_at).strftime("%d/%m/%Y") in line


@pytest.mark.requirement("TT11-18.4")
def test_money_is_taken_with_a_receipt_on_paper(with_fee: Province) -> None:
    dossier_id = with_fee.received()
    (due,) = accounts.account_of(dossier_id).dues
    take = {"dossier_id": dossier_id, "due_ids": [due.id], "till": "1", "at": AT + HOUR}
    with pytest.raises(Invalid):
        commands.take_money(**take, tendered=10_000, actor=with_fee.desk)
    with pytest.raises(NotAllowed):
        commands.take_money(**take, tendered=50_000, actor=with_fee.appraiser)
    taken = commands.take_money(**take, tendered=50_000, actor=with_fee.desk)
    assert (taken.receipt.amount, taken.receipt.change) == (20_000, 30_000)
    paper = papers.paper(taken.paper_id)
    assert taken.receipt.code in paper.title
    again = commands.print_fee_receipt(
        dossier_id=dossier_id, receipt_id=taken.receipt.id, actor=with_fee.desk, at=AT + HOUR
    )
    assert again == taken.paper_id


def test_the_appraisers_words_stand_on_the_result(province: Province) -> None:
    dossier_id = assigned(province)
    facts = {"subtitle": "Về việc thả diều", "body": "Điều 1. Cho thả.\r\n\r\nĐiều 2. Có hiệu lực ngay."}
    commands.draft_result(
        task_id=task(dossier_id).id, outcome=Outcome.GRANTED, facts=facts, actor=province.appraiser, at=AT + HOUR
    )
    kept = Result.objects.get(dossier_id=dossier_id, replaced_at=None).data
    assert kept["subtitle"] == "Về việc thả diều"
    assert [part["text"] for part in kept["body"]] == ["Điều 1. Cho thả.", "Điều 2. Có hiệu lực ngay."]


@pytest.mark.requirement("TT11-15.2")
def test_answers_stand_beside_what_is_known(province: Province) -> None:
    dossier_id = province.draft()
    commands.save_answers(
        dossier_id=dossier_id,
        changes={"who": {"full_name": "Trần Thị Bười", "sex": "female"}},
        expected=None,
        actor=province.applicant,
        at=AT,
    )
    (kite,) = queries.declared(dossier_id, actor=province.applicant, on=TODAY)
    rows = {row.label.split(" – ")[-1]: row for row in kite.rows}
    assert rows["Sải cánh (m)"].value == "2"
    wrong = next(row for row in kite.rows if row.differs)
    assert (wrong.value, wrong.known) == ("Trần Thị Bười", "Trần Thị Bưởi")
    assert any(row.source and not row.differs for row in kite.rows)
