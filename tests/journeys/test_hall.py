"""The hall in a real browser: every component at three widths, in both faces and languages, and what scripts add."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.channels.ui import navigation
from motcua.channels.ui.tests import urls as hall
from tests.journeys.axe import assert_accessible
from tests.journeys.conftest import DESKTOP, PHONE, TABLET, Opener

URLS = "motcua.channels.ui.tests.urls"


@pytest.fixture
def address(served: Callable[..., str]) -> Iterator[str]:
    navigation.close_all()
    navigation.open_places(
        {
            navigation.Place.HOME: "ui:components",
            navigation.Place.LOOKUP: "slow",
            navigation.Place.SIGN_IN: "slow",
            navigation.Place.DESK_SEARCH: "slow",
            navigation.Place.DESK_SCAN: "scanned",
        }
    )
    navigation.open_menu("desk", [navigation.Item("Việc của tôi", "ui:components_desk", "inbox")])
    yield served(URLS)
    navigation.close_all()


@pytest.mark.requirement("TT21-PL6-19", "TT21-PL6-2.2b")
@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("face", ["/thanh-phan/", "/thanh-phan/can-bo/"])
@pytest.mark.parametrize("size", [PHONE, TABLET, DESKTOP], ids=["360", "768", "1440"])
def test_every_component_is_accessible_and_fits(
    address: str, open_page: Opener, size: tuple[int, int], face: str, language: str
) -> None:
    page = open_page(size=size, language=language)
    page.goto(address + face)
    assert_accessible(page)


@pytest.mark.requirement("TT21-PL6-2.2c")
def test_targets_are_large_enough_for_a_finger(address: str, open_page: Opener) -> None:
    """Buttons and menus are at least 44 px high; links in running text are exempt (WCAG 2.2, 2.5.8)."""
    page = open_page(size=PHONE)
    page.goto(address + "/thanh-phan/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, summary, .mc-chip, .mc-call, .mc-links a, .govuk-input')]
          .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.5)
          .map((one) => `${one.className} ${one.textContent.trim()} ${one.getBoundingClientRect().height}`)"""
    )
    assert small == []


def test_errors_are_accessible(address: str, open_page: Opener) -> None:
    open_page.forgive("the server responded with a status of")
    page = open_page()
    for path in ("/van-de/stale/", "/van-de/invalid/", "/khong-co/"):
        page.goto(address + path)
        assert_accessible(page)


def test_without_a_script_everything_is_there(address: str, open_page: Opener) -> None:
    page = open_page(javascript=False)
    page.goto(address + "/thanh-phan/")
    assert page.get_by_role("link", name="Tra cứu hồ sơ").first.is_visible()  # the menu stands open
    page.get_by_text("Việc khác").click()
    assert page.get_by_role("link", name="Yêu cầu bổ sung").is_visible()
    assert not page.get_by_role("button", name="Chép").is_visible()  # what cannot work is not shown
    page.get_by_label("Họ, chữ đệm và tên").fill("Trần Thị Bưởi")


def test_the_menu_of_a_phone_opens_on_tap(address: str, open_page: Opener) -> None:
    page = open_page(size=PHONE)
    page.goto(address + "/thanh-phan/")
    link = page.locator("#mc-navigation").get_by_role("link", name="Tra cứu hồ sơ")
    assert not link.is_visible()
    page.get_by_role("button", name="Mục lục").click()
    assert link.is_visible()


@pytest.mark.requirement("TT21-PL6-5")
def test_a_slow_answer_shows_the_one_signal(address: str, open_page: Opener) -> None:
    page = open_page(size=DESKTOP)
    page.goto(address + "/to-khai/")
    assert not page.locator("#mc-busy").is_visible()
    # The browser holds questions back while it navigates, so the page itself writes down what it showed.
    page.evaluate(
        """() => new MutationObserver(([change]) => sessionStorage.setItem('shown', change.target.innerText))
          .observe(document.getElementById('mc-busy'), {attributes: true, attributeFilter: ['hidden']})"""
    )
    page.get_by_role("link", name="Trang chậm").click()
    page.wait_for_url("**/cham/")
    assert page.evaluate("sessionStorage.getItem('shown')") == "Đang xử lý…"


def test_what_is_typed_is_saved_at_once_and_the_page_says_when(address: str, open_page: Opener) -> None:
    hall.saved.clear()
    page = open_page(size=DESKTOP)
    page.goto(address + "/to-khai/")
    name = page.get_by_label("Họ, chữ đệm và tên")
    name.fill("Trần Thị Bưởi")
    name.blur()
    page.get_by_text("Đã lưu lúc 10:42").wait_for()
    name.fill("Trần Thị Na")
    page.get_by_label("Số định danh cá nhân").focus()
    page.locator('[data-draft-version="5"]').wait_for()
    page.locator("#email[value='moi@mau.vn']").wait_for()  # the answer asked for other questions: fetched, no reload
    assert page.evaluate("document.activeElement.id") == "number"
    assert hall.saved == [
        {"version": "3", "full_name": "Trần Thị Bưởi"},
        {"version": "4", "full_name": "Trần Thị Na"},
    ]


def test_a_form_is_sent_once(address: str, open_page: Opener) -> None:
    page = open_page(size=DESKTOP)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto(address + "/to-khai/")
    page.evaluate(
        "() => { const form = document.querySelector('form[data-draft]'); form.requestSubmit(); form.requestSubmit(); }"
    )
    page.wait_for_url("**/lap-lai/")
    assert [url for url in sent if "lap-lai" in url] == [address + "/lap-lai/"]


def _scan(page: Any, text: str) -> None:
    page.keyboard.type(text, delay=4)
    page.keyboard.press("Enter")


def test_a_scanner_works_wherever_the_cursor_stands(address: str, open_page: Opener) -> None:
    card = "038085001234|171234567|Tran Thi Buoi|27031985|Nu|Thon 3|01012021"
    page = open_page(size=DESKTOP)
    page.goto(address + "/to-khai/")
    name = page.get_by_label("Họ, chữ đệm và tên")
    name.fill("Lê Văn Dũng")
    name.focus()
    _scan(page, card)
    page.wait_for_url("**/quet/")
    assert card in page.inner_text("pre")
    assert card not in page.url  # posted: it is personal data


def test_typing_by_hand_is_not_a_scan(address: str, open_page: Opener) -> None:
    page = open_page(size=DESKTOP)
    page.goto(address + "/thanh-phan/can-bo/")
    page.locator("h1").click()
    page.keyboard.type("038085001234|17", delay=90)
    page.keyboard.press("Enter")
    page.wait_for_timeout(200)
    assert page.url.endswith("/thanh-phan/can-bo/")


def test_a_list_by_keyboard(address: str, open_page: Opener) -> None:
    page = open_page(size=DESKTOP)
    page.goto(address + "/thanh-phan/can-bo/")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-row] input:checked").get_attribute("value") == "H15.50.05.13-261122-0007"
    assert page.locator("[data-bulk]").is_visible()
    assert page.locator("[data-bulk-count]").inner_text() == "Đã chọn 1"
    page.keyboard.press("k")
    page.keyboard.press("o")
    assert page.url.endswith("#H15.50.05.13-261121-0042")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    assert page.get_by_role("dialog").is_visible()
    page.get_by_label("Tắt phím tắt một chữ trên máy này").check()
    page.get_by_role("button", name="Đóng").click()
    page.locator("h1").click()
    page.keyboard.press("?")
    assert not page.get_by_role("dialog").is_visible()


def test_a_file_too_large_or_of_the_wrong_kind_is_told_before_it_is_sent(
    address: str, open_page: Opener, tmp_path: Path
) -> None:
    page = open_page(size=DESKTOP)
    page.goto(address + "/thanh-phan/can-bo/")
    page.set_input_files("#file", {"name": "phim.mp4", "mimeType": "video/mp4", "buffer": b"0"})
    assert "“phim.mp4” không phải loại tệp được nhận" in page.locator("[data-upload-said]").inner_text()
    large = tmp_path / "to.pdf"
    large.write_bytes(bytes(20_971_521))
    page.set_input_files("#file", large)
    assert "lớn hơn 20 MB" in page.locator("[data-upload-said]").inner_text()
    page.set_input_files("#file", {"name": "vua.PDF", "mimeType": "application/pdf", "buffer": b"0"})
    assert page.locator("[data-upload-said]").inner_text() == ""
