"""The four answers of TT 136/2026/TT-BCA Điều 3, decided from name, birth and personal number."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from motcua.sandbox.people import BY_NUMBER, Person

REQUIRED: Final = ("MaYeuCau", "MaTichHop", "MaDVC", "MaCanBo", "HoVaTen", "SoDinhDanh", "MucDich")


class Verdict(StrEnum):
    """The words of the law."""

    MATCH = "trùng khớp"
    NO_MATCH = "không trùng khớp"
    UNKNOWN = "không có thông tin"
    UNDECIDED = "chưa đủ căn cứ"


CODES: Final = {Verdict.MATCH: "1", Verdict.NO_MATCH: "2", Verdict.UNKNOWN: "3", Verdict.UNDECIDED: "4"}


class Refused(ValueError):
    """The request lacks what the law asks of it; the sentence says what."""


def check(request: Mapping[str, Any]) -> None:
    """Raise Refused unless name, birth, number, purpose and who asks are all there as text."""
    missing = [name for name in REQUIRED if not isinstance(request.get(name), str) or not request[name].strip()]
    if missing:
        raise Refused("Thiếu hoặc sai kiểu: " + ", ".join(missing))
    if not (request.get("NgayThangNam") or request.get("Nam")):
        raise Refused("Phải có NgayThangNam (yyyyMMdd) hoặc Nam (yyyy)")
    if len(request["SoDinhDanh"]) != 12 or not request["SoDinhDanh"].isdigit():
        raise Refused("SoDinhDanh phải gồm 12 chữ số")
    for name, shape in (("NgayThangNam", "%Y%m%d"), ("Nam", "%Y")):
        if value := request.get(name):
            try:
                datetime.strptime(value, shape)  # noqa: DTZ007 - a calendar date has no zone
            except (TypeError, ValueError):
                raise Refused(f"{name} không đúng dạng") from None


def decide(request: Mapping[str, Any]) -> tuple[Verdict, Person | None]:
    """Compare a checked request with the record. The person is returned only when everything matches."""
    person = BY_NUMBER.get(request["SoDinhDanh"])
    if person is None:
        return Verdict.UNKNOWN, None
    if _plain(request["HoVaTen"]) != _plain(person.name):
        return Verdict.NO_MATCH, None
    day, year = str(request.get("NgayThangNam") or ""), request.get("Nam")
    if (year or day[:4]) != f"{person.born:%Y}":
        return Verdict.NO_MATCH, None
    if not day or person.born_year_only:
        return (Verdict.MATCH, person) if person.born_year_only and not day else (Verdict.UNDECIDED, None)
    return (Verdict.MATCH, person) if day == f"{person.born:%Y%m%d}" else (Verdict.NO_MATCH, None)


def on_record(person: Person) -> dict[str, Any]:
    """Return what the database gives about a person whose identity matched."""
    return {
        "HoVaTen": person.name,
        "SoDinhDanh": person.number,
        "SoCMND": person.old_number,
        "NgayThangNamSinh": f"{person.born:%Y}" if person.born_year_only else f"{person.born:%Y%m%d}",
        "GioiTinh": person.sex,
        "DanToc": person.ethnicity,
        "TonGiao": person.religion,
        "TinhTrangHonNhan": person.marital_status,
        "QuocTich": "Việt Nam",
        "NoiDangKyKhaiSinh": person.birth_registered_at,
        "QueQuan": person.home_town,
        "ThuongTru": person.address,
        "NoiOHienNay": person.address,
        "Cha": person.father,
        "Me": person.mother,
        "VoChong": person.spouse,
    }


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
