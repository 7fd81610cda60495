"""What an identity provider says about who came in, brought from its own words into ours. Pure.

Two vocabularies are known: VNeID and the national portal (DVCQG). ``LoaiTaiKhoan`` is 1 for a citizen, 2 for an
enterprise, 3 for another organisation; ``TechID`` is the key by which the national portal knows the account's
owner; ``loAs``/``IAL`` is the assurance level of NĐ 69/2024 (organisations have none since NĐ 320/2026).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import numbers
from motcua.foundation.identity.types import ClaimsProfile, Identifier, IdentifierKind, Sex
from motcua.foundation.kernel.errors import Invalid, NotAllowed
from motcua.foundation.kernel.text import one_line

SOURCES = {ClaimsProfile.VNEID: "VNeID", ClaimsProfile.NATIONAL_PORTAL: "DVCQG"}
CITIZEN, ENTERPRISE, ORGANISATION = "1", "2", "3"
UNKNOWN_COUNTRY = "XX"  # a foreigner signs in with a passport; providers write the country in free words

# Attribute of ours → the claims that may carry it. What is not named here is not kept.
PERSON_ATTRIBUTES = {
    "name": ("HoVaTen",),
    "birth_on": ("NgayThangNamSinh",),
    "sex": ("GioiTinh",),
    "nationality": ("QuocTich",),
    "ethnic_group": ("DanToc",),
    "birthplace": ("NoiDangKyKhaiSinh",),
    "hometown": ("QueQuan",),
    "permanent_address": ("ThuongTru",),
    "present_address": ("NoiOHienNay",),
    "phone": ("SoDienThoai",),
    "email": ("ThuDienTu",),
}
ORGANISATION_ATTRIBUTES = {
    "name": ("TenDoanhNghiep",),
    "head_office": ("DiaChi",),
    "legal_representative": ("NguoiDaiDien",),
    "phone": ("SoDienThoai",),
    "email": ("ThuDienTu",),
}


@dataclass(frozen=True, slots=True)
class ClaimedParty:
    """A party as claimed; ``known`` maps our attributes to the provider's words."""

    name: str
    identifiers: tuple[Identifier, ...]
    known: Mapping[str, str]
    birth_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    nationality: str = "VN"


@dataclass(frozen=True, slots=True)
class ClaimedIdentity:
    """Who came in: a person, an organisation, or a person through an organisation's account."""

    subject: str
    assurance: int
    person: ClaimedParty | None
    organisation: ClaimedParty | None


def read(claims: Mapping[str, Any], profile: ClaimsProfile, *, minimum_assurance: int) -> ClaimedIdentity:
    """Bring verified claims into our words.

    Raises NotAllowed when they name nobody the law knows, or when the account's level is too low.
    """
    texts = {key: one_line(str(value), 500) for key, value in claims.items() if value not in (None, "")}
    subject = texts.get("sub", "")
    kind = texts.get("LoaiTaiKhoan", CITIZEN)
    organisation = _organisation(texts) if kind in {ENTERPRISE, ORGANISATION} else None
    person = _person(texts, is_owner=organisation is None)
    assurance = _level(texts)
    if kind != CITIZEN and person is None and organisation is None:
        raise NotAllowed(_("Tài khoản của tổ chức không kèm mã số thuế. Hãy cập nhật tài khoản rồi thử lại."))
    if not subject or (person is None and organisation is None):
        raise NotAllowed(
            _("%(source)s không gửi số định danh. Hãy đăng nhập bằng tài khoản định danh điện tử đã kích hoạt.")
            % {"source": SOURCES[profile]}
        )
    is_citizen = person is not None and person.nationality == "VN" and organisation is None
    if is_citizen and assurance < minimum_assurance:
        raise NotAllowed(
            _("Tài khoản định danh cần mức độ %(level)s. Hãy nâng mức trên VNeID rồi đăng nhập lại.")
            % {"level": minimum_assurance}
        )
    return ClaimedIdentity(subject, assurance, person, organisation)


def _person(texts: Mapping[str, str], *, is_owner: bool) -> ClaimedParty | None:
    pairs = (
        (IdentifierKind.PERSONAL_NUMBER, texts.get("SoDinhDanh", "")),
        (IdentifierKind.OLD_ID, texts.get("SoCMND", "")),
        (IdentifierKind.PASSPORT, texts.get("HoChieu", "")),
    )
    identifiers = _identifiers(pairs)
    if not identifiers or identifiers[0].kind is IdentifierKind.OLD_ID or "HoVaTen" not in texts:
        return None
    is_foreign = identifiers[0].kind is IdentifierKind.PASSPORT
    attributes = PERSON_ATTRIBUTES if is_owner else {"name": ("HoVaTen",), "birth_on": ("NgayThangNamSinh",)}
    return ClaimedParty(
        name=texts["HoVaTen"],
        identifiers=identifiers,
        known=_known(texts, attributes, with_tech_id=is_owner),
        birth_on=numbers.claimed_date(texts.get("NgayThangNamSinh", "")),
        sex=_sex(texts, identifiers),
        nationality=UNKNOWN_COUNTRY if is_foreign else "VN",
    )


def _organisation(texts: Mapping[str, str]) -> ClaimedParty | None:
    pairs = (
        (IdentifierKind.TAX_CODE, texts.get("MaSoThue", "")),
        (IdentifierKind.ENTERPRISE_CODE, texts.get("MaSoDoanhNghiep", "")),
    )
    identifiers = _identifiers(pairs)
    if not identifiers or "TenDoanhNghiep" not in texts:
        return None
    known = _known(texts, ORGANISATION_ATTRIBUTES, with_tech_id=True)
    return ClaimedParty(name=texts["TenDoanhNghiep"], identifiers=identifiers, known=known)


def _identifiers(pairs: tuple[tuple[IdentifierKind, str], ...]) -> tuple[Identifier, ...]:
    """Keep what is a number of its kind; a provider's dash or dot in an unused claim is nobody's fault."""
    found: list[Identifier] = []
    for kind, text in pairs:
        try:
            found.append(Identifier(kind, numbers.check(kind, text, nationality="")))
        except Invalid:
            continue
    return tuple(found)


def _known(
    texts: Mapping[str, str], attributes: Mapping[str, tuple[str, ...]], *, with_tech_id: bool
) -> dict[str, str]:
    known = {ours: texts[theirs] for ours, names in attributes.items() for theirs in names if theirs in texts}
    if born := numbers.claimed_date(known.get("birth_on", "")):
        known["birth_on"] = born.isoformat()
    if "sex" in known:
        known["sex"] = Sex.read(known["sex"])
    if with_tech_id and "TechID" in texts:
        known["tech_id"] = texts["TechID"]
    return known


def _sex(texts: Mapping[str, str], identifiers: tuple[Identifier, ...]) -> Sex:
    said = Sex.read(texts.get("GioiTinh", ""))
    if said is not Sex.UNKNOWN:
        return said
    read = numbers.read_personal_number(identifiers[0].number)
    return read.sex if read else Sex.UNKNOWN


def _level(texts: Mapping[str, str]) -> int:
    """Read "2", "IAL2", "level2": the last digit; nothing said is level 1."""
    found = re.search(r"(\d)\D*$", texts.get("loAs", texts.get("IAL", "")), re.ASCII)
    return int(found.group(1)) if found else 1
