"""What the portal knows by itself: its services, the fields of each message, codes, procedures, the order of statuses.

Fields and codes: facts §7 (message of the one-stop systems to the portal). Every simple value is a string, as the
systems in use send it; the empty string stands for "none" where a field may be left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

CODE: Final = re.compile(r"[A-Za-z0-9._-]{1,50}")
PROCEDURE_CODE: Final = re.compile(r"[1-5]\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?(\.\d{2})?")
PHONE: Final = re.compile(r"\+?\d{8,14}")
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
PERSONAL_NUMBER: Final = re.compile(r"\d{12}|\d{9}")
MONEY: Final = re.compile(r"\d{1,12}")
COUNT: Final = re.compile(r"\d{1,4}")
URL: Final = re.compile(r"https?://\S+")
AGENCY_CODE: Final = re.compile(r"(\d{3}\.\d{2}\.\d{2}\.)?[A-Y]\d{2}(\.\d{1,3})*")


@dataclass(frozen=True)
class Field:
    """One field: whether it must be filled, its longest length, its shape, its codes, or the fields of its items."""

    required: bool = False
    longest: int = 500
    shape: re.Pattern[str] | None = None
    codes: frozenset[str] = frozenset()
    is_time: bool = False
    items: dict[str, Field] = field(default_factory=dict)


def _text(longest: int = 500, *, required: bool = False, shape: re.Pattern[str] | None = None) -> Field:
    return Field(required=required, longest=longest, shape=shape)


def _code(*codes: str, required: bool = False) -> Field:
    return Field(required=required, codes=frozenset(codes))


def _time(*, required: bool = False) -> Field:
    return Field(required=required, is_time=True)


STATUSES: Final = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}
STATUS: Final = Field(required=True, codes=frozenset(STATUSES))

FIRST_STATUSES: Final = frozenset({"1", "2"})
NEXT_BEFORE_RECEPTION: Final = {
    "1": frozenset("12357"),
    "3": frozenset({"3", "1", "10"}),  # a mistaken refusal undone; papers returned
    "5": frozenset("1357"),  # completed means registered anew: 1 comes before 2
    "7": frozenset({"7", "10"}),
    "10": frozenset({"10"}),
}
NEXT_AFTER_RECEPTION: Final = {
    "2": frozenset("2456789"),
    "4": frozenset("456789"),
    "5": frozenset("4578"),
    "6": frozenset("45678"),
    "7": frozenset("478"),
    "8": frozenset({"8", "10", "4"}),  # a mistaken stop undone
    "9": frozenset({"9", "10"}),
    "10": frozenset({"10", "4"}),  # reopened on a document
}
"""Which status may follow which; before and after the dossier was received (status 2) once."""

PROCEDURES: Final = {
    "2.000815": ("Chứng thực bản sao từ bản chính giấy tờ, văn bản", "G15-TP05", "Chứng thực"),
    "2.000908": ("Cấp bản sao từ sổ gốc", "G15-TP05", "Chứng thực"),
    "1.012783": (
        "Cấp đổi Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
        "G10-TNDD",
        "Đất đai",
    ),
    "1.013980": ("Đăng ký biến động quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", "G10-TNDD", "Đất đai"),
    "2.001827": ("Cấp Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm", "G10-ATTP", "An toàn thực phẩm"),
    "2.002288": ("Cấp phù hiệu xe ô tô kinh doanh vận tải", "G17-DB01", "Đường bộ"),
    "1.013225": ("Cấp giấy phép xây dựng nhà ở riêng lẻ", "G17-XD01", "Hoạt động xây dựng"),
    "2.000986": ("Đăng ký khai sinh, thường trú, cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi", "G15-HT01", "Hộ tịch"),
    "1.001193": ("Đăng ký khai sinh", "G15-HT01", "Hộ tịch"),
    "1.000894": ("Đăng ký kết hôn", "G15-HT01", "Hộ tịch"),
}
"""Procedures the portal has published: code → name, code of field, field. More are registered over HTTP."""

_DUE: Final = {
    "TenPhiLePhi": _text(required=True),
    "MaPhiLePhi": _text(50),
    "HinhThucThu": _code("1", "2", "4"),
    "Gia": _text(12, required=True, shape=MONEY),
    "LoaiPhiLePhi": _code("1", "2", "3"),
}
_OTHER_PAPER: Final = {
    "TenGiayTo": _text(required=True),
    "SoLuong": _text(4, shape=COUNT),
    "LoaiGiayTo": _text(50),
}

DOSSIER: Final[dict[str, Field]] = {
    "MaHoSo": _text(50, required=True, shape=CODE),
    "MaTTHC": _text(50, required=True, shape=PROCEDURE_CODE),
    "TenTTHC": _text(1000, required=True),
    "MaLinhVuc": _text(50, required=True),
    "TenLinhVuc": _text(500, required=True),
    "KenhThucHien": _code("1", "2", "3", required=True),
    "ChuHoSo": _text(250, required=True),
    "LoaiDoiTuong": _code("1", "2", "3", "4", required=True),
    "MaDoiTuong": _text(50),
    "ThongTinKhac": _text(1000),
    "Email": _text(150, shape=EMAIL),
    "Fax": _text(20),
    "SoDienThoai": _text(20, shape=PHONE),
    "TrichYeuHoSo": _text(1000, required=True),
    "NgayNopHoSo": _time(),
    "NgayTiepNhan": _time(),
    "NgayHenTra": _time(),
    "TrangThaiHoSo": STATUS,
    "NgayTra": _time(),
    "ThongTinTra": _text(1000),
    "HinhThuc": _code("0", "1", required=True),
    "NgayKetThucXuLy": _time(),
    "NgayTuChoi": _time(),
    "DonViXuLy": _text(500, required=True),
    "GhiChu": _text(1000),
    "NoiNopHoSo": _code("1", "2"),
    "HoSoCoThanhPhanSoHoa": _code("0", "1"),
    "TaiKhoanDuocXacThucVoiVNeID": _code("0", "1"),
    "DuocThanhToanTrucTuyen": _code("0", "1", "2", "3"),
    "DinhDanhCHS": Field(
        items={
            "LoaiDinhDanh": _code("1", "2", required=True),
            "SoDinhDanh": _text(12, required=True, shape=PERSONAL_NUMBER),
        }
    ),
    "DSKetNoiCSDL": Field(items={"MaCSDL": _text(50, required=True)}),
    "TaiLieuNop": Field(
        items={
            "TepDinhKemId": _text(100, required=True),
            "TenTepDinhKem": _text(255, required=True),
            "IsDeleted": _text(5, shape=re.compile(r"True|False|0|1")),
            "MaThanhPhanHoSo": _text(100),
            "DuongDanTaiTepTin": _text(1000, required=True, shape=URL),
            "DuocSoHoa": _code("0", "1"),
            "DuocTaiSuDung": _code("0", "1", "2"),
            "DuocLayTuKhoDMQG": _code("0", "1"),
            "MaKetQuaThayThe": _text(50),
        }
    ),
    "DanhSachLePhi": Field(items=_DUE),
    "DanhSachTepDinhKemKhac": Field(items=_OTHER_PAPER),
    "DanhSachHoSoBoSung": Field(
        items={
            "HoSoBoSungId": _text(100, required=True),
            "NguoiYeuCauBoSung": _text(250, required=True),
            "NoiDungBoSung": _text(1000, required=True),
            "NgayBoSung": _time(required=True),
            "NguoiTiepNhanBoSung": _text(250),
            "ThongTinTiepNhan": _text(1000),
            "NgayTiepNhanBoSung": _time(),
            "TrangThaiBoSung": _code("0", "1"),
            "DanhSachGiayToBoSung": Field(items=_OTHER_PAPER),
            "DanhSachLePhiBoSung": Field(items=_DUE),
            "NgayHenTraTruoc": _time(),
            "NgayHenTraMoi": _time(),
        }
    ),
    "DanhSachGiayToKetQua": Field(
        items={
            "TenGiayTo": _text(required=True),
            "MaThanhPhanHoSo": _text(100),
            "GiayToId": _text(100),
            "DuongDanTepTinKetQua": _text(1000, required=True, shape=URL),
            "MaGiayToKetQua": _text(50),
        }
    ),
}

PROGRESS: Final[dict[str, Field]] = {
    "MaHoSo": _text(50, required=True, shape=CODE),
    "NguoiXuLy": _text(50, required=True),
    "ChucDanh": _text(100),
    "ThoiDiemXuLy": _time(required=True),
    "PhongBanXuLy": _text(250),
    "NoiDungXuLy": _text(1000, required=True),
    "TrangThai": STATUS,
    "NgayBatDau": _time(),
    "NgayKetThucTheoQuyDinh": _time(),
}

NEEDED_IN_STATUS: Final = {
    "2": ("NgayTiepNhan",),
    "3": ("NgayTuChoi",),
    "4": ("NgayTiepNhan",),
    "9": ("NgayTiepNhan", "NgayKetThucXuLy"),
    "10": ("NgayTra",),
}
"""Dates a dossier must carry once it has a status."""

LARGEST_BATCH: Final = {"DongBoHoSoMC": 50, "CapNhatTienDoHoSoMC": 10}
