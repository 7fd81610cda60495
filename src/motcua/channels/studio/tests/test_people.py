"""Agencies, officers and rights: an administrator keeps them, only where the acting position reaches."""

from __future__ import annotations

import csv
import io
import re

import pytest

from motcua.domain.dossiers.tests.province import AT
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import queries as accounts
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.identity.types import AccountState
from motcua.foundation.journal import queries as journal
from motcua.foundation.organisation import commands, queries
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import Capability, HolderKind, Role, ScopeKind

TYPED = {"username": "lethibinh", "name": "Lê Thị Bình", "employee_number": "B-77", "phone": "0912345678", "email": ""}


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_tree_shows_the_present_and_the_past(studio) -> None:
    old = organisation.agency(studio.root, name="Huyện Cũ")
    commands.close_agency(
        agency_id=old.id, last_day=organisation.YESTERDAY, successor_id=studio.province.agency.id, actor=organisation.system(), at=AT,
    )  # fmt: skip
    page = studio.page("/quan-tri/to-chuc/")
    assert "Huyện Cũ" in page
    assert "nay là Ủy ban nhân dân xã Diều" in page


def test_an_agency_shows_who_holds_what(studio) -> None:
    page = studio.page(f"/quan-tri/to-chuc/{studio.province.agency.id}/")
    assert "Đỗ Minh Khôi" in page
    assert "Trưởng phòng" in page


@pytest.mark.requirement("TT11-1.2a")
def test_officers_are_found_and_exported_as_filtered(studio) -> None:
    page = studio.page("/quan-tri/can-bo/?q=do+minh")
    assert "Đỗ Minh Khôi" in page
    assert "Lê Thu Hà" not in page
    given = studio.browser(studio.boss).get("/quan-tri/can-bo/danh-sach.csv?q=do+minh")
    table = rows(given)
    assert [row[1] for row in table] == ["Họ và tên", "Đỗ Minh Khôi"]
    assert table[1][4] == "Lãnh đạo"
    assert "attachment" in given["Content-Disposition"]


def test_a_cell_is_no_formula(studio) -> None:
    organisation.officer(studio.province.agency, name="=HYPERLINK(1)", phone="+84912")
    given = rows(studio.browser(studio.boss).get("/quan-tri/can-bo/danh-sach.csv?q=hyperlink"))
    assert given[1][1] == "'=HYPERLINK(1)"
    assert given[1][8] == "'+84912"


@pytest.mark.requirement("TT11-1.2a")
def test_an_officer_is_created_cannot_sign_in_yet_and_the_invitation_works(studio) -> None:
    answer = studio.post("/quan-tri/can-bo/them/", **TYPED, agency_id=str(studio.province.agency.id))
    assert answer.status_code == 200
    secret = re.search(r"<code>([^<]+)</code>", answer.content.decode())[1]
    (row,) = queries.search_officers(on=organisation.TODAY, text="lethibinh")
    assert row.officer.state is AccountState.INVITED
    assert identity.begin_activation(secret=secret, installation="motcua", at=AT)
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


def test_what_was_typed_stays_when_it_is_wrong(studio) -> None:
    answer = studio.post("/quan-tri/can-bo/them/", **(TYPED | {"name": ""}), agency_id=str(studio.province.agency.id))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="B-77"' in page
    assert "govuk-error-message" in page
    assert studio.post("/quan-tri/can-bo/them/", **TYPED, agency_id="").status_code == 422


def test_locking_ends_sessions_and_unlocking_lets_in_again(studio) -> None:
    officer = studio.province.clerk
    browser = studio.browser(officer)
    address = f"/quan-tri/can-bo/{officer.officer_id}/"
    assert accounts.sessions_of(officer.account_id, AT)
    assert studio.post(f"{address}khoa/", reason="Nghỉ việc").status_code == 302
    assert queries.officer(officer.officer_id).state is AccountState.LOCKED
    assert not accounts.sessions_of(officer.account_id, AT)
    assert browser.get("/quan-tri/").status_code == 302
    assert studio.post(f"{address}mo-khoa/", reason="Trở lại").status_code == 302
    assert queries.officer(officer.officer_id).state is not AccountState.LOCKED
    assert studio.post(f"{address}khoa/", reason="").status_code == 422


def test_a_lost_telephone_gets_a_new_invitation(studio) -> None:
    officer = studio.province.clerk
    studio.browser(officer)
    answer = studio.post(f"/quan-tri/can-bo/{officer.officer_id}/moi-lai/", reason="Mất điện thoại")
    secret = re.search(r"<code>([^<]+)</code>", answer.content.decode())[1]
    assert identity.begin_activation(secret=secret, installation="motcua", at=AT)


@pytest.mark.requirement("TT11-1.2b")
def test_a_position_is_given_and_taken(studio) -> None:
    place = organisation.position(studio.province.agency, Role.HEAD, title="Trưởng phòng Kinh tế")
    who = organisation.officer(studio.province.agency, name="Hồ Văn Mới")
    address = f"/quan-tri/can-bo/{who}/"
    typed = {"position_id": str(place), "valid_from": "2026-11-01"}
    assert studio.post(f"{address}giao-chuc-danh/", **typed).status_code == 302
    assert [held.title for held in queries.positions_of(who, organisation.TODAY)] == ["Trưởng phòng Kinh tế"]
    assert studio.post(f"{address}giao-chuc-danh/", **typed).status_code == 422
    assert studio.post(f"{address}giao-chuc-danh/", **(typed | {"valid_from": "mai"})).status_code == 422
    assert studio.post(f"{address}thoi-chuc-danh/", position=str(place)).status_code == 302
    assert queries.positions_of(who, organisation.TOMORROW) == []


@pytest.mark.requirement("TT21-PL6-16")
def test_every_session_of_an_officer_is_seen_and_ended(studio) -> None:
    officer = studio.province.clerk
    studio.browser(officer)
    address = f"/quan-tri/can-bo/{officer.officer_id}/"
    assert "10.0.0.1" in studio.page(address)
    assert studio.post(f"{address}phien/ket-thuc/").status_code == 302
    assert not accounts.sessions_of(officer.account_id, AT)


def test_an_administrator_of_one_agency_stays_in_it(studio) -> None:
    elsewhere, here = studio.province.stranger.officer_id, studio.province.clerk.officer_id
    page = studio.page("/quan-tri/can-bo/", studio.local)
    assert "Ngô Bảo Châu" in page
    assert "Người Nơi Khác" not in page
    exported = studio.browser(studio.local).get("/quan-tri/can-bo/danh-sach.csv").content.decode()
    assert "Người Nơi Khác" not in exported
    browser = studio.browser(studio.local)
    assert browser.get(f"/quan-tri/can-bo/{here}/").status_code == 200
    assert browser.get(f"/quan-tri/can-bo/{elsewhere}/").status_code == 404
    for verb in ("khoa", "mo-khoa", "moi-lai", "giao-chuc-danh", "thoi-chuc-danh", "phien/ket-thuc"):
        assert browser.post(f"/quan-tri/can-bo/{elsewhere}/{verb}/", {"reason": "x"}).status_code == 404, verb
    other = str(studio.province.other.id)
    assert studio.post("/quan-tri/can-bo/them/", studio.local, **TYPED, agency_id=other).status_code in {403, 404}


def test_reading_about_officers_is_written_down(studio) -> None:
    officer = studio.province.clerk.officer_id
    studio.page(f"/quan-tri/can-bo/{officer}/")
    (read,) = journal.reads_about(officer)
    assert read.officer_id == studio.boss.officer_id


@pytest.mark.requirement("TT11-1.2c")
def test_rights_are_shown_by_role_group_and_person(studio) -> None:
    commands.grant(
        holder_kind=HolderKind.OFFICER, holder=studio.province.clerk.officer_id, capability=Capability.EXTEND,
        scope=ScopeKind.AGENCY, valid_from=organisation.SINCE, procedures=["9.000777"], actor=people.system(), at=AT,
    )  # fmt: skip
    page = studio.page("/quan-tri/quyen/")
    assert "Ngô Bảo Châu" in page
    assert "chỉ thủ tục 9.000777" in page
    assert "Cấp số văn bản" in page
    assert studio.browser(studio.province.head).get("/quan-tri/quyen/").status_code == 403
