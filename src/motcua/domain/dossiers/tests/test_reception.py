"""From a draft to a receipt, or to one of the other answers of the desk."""

from datetime import timedelta

import pytest

from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.statuses.types import State
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor, system
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, Stale, WrongState
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import Role

TODAY = local(AT).date()


def state(province: Province, dossier_id: object) -> State:
    return queries.dossier(dossier_id, actor=province.desk, on=TODAY).state  # type: ignore[arg-type]


@pytest.mark.requirement("TT21-PL1-4.2", "TT11-12.3a", "TT21-PL2-5.3")
def test_a_submitted_dossier_has_one_code_for_life(province: Province) -> None:
    first, second = province.submitted(), province.submitted()
    assert first.code == f"{province.agency.code}-261120-0001"
    assert second.code == f"{province.agency.code}-261120-0002"
    commands.receive(dossier_id=first.dossier_id, actor=province.desk, at=AT)
    assert queries.dossier(first.dossier_id, actor=province.desk, on=TODAY).code == first.code


def test_submitting_twice_under_one_request_is_submitting_once(province: Province) -> None:
    dossier_id, actor = province.draft(), province.applicant
    assert commands.submit(dossier_id=dossier_id, actor=actor, at=AT) == commands.submit(
        dossier_id=dossier_id, actor=actor, at=AT
    )


@pytest.mark.requirement("TT21-PL2-5.2", "TT11-12.1d")
def test_what_is_missing_is_said_all_at_once_and_nothing_is_lost(province: Province) -> None:
    dossier_id = province.draft(with_picture=False)
    commands.save_answers(dossier_id=dossier_id, changes={"size": None}, expected=None, actor=province.applicant, at=AT)
    with pytest.raises(Invalid) as refused:
        commands.submit(dossier_id=dossier_id, actor=province.applicant, at=AT)
    assert [problem.field for problem in refused.value.problems] == ["size"]
    commands.save_answers(dossier_id=dossier_id, changes={"size": 3}, expected=None, actor=province.applicant, at=AT)
    with pytest.raises(Invalid, match="Ảnh con diều"):
        commands.submit(dossier_id=dossier_id, actor=province.applicant, at=AT)


@pytest.mark.requirement("TT11-12.2đ", "TT11-19.1")
def test_receiving_starts_the_clock_and_prints_the_receipt(province: Province) -> None:
    dossier_id = province.received()
    found = queries.dossier(dossier_id, actor=province.desk, on=TODAY)
    assert found.state is State.IN_PROGRESS
    assert local(found.due_at) == local(AT).replace(
        day=30, hour=17
    )  # 5 working days after Friday 20/11, 24/11 is a holiday
    assert [paper.kind for paper in papers.papers_of(dossier_id)] == ["receipt"]
    assert clocks.clock_of(dossier_id, ClockKind.RECEPTION).state is ClockState.STOPPED


def test_limits_follow_the_case(province: Province) -> None:
    found = queries.dossier(province.received(size=9), actor=province.desk, on=TODAY)
    assert found.case_key == "big"
    assert local(found.due_at).date().isoformat() == "2026-12-07"


@pytest.mark.requirement("TT11-12.2d", "TT21-PL2-4.1b-7", "TT11-19.2")
class TestCompletion:
    def ask(self, province: Province, dossier_id: object, **words: str) -> None:
        said = {"content": "Ảnh rõ hơn", "reason": "Ảnh mờ", "guidance": "Chụp ban ngày"} | words
        commands.ask_completion(dossier_id=dossier_id, actor=province.desk, at=AT, **said)  # type: ignore[arg-type]

    @pytest.mark.parametrize("missing", ["content", "reason", "guidance"])
    def test_it_is_asked_with_everything(self, province: Province, missing: str) -> None:
        with pytest.raises(Invalid):
            self.ask(province, province.submitted().dossier_id, **{missing: " "})

    def test_the_applicant_completes_and_it_waits_again(self, province: Province) -> None:
        dossier_id = province.submitted().dossier_id
        self.ask(province, dossier_id)
        assert state(province, dossier_id) is State.RETURNED_FOR_COMPLETION
        commands.complete(dossier_id=dossier_id, actor=province.applicant, at=AT + timedelta(hours=2))
        assert state(province, dossier_id) is State.COMPLETED
        assert clocks.clock_of(dossier_id, ClockKind.RECEPTION).state is ClockState.RUNNING

    def test_a_second_time_is_the_heads(self, province: Province) -> None:
        dossier_id = province.submitted().dossier_id
        self.ask(province, dossier_id)
        commands.complete(dossier_id=dossier_id, actor=province.applicant, at=AT)
        with pytest.raises(NotAllowed):
            self.ask(province, dossier_id)


@pytest.mark.requirement("TT11-12.2c", "TT11-19.3", "TT21-PL2-4.1b-9")
def test_refusing_takes_a_reason_and_only_before_reception(province: Province) -> None:
    dossier_id = province.submitted().dossier_id
    refuse = {"guidance": "", "ground": "Điều 17", "actor": province.desk, "at": AT}
    with pytest.raises(Invalid):
        commands.refuse_reception(dossier_id=dossier_id, reasons=[" "], **refuse)
    commands.refuse_reception(dossier_id=dossier_id, reasons=["Diều quá to"], **refuse)
    assert state(province, dossier_id) is State.REFUSED
    with pytest.raises(WrongState):
        commands.refuse_reception(dossier_id=province.received(), reasons=["Muộn"], **refuse)


def test_not_competent_is_neither_refusal_nor_supplement(province: Province) -> None:
    dossier_id = province.submitted().dossier_id
    commands.return_as_not_competent(
        dossier_id=dossier_id, reason="Ở xã khác", right_agency="UBND xã Bên", ground="", actor=province.desk, at=AT
    )
    found = queries.dossier(dossier_id, actor=province.applicant, on=TODAY)
    assert found.state is State.NOT_COMPETENT
    assert "UBND xã Bên" in found.ended_reason


@pytest.mark.requirement("TT21-PL2-4.1b-5")
def test_the_applicant_withdraws_before_reception_and_not_after(province: Province) -> None:
    dossier_id = province.submitted().dossier_id
    commands.withdraw(dossier_id=dossier_id, reason="Đổi ý", actor=province.applicant, at=AT)
    assert state(province, dossier_id) is State.WITHDRAWN
    with pytest.raises(WrongState):
        commands.withdraw(dossier_id=province.received(), reason="", actor=province.applicant, at=AT)


@pytest.mark.requirement("TT21-PL2-5.8")
def test_a_draft_is_cancelled_and_restored_with_its_data(province: Province) -> None:
    dossier_id = province.draft(size=4)
    commands.discard_draft(dossier_id=dossier_id, actor=province.applicant, at=AT)
    assert queries.drafts_of(actor=province.applicant, on=TODAY) == []
    commands.restore_draft(dossier_id=dossier_id, actor=province.applicant, at=AT)
    assert commands.submit(dossier_id=dossier_id, actor=province.applicant, at=AT).code
    with pytest.raises(WrongState):
        commands.discard_draft(dossier_id=dossier_id, actor=province.applicant, at=AT)


class TestThreePeople:
    """The owner, an officer of the desk, and strangers of both kinds."""

    @pytest.mark.requirement("TT21-A4.1b")
    def test_not_yours_is_not_there(self, province: Province) -> None:
        dossier_id = province.submitted().dossier_id
        for stranger in (province.next_door, province.stranger):
            with pytest.raises(Missing):
                queries.dossier(dossier_id, actor=stranger, on=TODAY)
            with pytest.raises(Missing):
                commands.withdraw(dossier_id=dossier_id, reason="", actor=stranger, at=AT)
            assert queries.find_many(queries.Filter(), actor=stranger, at=AT, on=TODAY).total == 0

    def test_a_draft_is_nobody_elses(self, province: Province) -> None:
        with pytest.raises(Missing):
            queries.dossier(province.draft(), actor=province.desk, on=TODAY)

    def test_seeing_is_not_doing(self, province: Province) -> None:
        dossier_id = province.submitted().dossier_id
        with pytest.raises(NotAllowed):
            commands.receive(dossier_id=dossier_id, actor=province.applicant, at=AT)
        with pytest.raises(NotAllowed):
            commands.withdraw(dossier_id=dossier_id, reason="", actor=province.desk, at=AT)

    def test_a_stale_page_is_told(self, province: Province) -> None:
        dossier_id = province.submitted().dossier_id
        with pytest.raises(Stale):
            commands.receive(dossier_id=dossier_id, actor=province.desk, at=AT, expected=1)

    def test_lists_are_the_details(self, province: Province) -> None:
        wanted = province.submitted().dossier_id
        rows = queries.find_many(queries.Filter(text="tha dieu"), actor=province.desk, at=AT, on=TODAY).rows
        assert [row.id for row in rows] == [wanted]
        head = organisation.somebody(province.agency, Role.HEAD)
        assert queries.find_many(queries.Filter(), actor=head, at=AT, on=TODAY).total == 1


@pytest.mark.requirement("TT11-26.1", "TT11-26.2", "TT21-PL1-14.1")
def test_a_code_tells_completion_and_only_the_secret_opens_more(province: Province) -> None:
    given = province.submitted()
    assert queries.look_up(given.code).dossier_id is None
    assert queries.look_up(given.code, "WRONG").dossier_id is None
    assert queries.look_up(given.code.lower(), given.lookup_secret.lower()).dossier_id == given.dossier_id
    with pytest.raises(Missing):
        queries.look_up("H00-000000-0000")


@pytest.mark.requirement("TT11-8.1")
def test_every_act_is_in_the_story_with_who_and_when(province: Province) -> None:
    dossier_id = province.received()
    kinds = [event.kind for event in journal.history(dossier_id)]
    for kind in ("dossier.drafted", "dossier.submitted", "dossier.received", "dossier.forwarded"):
        assert kind in kinds
    received = next(e for e in journal.history(dossier_id) if e.kind == "dossier.received")
    assert (received.officer_id, received.happened_at) == (province.desk.officer_id, AT)


def test_every_move_says_from_where_and_to_where(province: Province) -> None:
    history = journal.history(province.received())
    moves = [(event.data["from"], event.data["to"]) for event in history if event.data and "from" in event.data]
    assert moves == [("draft", "submitted"), ("submitted", "received"), ("received", "in_progress")]


class TestAnotherSystemsCode:
    def start(self, province: Province, actor: Actor, code: str) -> object:
        return commands.start_draft(
            edition_id=province.edition,
            channel=ReceptionChannel.NATIONAL_PORTAL,
            desk_agency_id=province.agency.id,
            submitter_id=province.citizen.id,
            owner_id=province.citizen.id,
            actor=actor,
            at=AT,
            remote_system="national_portal",
            remote_id=code,
            code=code,
        )

    def test_a_pushed_dossier_keeps_its_code_when_it_is_handed_in(self, province: Province) -> None:
        connector = system("national_portal")
        dossier_id = self.start(province, connector, "000.00.00.H99-261120-9001")
        commands.save_answers(dossier_id=dossier_id, changes={"size": 2}, expected=None, actor=connector, at=AT)  # type: ignore[arg-type]
        province.give_picture(dossier_id)  # type: ignore[arg-type]
        handed_in = commands.submit(dossier_id=dossier_id, actor=connector, at=AT)  # type: ignore[arg-type]
        assert handed_in.code == "000.00.00.H99-261120-9001"
        assert queries.look_up("000.00.00.h99-261120-9001").code == handed_in.code
        assert province.submitted().code == f"{province.agency.code}-261120-0001"

    def test_nobody_else_brings_a_code_and_no_code_serves_twice(self, province: Province) -> None:
        with pytest.raises(NotAllowed):
            self.start(province, province.applicant, "H99-261120-9001")
        self.start(province, system("national_portal"), "H99-261120-9001")
        with pytest.raises(WrongState, match="H99-261120-9001"):
            self.start(province, system("national_portal"), "H99-261120-9001")
        with pytest.raises(WrongState):
            self.start(province, system("national_portal"), "h 99")
