"""A citizen with a cheap phone: finds a procedure, files it, follows it; every page is accessible and fits 360 px."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from motcua.channels.portal.tests.conftest import PNG, Citizen
from motcua.domain.catalog.policy import POLICY
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.tests.province import AT, PROCEDURE, Province, build
from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import DESKTOP, PHONE, Opener


@pytest.fixture
def province(committed_database: str) -> Province:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    made = build()
    POLICY.checked_grounds_only = before
    return made


def signed_in(open_page: Opener, address: str, province: Province, **how: Any) -> Any:
    page = open_page(**how)
    cookie = Citizen().sign_in(province.citizen.id).cookies["motcua_session"].value
    page.context.add_cookies([{"name": "motcua_session", "value": cookie, "url": address}])
    return page


@pytest.mark.requirement("TT21-PL6-2.2a", "TT21-PL6-2.2b", "TT21-PL6-3")
@pytest.mark.parametrize("javascript", [True, False], ids=["scripts", "no-scripts"])
def test_from_the_home_page_to_the_code_on_a_phone(
    served: Callable[..., str], open_page: Opener, province: Province, javascript: bool
) -> None:
    address = served()
    page = signed_in(open_page, address, province, javascript=javascript)
    seen: set[str] = set()

    def look() -> None:
        if javascript and page.url not in seen:
            seen.add(page.url)
            assert_accessible(page)

    page.goto(address)
    look()
    page.get_by_role("link", name="Thú vui").first.click()
    look()
    page.get_by_role("link", name="Đăng ký thả diều").click()
    look()
    page.get_by_role("button", name="Nộp trực tuyến").first.click()
    look()
    page.get_by_label(province.agency.name).check()
    page.get_by_role("button", name="Bắt đầu").click()
    look()
    page.locator("main a.govuk-button").click()
    look()
    page.locator(".govuk-back-link").click()  # what is known is filled in already; look at it all the same
    look()
    assert page.locator("[name='who-full_name']").input_value() == "Trần Thị Bưởi"
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    look()
    page.locator("[name='size']").fill("2")
    page.get_by_role("button", name="Lưu và tiếp tục").click()
    look()
    page.locator("#file-picture").set_input_files({"name": "dieu.png", "mimeType": "image/png", "buffer": PNG})
    page.get_by_role("button", name="Tải lên").click()
    page.get_by_role("link", name="dieu.png").wait_for()
    page.get_by_role("button", name="Tiếp tục: xem lại hồ sơ").click()
    look()
    page.get_by_role("button", name="Nộp hồ sơ").click()
    page.wait_for_url("**/da-nop/")
    look()
    page.get_by_role("link", name="Xem hồ sơ vừa nộp").click()
    look()
    assert "Đang chờ tiếp nhận" in page.inner_text("main")


@pytest.mark.requirement("TT21-PL6-2.2a", "TT21-PL6-2.2b")
@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["360", "1440"])
def test_every_other_page_is_accessible_and_fits(
    served: Callable[..., str], open_page: Opener, province: Province, size: tuple[int, int]
) -> None:
    address = served()
    page = signed_in(open_page, address, province, size=size)
    received, waiting = province.received(), province.submitted().dossier_id
    asked = province.submitted().dossier_id
    commands.ask_completion(
        dossier_id=asked, content="Ảnh rõ hơn", reason="Ảnh mờ", guidance="Chụp ban ngày", actor=province.desk, at=AT
    )
    paths = ["", "thu-tuc/", "thu-tuc/?tu-khoa=khongco", f"thu-tuc/{PROCEDURE}/", "tra-cuu/", "xac-minh/", "ho-tro/"]
    paths += ["bao-ve-du-lieu/", "tro-nang/", "ho-so/", "thong-bao/", "thanh-toan/", "ai-da-xem/", f"ho-so/{asked}/"]
    paths += [f"ho-so/{received}/{page}" for page in ("", "han/", "ai-da-xem/", "dung/", "nop-tien/", "hoan-tien/")]
    paths += [f"ho-so/{waiting}/", f"ho-so/{waiting}/rut/", f"ho-so/{asked}/xem-lai/"]
    for path in paths:
        page.goto(f"{address}/{path}")
        assert_accessible(page)
