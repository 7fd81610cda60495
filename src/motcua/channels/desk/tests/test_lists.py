"""Lists agree with details; filters live in the address; one box finds everything."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from motcua.channels.desk.lists import _harmless
from motcua.channels.desk.tests.officers import Clock, Desk, clock
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests.conftest import province
from motcua.domain.dossiers.tests.province import AT, PROCEDURE, Province
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.identity.types import IdentifierKind

__all__ = ["cheap_hashing", "clock", "expensive_hashing", "province"]


@pytest.fixture
def desk(province: Province, clock: Clock) -> Desk:
    return Desk(province, clock)


def rows(desk: Desk, query: str = "", who: object = None) -> int:
    answer = desk.get(who or desk.province.desk, f"/can-bo/ho-so/{query}")  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode().count("<tr data-row>")


@pytest.mark.requirement("TT11-12.2b", "TT11-5.1e", "TT21-PL2-5.4")
def test_simple_and_advanced_search(desk: Desk) -> None:
    given = desk.province.submitted()
    desk.province.received()
    assert rows(desk) == 2
    assert rows(desk, f"?q={given.code}") == 1
    assert rows(desk, "?q=tran+thi+buoi") == 2
    assert rows(desk, "?q=khong-co-ai") == 0
    assert rows(desk, "?trang-thai=submitted") == 1
    assert rows(desk, f"?thu-tuc={PROCEDURE}&tu=20/11/2026&den=20/11/2026") == 2
    assert rows(desk, "?tu=21/11/2026") == 0
    assert rows(desk, "?kenh=own_portal") == 2
    assert rows(desk, "?kenh=national_portal") == 0


def test_a_stranger_sees_nothing_in_list_export_or_detail(desk: Desk) -> None:
    given = desk.province.submitted()
    stranger = desk.province.stranger
    assert rows(desk, "", stranger) == 0
    assert given.code not in desk.get(stranger, "/can-bo/ho-so/tai-ve/").content.decode()
    for address in (
        f"/can-bo/tiep-nhan/{given.dossier_id}/",
        f"/can-bo/tiep-nhan/{given.dossier_id}/tu-choi/",
        f"/can-bo/tiep-nhan/{given.dossier_id}/da-nhan/",
        f"/can-bo/quay/{given.dossier_id}/",
    ):
        assert desk.get(stranger, address).status_code == 404, address


@pytest.mark.requirement("TT11-15.1")
def test_an_officers_own_list_has_what_is_in_their_hands(desk: Desk) -> None:
    mine = desk.assigned()
    other = desk.province.received(at=desk.clock.at)
    page = desk.get(desk.province.appraiser, "/can-bo/ho-so/?viec=waiting").content.decode()
    assert str(mine) in page
    assert str(other) not in page
    found = queries.dossier(mine, actor=desk.province.desk, on=date(2026, 11, 20))
    for told in (found.code, found.procedure_name, found.owner_name, "30/11/2026", "Đang xử lý"):
        assert told in page


@pytest.mark.requirement("TT11-15.3")
def test_a_dossier_moves_between_the_work_tabs(desk: Desk) -> None:
    province, dossier_id = desk.province, desk.assigned()
    appraiser = province.appraiser
    assert rows(desk, "?viec=waiting", appraiser) == 1
    commands.ask_supplement(
        task_id=desk.task(dossier_id).id, content="a", reason="b", guidance="c", actor=appraiser, at=desk.clock.at
    )
    assert [rows(desk, f"?viec={tab}", appraiser) for tab in ("waiting", "asked", "supplemented")] == [0, 1, 0]
    commands.supplement(dossier_id=dossier_id, actor=province.applicant, at=desk.clock.at)
    assert [rows(desk, f"?viec={tab}", appraiser) for tab in ("waiting", "asked", "supplemented")] == [0, 0, 1]
    assert rows(desk, "?viec=done", province.head) == 1


@pytest.mark.requirement("TT11-12.2e", "TT21-PL2-5.5")
def test_what_was_received_by_kind_with_four_columns(desk: Desk) -> None:
    dossier_id = desk.province.received()
    desk.province.submitted()
    found = queries.dossier(dossier_id, actor=desk.province.desk, on=date(2026, 11, 20))
    page = desk.get(desk.province.desk, f"/can-bo/da-tiep-nhan/?thu-tuc={PROCEDURE}&xep=promised").content.decode()
    assert page.count("<tr data-row>") == 1
    for told in (found.procedure_name, found.code, found.summary, "30/11/2026", "(1)"):
        assert told in page


def test_the_table_file_has_the_same_rows_and_no_formulas(desk: Desk) -> None:
    given = desk.province.submitted()
    desk.province.received()
    answer = desk.get(desk.province.desk, "/can-bo/ho-so/tai-ve/?trang-thai=submitted")
    text = answer.content.decode("utf-8-sig")
    head, *lines = csv.reader(io.StringIO(text))
    assert [line[0] for line in lines] == [given.code]
    assert (len(head), lines[0][4]) == (len(lines[0]), "Trần Thị Bưởi")
    assert _harmless("=1+1") == "'=1+1"


def test_pages_follow_each_other(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.channels.desk.lists.PAGE", 2)
    codes = {desk.province.submitted().code for _ in range(3)}
    first, second = (desk.get(desk.province.desk, f"/can-bo/ho-so/?trang={n}").content.decode() for n in (1, 2))
    assert "trang=2" in first
    assert "trang=1" in second
    assert {code for code in codes if code in first} | {code for code in codes if code in second} == codes


class TestOneBox:
    @pytest.mark.requirement("TT11-8.2", "TT11-26.1", "TT21-PL2-21.1", "TT21-PL2-21.2")
    def test_a_code_a_slip_and_its_address_open_the_dossier(self, desk: Desk) -> None:
        dossier_id = desk.province.received()
        found = queries.dossier(dossier_id, actor=desk.province.desk, on=date(2026, 11, 20))
        (receipt,) = papers.papers_of(dossier_id, kind="receipt")
        page = f"/can-bo/ho-so/{dossier_id}/"
        slip = f"Mã hồ sơ: {found.code}\nMã TTHC: {PROCEDURE}\nKiểm tra: https://x/kiem-tra/{receipt.token}"
        assert desk.get(desk.province.desk, f"/can-bo/tim/?q={found.code.lower()}").headers["Location"] == page
        post = desk.browser(desk.province.desk).post
        assert post("/can-bo/quet/", {"text": slip}).headers["Location"] == page
        assert post("/can-bo/quet/", {"text": f"https://x/kiem-tra/{receipt.token}"}).headers["Location"] == page
        assert "Trạng thái" in desk.page(desk.province.desk, dossier_id) or found.code in desk.page(
            desk.province.desk, dossier_id
        )

    def test_a_number_and_a_card_open_the_person(self, desk: Desk) -> None:
        citizen = desk.province.citizen
        number = citizen.number(IdentifierKind.PERSONAL_NUMBER)
        card = f"{number}||Trần Thị Bưởi|04031985|Nữ|Thôn 3|01012022"
        post = desk.browser(desk.province.desk).post
        assert post("/can-bo/quet/", {"text": card}).headers["Location"] == f"/can-bo/nguoi/{citizen.id}/"
        assert post("/can-bo/quet/", {"text": number, "quay": "1"}).headers["Location"].endswith(f"?nguoi={citizen.id}")

    def test_somebody_elses_dossier_is_only_a_search(self, desk: Desk) -> None:
        code = desk.province.submitted().code
        assert (
            desk.get(desk.province.stranger, f"/can-bo/tim/?q={code}")
            .headers["Location"]
            .startswith("/can-bo/ho-so/?q=")
        )
        page = desk.get(desk.province.stranger, f"/can-bo/ho-so/?q={code}").content.decode()
        assert "Bỏ mọi bộ lọc" in page


class TestPeople:
    @pytest.mark.requirement("TT21-PL2-5.7")
    def test_contacts_are_found_changed_and_used(self, desk: Desk) -> None:
        desk.province.submitted()
        citizen = desk.province.citizen
        assert f"/can-bo/nguoi/{citizen.id}/" in desk.get(desk.province.desk, "/can-bo/nguoi/?q=buoi").content.decode()
        address = f"/can-bo/nguoi/{citizen.id}/"
        post = desk.browser(desk.province.desk).post
        wrong = post(
            address, {"phone": "12", "email": "moi@vidu.vn", "address": "Thôn 9", "request_id": "contact-0001"}
        )
        page = wrong.content.decode()
        assert (wrong.status_code, 'value="Thôn 9"' in page, 'value="12"' in page) == (422, True, True)
        post(address, {"phone": "0912345678", "email": "moi@vidu.vn", "address": "Thôn 9"})
        page = desk.get(desk.province.desk, address).content.decode()
        assert "0912345678" in page
        assert page.count("<tr data-row>") == 1

    def test_who_has_no_business_with_somebody_does_not_find_them(self, desk: Desk) -> None:
        citizen = desk.province.citizen
        assert desk.get(desk.province.leader, f"/can-bo/nguoi/{citizen.id}/").status_code == 404
        assert desk.get(desk.province.leader, "/can-bo/nguoi/?q=buoi").status_code == 403
        desk.province.submitted()
        seen = desk.get(desk.province.leader, f"/can-bo/nguoi/{citizen.id}/")
        assert (seen.status_code, "Lưu liên hệ" in seen.content.decode()) == (200, False)
        assert desk.browser(desk.province.leader).post(f"/can-bo/nguoi/{citizen.id}/", {"phone": ""}).status_code == 403

    def test_one_persons_dossiers_are_those_the_desk_may_see(self, desk: Desk) -> None:
        desk.province.submitted()
        page = desk.get(desk.province.stranger, f"/can-bo/nguoi/{desk.province.citizen.id}/").content.decode()
        assert page.count("<tr data-row>") == 0


def test_a_counters_overdue_rests_while_the_applicant_is_asked(desk: Desk) -> None:
    dossier_id = desk.assigned()
    commands.ask_supplement(
        task_id=desk.task(dossier_id).id,
        content="a",
        reason="b",
        guidance="c",
        actor=desk.province.appraiser,
        at=desk.clock.at,
    )
    later = AT.replace(month=12, day=20)
    chosen = queries.Filter(overdue=True)
    found = queries.find_many(chosen, actor=desk.province.desk, at=later, on=later.date())
    assert found.total == 0
