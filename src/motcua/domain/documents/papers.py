"""Compose a paper: its data, its QR code (TT 01/2023/TT-VPCP Điều 26), its bytes, the places of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.domain.documents import kinds, wording
from motcua.foundation import typesetting
from motcua.foundation.kernel.text import one_line
from motcua.foundation.typesetting import Place

VERIFY_PATH = "/xac-minh/"
PDF = "application/pdf"


@dataclass(slots=True)
class _Printer:
    name: str = ""
    public_url: str = ""


_printer = _Printer()


def printed_by(*, name: str, public_url: str) -> None:
    """Say which system prints, as every QR code names it. Called once, when Django is ready."""
    _printer.name, _printer.public_url = name, public_url


@dataclass(frozen=True, slots=True)
class QrFacts:
    """What the QR code of a dossier's paper says, beside the paper's own name, moment and address.

    A receipt adds ``promised_at``; a result ``valid_until`` and ``scope`` when they exist. Texts stand as given.
    """

    dossier_code: str
    procedure_code: str
    owner_identifier: str = ""
    promised_at: str = ""
    valid_until: str = ""
    scope: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> QrFacts:
        """Read the facts from the ``qr`` part of a paper's printable data."""
        known = {name: str(data.get(name, "")) for name in cls.__dataclass_fields__}
        return cls(**known)


def qr_text(facts: QrFacts, *, title: str, at: datetime, token: str) -> str:
    """Return the lines of a paper's QR code: the least that TT 01/2023/TT-VPCP Điều 26 asks for, and where to check."""
    lines = (
        ("Mã hồ sơ", facts.dossier_code),
        ("Mã TTHC", facts.procedure_code),
        ("Định danh", facts.owner_identifier),
        ("Giấy tờ", one_line(title, 120)),
        ("Hệ thống", one_line(_printer.name, 120)),
        ("Xuất bản", wording.moment(at)),
        ("Hẹn trả", facts.promised_at),
        ("Hiệu lực", facts.valid_until),
        ("Phạm vi", one_line(facts.scope, 80)),
        ("Kiểm tra", verify_url(token)),
    )
    return "\n".join(f"{label}: {value}" for label, value in lines if value)


def verify_url(token: str) -> str:
    """Return the address of the page that says whether the paper is genuine and in force."""
    return f"{_printer.public_url}{VERIFY_PATH}{token}"


@dataclass(frozen=True, slots=True)
class Face:
    """What the room itself puts on a paper: name, number, date and the code. Empty ones are left as fields."""

    title: str
    kind: str = ""
    symbol: str = ""
    number: str = ""
    issued_on: date | None = None
    token: str = ""


def composed(data: Mapping[str, Any], face: Face, *, at: datetime) -> dict[str, Any]:
    """Return the whole data of a template: the caller's, brought to paper, and the room's own."""
    whole: dict[str, Any] = dict(wording.printable(data))
    whole |= {"paper_kind": face.kind, "paper_name": face.title, "symbol": face.symbol, "number_text": face.number}
    whole["date_text"] = wording.written_day(face.issued_on) if face.issued_on else ""
    if face.token and isinstance(whole.get("qr"), Mapping):
        text = qr_text(QrFacts.of(whole["qr"]), title=face.title, at=at, token=face.token)
        whole["qr_svg"] = typesetting.qr_svg(text)
    return whole


def typeset(source: str, whole: Mapping[str, Any], *, at: datetime) -> bytes:
    """Return the PDF/A of a template with composed data. Raises BadTemplate."""
    return typesetting.render(source, whole, assets=kinds.library(), at=at)


def places(source: str, whole: Mapping[str, Any]) -> dict[str, Place]:
    """Return where ``number``, ``issued_on``, ``person`` and ``agency`` are left open. Raises BadTemplate."""
    return typesetting.places(source, whole, assets=kinds.library())


def check(source: str, sample: Mapping[str, Any], face: Face, *, at: datetime) -> None:
    """Raise BadTemplate unless the source typesets the sample without a warning."""
    typesetting.check(source, composed(sample, face, at=at), assets=kinds.library())
