"""The steps of the walk, for the re-issue of a land-use certificate (1.012783)."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from motcua.sample.walk.browser import Browser, Lost, Page
from motcua.sample.walk.people import World

PROCEDURE = "1.012783"
CITIZEN = "Bùi Thị Khánh Linh"
DESK, HEAD, APPRAISER, LEADER, CLERK = "do.quyen", "phung.hai", "quach.dung", "kieu.anh", "khuat.xuan"
LEADER_NAME = "Kiều Tuấn Anh"
BRANCH = "Chi nhánh Văn phòng Đăng ký đất đai khu vực Đồng Xanh"
ANSWERS: dict[str, str | list[str]] = {
    "reason": "damaged",
    "owner-sex": "female",
    "owner_address-province": "Tỉnh Mẫu",
    "owner_address-ward": "Phường Trung Tâm",
    "owner_address-detail": "Tổ 1",
    "phone": "0912000008",
    "ownership": "alone",
    "serial": "CS 883120",
    "book_number": "CH 00120",
    "certificate_issued_on-day": "4",
    "certificate_issued_on-month": "5",
    "certificate_issued_on-year": "2010",
    "mortgaged": "false",
    "debt": "false",
    "parcel_commune": "H99.32",
    "parcels-0-parcel-parcel": "88",
    "parcels-0-parcel-map_sheet": "12",
    "parcels-0-parcel-area": "96,5",
    "parcels-0-parcel-location": "Tổ 1, Phường Trung Tâm, Tỉnh Mẫu",
    "parcels-0-parcel-purpose": "ODT",
}
WAIT = 90.0


def one_page_pdf(words: str) -> bytes:
    """Return a small PDF with a line of (plain) text, as a scanner program would make one."""
    drawn = f"BT /F 18 Tf 40 100 Td ({words}) Tj ET".encode("ascii")
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return whole + head + b"trailer\n<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(whole))


class Journey:
    """One dossier on its way; ``say`` is told each step as it is done."""

    def __init__(self, world: World, out: Path, say: Callable[[str], None]) -> None:
        self.world, self.out, self.say = world, out, say
        self.citizen = Browser(world.url)
        self.id = self.code = self.secret = self.receipt = ""

    def walk(self) -> None:
        """Do everything up to the files in ``out``."""
        self.file()
        self.receive()
        self.pay()
        self.assign()
        self.supplement()
        self.draft()
        self.approve()
        self.number_and_seal()
        self.fetch()
        self.look_up()
        self.verify_page()

    def file(self) -> None:
        """The citizen signs in, answers page by page, uploads, hands in."""
        self.citizen, page = self.world.citizen(CITIZEN, f"/thu-tuc/{PROCEDURE}/nop/")
        self.say(f"{CITIZEN} đăng nhập qua hệ thống định danh")
        start = page.form(field="agency")
        page = start.fill({"agency": start.option("agency", "Trung tâm Phục vụ hành chính công Tỉnh Mẫu")}).send()
        self.id = _id_in(page.url)
        pages, page = 0, self.citizen.get(page.link(address="/khai/"))
        while "/khai/" in page.url:
            before, page = page.url, page.form(field="version").fill(ANSWERS).send()
            if page.url == before:
                raise Lost(f"the form stays at {page.url}: {page.text[:500]}")
            pages += 1
        self.say(f"Khai {pages} trang, mỗi câu trả lời được lưu ngay")
        self._upload(self.citizen.get(f"/ho-so/{self.id}/giay-to/"), "certificate")
        page = self.citizen.get(f"/ho-so/{self.id}/xem-lai/").form(field="csrfmiddlewaretoken", action="").send()
        self.code = _found(r"H99[\w.]*-\d{6}-\d{4}", page.text)
        self.secret = _beside(page, "Mã tra cứu")
        self.say(f"Nộp hồ sơ, mã {self.code}, mã tra cứu {self.secret}")

    def receive(self) -> None:
        """The desk receives; the receipt is printed."""
        desk = self.world.officer(DESK)
        self.say(f"{DESK} đăng nhập bằng mật khẩu và mã một lần")
        self._wait(lambda: bool(desk.get("/can-bo/tiep-nhan/").links(address=self.id)), "hồ sơ trong hàng chờ")
        desk.get(f"/can-bo/tiep-nhan/{self.id}/").form(action="/nhan/").send()
        self.say("Tiếp nhận hồ sơ, in giấy hẹn")

    def pay(self) -> None:
        """The citizen pays what is due at the gateway and comes back."""
        page = self.citizen.get(f"/ho-so/{self.id}/nop-tien/").form(field="gateway").send()
        form = page.form(field="bank")
        page = form.fill({"bank": form.choices("bank")[0]}).send(act="pay")
        self.say(f"Nộp lệ phí trực tuyến: {page.heading}")
        branch = self.world.officer(HEAD)
        self._wait(lambda: bool(self._choices(branch)), "hồ sơ được chuyển xử lý sau khi nhận tiền")

    def assign(self) -> None:
        """The head gives it to an appraiser."""
        form = self._act(self.world.officer(HEAD), "assign")
        name = next(one for one in form.form.names() if one.startswith("assignee"))
        form.form.fill({name: form.form.option(name, "Quách Thị Dung")}).send()
        self.say("Trưởng phòng phân công thẩm định")

    def supplement(self) -> None:
        """The appraiser asks for a better copy, the citizen sends one, the desk confirms."""
        officer = self.world.officer(APPRAISER)
        words: dict[str, str | list[str]] = {
            "content": "Chụp lại trang 2 của Giấy chứng nhận.",
            "reason": "Ảnh mờ, không đọc được sơ đồ thửa đất.",
            "guidance": "Chụp nơi đủ sáng rồi tải lên ở mục Giấy chứng nhận.",
            "items": ["certificate"],
        }
        self._act(officer, "ask_supplement").form.fill(words).send()
        self.say("Chuyên viên yêu cầu bổ sung, đồng hồ dừng")
        page = self._upload(self.citizen.get(f"/ho-so/{self.id}/bo-sung/"), "certificate")
        page.form(field="words").fill({"words": "Tôi đã chụp lại."}).send()
        self.say("Người dân bổ sung trên điện thoại")
        desk = self.world.officer(DESK)
        desk.get(f"/can-bo/ho-so/{self.id}/lam/xac-nhan-bo-sung/").form(field="expected").send()
        self.say("Một cửa xác nhận đủ, đồng hồ chạy lại")

    def draft(self) -> None:
        """The appraiser drafts the result and submits it."""
        officer = self.world.officer(APPRAISER)
        self._act(officer, "draft").form.send()
        self._act(officer, "submit").form.send()
        self.say("Chuyên viên dự thảo kết quả và trình")

    def approve(self) -> None:
        """The head submits, the leader signs with the PIN of their key."""
        self._act(self.world.officer(HEAD), "submit").form.send()
        self.say("Trưởng phòng kiểm tra, trình ký")
        self._sign(self.world.officer(LEADER), "sign", LEADER_NAME)
        self.say(f"{LEADER_NAME} ký số")

    def number_and_seal(self) -> None:
        """The clerk gives a number and the agency's signature."""
        clerk = self.world.officer(CLERK, "Văn thư")
        self._act(clerk, "number").form.send()
        self.say("Văn thư lấy số, ngày")
        self._sign(clerk, "seal", BRANCH)
        self.say("Văn thư đóng dấu số của cơ quan")

    def fetch(self) -> None:
        """The citizen downloads receipt, result and history."""
        page = self.citizen.get(f"/ho-so/{self.id}/")
        receipt = page.link(words="Giấy tiếp nhận")
        (self.out / "receipt.pdf").write_bytes(self.citizen.file(receipt))
        (self.out / "result.pdf").write_bytes(self.citizen.file(page.link(words="Giấy chứng nhận quyền sử dụng đất")))
        self.say("Người dân tải giấy tiếp nhận và kết quả")
        (self.out / "history.json").write_bytes(self.citizen.file(f"/ho-so/{self.id}/lich-su.json"))
        read = self.citizen.get(f"/ho-so/{self.id}/ai-da-xem/")
        self.say(f"Xem ai đã đọc dữ liệu: {len(read.tree.xpath('//main//li | //main//tr'))} dòng")

    def look_up(self) -> None:
        """Anybody looks it up, without the secret and with it."""
        anybody = Browser(self.world.url)
        form = anybody.get("/tra-cuu/").form(field="ma")
        plain = form.fill({"ma": self.code}).send()
        more = anybody.get("/tra-cuu/").form(field="ma").fill({"ma": self.code, "ma-tra-cuu": self.secret}).send()
        desk = "Trung tâm Phục vụ hành chính công Tỉnh Mẫu"
        if CITIZEN in plain.text or CITIZEN in more.text or desk in plain.text or desk not in more.text:
            raise Lost(f"the look-up tells too much, or the secret opens nothing: {more.text[:300]}")
        self.say("Tra cứu bằng mã: chỉ tiến độ; thêm mã tra cứu: trạng thái, ngày hẹn")

    def verify_page(self) -> None:
        """Anybody asks whether the result is genuine, by the file itself."""
        form = Browser(self.world.url).get("/xac-minh/")
        asking = form.tree.xpath("//form[.//input[@type='file']]")
        if not asking:
            self.say("Trang xác minh mở được")
            return
        name = asking[0].xpath(".//input[@type='file']/@name")[0]
        result = (self.out / "result.pdf").read_bytes()
        page = form.form(field=name).send(files={name: ("result.pdf", result, "application/pdf")})
        self.say(f"Trang xác minh: {page.heading}")

    def _upload(self, page: Page, component: str) -> Page:
        form = page.form(field=f"file-{component}")
        scan = ("giay-chung-nhan.pdf", one_page_pdf("Giay chung nhan"), "application/pdf")
        return form.send(files={f"file-{component}": scan})

    def _choices(self, officer: Browser) -> list[str]:
        return officer.get(f"/can-bo/ho-so/{self.id}/").links(address="/chon/")

    def _act(self, officer: Browser, key: str) -> _Act:
        page = officer.get(f"/can-bo/ho-so/{self.id}/")
        return _Act(officer.get(page.link(address=f"/chon/{key}/")))

    def _sign(self, officer: Browser, key: str, holder: str) -> None:
        form = self._act(officer, key).form
        if "credential" in form.names():
            form.fill({"credential": form.choices("credential")[0]})
        page = form.fill({"pin": self.world.pin(holder)}).send()

        def is_signed() -> bool:
            state = officer.http.get(page.url, headers={"Accept": "application/json"}).json()
            if state["version"] in {"failed", "cancelled"}:
                raise Lost(f"{holder} could not sign: {state['why']}")
            return bool(state["version"] == "signed") and f"/chon/{key}/" not in " ".join(self._choices(officer))

        self._wait(is_signed, f"chữ ký của {holder}")

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + WAIT
        while not done():
            if time.monotonic() > until:
                raise Lost(f"quá {WAIT:.0f} giây chưa thấy {what}")
            time.sleep(0.3)


class _Act:
    """An officer's act: the page and its one form."""

    def __init__(self, page: Page) -> None:
        self.page, self.form = page, page.form(field="expected")


def _id_in(url: str) -> str:
    return _found(r"[0-9a-f]{8}-[0-9a-f-]{27}", url)


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise Lost(f"{pattern} is not in: {text[:400]}")
    return found.group()


def _beside(page: Page, label: str) -> str:
    """Return the code shown beside a label."""
    for term in page.tree.xpath("//dt"):
        if term.text_content().strip() == label:
            value = term.getnext()
            code = value.xpath(".//code | .//*[contains(@class, 'mc-code')] | .//*[contains(@class, 'mc-number')]")
            return _found(r"[0-9A-Z]{4}-[0-9A-Z]{4}", (code[0] if code else value).text_content())
    raise Lost(f"{label} is not on {page.url}")
