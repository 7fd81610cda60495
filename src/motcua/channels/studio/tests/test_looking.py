"""Makers and heads look at what is published; others do not come in."""

from __future__ import annotations

import pytest

from motcua.domain.catalog import commands as catalog
from motcua.domain.catalog import queries as editions
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.documents import commands as documents
from motcua.domain.dossiers.tests.province import AT, LAW, PROCEDURE
from motcua.domain.workflow import queries as workflow
from motcua.foundation.kernel.actor import system


def test_the_list_leads_to_the_edition(studio) -> None:
    assert f'href="/quan-tri/thu-tuc/{PROCEDURE}/"' in studio.page("/quan-tri/thu-tuc/?q=tha+dieu")
    assert "Không có thủ tục nào khớp" in studio.page("/quan-tri/thu-tuc/?q=xyzzy")


def test_an_edition_says_everything_it_holds(studio) -> None:
    found = editions.edition(studio.province.edition)
    page = studio.page(f"/quan-tri/thu-tuc/{PROCEDURE}/1/")
    for said in ("Diều lớn", "Ảnh con diều", "10 ngày làm việc", "Giấy phép thả diều", LAW, "1/QĐ", found.digest):
        assert said in page


def test_a_ground_nobody_has_read_says_so(studio) -> None:
    assert "chưa đối chiếu" in studio.page(f"/quan-tri/thu-tuc/{PROCEDURE}/")
    ground = editions.all_grounds()[0]
    catalog.check_ground(ground_id=ground.id, text="Toàn văn.", actor=system("test"), at=AT)
    page = studio.page(f"/quan-tri/thu-tuc/{PROCEDURE}/")
    assert "chưa đối chiếu" not in page
    assert "đã đối chiếu" in page


def test_an_edition_that_is_not_there_is_not_there(studio) -> None:
    browser = studio.browser(studio.boss)
    assert browser.get(f"/quan-tri/thu-tuc/{PROCEDURE}/9/").status_code == 404
    assert browser.get("/quan-tri/thu-tuc/9.999999/").status_code == 404


def test_the_form_is_shown_as_it_will_be_asked(studio) -> None:
    page = studio.page(f"/quan-tri/thu-tuc/{PROCEDURE}/1/bieu-mau/")
    assert "Sải cánh (m)" in page
    assert 'name="size"' in page


def test_a_process_is_drawn_listed_and_checked(studio) -> None:
    version = workflow.processes()[0]
    page = studio.page(f"/quan-tri/quy-trinh/{version.id}/")
    assert "<svg" in page
    assert "Thẩm định" in page
    assert "người được chọn ở bước Phân công" in page
    assert "Kiểm tra quy trình" in page
    given = studio.browser(studio.boss).get(f"/quan-tri/quy-trinh/{version.id}/bpmn/")
    assert given.content == workflow.bpmn(version.id)
    assert "attachment" in given["Content-Disposition"]


@pytest.mark.requirement("TT11-5.1d")
def test_papers_are_previewed_as_pdf(studio) -> None:
    documents.sync_templates(at=AT)
    assert "/quan-tri/giay-to/receipt/xem-truoc.pdf" in studio.page("/quan-tri/giay-to/")
    given = studio.browser(studio.boss).get("/quan-tri/giay-to/receipt/xem-truoc.pdf")
    assert given["Content-Type"] == "application/pdf"
    assert given.content.startswith(b"%PDF")
    assert studio.browser(studio.boss).get("/quan-tri/giay-to/khong-co/xem-truoc.pdf").status_code == 404


def test_the_statuses_show_what_may_follow(studio) -> None:
    page = studio.page("/quan-tri/trang-thai/")
    assert "Chuyển tiếp tới" in page
    assert "Mới đăng ký" in page


def test_a_calendar_shows_the_year(studio) -> None:
    nation = deadlines.calendars()[0]
    assert nation.name in studio.page("/quan-tri/lich/")
    page = studio.page(f"/quan-tri/lich/{nation.id}/2026/")
    assert "Quốc khánh" in page
    assert "07:30" in page or "08:00" in page or "07:00" in page
    assert studio.browser(studio.boss).get(f"/quan-tri/lich/{nation.id}/1066/").status_code == 404


def test_heads_and_leaders_look_and_nobody_else_does(studio) -> None:
    province = studio.province
    for actor, status in ((province.head, 200), (province.leader, 200), (province.desk, 403), (province.clerk, 403)):
        assert studio.browser(actor).get("/quan-tri/thu-tuc/").status_code == status
