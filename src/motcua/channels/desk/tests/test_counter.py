"""The counter, from the scanned card to the receipt; nothing typed is ever lost."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.channels.desk.tests.officers import Clock, Desk, clock
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests.conftest import province
from motcua.domain.dossiers.tests.province import AT, PROCEDURE, Province
from motcua.domain.dossiers.tests.test_offering import with_fee
from motcua.domain.payments import queries as payments
from motcua.domain.statuses.types import State
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.identity.types import Identifier, IdentifierKind, Sex
from motcua.foundation.kernel.clocks import local

__all__ = ["cheap_hashing", "clock", "expensive_hashing", "province", "with_fee"]
TODAY = local(AT).date()
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00"
    b"\rIDATx\x9cc\xf8\xff\xff?\x03\x00\x08\xfc\x02\xfe\xa7\x9a\xa0\xa0\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def desk(province: Province, clock: Clock) -> Desk:
    return Desk(province, clock)


@pytest.fixture
def till(with_fee: Province, clock: Clock) -> Desk:
    return Desk(with_fee, clock)


def post(desk: Desk, address: str, **typed: Any) -> Any:
    return desk.browser(desk.province.desk).post(address, typed)


def begun(desk: Desk, **typed: Any) -> UUID:
    citizen = desk.province.citizen.id
    told = {"nguoi": citizen, "cho": citizen, "kenh": "counter", "thu-tuc": PROCEDURE} | typed
    answer = desk.browser(desk.province.desk).post("/can-bo/quay/lap/", told)
    assert answer.status_code == 302, answer.content.decode()
    return UUID(answer.headers["Location"].split("/")[3])


def state(desk: Desk, dossier_id: UUID) -> State:
    return queries.dossier(dossier_id, actor=desk.province.desk, on=TODAY).state


def test_a_card_of_somebody_new_fills_the_form_and_they_are_written_down_once(desk: Desk) -> None:
    number = people.personal_number(Sex.MALE, 1990)
    card = f"{number}||Lý Văn Mới|05061990|Nam|Thôn Đông, xã Diều, tỉnh Mẫu|01012022"
    answer = post(desk, "/can-bo/quet/", text=card, quay="1")
    page = desk.get(desk.province.desk, answer.headers["Location"]).content.decode()
    for told in (number, "Lý Văn Mới", "05/06/1990", "Thôn Đông, xã Diều, tỉnh Mẫu"):
        assert f'value="{told}"' in page
    typed = {
        "name": "Lý Văn Mới",
        "personal_number": number,
        "birth_on": "05/06/1990",
        "sex": "male",
        "request_id": "new-person-1",
    }
    places = {post(desk, "/can-bo/quay/nguoi/", **typed).headers["Location"] for _ in range(2)}
    party = identity.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, number))
    assert party is not None
    assert places == {f"/can-bo/quay/?nguoi={party.id}"}


def test_a_malformed_number_is_said_at_its_field_and_the_rest_stays(desk: Desk) -> None:
    answer = post(
        desk, "/can-bo/quay/nguoi/", name="Lý Văn Mới", personal_number="123", birth_on="05/06/1990", sex="male"
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#personal_number"' in page
    assert 'value="Lý Văn Mới"' in page
    assert 'value="123"' in page


@pytest.mark.requirement("TT11-12.1c", "TT11-12.1")
def test_choosing_a_procedure_shows_its_checklist_and_the_law(desk: Desk) -> None:
    page = desk.get(desk.province.desk, f"/can-bo/quay/?nguoi={desk.province.citizen.id}").content.decode()
    assert "Đăng ký thả diều" in page
    dossier_id = begun(desk)
    page = desk.get(desk.province.desk, f"/can-bo/quay/{dossier_id}/").content.decode()
    for told in ("Ảnh con diều", "1 bản chính", "bắt buộc", "Luật Thú y 79/2015/QH13", "Tiếp nhận và in giấy hẹn"):
        assert told in page


@pytest.mark.requirement("TT11-12.1d", "TT21-PL2-5.2", "TT11-5.1e")
def test_what_is_missing_is_said_at_its_place_and_what_was_typed_is_kept(desk: Desk) -> None:
    dossier_id = begun(desk)
    address = f"/can-bo/quay/{dossier_id}/"
    wrong = post(desk, address, lam="nhan", size="to lắm", **{"giay-picture-original": "1"})
    page = wrong.content.decode()
    assert wrong.status_code == 422
    assert 'value="to lắm"' in page
    assert 'href="#size"' in page
    assert state(desk, dossier_id) is State.DRAFT
    lacking = post(desk, address, lam="nhan", size="4", **{"giay-picture-original": "0"})
    page = lacking.content.decode()
    assert (lacking.status_code, 'href="#component-picture"' in page, 'value="4"' in page) == (422, True, True)
    kept = desk.get(desk.province.desk, address).content.decode()
    assert re.search(r'name="size"[^>]*value="4"|value="4"[^>]*name="size"', kept)


@pytest.mark.requirement("TT11-12.1d", "TT11-19.1", "TT21-PL2-5.2", "TT21-PL2-5.3")
def test_papers_counted_scans_added_and_registered_once(desk: Desk) -> None:
    dossier_id = begun(desk)
    address = f"/can-bo/quay/{dossier_id}/"
    scan = SimpleUploadedFile("dieu.png", PNG, "image/png")
    saved = post(desk, address, size="4", **{"giay-picture-original": "2", "tep-picture": scan})
    assert saved.status_code == 302, saved.content.decode()
    assert {(use.kind.value, use.quantity) for use in papers.uses_of(dossier_id)} == {("paper", 2), ("file", 1)}
    answers = [post(desk, address, lam="nhan", size="4", request_id="register-01") for _ in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/"}
    assert len(papers.papers_of(dossier_id, kind="receipt")) == 1
    found = queries.dossier(dossier_id, actor=desk.province.desk, on=TODAY)
    assert (found.state, found.channel) == (State.IN_PROGRESS, "counter")
    assert found.code.startswith(f"{desk.province.agency.code}-261120-")
    page = desk.get(desk.province.desk, f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/").content.decode()
    assert "Người tiếp theo" in page


def test_a_file_of_the_wrong_kind_is_refused_at_its_component(desk: Desk) -> None:
    dossier_id = begun(desk)
    bad = SimpleUploadedFile("dieu.exe", b"MZ\x90\x00", "application/x-msdownload")
    answer = post(desk, f"/can-bo/quay/{dossier_id}/", size="4", **{"tep-picture": bad})
    assert (answer.status_code, 'href="#component-picture"' in answer.content.decode()) == (422, True)
    assert queries.answered(dossier_id, actor=desk.province.desk, on=TODAY).values["size"] == 4


def test_typing_is_saved_quietly_and_shown_when_coming_back(desk: Desk) -> None:
    dossier_id = begun(desk)
    first = post(desk, f"/can-bo/quay/{dossier_id}/nhap/", size="8").json()
    assert first["reload"], "the case became known"
    told = post(desk, f"/can-bo/quay/{dossier_id}/nhap/", size="7", version=first["version"]).json()
    assert (told["reload"], told["saved_at"]) == (False, "10:00")
    assert desk.province.citizen.name in desk.get(desk.province.desk, "/can-bo/quay/").content.decode()
    again = desk.get(desk.province.desk, f"/can-bo/quay/{dossier_id}/").content.decode()
    assert 'value="7"' in again


class TestMoney:
    def test_cash_is_taken_before_the_receipt_is_printed(self, till: Desk) -> None:
        dossier_id = begun(till)
        address = f"/can-bo/quay/{dossier_id}/"
        typed = {"lam": "nhan", "size": "4", "giay-picture-original": "1"}
        few = post(till, address, **typed, tendered="10.000")
        assert (few.status_code, 'href="#tendered"' in few.content.decode()) == (422, True)
        assert 'value="10.000"' in few.content.decode()
        assert state(till, dossier_id) is State.DRAFT
        post(till, address, **typed, tendered="50.000", till="3")
        account = payments.account_of(dossier_id)
        assert (account.owed, account.paid) == (0, 20_000)
        page = till.get(till.province.desk, f"/can-bo/tiep-nhan/{dossier_id}/da-nhan/").content.decode()
        assert "30.000 đ" in page
        kinds = [paper.kind for paper in papers.papers_of(dossier_id)]
        assert kinds == ["fee_receipt", "receipt"]

    def test_money_that_is_not_a_number_is_said(self, till: Desk) -> None:
        dossier_id = begun(till)
        answer = post(
            till,
            f"/can-bo/quay/{dossier_id}/",
            lam="nhan",
            size="4",
            tendered="năm mươi",
            **{"giay-picture-original": "1"},
        )
        assert (answer.status_code, "năm mươi" in answer.content.decode()) == (422, True)


@pytest.mark.requirement("TT11-12.3b")
@pytest.mark.parametrize("channel", ["counter", "on_site", "authorised_person"])
def test_each_channel_of_the_desk_is_kept_and_can_be_filtered(desk: Desk, channel: str) -> None:
    dossier_id = begun(desk, kenh=channel)
    post(desk, f"/can-bo/quay/{dossier_id}/", lam="nhan", size="4", **{"giay-picture-original": "1"})
    assert queries.dossier(dossier_id, actor=desk.province.desk, on=TODAY).channel == channel
    page = desk.get(desk.province.desk, f"/can-bo/ho-so/?kenh={channel}").content.decode()
    assert page.count("<tr data-row>") == 1


def test_somebody_represented_owns_the_dossier(desk: Desk) -> None:
    citizen = desk.province.citizen
    typed = {
        "nguoi": citizen.id,
        "kind": "authorised",
        "name": "Ông Cụ",
        "number": people.personal_number(Sex.MALE, 1940),
    }
    wrong = post(desk, "/can-bo/quay/dai-dien/", **typed)
    assert (wrong.status_code, 'value="Ông Cụ"' in wrong.content.decode()) == (422, True)
    assert "văn bản ủy quyền" in wrong.content.decode()
    paper = SimpleUploadedFile("uy-quyen.png", PNG, "image/png")
    done = post(desk, "/can-bo/quay/dai-dien/", **typed, document_file_id=paper)
    owner = done.headers["Location"].rsplit("cho=", 1)[1]
    assert "Ông Cụ" in desk.get(desk.province.desk, done.headers["Location"]).content.decode()
    found = queries.dossier(begun(desk, cho=owner), actor=desk.province.desk, on=TODAY)
    assert (found.owner_name, found.submitter_name) == ("Ông Cụ", citizen.name)


def test_the_population_database_that_is_silent_is_a_sentence(desk: Desk) -> None:
    from django.db import connection

    dossier_id = begun(desk)
    connection.tests_may_ask = True  # type: ignore[attr-defined]
    try:
        answer = post(desk, f"/can-bo/quay/{dossier_id}/doi-chieu/")
    finally:
        connection.tests_may_ask = False  # type: ignore[attr-defined]
    page = desk.get(desk.province.desk, answer.headers["Location"]).content.decode()
    assert "Hệ thống chưa được kết nối" in page


@pytest.mark.requirement("TT11-5.1e", "TT21-PL2-5.2")
def test_papers_brought_to_the_counter_supplement_the_dossier(desk: Desk) -> None:
    dossier_id = desk.assigned()
    commands.ask_supplement(
        task_id=desk.task(dossier_id).id,
        content="Ảnh mới",
        reason="Cũ",
        guidance="Chụp lại",
        items=["picture"],
        actor=desk.province.appraiser,
        at=desk.clock.at,
    )
    address = f"/can-bo/quay/{dossier_id}/"
    assert "Ảnh mới" in desk.get(desk.province.desk, address).content.decode()
    post(desk, address, lam="nhan", **{"giay-picture-original": "1"})
    assert state(desk, dossier_id) is State.SUPPLEMENTED
    assert any(use.kind == "paper" for use in papers.uses_of(dossier_id))


def test_a_draft_is_cancelled_and_a_stranger_never_sees_it(desk: Desk) -> None:
    dossier_id = begun(desk)
    assert desk.get(desk.province.stranger, f"/can-bo/quay/{dossier_id}/").status_code == 404
    assert desk.get(desk.province.leader, "/can-bo/quay/").status_code == 403
    post(desk, f"/can-bo/quay/{dossier_id}/huy/")
    assert desk.get(desk.province.desk, f"/can-bo/quay/{dossier_id}/").status_code == 404
