"""Pushing a dossier filed on the portal to the product: the message, its files, sending and sending again.

The message is ours (the portal's is not published): the field names are those of the ministries' central API
(NoiHoSo, ThanhPhanHoSo, GiayToDinhKem; facts §7) and DongBoHoSoMC. See docs/mechanisms/sandbox.md.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.sandbox.hosting import outward
from motcua.sandbox.hosting.calls import compact_moment, moment
from motcua.sandbox.national_portal.ledger import Ledger
from motcua.sandbox.people import BY_NUMBER, Person


class CannotPush(ValueError):
    """The wish lacks something; the sentence says what."""


@dataclass(frozen=True)
class Enclosure:
    """A file of a component."""

    component: str
    component_name: str
    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Wish:
    """What is to be filed, by whom, where."""

    procedure: str
    agency: str
    person: Person
    answers: Mapping[str, Any]
    enclosures: tuple[Enclosure, ...]
    case: str = ""


class Pusher:
    """Files dossiers on the portal and sends them to the product."""

    def __init__(
        self, described: Mapping[str, Any], ledger: Ledger, published: Mapping[str, tuple[str, str, str]]
    ) -> None:
        self._described, self._ledger, self._published = described, ledger, published

    def push(self, wish: Wish) -> dict[str, Any]:
        """File and send. Returns the message id, the code and what the product answered. Raises CannotPush."""
        if wish.procedure not in self._published:
            raise CannotPush("Thủ tục chưa được công bố trên cổng")
        message_id, now = secrets.token_hex(16), compact_moment()
        with self._ledger.store.transaction() as db:
            code = self._ledger.next_code(db, wish.agency.split(".")[-1] if "." in wish.agency else wish.agency)
            papers = [self._keep_file(db, enclosure) for enclosure in wish.enclosures]
            body = self._body(message_id, code, now, wish, papers)
            self._ledger.put(db, self._as_dossier(code, now, wish), pushed=True)
            row = (message_id, code, moment(), json.dumps(body, ensure_ascii=False))
            db.execute("INSERT INTO pushes (message_id, code, at, body) VALUES (?,?,?,?)", row)
        return self.send(message_id)

    def send(self, message_id: str) -> dict[str, Any]:
        """Send a kept message (again: same id, same body). Raises CannotPush."""
        row = self._ledger.store.row("SELECT * FROM pushes WHERE message_id=?", (message_id,))
        if row is None:
            raise CannotPush("Không có thông điệp này")
        outcome = outward.post_signed(
            self._described["inbound_url"],
            json.loads(row["body"]),
            secret=self._described["inbound_secret"],
            message_id=message_id,
        )
        words = f"HTTP {outcome.status}: {outcome.text[:500]}"
        self._ledger.store.write("UPDATE pushes SET outcome=? WHERE message_id=?", (words, message_id))
        return {
            "message_id": message_id,
            "MaHoSo": row["code"],
            "status": outcome.status,
            "answer": outcome.text[:2000],
            "accepted": outcome.accepted,
        }

    def pushes(self) -> list[sqlite3.Row]:
        return self._ledger.store.rows("SELECT * FROM pushes ORDER BY at DESC LIMIT 100")

    def _keep_file(self, db: sqlite3.Connection, enclosure: Enclosure) -> dict[str, Any]:
        file_id = secrets.token_urlsafe(18)
        row = (file_id, enclosure.name, enclosure.media_type, enclosure.content)
        db.execute("INSERT INTO files VALUES (?,?,?,?)", row)
        return {
            "MaThanhPhanHoSo": enclosure.component,
            "TenThanhPhanHoSo": enclosure.component_name,
            "SoLuong": 1,
            "LoaiBan": 2,
            "GiayToDinhKem": [
                {
                    "IdGiayTo": file_id,
                    "MaKetQua": "",
                    "TenGiayTo": enclosure.name,
                    "DinhDang": enclosure.media_type,
                    "KichThuoc": len(enclosure.content),
                    "HashTepTin": hashlib.sha256(enclosure.content).hexdigest(),
                    "DuongDanTaiTepTin": f"{self._described['url']}/tep/{file_id}",
                }
            ],
        }

    def _body(self, message_id: str, code: str, now: str, wish: Wish, papers: list[dict[str, Any]]) -> dict[str, Any]:
        company = wish.person.company
        return {
            "service": "NoiHoSo",
            "MaThongDiep": message_id,
            "ThoiDiemGui": now,
            "NoiHoSo": {
                "MaHoSo": code,
                "MaTTHC": wish.procedure,
                "TenTTHC": self._published[wish.procedure][0],
                "MaDichVuCong": f"{wish.procedure}.01",
                "MaTruongHop": wish.case,
                "ChuHoSo": company.name if company else wish.person.name,
                "LoaiDoiTuong": 1 if company else 0,
                "MaDonViTiepNhan": wish.agency,
                "NgayNop": now,
                "ThanhPhanHoSo": papers,
                "DuLieuBieuMau": dict(wish.answers),
                "ThongTinNguoiNop": {"ThongTinChiTiet": _applicant(wish.person)},
            },
        }

    def _as_dossier(self, code: str, now: str, wish: Wish) -> dict[str, Any]:
        name, field_code, field = self._published[wish.procedure]
        company = wish.person.company
        return {
            "MaHoSo": code,
            "MaTTHC": wish.procedure,
            "TenTTHC": name,
            "MaLinhVuc": field_code,
            "TenLinhVuc": field,
            "KenhThucHien": "2",
            "ChuHoSo": company.name if company else wish.person.name,
            "LoaiDoiTuong": "2" if company else "1",
            "MaDoiTuong": wish.person.tech_id,
            "Email": wish.person.email,
            "SoDienThoai": wish.person.phone,
            "TrichYeuHoSo": name,
            "NgayNopHoSo": now,
            "TrangThaiHoSo": "1",
            "HinhThuc": "0",
            "DonViXuLy": wish.agency,
            "NoiNopHoSo": "1",
        }


def _applicant(person: Person) -> dict[str, str]:
    company = person.company
    return {
        "TenNguoiNop": person.name,
        "SoDinhDanh": person.number,
        "NgaySinh": f"{person.born:%Y%m%d}",
        "GioiTinh": person.sex,
        "SoDienThoai": person.phone,
        "Email": person.email,
        "TechID": person.tech_id,
        "MaTinh": "",
        "MaXa": "",
        "DiaChiChiTiet": person.address,
        "TenChuHs": company.name if company else person.name,
        "MaSoThue": company.tax_code if company else "",
    }


def person_of(number: Any) -> Person:
    """Return the person with a personal number. Raises CannotPush."""
    if number not in BY_NUMBER:
        raise CannotPush("Không có công dân với số định danh này")
    return BY_NUMBER[number]
