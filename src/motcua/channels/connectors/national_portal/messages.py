"""Our dossiers in the portal's words: the fields of DongBoHoSoMC and CapNhatTienDoHoSoMC. Pure.

Every simple value is a string; a moment is yyyyMMddHHmmss in Vietnamese time; what there is none of is the empty
string. A file is named by `motcua-file:<id>` until the message leaves: `with_links` puts addresses in that expire.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from motcua.channels.connectors.national_portal.standing import Standing
from motcua.domain.catalog.types import ReceptionChannel, Way
from motcua.domain.documents.types import Form, Paper, Use, UseKind
from motcua.domain.dossiers.types import AskView
from motcua.domain.payments.types import Due, DueKind, Stage
from motcua.foundation.identity.types import IdentifierKind, Party, PartyKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.text import one_line

Fields = dict[str, Any]

CHANNELS: Final = {Way.DIRECT: "1", Way.ONLINE: "2", Way.POST: "3"}
COLLECTED: Final = {Stage.SUBMISSION: "1", Stage.ACCEPTANCE: "1", Stage.SUPPLEMENT: "2", Stage.RETURN: "4"}
KINDS_OF_DUE: Final = {DueKind.FEE: "1", DueKind.CHARGE: "2", DueKind.ELSEWHERE: "3"}
PAPER_FORMS: Final = {
    Form.ORIGINAL: "Bản chính",
    Form.CERTIFIED: "Bản sao có chứng thực",
    Form.PHOTOCOPY: "Bản sao",
    Form.ELECTRONIC: "Bản điện tử",
}
WITH_RESULT: Final = frozenset({"8", "9", "10"})
WAYS_BACK: Final = {
    "online": "Trả kết quả trực tuyến",
    "in_person": "Trả kết quả trực tiếp",
    "post": "Trả qua bưu chính",
}
FILE: Final = "motcua-file:"
SYSTEM: Final = "Hệ thống"
PHONE: Final = re.compile(r"\+?\d{8,14}", re.ASCII)
EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that the portal shows of a dossier, gathered from the rooms that know it.

    names: file id → name; askers: officer id → name; due_codes: due key → the portal's code; result_codes: paper
    id → code of the result type.
    """

    code: str
    procedure_code: str
    procedure_name: str
    field_code: str
    field_name: str
    channel: ReceptionChannel
    owner: Party
    agency: str
    summary: str
    note: str = ""
    online_payment: bool = False
    uses: tuple[Use, ...] = ()
    dues: tuple[Due, ...] = ()
    asks: tuple[AskView, ...] = ()
    results: tuple[Paper, ...] = ()
    names: Mapping[UUID, str] = field(default_factory=dict)
    askers: Mapping[UUID, str] = field(default_factory=dict)
    due_codes: Mapping[str, str] = field(default_factory=dict)
    result_codes: Mapping[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """One act on the way: who, as what, where, what; `began_at` and `due_at` when a step was taken up."""

    handler: str
    title: str
    unit: str
    words: str
    began_at: datetime | None = None
    due_at: datetime | None = None


def dossier(picture: Picture, standing: Standing) -> Fields:
    """The item of DongBoHoSoMC: the dossier as it stood after the event."""
    owner, at = picture.owner, standing.at
    return {
        "MaHoSo": picture.code,
        "MaTTHC": picture.procedure_code,
        "TenTTHC": one_line(picture.procedure_name, 1000),
        "MaLinhVuc": picture.field_code,
        "TenLinhVuc": one_line(picture.field_name, 500),
        "KenhThucHien": CHANNELS[picture.channel.way],
        "ChuHoSo": one_line(owner.name, 250),
        "LoaiDoiTuong": kind_of(owner),
        "MaDoiTuong": one_line(owner.known["tech_id"].value, 50) if "tech_id" in owner.known else "",
        "ThongTinKhac": "",
        "Email": fitting(owner.email, EMAIL, 150),
        "Fax": "",
        "SoDienThoai": fitting(re.sub(r"[\s.\-()]", "", owner.phone), PHONE, 20),
        "TrichYeuHoSo": one_line(picture.summary, 1000),
        "NgayNopHoSo": moment(standing.submitted_at),
        "NgayTiepNhan": moment(standing.received_at),
        "NgayHenTra": moment(standing.promised_at),
        "TrangThaiHoSo": standing.status,
        "NgayTra": moment(standing.returned_at),
        "ThongTinTra": WAYS_BACK.get(standing.returned_way, ""),
        "HinhThuc": "1" if standing.returned_way == "post" else "0",
        "NgayKetThucXuLy": moment(standing.finished_at),
        "NgayTuChoi": moment(standing.refused_at),
        "DonViXuLy": one_line(picture.agency, 500),
        "GhiChu": one_line(picture.note, 1000) if standing.finished_at else "",
        "NoiNopHoSo": "1" if is_from_portal(picture) else "2",
        "HoSoCoThanhPhanSoHoa": yes(any(use.file_id for use in picture.uses if not use.removed_at)),
        "TaiKhoanDuocXacThucVoiVNeID": yes(any(known.source == "VNeID" for known in owner.known.values())),
        "DuocThanhToanTrucTuyen": yes(picture.online_payment),
        "DinhDanhCHS": identifiers(owner),
        "TaiLieuNop": [_file(use, picture) for use in picture.uses if use.file_id],
        "DanhSachLePhi": [_due(due, picture) for due in picture.dues if not due.is_dropped],
        "DanhSachTepDinhKemKhac": [_paper(use) for use in picture.uses if _is_on_paper(use)],
        "DanhSachHoSoBoSung": [_ask(ask, picture, standing) for ask in picture.asks if not at or ask.asked_at <= at],
        "DanhSachGiayToKetQua": [_result(paper, picture) for paper in _ready(picture, standing)],
    }


def progress(code: str, standing: Standing, step: Step) -> Fields:
    """The item of CapNhatTienDoHoSoMC: one act, with the status it led to."""
    return {
        "MaHoSo": code,
        "NguoiXuLy": one_line(step.handler, 50) or SYSTEM,
        "ChucDanh": one_line(step.title, 100),
        "ThoiDiemXuLy": moment(standing.at),
        "PhongBanXuLy": one_line(step.unit, 250),
        "NoiDungXuLy": one_line(step.words, 1000),
        "TrangThai": standing.status,
        "NgayBatDau": moment(step.began_at),
        "NgayKetThucTheoQuyDinh": moment(step.due_at),
    }


def is_from_portal(picture: Picture) -> bool:
    """Whether the dossier was filed on the portal itself."""
    return picture.channel is ReceptionChannel.NATIONAL_PORTAL


def with_links(value: Any, address: Callable[[UUID], str]) -> Any:
    """Replace every `motcua-file:<id>` by an address."""
    if isinstance(value, Mapping):
        return {name: with_links(part, address) for name, part in value.items()}
    if isinstance(value, list):
        return [with_links(part, address) for part in value]
    if isinstance(value, str) and value.startswith(FILE):
        return address(UUID(value.removeprefix(FILE)))
    return value


def moment(at: datetime | None) -> str:
    """YyyyMMddHHmmss in Vietnamese time, empty for none."""
    return f"{local(at):%Y%m%d%H%M%S}" if at else ""


def kind_of(owner: Party) -> str:
    """LoaiDoiTuong: 1 citizen, 2 enterprise, 4 other organisation."""
    if owner.kind is PartyKind.PERSON:
        return "1"
    return "2" if owner.number(IdentifierKind.ENTERPRISE_CODE) or owner.number(IdentifierKind.TAX_CODE) else "4"


def identifiers(owner: Party) -> list[Fields]:
    """DinhDanhCHS: 1 the personal number, 2 the old identity card; the portal knows no other kind."""
    kinds = ((IdentifierKind.PERSONAL_NUMBER, "1"), (IdentifierKind.OLD_ID, "2"))
    found = [(code, owner.number(kind)) for kind, code in kinds]
    return [{"LoaiDinhDanh": code, "SoDinhDanh": number} for code, number in found if number]


def fitting(text: str, shape: re.Pattern[str], longest: int) -> str:
    """The text if it has the shape the portal demands, else none: a contact never holds up a dossier."""
    return text if len(text) <= longest and shape.fullmatch(text) else ""


def yes(fact: bool) -> str:
    """1 or 0."""
    return "1" if fact else "0"


def _ready(picture: Picture, standing: Standing) -> tuple[Paper, ...]:
    return picture.results if standing.status in WITH_RESULT else ()


def _file(use: Use, picture: Picture) -> Fields:
    assert use.file_id is not None  # noqa: S101 - only uses with a file come here
    return {
        "TepDinhKemId": str(use.id),
        "TenTepDinhKem": one_line(picture.names.get(use.file_id, ""), 255) or "tep-dinh-kem",
        "IsDeleted": "True" if use.removed_at else "False",
        "MaThanhPhanHoSo": one_line(use.type_code, 100),
        "DuongDanTaiTepTin": f"{FILE}{use.file_id}",
        "DuocSoHoa": yes(use.source == "counter"),
        "DuocTaiSuDung": yes(use.kind is UseKind.REUSED),
        "DuocLayTuKhoDMQG": "0",
        "MaKetQuaThayThe": "",
    }


def _is_on_paper(use: Use) -> bool:
    return use.kind is UseKind.PAPER and not use.file_id and not use.removed_at


def _paper(use: Use) -> Fields:
    return {
        "TenGiayTo": one_line(use.name, 500) or "Giấy tờ",
        "SoLuong": str(min(max(use.quantity, 0), 9999)),
        "LoaiGiayTo": PAPER_FORMS[use.form],
    }


def _due(due: Due, picture: Picture) -> Fields:
    return {
        "TenPhiLePhi": one_line(due.name, 500),
        "MaPhiLePhi": one_line(picture.due_codes.get(due.key) or due.key, 50),
        "HinhThucThu": COLLECTED[due.collected_at],
        "Gia": str(due.amount - due.exempted),
        "LoaiPhiLePhi": KINDS_OF_DUE[due.kind],
    }


def _ask(ask: AskView, picture: Picture, standing: Standing) -> Fields:
    answered = ask.answered_at if ask.answered_at and standing.at and ask.answered_at <= standing.at else None
    before, after = standing.promises.get(str(ask.id), (standing.promised_at, None))
    who = picture.askers.get(ask.asked_by, "") if ask.asked_by else ""
    return {
        "HoSoBoSungId": str(ask.id),
        "NguoiYeuCauBoSung": one_line(who, 250) or one_line(picture.agency, 250),
        "NoiDungBoSung": one_line(f"{ask.content}. Lý do: {ask.reason}. Hướng dẫn: {ask.guidance}", 1000),
        "NgayBoSung": moment(ask.asked_at),
        "NguoiTiepNhanBoSung": "",
        "ThongTinTiepNhan": "",
        "NgayTiepNhanBoSung": moment(answered),
        "TrangThaiBoSung": yes(answered is not None),
        "DanhSachGiayToBoSung": [],
        "DanhSachLePhiBoSung": [],
        "NgayHenTraTruoc": moment(before),
        "NgayHenTraMoi": moment(after),
    }


def _result(paper: Paper, picture: Picture) -> Fields:
    return {
        "TenGiayTo": one_line(f"{paper.title} {paper.number}", 500) or "Kết quả giải quyết",
        "MaThanhPhanHoSo": "",
        "GiayToId": str(paper.id),
        "DuongDanTepTinKetQua": f"{FILE}{paper.file_id}",
        "MaGiayToKetQua": one_line(picture.result_codes.get(paper.id, ""), 50),
    }
