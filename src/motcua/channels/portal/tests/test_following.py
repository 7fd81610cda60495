"""After handing in: where it stands, what to do now, what was done, who looked, and the result."""

import re
from datetime import timedelta

import pytest

from motcua.channels.portal.tests.conftest import Citizen, text_of
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests import test_processing as office
from motcua.domain.dossiers.tests.province import AT
from motcua.domain.statuses.types import State
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal import relay
from motcua.foundation.kernel.clocks import local

pytestmark = pytest.mark.django_db
TODAY = local(AT).date()
ASKED = {"content": "Ảnh rõ hơn", "reason": "Ảnh bị mờ", "guidance": "Chụp ban ngày"}


def state(province, dossier_id):
    return queries.dossier(dossier_id, actor=province.applicant, on=TODAY).state


def ask_supplement(province, dossier_id):
    commands.ask_supplement(
        task_id=office.task(dossier_id).id, **ASKED, items=["picture"], actor=province.appraiser, at=AT
    )


@pytest.mark.requirement("TT21-PL2-4.1b-6", "TT21-PL6-12")
def test_a_received_dossier_says_when_and_where(citizen, province):
    page = citizen.page(f"/ho-so/{province.received()}/")
    assert "Được tiếp nhận" in page
    assert "20/11/2026 10:00:00" in page
    assert "hẹn trả kết quả 30/11/2026 17:00:00" in page
    assert "Đang xử lý" in page


def test_the_date_explains_itself(citizen, province):
    page = citizen.page(f"/ho-so/{province.received()}/han/")
    assert "30/11/2026" in page
    assert "5 ngày làm việc" in page


@pytest.mark.requirement("TT21-PL2-4.1b-2", "TT21-PL2-4.1b-3", "TT21-PL1-4.3")
def test_completion_shows_what_why_how_until_and_takes_it(citizen, province):
    dossier_id = province.submitted().dossier_id
    commands.ask_completion(dossier_id=dossier_id, **ASKED, actor=province.desk, at=AT)
    page = citizen.page(f"/ho-so/{dossier_id}/")
    assert "Đang chờ bổ sung" in page
    for said in (*ASKED.values(), "Việc bạn cần làm"):
        assert said in page
    citizen.send(f"/ho-so/{dossier_id}/khai/kite/", {"size": "3"})
    citizen.send(f"/ho-so/{dossier_id}/xem-lai/", {"request_id": "completed-now"})
    assert state(province, dossier_id) is State.COMPLETED
    assert "Đã bổ sung hồ sơ" in citizen.page(f"/ho-so/{dossier_id}/")


@pytest.mark.requirement("TT21-PL2-4.1c-4", "TT21-PL2-4.1c-9", "TT21-PL1-4.3")
def test_a_supplement_opens_only_what_was_asked(citizen, province, picture):
    dossier_id = office.assigned(province)
    ask_supplement(province, dossier_id)
    page = citizen.page(f"/ho-so/{dossier_id}/")
    assert "Đang chờ bổ sung" in page
    assert "Ảnh con diều" in page
    citizen.page(f"/ho-so/{dossier_id}/khai/kite/", 409)
    form = citizen.page(f"/ho-so/{dossier_id}/bo-sung/")
    for said in (*ASKED.values(), "Mỗi tệp không quá"):
        assert said in form
    sent = citizen.send(f"/ho-so/{dossier_id}/giay-to/picture/", {"file-picture": picture("moi.png")})
    assert sent["Location"] == f"/ho-so/{dossier_id}/bo-sung/#co-picture"
    assert "moi.png" in citizen.page(f"/ho-so/{dossier_id}/bo-sung/")
    assert "mới thêm" in citizen.page(f"/ho-so/{dossier_id}/bo-sung/")
    citizen.send(f"/ho-so/{dossier_id}/bo-sung/", {"words": "Ảnh chụp lại"})
    assert "Đã bổ sung hồ sơ" in citizen.page(f"/ho-so/{dossier_id}/")
    citizen.page(f"/ho-so/{dossier_id}/bo-sung/", 409)


@pytest.mark.requirement("TT21-PL2-4.1b-5")
def test_before_reception_it_is_withdrawn_at_once(citizen, province):
    dossier_id = province.submitted().dossier_id
    assert f"/ho-so/{dossier_id}/rut/" in citizen.get(f"/ho-so/{dossier_id}/").content.decode()
    citizen.page(f"/ho-so/{dossier_id}/rut/")
    citizen.send(f"/ho-so/{dossier_id}/rut/", {"reason": "Đổi ý"})
    page = citizen.page(f"/ho-so/{dossier_id}/")
    assert "Đã thu hồi" in page
    assert "Đổi ý" in page


def test_after_reception_one_asks_to_stop_with_a_reason(citizen, province):
    dossier_id = office.assigned(province)
    shown = citizen.get(f"/ho-so/{dossier_id}/").content.decode()
    assert "/dung/" in shown
    assert "/rut/" not in shown
    refused = citizen.send(f"/ho-so/{dossier_id}/dung/", {"reason": " "}, 422)
    assert "Hãy ghi lý do" in text_of(refused)
    citizen.send(f"/ho-so/{dossier_id}/dung/", {"reason": "Bán diều rồi"})
    assert state(province, dossier_id) is State.STOP_ASKED
    assert "đang xem xét" in citizen.page(f"/ho-so/{dossier_id}/")


@pytest.mark.requirement("TT21-PL2-4.1b-9")
def test_a_refusal_explains_itself_and_gives_its_paper(citizen, province):
    dossier_id = province.submitted().dossier_id
    commands.refuse_reception(
        dossier_id=dossier_id, reasons=["Diều quá to"], guidance="", ground="Điều 17", actor=province.desk, at=AT
    )
    page = citizen.get(f"/ho-so/{dossier_id}/")
    assert "Dừng xử lý" in text_of(page)
    assert "Diều quá to" in text_of(page)
    assert "Phiếu từ chối" in text_of(page)
    link = re.search(rf"/ho-so/{dossier_id}/tep/[0-9a-f-]+/", page.content.decode())[0]
    assert b"".join(citizen.get(link).streaming_content).startswith(b"%PDF")


def test_not_competent_says_where_to_go(citizen, province):
    dossier_id = province.submitted().dossier_id
    commands.return_as_not_competent(
        dossier_id=dossier_id, reason="Ở xã khác", right_agency="UBND xã Bên", ground="", actor=province.desk, at=AT
    )
    page = citizen.page(f"/ho-so/{dossier_id}/")
    assert "không bị từ chối" in page
    assert "UBND xã Bên" in page


@pytest.mark.requirement("TT21-PL1-10.1", "TT21-PL2-4.1d-3")
def test_the_result_is_downloaded_and_that_is_its_return(citizen, neighbour, province):
    dossier_id = office.sealed(province)
    page = citizen.get(f"/ho-so/{dossier_id}/").content.decode()
    link = re.search(rf"/ho-so/{dossier_id}/tep/[0-9a-f-]+/\?tai=1", page)[0]
    assert neighbour.get(link).status_code == 404
    assert state(province, dossier_id) is State.DECIDED
    got = citizen.get(link)
    assert got["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content).endswith(b"% signature")
    assert state(province, dossier_id) is State.RETURNED
    assert "Đã trả kết quả" in citizen.page(f"/ho-so/{dossier_id}/")
    assert citizen.get(link).status_code == 200, "again as often as one likes"


def test_drafts_and_the_offices_own_papers_stay_in_the_office(citizen, province):
    dossier_id = office.drafted(province)
    draft = next(one for one in documents.papers_of(dossier_id) if one.kind == "result")
    assert citizen.get(f"/ho-so/{dossier_id}/tep/{draft.file_id}/").status_code == 404


def test_who_looked_is_shown_to_the_person(citizen, province):
    dossier_id = province.received()
    journal.log_read(
        actor=province.appraiser, at=AT, page="desk:dossier", purpose="Thẩm định hồ sơ",
        parties=[province.citizen.id], subjects=[dossier_id],
    )  # fmt: skip
    for address in (f"/ho-so/{dossier_id}/ai-da-xem/", "/ai-da-xem/"):
        page = citizen.page(address)
        assert "Vũ Thanh Tùng" in page
        assert "Thẩm định hồ sơ" in page


@pytest.mark.requirement("TT21-PL1-4.3")
def test_the_list_finds_and_filters(citizen, neighbour, province):
    waiting, stopped = province.submitted(), province.submitted()
    commands.withdraw(dossier_id=stopped.dossier_id, reason="x", actor=province.applicant, at=AT)
    page = citizen.page("/ho-so/")
    assert waiting.code in page
    assert stopped.code in page
    done = citizen.page("/ho-so/?nhom=da-xong")
    assert stopped.code in done
    assert waiting.code not in done
    assert waiting.code in citizen.page(f"/ho-so/?tim={waiting.code}")
    assert stopped.code not in citizen.page(f"/ho-so/?tim={waiting.code}")
    assert "Không có hồ sơ nào khớp" in citizen.page("/ho-so/?tim=khongco")
    assert waiting.code not in neighbour.page("/ho-so/")


@pytest.mark.requirement("TT21-PL1-5.1")
def test_notices_lead_to_the_dossier_and_are_counted_until_read(citizen, province):
    dossier_id = province.received()
    while relay.run_once():
        pass
    page = citizen.get("/thong-bao/")
    assert "đã được tiếp nhận" in text_of(page)
    assert f'href="/ho-so/{dossier_id}/"' in page.content.decode()
    unread = re.search(r"Thông báo \((\d+) chưa đọc", text_of(page))
    assert int(unread[1]) >= 2
    citizen.send("/thong-bao/da-doc/")
    assert "chưa đọc" not in citizen.page("/thong-bao/")


def test_a_page_that_is_open_learns_of_changes(citizen, province):
    dossier_id = province.submitted().dossier_id
    before = citizen.get(f"/ho-so/{dossier_id}/moi/").json()["version"]
    commands.receive(dossier_id=dossier_id, actor=province.desk, at=AT)
    assert citizen.get(f"/ho-so/{dossier_id}/moi/").json()["version"] > before


class TestLookUp:
    @pytest.mark.requirement("TT21-PL1-14.1", "TT21-PL2-21.2")
    def test_the_code_alone_says_whether_it_is_finished_and_no_more(self, anybody, province):
        code = queries.dossier(province.received(), actor=province.desk, on=TODAY).code
        page = text_of(anybody.send("/tra-cuu/", {"ma": code}, 200))
        assert "Đang giải quyết" in page
        for hidden in (province.citizen.name, "Đăng ký thả diều", "30/11/2026", province.agency.name):
            assert hidden not in page
        assert "Đang giải quyết" in anybody.page(f"/tra-cuu/?ma={code.lower()}")

    @pytest.mark.requirement("TT21-PL1-14.1", "TT21-PL1-14.2")
    def test_with_the_secret_a_little_more_and_still_no_name(self, anybody, province):
        given = province.submitted()
        commands.receive(dossier_id=given.dossier_id, actor=province.desk, at=AT)
        page = text_of(anybody.send("/tra-cuu/", {"ma": given.code, "ma-tra-cuu": given.lookup_secret.lower()}, 200))
        for said in ("Đang xử lý", "30/11/2026 17:00:00", province.agency.name):
            assert said in page
        assert province.citizen.name not in page

    def test_a_wrong_secret_shows_what_no_secret_shows(self, anybody, province):
        given = province.submitted()
        page = text_of(anybody.send("/tra-cuu/", {"ma": given.code, "ma-tra-cuu": "AAAA-AAAA"}, 200))
        assert "không khớp" in page
        assert "Đăng ký thả diều" not in page

    @pytest.mark.requirement("TT21-PL1-14.1")
    @pytest.mark.parametrize("code", ["H00-000000-0000", "", "\x00", "x" * 500])
    def test_an_unknown_code_is_said(self, anybody, province, code):
        answer = anybody.post("/tra-cuu/", {"ma": code})
        assert answer.status_code in (404, 422)
        assert "Hãy" in text_of(answer)

    def test_a_draft_has_no_code_to_be_found_by(self, anybody, province):
        assert (
            "/ho-so/"
            not in anybody.send("/tra-cuu/", {"ma": str(province.draft())}, 404)
            .content.decode()
            .split("<main")[1]
            .split('href="/ho-so/"')[0]
        )

    def test_an_address_that_asks_too_often_waits(self, anybody, province):
        code = province.submitted().code
        answers = [anybody.post("/tra-cuu/", {"ma": code}, REMOTE_ADDR="10.1.1.1").status_code for _ in range(21)]
        assert answers == [200] * 20 + [429]
        assert anybody.post("/tra-cuu/", {"ma": code}, REMOTE_ADDR="10.1.1.2").status_code == 200

    def test_the_owner_is_led_to_their_own_page(self, citizen, province):
        given = province.submitted()
        assert f"/ho-so/{given.dossier_id}/" in citizen.get(f"/tra-cuu/?ma={given.code}").content.decode()


class TestVerification:
    def test_a_paper_of_ours_is_genuine_and_names_nobody(self, anybody, province):
        paper = documents.papers_of(province.received())[0]
        page = anybody.page(f"/xac-minh/{paper.token}/")
        assert "là thật và đang có hiệu lực" in page
        assert paper.number in page
        assert province.citizen.name not in page
        assert "là thật" in anybody.page(f"/xac-minh/?ma={paper.token}")

    @pytest.mark.parametrize("token", ["AAAAAAAA", "x" * 300, "%00"])
    def test_an_invented_token_is_not(self, anybody, province, token):
        assert "chưa từng phát hành" in anybody.page(f"/xac-minh/{token}/")

    def test_a_revoked_paper_says_so(self, anybody, province):
        from motcua.domain.documents import commands as papers
        from motcua.domain.documents.types import Validity

        paper = documents.papers_of(province.received())[0]
        papers.settle_paper(paper_id=paper.id, validity=Validity.REVOKED, reason="Sai", actor=province.desk, at=AT)
        assert "đã bị thu hồi" in anybody.page(f"/xac-minh/{paper.token}/")

    def test_a_file_without_signature_is_told_from_a_signed_one(self, anybody, province, picture):
        from motcua.domain.dossiers.tests.test_processing import files

        paper = documents.papers_of(province.received())[0]
        from django.core.files.uploadedfile import SimpleUploadedFile

        pdf = SimpleUploadedFile("giay.pdf", files.read(paper.file_id), "application/pdf")
        assert "Không tìm thấy chữ ký số nào" in text_of(anybody.send("/xac-minh/", {"file": pdf}, 200))
        assert "không phải PDF" in text_of(anybody.send("/xac-minh/", {"file": picture()}, 422))
        assert "Hãy chọn tệp" in text_of(anybody.send("/xac-minh/", {}, 422))


def test_a_company_is_acted_for_in_the_open(province, picture):
    """The representative's list and page name the company; each reading is a row for the company to see."""
    from motcua.foundation.identity import commands as identity
    from motcua.foundation.identity.tests import factories as people
    from motcua.foundation.identity.types import Identifier, IdentifierKind, RepresentationKind, RepresentationSource
    from motcua.foundation.journal import queries as journals

    company = identity.register_organisation(
        name="Công ty TNHH Diều Việt", identifiers=[Identifier(IdentifierKind.TAX_CODE, people.tax_code())],
        actor=people.system(), at=AT,
    )  # fmt: skip
    identity.add_representation(
        person_id=province.citizen.id, party_id=company.id, kind=RepresentationKind.LEGAL_REPRESENTATIVE,
        source=RepresentationSource.OFFICER, valid_from=local(AT - timedelta(days=1)).date(), actor=people.system(), at=AT,
    )  # fmt: skip
    browser = Citizen().sign_in(province.citizen.id, company.id)
    from motcua.channels.portal.tests.test_filing import begin

    draft = begin(browser, province)
    page = browser.page(f"/ho-so/{draft}/")
    assert "đang làm thay cho Công ty TNHH Diều Việt" in page
    assert "Làm cho Công ty TNHH Diều Việt" in page
    assert journals.reads_of(company.id)
