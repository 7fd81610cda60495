"""My work: counters that are lists, danger first, notices."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from motcua.channels.desk.tests.officers import Clock, Desk, clock
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.tests.conftest import province
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.notices import handlers
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from motcua.foundation.journal import queries as journal
from motcua.foundation.journal.models import ReadLog

__all__ = ["cheap_hashing", "clock", "expensive_hashing", "province"]
COUNTER = re.compile(r'href="(/can-bo/ho-so/\?nhom=(\w+))".*?mc-counter__number">(\d+)<', re.DOTALL)


@pytest.fixture
def desk(province: Province, clock: Clock) -> Desk:
    return Desk(province, clock)


def test_every_counter_opens_a_list_of_exactly_that_many(desk: Desk) -> None:
    province = desk.province
    province.submitted()
    asked = province.submitted().dossier_id
    commands.ask_completion(dossier_id=asked, content="a", reason="b", guidance="c", actor=province.desk, at=AT)
    refused = province.submitted().dossier_id
    commands.refuse_reception(dossier_id=refused, reasons=["Sai"], guidance="", ground="", actor=province.desk, at=AT)
    province.received()
    desk.clock.forward(timedelta(days=40))
    page = desk.get(province.desk, "/can-bo/").content.decode()
    found = {name: (address, int(number)) for address, name, number in COUNTER.findall(page)}
    assert {name: number for name, (_url, number) in found.items() if number} == {
        "waiting": 1,
        "overdue": 1,
        "working": 1,
        "refused": 1,
        "all": 4,
    }
    for address, number in found.values():
        listed = desk.get(province.desk, address).content.decode()
        assert listed.count("<tr data-row>") == number


def test_what_is_late_stands_above_what_has_time(desk: Desk) -> None:
    province = desk.province
    early = province.submitted().code
    desk.clock.forward(timedelta(days=5))
    dossier_id = province.draft()
    late = commands.submit(dossier_id=dossier_id, actor=province.applicant, at=desk.clock.at).code
    page = desk.get(province.desk, "/can-bo/").content.decode()
    assert page.index(early) < page.index(late)
    assert "quá hạn" in page
    assert "còn" in page[page.index(late) :]


def test_tasks_of_the_seat_are_mine_and_nobody_elses(desk: Desk) -> None:
    dossier_id = desk.assigned()
    mine = desk.get(desk.province.appraiser, "/can-bo/").content.decode()
    assert f"/can-bo/ho-so/{dossier_id}/" in mine
    assert "Thẩm định" in mine
    assert f"/can-bo/ho-so/{dossier_id}/" not in desk.get(desk.province.leader, "/can-bo/").content.decode()
    assert f"/can-bo/ho-so/{dossier_id}/" not in desk.get(desk.province.stranger, "/can-bo/").content.decode()


def test_an_empty_desk_says_what_to_do(desk: Desk) -> None:
    assert "quét thẻ căn cước" in desk.get(desk.province.desk, "/can-bo/").content.decode()
    assert "Xem danh sách hồ sơ" in desk.get(desk.province.leader, "/can-bo/").content.decode()


@pytest.mark.requirement("TT11-12.2h")
def test_a_new_online_dossier_is_told_to_the_desk_with_a_link(desk: Desk) -> None:
    given = desk.province.submitted()
    for event in journal.history(given.dossier_id):
        if event.kind in handlers.KINDS:
            handlers.tell(event)
    home = desk.get(desk.province.desk, "/can-bo/").content.decode()
    assert re.search(r'href="/can-bo/thong-bao/".*?mc-number">1<', home, re.DOTALL)
    page = desk.get(desk.province.desk, "/can-bo/thong-bao/").content.decode()
    assert f"/can-bo/ho-so/{given.dossier_id}/" in page
    assert given.code in page
    desk.browser(desk.province.desk).post("/can-bo/thong-bao/da-doc/")
    assert "mc-number" not in desk.get(desk.province.desk, "/can-bo/").content.decode().split("</header>")[0]


def test_reading_names_is_logged_once_a_request(desk: Desk) -> None:
    given = desk.province.submitted()
    before = ReadLog.objects.count()
    desk.get(desk.province.desk, "/can-bo/")
    (row,) = ReadLog.objects.order_by("-at")[: ReadLog.objects.count() - before]
    assert (row.page, row.parties, row.subjects) == ("desk:home", [desk.province.citizen.id], [given.dossier_id])


def test_who_is_not_signed_in_is_sent_to_the_door(client: object, db: None) -> None:
    answer = client.get("/can-bo/ho-so/")  # type: ignore[attr-defined]
    assert answer.headers["Location"].startswith("/can-bo/dang-nhap/")
