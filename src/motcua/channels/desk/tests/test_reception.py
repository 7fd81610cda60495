"""The queue: look, receive, or another of the law's answers; each once."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from motcua.channels.desk.tests.officers import Clock, Desk, clock
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests.conftest import province
from motcua.domain.dossiers.tests.province import AT, Province, build
from motcua.domain.statuses.types import State
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.kernel.clocks import local

__all__ = ["cheap_hashing", "clock", "expensive_hashing", "province"]
TODAY = local(AT).date()


@pytest.fixture
def desk(province: Province, clock: Clock) -> Desk:
    return Desk(province, clock)


def hidden(desk: Desk, address: str, who: object = None) -> dict[str, str]:
    page = desk.get(who or desk.province.desk, address).content.decode()  # type: ignore[arg-type]
    main = page[page.index("<main") :]
    return {name: re.search(rf'name="{name}" value="([^"]*)"', main)[1] for name in ("request_id", "version")}  # type: ignore[index]


@pytest.mark.requirement("TT11-12.2a", "TT11-12.2")
def test_the_queue_shows_who_waits_how_long_and_through_which_portal(desk: Desk) -> None:
    given = desk.province.submitted()
    page = desk.get(desk.province.desk, "/can-bo/tiep-nhan/").content.decode()
    for told in (
        given.code,
        "Trần Thị Bưởi",
        "20/11/2026 10:00:00",
        "còn",
        "Cổng của tỉnh",
        f"/can-bo/ho-so/{given.dossier_id}/han/",
    ):
        assert told in page
    assert given.code not in desk.get(desk.province.desk, "/can-bo/tiep-nhan/?kenh=national_portal").content.decode()
    assert given.code not in desk.get(desk.province.stranger, "/can-bo/tiep-nhan/").content.decode()


@pytest.mark.requirement("TT21-PL2-5.1")
def test_the_page_has_answers_with_their_marks_components_and_the_law(desk: Desk) -> None:
    given = desk.province.submitted()
    page = desk.get(desk.province.desk, f"/can-bo/tiep-nhan/{given.dossier_id}/").content.decode()
    for told in ("Sải cánh (m)", "thông tin tài khoản", "Ảnh con diều", "dieu.png", "Luật Thú y 79/2015/QH13"):
        assert told in page
    main = page[page.index("<main") : page.index("</main>")]
    assert main.count('class="govuk-button govuk-!-margin-bottom-0"') == 1, "one primary button"


@pytest.mark.requirement("TT11-12.2đ", "TT11-19.1", "TT21-PL2-5.6")
def test_receiving_prints_the_receipt_and_leads_to_the_next_even_when_sent_twice(desk: Desk) -> None:
    dossier_id = desk.province.submitted().dossier_id
    waiting = desk.province.submitted()
    form = hidden(desk, f"/can-bo/tiep-nhan/{dossier_id}/")
    post = desk.browser(desk.province.desk).post
    answers = [post(f"/can-bo/tiep-nhan/{dossier_id}/nhan/", form) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/"] * 2
    (receipt,) = papers.papers_of(dossier_id, kind="receipt")
    page = desk.get(desk.province.desk, f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/").content.decode()
    assert f"/can-bo/tep/{receipt.file_id}/" in page
    assert waiting.code in page
    pdf = desk.get(desk.province.desk, f"/can-bo/tep/{receipt.file_id}/")
    assert b"".join(pdf).startswith(b"%PDF")
    assert desk.state(dossier_id) == State.IN_PROGRESS


def test_a_second_officer_is_told_that_somebody_was_faster(desk: Desk) -> None:
    dossier_id = desk.province.submitted().dossier_id
    form = hidden(desk, f"/can-bo/tiep-nhan/{dossier_id}/")
    commands.receive(dossier_id=dossier_id, actor=desk.province.desk, at=AT)
    answer = desk.browser(desk.province.desk).post(f"/can-bo/tiep-nhan/{dossier_id}/nhan/", form)
    assert (answer.status_code, "người khác" in answer.content.decode()) == (409, True)


def test_who_may_see_but_not_receive_gets_no_button_and_no_way(desk: Desk) -> None:
    dossier_id = desk.province.submitted().dossier_id
    page = desk.get(desk.province.leader, f"/can-bo/tiep-nhan/{dossier_id}/").content.decode()
    assert "Tiếp nhận hồ sơ</button>" not in page
    answer = desk.browser(desk.province.leader).post(f"/can-bo/tiep-nhan/{dossier_id}/nhan/", {})
    assert answer.status_code == 403
    assert desk.state(dossier_id) == State.SUBMITTED


@pytest.mark.requirement("TT11-12.2d")
class TestCompletion:
    SAID = {"content": "Ảnh rõ hơn", "reason": "Ảnh mờ", "guidance": "Chụp ban ngày", "items": ["picture"]}

    def address(self, dossier_id: UUID) -> str:
        return f"/can-bo/tiep-nhan/{dossier_id}/hoan-thien/"

    @pytest.mark.parametrize("missing", ["content", "reason", "guidance"])
    def test_what_is_missing_is_said_and_the_rest_stays(self, desk: Desk, missing: str) -> None:
        dossier_id = desk.province.submitted().dossier_id
        form = hidden(desk, self.address(dossier_id)) | self.SAID | {missing: " "}
        answer = desk.browser(desk.province.desk).post(self.address(dossier_id), form)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f'href="#{missing}"' in page
        assert all(str(self.SAID[name]) in page for name in ("content", "reason", "guidance") if name != missing)
        assert 'value="picture" checked' in page

    def test_it_is_asked_once_and_again_only_by_the_head(self, desk: Desk) -> None:
        dossier_id = desk.province.submitted().dossier_id
        form = hidden(desk, self.address(dossier_id)) | self.SAID
        post = desk.browser(desk.province.desk).post
        assert [post(self.address(dossier_id), form).status_code for _ in range(2)] == [302, 302]
        assert desk.state(dossier_id) == State.RETURNED_FOR_COMPLETION
        assert len(queries.asks(dossier_id, actor=desk.province.desk, on=TODAY)) == 1
        commands.complete(dossier_id=dossier_id, actor=desk.province.applicant, at=AT)
        again = desk.get(desk.province.desk, self.address(dossier_id)).content.decode()
        assert "một lần" in again
        form = hidden(desk, self.address(dossier_id)) | self.SAID
        assert post(self.address(dossier_id), form).status_code == 403


@pytest.mark.requirement("TT11-12.2c")
def test_refusing_takes_words_and_has_no_place_after_reception(desk: Desk) -> None:
    dossier_id = desk.province.submitted().dossier_id
    address = f"/can-bo/tiep-nhan/{dossier_id}/tu-choi/"
    post = desk.browser(desk.province.desk).post
    wrong = post(address, hidden(desk, address) | {"reasons": " ", "guidance": "Hỏi ở xã"})
    assert (wrong.status_code, "Hỏi ở xã" in wrong.content.decode()) == (422, True)
    done = post(
        address, hidden(desk, address) | {"reasons": "Diều quá to\nGió lớn", "ground": "Luật Thú y 79/2015/QH13"}
    )
    assert done.headers["Location"] == "/can-bo/tiep-nhan/"
    found = queries.dossier(dossier_id, actor=desk.province.desk, on=TODAY)
    assert (found.state, found.ended_reason) == (State.REFUSED, "Diều quá to; Gió lớn")
    received = desk.province.received()
    page = desk.get(desk.province.desk, f"/can-bo/tiep-nhan/{received}/tu-choi/").content.decode()
    assert 'name="reasons"' not in page


def test_not_competent_names_the_right_agency(desk: Desk) -> None:
    dossier_id = desk.province.submitted().dossier_id
    address = f"/can-bo/tiep-nhan/{dossier_id}/khong-tham-quyen/"
    post = desk.browser(desk.province.desk).post
    wrong = post(address, hidden(desk, address) | {"reason": "Ở xã khác"})
    assert (wrong.status_code, "Ở xã khác" in wrong.content.decode()) == (422, True)
    post(address, hidden(desk, address) | {"reason": "Ở xã khác", "right_agency": "UBND xã Bên"})
    assert desk.state(dossier_id) == State.NOT_COMPETENT


@pytest.mark.requirement("TT11-12.2g")
def test_a_paper_given_before_meets_a_component(desk: Desk) -> None:
    province = desk.province
    province.submitted()
    submission = province.submitted()
    (use,) = papers.uses_of(submission.dossier_id)
    commands.ask_completion(
        dossier_id=submission.dossier_id, content="a", reason="b", guidance="c", actor=province.desk, at=AT
    )
    commands.detach_file(dossier_id=submission.dossier_id, use_id=use.id, actor=province.applicant, at=AT)
    address = f"/can-bo/quay/{submission.dossier_id}/"
    page = desk.get(province.desk, address).content.decode()
    assert "Đã có trong kho" in page
    version = re.search(r'name="version" value="([0-9a-f-]{36})"', page)[1]  # type: ignore[index]
    told = {"component": "picture", "version": version, "ve": address}
    answer = desk.browser(province.desk).post(f"/can-bo/tiep-nhan/{submission.dossier_id}/dung-lai/", told)
    assert answer.headers["Location"] == address
    assert "không cần nộp" in desk.get(province.desk, address).content.decode()
    (item,) = queries.checklist(submission.dossier_id, actor=province.desk, on=TODAY)
    assert item.is_complete


@pytest.fixture
def on_request(db: None, clock: Clock) -> Desk:
    from motcua.domain.catalog.policy import POLICY

    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    yield Desk(build(receipt="on_request"), clock)
    POLICY.checked_grounds_only = before


def test_a_same_day_procedure_gives_a_receipt_only_when_asked(on_request: Desk) -> None:
    desk, dossier_id = on_request, on_request.province.submitted().dossier_id
    form = hidden(desk, f"/can-bo/tiep-nhan/{dossier_id}/")
    post = desk.browser(desk.province.desk).post
    post(f"/can-bo/tiep-nhan/{dossier_id}/nhan/", form)
    assert papers.papers_of(dossier_id, kind="receipt") == []
    page = desk.get(desk.province.desk, f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/").content.decode()
    assert "In giấy hẹn theo yêu cầu" in page
    post(f"/can-bo/tiep-nhan/{dossier_id}/giay-hen/", {})
    assert len(papers.papers_of(dossier_id, kind="receipt")) == 1
