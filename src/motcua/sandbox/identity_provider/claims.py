"""What each provider says about a person, in the claim names of the national systems.

Dates are yyyyMMdd: the form of birth dates is not published, so the date part of the portal's yyyyMMddHHmmss is used.
``LoaiTaiKhoan``: 1 citizen, 2 enterprise. ``loAs`` is the level of the electronic identity (1 or 2).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

from motcua.sandbox.people import Person

Claims: TypeAlias = dict[str, Any]


def vneid(person: Person, issuer: str) -> Claims:
    """Return VNeID's claims: little, but with the assurance level."""
    return {
        "sub": person.sub,
        "LoaiTaiKhoan": "2" if person.company else "1",
        "SoDinhDanh": person.number,
        "HoVaTen": person.name,
        "NgayThangNamSinh": person.born.strftime("%Y%m%d"),
        "TechID": person.tech_id,
        "loAs": str(person.level),
        "IAL": str(person.level),
        "userProfileUri": f"{issuer}/userinfo",
        "logoutUri": f"{issuer}/end_session",
    }


def national_portal(person: Person, issuer: str) -> Claims:
    """Return the national portal's claims: what the population database knows, and the enterprise acted for."""
    return {
        "sub": person.sub,
        "LoaiTaiKhoan": "2" if person.company else "1",
        "SoDinhDanh": person.number,
        "SoCMND": person.old_number,
        "MaBHXH": person.number[2:],
        "HoChieu": "",
        "HoVaTen": person.name,
        "ThuDienTu": person.email,
        "SoDienThoai": person.phone,
        "GioiTinh": person.sex,
        "DanToc": person.ethnicity,
        "TonGiao": person.religion,
        "TinhTrangHonNhan": person.marital_status,
        "NhomMau": "",
        "NgayThangNamSinh": person.born.strftime("%Y%m%d"),
        "NoiDangKyKhaiSinh": person.birth_registered_at,
        "QueQuan": person.home_town,
        "ThuongTru": person.address,
        "NoiOHienNay": person.address,
        "QuocTich": "Việt Nam",
        "Cha": person.father,
        "Me": person.mother,
        "VoChong": person.spouse,
        "NguoiDaiDien": "",
        "ChuHo": person.name,
        "TrangThai": "1",
        "TechID": person.tech_id,
        "loAs": str(person.level),
        **_enterprise(person),
    }


def _enterprise(person: Person) -> Claims:
    if person.company is None:
        return {"MaSoThue": "", "MaSoDoanhNghiep": "", "TenDoanhNghiep": "", "DiaChi": ""}
    company = person.company
    return {
        "MaSoThue": company.tax_code,
        "MaSoDoanhNghiep": company.tax_code,
        "TenDoanhNghiep": company.name,
        "DiaChi": company.address,
        "NguoiDaiDien": person.name,
    }


CLAIMS: Final[dict[str, Callable[[Person, str], Claims]]] = {"vneid": vneid, "dvcqg": national_portal}
"""Provider key → its claims."""

TITLES: Final = {"vneid": "VNeID", "dvcqg": "Cổng Dịch vụ công quốc gia"}
