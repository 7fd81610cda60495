"""The payment gateway, driven as a merchant and as a payer."""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from motcua.sandbox.tests.world import HTTP, Product, Sandbox

INIT = [
    "LoaiBanTin",
    "PhienBan",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "LoaiHinhThanhToan",
    "MaKenhThanhToan",
    "MaThietBi",
    "NgonNgu",
    "MaTienTe",
    "MaNganHang",
    "ThongTinGiaoDich",
    "ThoiGianGD",
    "Ip",
]
CALLBACK = [
    "LoaiBanTin",
    "MaLoi",
    "MaDoiTac",
    "MaThamChieu",
    "SoTien",
    "MaTienTe",
    "MaGiaoDich",
    "MaNganHang",
    "ThoiGianGD",
    "ThongTinGiaoDich",
]
QUERY = ["LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD"]


def signed(message: dict[str, Any], names: list[str], secret: str) -> dict[str, Any]:
    """The merchant's own computation of MaXacThuc, apart from the gateway's."""
    text = "|".join([*(str(message[name]) for name in names), secret])
    return {**message, "MaXacThuc": hashlib.sha256(text.encode()).hexdigest()}


def init(sandbox: Sandbox, **changes: Any) -> dict[str, Any]:
    described = sandbox["payment_gateway"]
    message = {
        "LoaiBanTin": "INIT",
        "PhienBan": "1.0.6",
        "MaDoiTac": described["partner_code"],
        "MaThamChieu": secrets.token_hex(8),
        "SoTien": "700000",
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": "Phí thẩm định hồ sơ H99-260801-0001",
        "ThoiGianGD": "20260801091500",
        "Ip": "127.0.0.1",
        "ThongTinBienLai": {
            "MaTTHC": "2.001827",
            "TenTTHC": "Cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm",
            "MaDonVi": "H99.05",
            "TenDonVi": "Sở Công Thương Tỉnh Mẫu",
            "MaHoSo": "H99-260801-0001",
            "HoTenNguoiNop": "Trịnh Công Quang",
            "PhiLePhi": [{"LoaiPhiLePhi": "1", "MaPhiLePhi": "P1", "TenPhiLePhi": "Phí thẩm định", "SoTien": "700000"}],
        },
    }
    return signed(message | changes, INIT, described["secret"])


def send(sandbox: Sandbox, message: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = HTTP.post(sandbox["payment_gateway"]["endpoint"], json=message).json()
    return answer


def query(sandbox: Sandbox, reference: str) -> dict[str, Any]:
    described = sandbox["payment_gateway"]
    message = {
        "LoaiBanTin": "QUERY",
        "PhienBan": "1.0.6",
        "MaDoiTac": described["partner_code"],
        "MaThamChieu": reference,
        "ThoiGianGD": "20260801091501",
    }
    return send(sandbox, signed(message, QUERY, described["secret"]))


def test_a_citizen_pays(sandbox: Sandbox, product: Product) -> None:
    message = init(sandbox)
    opened = send(sandbox, message)
    assert opened["error_code"] == "0"
    page = opened["message"]["UrlThanhToan"]
    assert "700.000 đ" in HTTP.get(page).text
    assert query(sandbox, message["MaThamChieu"])["message"]["TrangThaiGD"] == "0"

    already = len([call for call in product.calls if call.path == "/connectors/payplat/ipn"])
    paid = HTTP.post(page, data={"act": "pay", "bank": "VCB"})

    told = product.wait_for("/connectors/payplat/ipn", already).json
    assert told["MaLoi"] == "00"
    assert told["SoTien"] == "700000"
    assert told == signed({name: told[name] for name in CALLBACK}, CALLBACK, sandbox["payment_gateway"]["secret"])
    home = urlsplit(paid.headers["Location"])
    assert paid.headers["Location"].startswith(sandbox["payment_gateway"]["return_url"])
    assert {name: value[0] for name, value in parse_qs(home.query).items()} == told
    found = query(sandbox, message["MaThamChieu"])["message"]
    assert found["TrangThaiGD"] == "1"
    assert "Phí thẩm định" in HTTP.get(found["UrlBienLai"]).text


def test_a_citizen_cancels(sandbox: Sandbox, product: Product) -> None:
    message = init(sandbox)
    page = send(sandbox, message)["message"]["UrlThanhToan"]
    home = HTTP.post(page, data={"act": "cancel"}).headers["Location"]
    assert parse_qs(urlsplit(home).query)["MaLoi"] != ["00"]
    assert query(sandbox, message["MaThamChieu"])["message"]["TrangThaiGD"] == "4"


def test_a_payment_is_made_once(sandbox: Sandbox, product: Product) -> None:
    message = init(sandbox)
    page = send(sandbox, message)["message"]["UrlThanhToan"]
    HTTP.post(page, data={"act": "pay", "bank": "MB"})
    heard = len(product.calls)
    assert HTTP.post(page, data={"act": "cancel"}).status_code == 200
    assert len(product.calls) == heard
    assert query(sandbox, message["MaThamChieu"])["message"]["TrangThaiGD"] == "1"


def test_the_same_init_again_is_the_same_payment(sandbox: Sandbox) -> None:
    message = init(sandbox)
    assert send(sandbox, message) == send(sandbox, message)
    other = init(sandbox, MaThamChieu=message["MaThamChieu"], ThoiGianGD="20260801101010")
    assert send(sandbox, other)["error_code"] == "06"


def test_an_ipn_can_be_sent_again(sandbox: Sandbox, product: Product) -> None:
    page = send(sandbox, init(sandbox))["message"]["UrlThanhToan"]
    HTTP.post(page, data={"act": "pay", "bank": "MB"})
    already = len([call for call in product.calls if call.path == "/connectors/payplat/ipn"])
    HTTP.post(re.sub("/thanh-toan/", "/sandbox/ipn/", page)).raise_for_status()
    assert product.wait_for("/connectors/payplat/ipn", already).json["MaLoi"] == "00"


@pytest.mark.parametrize(
    ("changes", "error_code"),
    [
        ({"SoTien": 700000}, "01"),
        ({"SoTien": "700.000"}, "02"),
        ({"SoTien": "0"}, "02"),
        ({"ThoiGianGD": "2026-08-01"}, "02"),
        ({"MaDoiTac": "AI-DO"}, "03"),
        ({"ThongTinBienLai": {}}, "04"),
        ({"SoTien": "700001"}, "05"),
    ],
)
def test_a_wrong_init_is_refused(sandbox: Sandbox, changes: dict[str, Any], error_code: str) -> None:
    assert send(sandbox, init(sandbox, **changes))["error_code"] == error_code


def test_a_tampered_message_is_refused(sandbox: Sandbox) -> None:
    message = init(sandbox)
    receipt = message["ThongTinBienLai"] | {"PhiLePhi": [{"LoaiPhiLePhi": "1", "TenPhiLePhi": "x", "SoTien": "1"}]}
    assert send(sandbox, message | {"SoTien": "1", "ThongTinBienLai": receipt})["error_code"] == "97"
