"""The platform's messages: fields, checksums, moments. Pure.

A checksum (MaXacThuc) is the SHA-256, in hex, of the fields in a fixed order and the secret, joined by "|".
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from motcua.channels.connectors.payplat.settings import Settings
from motcua.domain.payments.ports import Details
from motcua.domain.payments.types import Attempt, DueKind
from motcua.foundation.kernel.clocks import VIETNAM, local

VERSION: Final = "1.0.6"
INIT: Final = (
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
CALLBACK: Final = (
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
QUERY: Final = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
PAID: Final = "00"
STATE_PAID: Final = "1"
STATE_FAILED: Final = "4"
KIND_OF_LINE: Final = {DueKind.FEE: "1", DueKind.CHARGE: "2"}


def checksum(fields: Sequence[str], message: Mapping[str, Any], secret: str) -> str:
    """MaXacThuc of a message. Raises KeyError when a field is missing."""
    return sha256("|".join([*(str(message[name]) for name in fields), secret]).encode()).hexdigest()


def is_genuine(fields: Sequence[str], message: Mapping[str, Any], secret: str) -> bool:
    """Whether the message carries the checksum that only the platform and we can make."""
    given = str(message.get("MaXacThuc", "")).lower()
    if any(name not in message for name in fields):
        return False
    return hmac.compare_digest(given.encode(), checksum(fields, message, secret).encode())


def init(attempt: Attempt, details: Details, settings: Settings) -> dict[str, Any]:
    """The message that asks for a payment page. The same attempt always gives the same message."""
    message: dict[str, Any] = {
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": settings.partner_code,
        "MaThamChieu": attempt.reference,
        "SoTien": str(attempt.amount),
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "en-US" if details.language == "en" else "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": details.summary[:255],
        "ThoiGianGD": compact(attempt.opened_at),
        "Ip": details.payer_ip,
    }
    message["ThongTinBienLai"] = _receipt(attempt, details, settings)
    message["MaXacThuc"] = checksum(INIT, message, settings.secret)
    return message


def query(attempt: Attempt, at: datetime, settings: Settings) -> dict[str, Any]:
    """The message that asks how an attempt ended."""
    message = {
        "LoaiBanTin": "QUERY",
        "PhienBan": VERSION,
        "MaDoiTac": settings.partner_code,
        "MaThamChieu": attempt.reference,
        "ThoiGianGD": compact(at),
    }
    return {**message, "MaXacThuc": checksum(QUERY, message, settings.secret)}


def compact(at: datetime) -> str:
    """A moment as the platform writes it: yyyyMMddHHmmss, Vietnamese time."""
    return f"{local(at):%Y%m%d%H%M%S}"


def moment(text: str) -> datetime:
    """The moment of a yyyyMMddHHmmss. Raises ValueError."""
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM)


def _receipt(attempt: Attempt, details: Details, settings: Settings) -> dict[str, Any]:
    """What the platform prints on its receipt; a dossier without a code yet is named by the reference."""
    lines = [(line.name, KIND_OF_LINE.get(line.kind, "3"), str(line.amount)) for line in details.lines]
    lines = lines or [(details.summary, "3", str(attempt.amount))]
    return {
        "MaDichVu": details.service_code,
        "MaDVC": details.service_code,
        "TenDVC": details.procedure_name,
        "MaTTHC": details.procedure_code,
        "TenTTHC": details.procedure_name,
        "MaDonVi": details.agency_code,
        "TenDonVi": details.agency_name,
        "MaHoSo": details.dossier_code or attempt.reference,
        "TKThuHuong": settings.account_number,
        "MaNHThuHuong": settings.account_bank,
        "TenTKThuHuong": settings.account_name,
        "PhiLePhi": [
            {"LoaiPhiLePhi": kind, "MaPhiLePhi": "", "TenPhiLePhi": name, "SoTien": amount}
            for name, kind, amount in lines
        ],
        "DSKhoanNop": [{"NoiDung": name, "SoTien": amount} for name, _kind, amount in lines],
        "HoTenNguoiNop": details.payer_name,
        "SoCMNDNguoiNop": details.payer_number,
        "DiaChiNguoiNop": details.payer_address,
    }
