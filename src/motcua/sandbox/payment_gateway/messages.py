"""PayPlat's messages: which fields, of which shape, and the digest (MaXacThuc) that proves who sent them.

Source: the platform's clients in use in provinces (facts §11). Refunds are not documented there and left out.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any, Final

VERSION: Final = "1.0.6"

INIT_ORDER: Final = (
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
)
CALLBACK_ORDER: Final = (
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
)
QUERY_ORDER: Final = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")

SHAPES: Final = {
    "PhienBan": re.compile(r"1\.0\.6"),
    "MaThamChieu": re.compile(r"[A-Za-z0-9._-]{1,50}"),
    "SoTien": re.compile(r"[1-9][0-9]{0,11}"),
    "LoaiHinhThanhToan": re.compile(r"PAY"),
    "MaKenhThanhToan": re.compile(r"[1-9]"),
    "MaThietBi": re.compile(r"[1-9]"),
    "NgonNgu": re.compile(r"vi-VN|en-US"),
    "MaTienTe": re.compile(r"VND"),
    "MaNganHang": re.compile(r"[A-Z0-9]{1,20}"),
    "ThongTinGiaoDich": re.compile(r".{1,255}", re.DOTALL),
    "ThoiGianGD": re.compile(r"20\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])([01]\d|2[0-3])[0-5]\d[0-5]\d"),
    "Ip": re.compile(r"[0-9a-fA-F.:]{2,45}"),
}
RECEIPT_FIELDS: Final = (
    "MaDichVu",
    "MaDVC",
    "TenDVC",
    "MaTTHC",
    "TenTTHC",
    "MaDonVi",
    "TenDonVi",
    "MaHoSo",
    "TKThuHuong",
    "MaNHThuHuong",
    "TenTKThuHuong",
    "HoTenNguoiNop",
    "SoCMNDNguoiNop",
    "DiaChiNguoiNop",
)
RECEIPT_REQUIRED: Final = ("MaTTHC", "TenTTHC", "MaDonVi", "TenDonVi", "MaHoSo", "HoTenNguoiNop")


class BadMessage(ValueError):
    """A message the gateway refuses: an error code of its own and a sentence."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


def digest(order: tuple[str, ...], message: Mapping[str, Any], secret: str) -> str:
    """Return MaXacThuc: SHA-256 hex of the fields in order and the secret, joined by ``|``."""
    parts = [str(message[name]) for name in order] + [secret]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def check(order: tuple[str, ...], message: Mapping[str, Any], *, partner: str, secret: str) -> None:
    """Raise BadMessage unless fields, partner and digest are right, in this order."""
    for name in order:
        value = message.get(name)
        if not isinstance(value, str):
            raise BadMessage("01", f"{name} thiếu hoặc không phải chuỗi")
        if name in SHAPES and not SHAPES[name].fullmatch(value):
            raise BadMessage("02", f"{name} không đúng định dạng")
    if message["MaDoiTac"] != partner:
        raise BadMessage("03", "MaDoiTac không được đăng ký")
    given = message.get("MaXacThuc")
    expected = digest(order, message, secret)
    if not isinstance(given, str) or not hmac.compare_digest(given.lower().encode(), expected.encode()):
        raise BadMessage("97", "MaXacThuc không đúng")


def check_receipt(message: Mapping[str, Any]) -> None:
    """Raise BadMessage unless ThongTinBienLai is whole and its lines add up to SoTien."""
    receipt = message.get("ThongTinBienLai")
    if not isinstance(receipt, dict):
        raise BadMessage("04", "Thiếu ThongTinBienLai")
    for name in RECEIPT_FIELDS:
        if not isinstance(receipt.get(name, ""), str) or (name in RECEIPT_REQUIRED and not receipt.get(name)):
            raise BadMessage("04", f"ThongTinBienLai.{name} thiếu hoặc không phải chuỗi")
    lines = receipt.get("PhiLePhi")
    if not isinstance(lines, list) or not lines:
        raise BadMessage("04", "ThongTinBienLai.PhiLePhi phải có ít nhất một dòng")
    total = 0
    for line in lines:
        if not isinstance(line, dict) or not isinstance(line.get("TenPhiLePhi"), str):
            raise BadMessage("04", "Mỗi dòng PhiLePhi cần TenPhiLePhi, LoaiPhiLePhi, SoTien")
        if not SHAPES["SoTien"].fullmatch(str(line.get("SoTien", ""))) or str(line.get("LoaiPhiLePhi")) not in "123":
            raise BadMessage("04", "PhiLePhi.SoTien hoặc LoaiPhiLePhi (1, 2, 3) không đúng")
        total += int(line["SoTien"])
    if total != int(message["SoTien"]):
        raise BadMessage("05", f"Tổng PhiLePhi {total} khác SoTien {message['SoTien']}")
