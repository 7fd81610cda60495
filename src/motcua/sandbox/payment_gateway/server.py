"""The payment gateway's web application: the merchant's API, the payer's page, the news to the merchant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting import outward
from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application, answer_json, json_object
from motcua.sandbox.payment_gateway.messages import (
    CALLBACK_ORDER,
    INIT_ORDER,
    QUERY_ORDER,
    BadMessage,
    check,
    check_receipt,
    digest,
)
from motcua.sandbox.payment_gateway.transactions import BANKS, SCHEMA, Transaction, Transactions

RESULT_CODES = {"paid": "00", "cancelled": "24", "expired": "11"}
QUERY_STATES = {"paid": "1", "cancelled": "4", "expired": "4", "open": "0"}


def build(settings: Settings) -> list[Listener]:
    """Return what the payment process listens with."""
    return [HttpListener(settings.port("payment_gateway"), application(settings))]


def application(settings: Settings) -> Application:
    """Make the application."""
    app = Application(settings, "payment_gateway", "Nền tảng thanh toán", refusal=_refuse)
    book = Transactions(Store(settings.folder("payment_gateway") / "transactions.sqlite3", SCHEMA))
    gateway = Gateway(settings.system("payment_gateway"), book)

    @app.wire("/payplat/api")
    def api(request: Request) -> Answer:
        message = json_object(request)
        try:
            return gateway.answer(message)
        except BadMessage as problem:
            return {"error_code": problem.code, "message": str(problem)}

    _add_pay_pages(app, gateway, book)

    @app.page("/")
    def front(request: Request) -> Answer:
        return app.render("transactions.html", transactions=book.latest(), banks=BANKS)

    return app


def _refuse(request: Request) -> Response:
    return answer_json({"error_code": "99", "message": "Hệ thống thanh toán đang bảo trì"})


class Gateway:
    """Answers the merchant and tells it how payments ended."""

    def __init__(self, described: Mapping[str, Any], book: Transactions) -> None:
        self._described = described
        self._book = book

    def answer(self, message: dict[str, Any]) -> dict[str, Any]:
        """Answer INIT, QUERY or RECEIPT. Raises BadMessage."""
        acts = {"INIT": (INIT_ORDER, self._open), "QUERY": (QUERY_ORDER, self._query)}
        kind = message.get("LoaiBanTin")
        if kind not in acts:
            raise BadMessage("01", "LoaiBanTin phải là INIT hoặc QUERY")
        order, act = acts[kind]
        check(order, message, partner=self._described["partner_code"], secret=self._described["secret"])
        return act(message)

    def news(self, found: Transaction) -> dict[str, str]:
        """Return the callback's fields for an ended payment, with their digest."""
        message = {
            "LoaiBanTin": "PAY",
            "MaLoi": RESULT_CODES[found.state],
            "MaDoiTac": self._described["partner_code"],
            "MaThamChieu": found.reference,
            "SoTien": str(found.amount),
            "MaTienTe": "VND",
            "MaGiaoDich": found.number,
            "MaNganHang": found.bank or "PAYMENT",
            "ThoiGianGD": found.ended_at or str(found.message["ThoiGianGD"]),
            "ThongTinGiaoDich": str(found.message["ThongTinGiaoDich"]),
        }
        return {**message, "MaXacThuc": digest(CALLBACK_ORDER, message, self._described["secret"])}

    def tell(self, found: Transaction) -> str:
        """Send the IPN, server to server, and note what the merchant said."""
        outcome = outward.post_json(self._described["ipn_url"], self.news(found))
        words = f"HTTP {outcome.status}: {outcome.text[:300]}"
        self._book.note_told(found.reference, words)
        return words

    def return_address(self, found: Transaction) -> str:
        """Return where the payer's browser goes back to, with the callback's fields."""
        return f"{self._described['return_url']}?{urlencode(self.news(found))}"

    def receipt_address(self, found: Transaction) -> str:
        return f"{self._described['url']}/bien-lai/{found.page}"

    def _open(self, message: dict[str, Any]) -> dict[str, Any]:
        check_receipt(message)
        found = self._book.open(message)
        return {"error_code": "0", "message": {"UrlThanhToan": f"{self._described['url']}/thanh-toan/{found.page}"}}

    def _query(self, message: dict[str, Any]) -> dict[str, Any]:
        found = self._book.by_reference(message["MaThamChieu"])
        if found is None:
            raise BadMessage("07", "Không có giao dịch này")
        answer = {
            "MaThamChieu": found.reference,
            "SoTien": str(found.amount),
            "TrangThaiGD": QUERY_STATES[found.state],
            "MaGiaoDich": found.number,
            "MaNganHang": found.bank,
            "ThoiGianGD": found.ended_at,
            "UrlBienLai": self.receipt_address(found) if found.state == "paid" else "",
        }
        return {"error_code": "0", "message": answer}


def _add_pay_pages(app: Application, gateway: Gateway, book: Transactions) -> None:
    def find(page: str) -> Transaction:
        found = book.by_page(page)
        if found is None:
            raise NotFound
        return found

    @app.page("/thanh-toan/<page>", ("GET", "POST"))
    def pay(request: Request, page: str) -> Answer:
        found = find(page)
        if request.method == "POST" and found.state == "open":
            wants_to_pay = request.form.get("act") == "pay"
            bank = request.form.get("bank", "")
            if wants_to_pay and bank not in BANKS:
                return app.render("pay.html", transaction=found, banks=BANKS, problem="Hãy chọn một ngân hàng")
            ended = book.end(found, "paid" if wants_to_pay else "cancelled", bank if wants_to_pay else "")
            gateway.tell(ended)
            return redirect(gateway.return_address(ended), 303)
        if found.state == "open":
            return app.render("pay.html", transaction=found, banks=BANKS, problem="")
        return app.render("ended.html", transaction=found, back=gateway.return_address(found))

    @app.page("/bien-lai/<page>")
    def receipt(request: Request, page: str) -> Answer:
        found = find(page)
        if found.state != "paid":
            raise NotFound
        return app.render("receipt.html", transaction=found, receipt=found.message["ThongTinBienLai"], banks=BANKS)

    @app.page("/sandbox/ipn/<page>", ("POST",))
    def tell_again(request: Request, page: str) -> Answer:
        found = find(page)
        if found.state == "open":
            raise NotFound
        words = gateway.tell(found)
        return redirect("/", 303) if request.form else {"told": words}
