"""A citizen files a request, page by page, without any script."""

import re

import pytest

from motcua.channels.portal.tests.conftest import Citizen, text_of
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands, queries
from motcua.domain.dossiers.tests.province import AT, PROCEDURE
from motcua.domain.forms import queries as forms
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.kernel.clocks import local

pytestmark = pytest.mark.django_db
TODAY = local(AT).date()
WHO = {
    "who-full_name": "Trần Thị Bưởi",
    "who-birth_on-day": "4",
    "who-birth_on-month": "3",
    "who-birth_on-year": "1985",
    "who-sex": "female",
}


def begin(citizen, province):
    answer = citizen.send(f"/thu-tuc/{PROCEDURE}/nop/", {"agency": str(province.agency.id)})
    return answer["Location"].strip("/").rpartition("/")[2]


def who(province):
    from motcua.foundation.identity.types import IdentifierKind

    return WHO | {"who-personal_number": province.citizen.number(IdentifierKind.PERSONAL_NUMBER)}


def fill(citizen, province, size="2"):
    draft = begin(citizen, province)
    citizen.send(f"/ho-so/{draft}/khai/who/", who(province))
    citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": size})
    return draft


@pytest.fixture
def ready(citizen, province, picture):
    draft = fill(citizen, province)
    citizen.send(f"/ho-so/{draft}/giay-to/picture/", {"file-picture": picture()})
    return draft


@pytest.mark.requirement("TT21-PL1-4.2", "TT21-PL1-4.3", "TT21-PL2-4.1a-1", "TT21-PL2-4.1b-1")
def test_from_the_procedure_to_the_code(citizen, province, picture):
    draft = begin(citizen, province)
    form = citizen.page(f"/ho-so/{draft}/khai/who/")
    assert "Bước 1 trên 2" in form
    assert "Trần Thị Bưởi" in citizen.get(f"/ho-so/{draft}/khai/who/").content.decode()
    assert "Lấy từ VNeID" in form
    after = citizen.send(f"/ho-so/{draft}/khai/who/", who(province))
    assert after["Location"] == f"/ho-so/{draft}/khai/kite/"
    after = citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "2"})
    assert after["Location"] == f"/ho-so/{draft}/giay-to/"
    citizen.send(f"/ho-so/{draft}/giay-to/picture/", {"file-picture": picture()})
    assert "dieu.png" in citizen.page(f"/ho-so/{draft}/giay-to/")
    review = citizen.page(f"/ho-so/{draft}/xem-lai/")
    assert "Sải cánh (m)" in review
    assert "Diều nhỏ" in review
    assert "5 ngày làm việc" in review
    sent = citizen.send(f"/ho-so/{draft}/xem-lai/", {"request_id": "a-request-of-mine"})
    done = citizen.page(sent["Location"])
    found = queries.dossier(draft, actor=province.applicant, on=TODAY)
    assert found.code in done
    assert "Mới đăng ký" in done
    assert "<br>" not in done
    assert "&lt;" not in citizen.get(sent["Location"]).content.decode()
    secret = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}\b", done.replace(found.code, ""))
    assert queries.look_up(found.code, secret[0]).dossier_id == found.id
    assert "Đang chờ tiếp nhận" in citizen.page(f"/ho-so/{draft}/")


def test_sent_twice_is_sent_once(citizen, ready, province):
    first = citizen.send(f"/ho-so/{ready}/xem-lai/", {"request_id": "the-same-request"})
    second = citizen.send(f"/ho-so/{ready}/xem-lai/", {"request_id": "the-same-request"})
    assert first["Location"] == second["Location"]
    assert len(queries.find_many(queries.Filter(), actor=province.applicant, at=AT, on=TODAY).rows) == 1


@pytest.mark.requirement("TT21-PL1-4.3")
def test_answers_are_kept_when_something_is_wrong(citizen, province):
    draft = begin(citizen, province)
    page = citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "to lắm"}, 422)
    assert 'value="to lắm"' in page.content.decode()
    assert "Có chỗ cần sửa" in text_of(page)
    citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "150"}, 422)
    assert forms.answers(draft).values["size"] == 150, "a draft keeps even what cannot be handed in"


def test_the_script_saves_without_the_button(citizen, province):
    draft = begin(citizen, province)
    version = forms.answers(draft).version
    answer = citizen.post(
        f"/ho-so/{draft}/khai/kite/nhap/",
        {"size": "7"},
        headers={"X-Draft-Version": str(version), "Accept": "application/json"},
    )
    assert answer.json()["version"] == version + 1
    assert re.fullmatch(r"\d\d:\d\d", answer.json()["saved_at"])
    assert forms.answers(draft).values["size"] == 7


def test_what_another_window_answered_is_not_overwritten_unseen(citizen, province):
    draft = begin(citizen, province)
    version = forms.answers(draft).version
    citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "3", "version": str(version)})
    late = citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "4", "version": str(version)}, 409)
    assert 'value="4"' in late.content.decode()
    assert forms.answers(draft).values["size"] == 3
    fresh = re.search(r'name="version" value="(\d+)"', late.content.decode())[1]
    citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "4", "version": fresh})
    assert forms.answers(draft).values["size"] == 4


def test_an_ended_session_loses_no_answer(citizen, province):
    draft = begin(citizen, province)
    citizen.sign_out()
    away = citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "không phải số"})
    assert away["Location"].startswith("/dang-nhap/?next=%2Fho-so%2F")
    citizen.sign_in(province.citizen.id)
    back = citizen.get(f"/ho-so/{draft}/khai/kite/").content.decode()
    assert 'value="không phải số"' in back
    assert "vẫn còn" in back
    assert 'value="không phải số"' not in citizen.get(f"/ho-so/{draft}/khai/kite/").content.decode()


def test_what_one_person_typed_is_never_shown_to_another(citizen, province):
    draft = begin(citizen, province)
    citizen.sign_out()
    citizen.send(f"/ho-so/{draft}/khai/kite/", {"size": "bí mật"})
    citizen.sign_in(province.neighbour.id)
    answer = citizen.get(f"/ho-so/{draft}/khai/kite/")
    assert answer.status_code == 404
    assert "bí mật" not in answer.content.decode()


@pytest.mark.requirement("TT21-PL2-2.3", "TT21-PL1-7")
def test_limits_are_told_where_the_file_is_chosen_and_are_those_enforced(citizen, province, picture):
    draft = fill(citizen, province)
    page = citizen.page(f"/ho-so/{draft}/giay-to/")
    assert "Mỗi tệp không quá 20 MB" in page
    for ending in (".jpg", ".jpeg", ".png", ".pdf", ".doc", ".docx"):
        assert ending in page
    refused = citizen.send(
        f"/ho-so/{draft}/giay-to/picture/", {"file-picture": picture("dieu.exe", b"MZ" + bytes(500))}, 422
    )
    assert "Loại tệp này không được nhận" in text_of(refused)
    assert "dieu.exe" in text_of(refused)
    assert not documents.uses_of(draft)


def test_of_several_files_the_good_ones_stay(citizen, province, picture):
    draft = fill(citizen, province)
    both = [picture("tot.png"), picture("xau.png", b"khong phai anh")]
    answer = citizen.send(f"/ho-so/{draft}/giay-to/picture/", {"file-picture": both}, 422)
    assert "“xau.png”" in text_of(answer)
    assert "tot.png" in text_of(answer)


def test_a_file_can_be_taken_out_and_seen_by_its_owner_alone(citizen, neighbour, ready, province):
    use = documents.uses_of(ready)[0]
    shown = citizen.get(f"/ho-so/{ready}/tep/{use.file_id}/")
    assert shown.status_code == 200
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert neighbour.get(f"/ho-so/{ready}/tep/{use.file_id}/").status_code == 404
    citizen.send(f"/ho-so/{ready}/giay-to/{use.id}/bo/")
    assert not documents.uses_of(ready)
    assert citizen.get(f"/ho-so/{ready}/tep/{use.file_id}/").status_code == 404


def test_what_is_missing_is_said_with_the_way_to_mend_it(citizen, province):
    draft = begin(citizen, province)
    page = citizen.send(f"/ho-so/{draft}/xem-lai/", {"request_id": "too-early-to-send"}, 422)
    assert "Còn chỗ cần bổ sung" in text_of(page)
    assert f"/ho-so/{draft}/khai/kite/?ve=xem-lai#size" in page.content.decode()
    citizen.send(f"/ho-so/{draft}/khai/who/", who(province))
    back = citizen.send(f"/ho-so/{draft}/khai/kite/?ve=xem-lai", {"size": "2"})
    assert back["Location"] == f"/ho-so/{draft}/xem-lai/"
    page = citizen.send(f"/ho-so/{draft}/xem-lai/", {"request_id": "still-too-early"}, 422)
    assert f"/ho-so/{draft}/giay-to/#co-picture" in page.content.decode()


def test_the_task_list_says_what_is_left(citizen, ready, province):
    page = citizen.page(f"/ho-so/{ready}/")
    assert "Làm tiếp: Xem lại và nộp" in page
    empty = begin(citizen, province)
    assert "Chưa thể làm" in citizen.page(f"/ho-so/{empty}/")


@pytest.mark.requirement("TT21-PL2-5.8")
def test_a_draft_is_cancelled_and_restored_with_everything(citizen, ready):
    citizen.send(f"/ho-so/{ready}/huy/")
    page = citizen.page("/ho-so/")
    assert "Bản nháp đã hủy" in page
    citizen.send(f"/ho-so/{ready}/khoi-phuc/")
    assert "dieu.png" in citizen.page(f"/ho-so/{ready}/xem-lai/")
    citizen.send(f"/ho-so/{ready}/xem-lai/", {"request_id": "send-it-after-all"})
    citizen.send(f"/ho-so/{ready}/huy/", status=409)


def test_a_known_value_can_be_disputed(citizen, province):
    draft = begin(citizen, province)
    page = citizen.page(f"/ho-so/{draft}/bao-sai/who-full_name/")
    assert "VNeID" in page
    citizen.page(f"/ho-so/{draft}/bao-sai/size/", 404)


@pytest.mark.parametrize(
    "path",
    ["", "khai/who/", "giay-to/", "xem-lai/", "da-nop/", "ai-da-xem/", "rut/", "dung/", "nop-tien/", "hoan-tien/", "to-khai.pdf", "han/", "moi/"],
)  # fmt: skip
def test_somebody_elses_dossier_is_not_there(neighbour, province, path):
    submitted = province.submitted().dossier_id
    for dossier_id in (submitted, province.draft()):
        assert neighbour.get(f"/ho-so/{dossier_id}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "khai/who/", "giay-to/", "xem-lai/", "nop-tien/", "to-khai.pdf"])
def test_who_is_not_signed_in_is_sent_to_the_door_and_comes_back(anybody, province, path):
    draft = province.draft()
    answer = anybody.get(f"/ho-so/{draft}/{path}")
    assert answer["Location"] == f"/dang-nhap/?next=%2Fho-so%2F{draft}%2F{path.replace('/', '%2F')}"


def test_the_national_portal_hands_a_citizen_over(anybody, province):
    from motcua.domain.dossiers.tests.province import PROCEDURE

    handed = anybody.get(
        f"/nop-ho-so?MaTTHCDP={PROCEDURE}&MaCoQuanThucHien={province.agency.code}&vnconnect=1&MaDVC=1&MDT=1"
    )
    door = anybody.get(handed["Location"])
    assert door["Location"].startswith("/dang-nhap/?next=")
    anybody.sign_in(province.citizen.id)
    page = anybody.get(handed["Location"]).content.decode()
    assert f'name="agency" value="{province.agency.id}"' in page
    channel = re.search(r'name="channel" value="(\w+)"', page)[1]
    made = anybody.send(handed["Location"], {"agency": str(province.agency.id), "channel": channel})
    draft = made["Location"].strip("/").rpartition("/")[2]
    found = queries.dossier(draft, actor=province.applicant, on=TODAY)
    assert found.channel == "national_portal"
    assert found.desk_agency_id == province.agency.id


def test_a_hand_over_to_an_agency_that_does_not_receive_it_lets_one_choose(citizen, province):
    page = citizen.get(f"/nop-ho-so?MaTTHCDP={PROCEDURE}&MaCoQuanThucHien=H99.99", follow=True)
    assert "Hãy chọn một nơi nhận" in text_of(page)
    assert 'name="channel" value="dvcqg"' in page.content.decode()


def test_a_hand_over_of_something_unknown_leads_to_the_search(anybody, province):
    page = anybody.get("/nop-ho-so?MaTTHCDP=9.9&MaCoQuanThucHien=H99", follow=True)
    assert page.redirect_chain[-1][0] == "/thu-tuc/"
    assert "chưa có ở đây" in text_of(page)


def test_an_agency_that_does_not_receive_it_is_refused(citizen, province):
    citizen.send(f"/thu-tuc/{PROCEDURE}/nop/", {"agency": str(province.citizen.id)}, 404)
    citizen.send(f"/thu-tuc/{PROCEDURE}/nop/", {}, 422)


def test_a_parent_files_for_a_child_and_the_reading_is_logged(province, picture):
    from motcua.foundation.identity import commands as identity
    from motcua.foundation.identity.types import Sex
    from motcua.foundation.journal import queries as journal

    parent = Citizen().sign_in(province.citizen.id)
    child = identity.declare_child(
        name="Trần Văn Bé", birth_on=AT.date().replace(year=2018), sex=Sex.MALE, personal_number="",
        actor=people.citizen(province.citizen.id), at=AT,
    )  # fmt: skip
    child_id = getattr(child, "party_id", getattr(child, "id", child))
    parent.sign_in(province.citizen.id, child_id)
    draft = begin(parent, province)
    page = parent.page(f"/ho-so/{draft}/")
    assert "Làm cho Trần Văn Bé" in page
    found = queries.dossier(draft, actor=province.applicant, on=TODAY)
    assert (found.owner_id, found.submitter_id) == (child_id, province.citizen.id)
    assert journal.reads_of(child_id)
    assert not journal.reads_of(province.citizen.id)


def test_a_dossier_that_was_handed_in_is_closed(citizen, province):
    submitted = province.submitted().dossier_id
    citizen.page(f"/ho-so/{submitted}/khai/who/", 409)
    citizen.page(f"/ho-so/{submitted}/giay-to/", 409)
    commands.receive(dossier_id=submitted, actor=province.desk, at=AT)
    citizen.send(f"/ho-so/{submitted}/rut/", {"reason": "x"}, 409)
