"""A pushed dossier (NoiHoSo) as we read it: every field checked, every problem told at once. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from motcua.channels.connectors.national_portal.messages import EMAIL, PHONE, fitting
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line

SHA256: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
OLD_AGENCY: Final = re.compile(r"(\d{3})\.(\d{2})\.(\d{2})\.([A-Y]\d{2})", re.ASCII)
MOST_ENCLOSURES: Final = 200
ENDINGS: Final = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file to be fetched: for which component, from where, with which SHA-256 (hex)."""

    component: str
    file_name: str
    size: int
    sha256: str
    url: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who filed on the portal; contacts that cannot be right are empty."""

    name: str
    number: str
    birth_on: date | None
    sex: str
    phone: str
    email: str
    address: str
    tax_code: str


@dataclass(frozen=True, slots=True)
class Pushed:
    """A dossier filed on the portal; `procedure` without suffixes, `agency` in the form of QĐ 20/2020."""

    code: str
    procedure: str
    case: str
    agency: str
    owner_name: str
    is_organisation: bool
    answers: Mapping[str, Any]
    applicant: Applicant
    enclosures: tuple[Enclosure, ...]


def read(body: Mapping[str, Any]) -> Pushed:
    """Read the message. Raises Invalid with one problem per field that is missing or of the wrong shape."""
    reader = _Reader()
    told = reader.part(body, "NoiHoSo")
    person = reader.part(reader.part(told, "ThongTinNguoiNop"), "ThongTinChiTiet")
    answers = told.get("DuLieuBieuMau") or {}
    if not isinstance(answers, Mapping):
        reader.problem("DuLieuBieuMau", _("phải là đối tượng"))
        answers = {}
    is_organisation = str(told.get("LoaiDoiTuong", "")) == "1"
    found = Pushed(
        code=reader.text(told, "MaHoSo", 50).upper(),
        procedure=".".join(reader.text(told, "MaTTHC", 50).split(".")[:2]),
        case=reader.text(told, "MaTruongHop", 60, required=False),
        agency=agency_code(reader.text(told, "MaDonViTiepNhan", 50)),
        owner_name=reader.text(told, "ChuHoSo", 300),
        is_organisation=is_organisation,
        answers=dict(answers),
        applicant=_applicant(reader, person, is_organisation=is_organisation),
        enclosures=tuple(_enclosures(reader, told)),
    )
    if reader.problems:
        raise Invalid(tuple(reader.problems))
    return found


def agency_code(code: str) -> str:
    """Turn a code of the old form, lowest level first (`000.00.15.H99`), into today's (`H99.15`)."""
    old = OLD_AGENCY.fullmatch(code)
    if old is None:
        return code
    return ".".join(group for group in reversed(old.groups()) if group.strip("0"))


class _Reader:
    """Collects problems; what could not be read is empty."""

    def __init__(self) -> None:
        self.problems: list[FieldProblem] = []

    def problem(self, name: str, said: str) -> None:
        self.problems.append(FieldProblem(name, f"{name}: {said}."))

    def part(self, whole: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = whole.get(name)
        if isinstance(found, Mapping):
            return found
        self.problem(name, _("thiếu trong bản tin"))
        return {}

    def text(self, whole: Mapping[str, Any], name: str, longest: int, *, required: bool = True) -> str:
        found = whole.get(name)
        if found is None or found == "":
            if required:
                self.problem(name, _("thiếu trong bản tin"))
            return ""
        if not isinstance(found, str) or len(found) > longest:
            self.problem(name, _("không đúng dạng"))
            return ""
        return one_line(found, longest)


def _applicant(reader: _Reader, person: Mapping[str, Any], *, is_organisation: bool) -> Applicant:
    born = reader.text(person, "NgaySinh", 10, required=False)
    return Applicant(
        name=reader.text(person, "TenNguoiNop", 300),
        number=reader.text(person, "SoDinhDanh", 12),
        birth_on=_day(reader, born),
        sex=reader.text(person, "GioiTinh", 20, required=False),
        phone=fitting(reader.text(person, "SoDienThoai", 40, required=False), PHONE, 20),
        email=fitting(reader.text(person, "Email", 200, required=False), EMAIL, 150),
        address=reader.text(person, "DiaChiChiTiet", 500, required=False),
        tax_code=reader.text(person, "MaSoThue", 14, required=is_organisation),
    )


def _day(reader: _Reader, text: str) -> date | None:
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        reader.problem("NgaySinh", _("phải có dạng yyyyMMdd"))
        return None


def _enclosures(reader: _Reader, told: Mapping[str, Any]) -> list[Enclosure]:
    found: list[Enclosure] = []
    for component in _items(reader, told, "ThanhPhanHoSo"):
        code = reader.text(component, "MaThanhPhanHoSo", 100)
        found += [_enclosure(reader, code, one) for one in _items(reader, component, "GiayToDinhKem")]
    if len(found) > MOST_ENCLOSURES:
        reader.problem("ThanhPhanHoSo", _("có quá nhiều tệp"))
    return found


def _items(reader: _Reader, whole: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = whole.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        reader.problem(name, _("phải là danh sách"))
        return []
    return found


def _enclosure(reader: _Reader, component: str, one: Mapping[str, Any]) -> Enclosure:
    sha256, size = reader.text(one, "HashTepTin", 64).lower(), one.get("KichThuoc")
    if sha256 and not SHA256.fullmatch(sha256):
        reader.problem("HashTepTin", _("phải là SHA-256 viết bằng hệ 16"))
    if not isinstance(size, int) or size < 0:
        reader.problem("KichThuoc", _("phải là số byte"))
        size = 0
    name = reader.text(one, "TenGiayTo", 255)
    ending = ENDINGS.get(reader.text(one, "DinhDang", 100, required=False), "")
    if ending and not re.search(r"\.[A-Za-z0-9]{2,5}$", name):
        name = f"{name}.{ending}"
    return Enclosure(component, name, size, sha256, reader.text(one, "DuongDanTaiTepTin", 1000))
