"""The portal's services for one-stop systems, in the transport shape of the adapter: login, then one door for all.

Answers carry ``error_code``: "0" good; "-1" session; "-2" service; "-3" exists already; "-4" unknown dossier;
"-5" data; "-6" order. A call is all or nothing: when one item is wrong, none is taken, and ``chitiet`` names them all.
"""

from __future__ import annotations

import hmac
import secrets
import sqlite3
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

from motcua.sandbox.national_portal import checks, tables
from motcua.sandbox.national_portal.checks import Finding
from motcua.sandbox.national_portal.ledger import Ledger

SESSION_LIFE: Final = 30 * 60


class Refused(Exception):
    """A call the portal does not take."""

    def __init__(self, error_code: str, message: str, findings: list[Finding] | None = None) -> None:
        super().__init__(message)
        self.error_code, self.message, self.findings = error_code, message, findings or []

    def as_json(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"error_code": self.error_code, "message": self.message}
        return answer | ({"chitiet": [item.as_json() for item in self.findings]} if self.findings else {})


class Services:
    """Answers login and the services."""

    def __init__(self, described: Mapping[str, Any], ledger: Ledger) -> None:
        self._described = described
        self._ledger = ledger
        self._sessions: dict[str, float] = {}
        self._lock = threading.Lock()
        self._acts = {
            "DongBoHoSoMC": self._take_dossiers,
            "CapNhatTienDoHoSoMC": self._take_progress,
            "TraCuuHoSo": self._look_up,
            "LayThuTuc": self._procedure,
            "LayDanhSachTTHC": self._procedures,
        }

    def login(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Give a session for the right name and password. Raises Refused."""
        given = f"{question.get('username')}\n{question.get('password')}"
        expected = f"{self._described['username']}\n{self._described['password']}"
        if not hmac.compare_digest(given.encode(), expected.encode()):
            raise Refused("-1", "Sai tên đăng nhập hoặc mật khẩu")
        session = secrets.token_hex(24)
        with self._lock:
            now = time.monotonic()
            self._sessions = {key: end for key, end in self._sessions.items() if end > now}
            self._sessions[session] = now + SESSION_LIFE
        return {"error_code": 0, "message": "", "session": session}

    def call(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """Answer one service call. Raises Refused."""
        if self._sessions.get(str(question.get("session")), 0.0) <= time.monotonic():
            raise Refused("-1", "session không đúng hoặc đã hết hạn")
        agency = question.get("madonvi")
        if not isinstance(agency, str) or not tables.AGENCY_CODE.fullmatch(agency):
            raise Refused("-5", "madonvi không đúng")
        act = self._acts.get(str(question.get("service")))
        if act is None:
            raise Refused("-2", "Không có service này")
        return act(question)

    def published(self) -> dict[str, tuple[str, str, str]]:
        """Return every procedure: the standing table and those registered since."""
        rows = self._ledger.store.rows("SELECT * FROM procedures")
        return {**tables.PROCEDURES, **{row["code"]: (row["name"], row["field_code"], row["field"]) for row in rows}}

    def _take_dossiers(self, question: Mapping[str, Any]) -> dict[str, Any]:
        is_updating = _flag(question.get("isUpdating", "False"))
        items = _items(question, "DongBoHoSoMC")
        _raise("-5", "Dữ liệu không hợp lệ", [bad for one in items for bad in checks.item(one, tables.DOSSIER)])
        procedures = self.published()
        wrong = [bad for one in items for bad in checks.known_procedure(one, procedures) + checks.dates_of_status(one)]
        _raise("-5", "Dữ liệu không hợp lệ", wrong)
        with self._ledger.store.transaction() as db:
            for one in items:
                self._take_dossier(db, one, is_updating)
        return _good(len(items))

    def _take_dossier(self, db: sqlite3.Connection, one: Mapping[str, Any], is_updating: bool) -> None:
        code = one["MaHoSo"]
        known = self._ledger.known(db, code)
        if known and not is_updating:
            raise Refused("-3", f"Hồ sơ {code} đã tồn tại")
        if is_updating and known is None:
            raise Refused("-4", f"Không có hồ sơ {code} để cập nhật")
        before, was_received = (known.status, known.was_received) if known else (None, False)
        wrong = checks.order(code, "TrangThaiHoSo", before, one["TrangThaiHoSo"], was_received=was_received)
        _raise("-6", "Trạng thái sai thứ tự", wrong)
        self._ledger.put(db, one)

    def _take_progress(self, question: Mapping[str, Any]) -> dict[str, Any]:
        items = _items(question, "CapNhatTienDoHoSoMC")
        _raise("-5", "Dữ liệu không hợp lệ", [bad for one in items for bad in checks.item(one, tables.PROGRESS)])
        with self._ledger.store.transaction() as db:
            for one in items:
                self._take_step(db, one)
        return _good(len(items))

    def _take_step(self, db: sqlite3.Connection, one: Mapping[str, Any]) -> None:
        code = one["MaHoSo"]
        known = self._ledger.known(db, code)
        if known is None:
            raise Refused("-4", f"Không có hồ sơ {code}; hãy gọi DongBoHoSoMC trước")
        wrong = checks.order(code, "TrangThai", known.status, one["TrangThai"], was_received=known.was_received)
        if one["ThoiDiemXuLy"] < known.last_step:
            wrong.append(Finding(code, "ThoiDiemXuLy", f"trước bước đã nhận lúc {known.last_step}"))
        _raise("-6", "Tiến độ sai thứ tự", wrong)
        self._ledger.advance(db, one)

    def _look_up(self, question: Mapping[str, Any]) -> dict[str, Any]:
        code = question.get("mahoso")
        if not isinstance(code, str):
            raise Refused("-5", "Thiếu mahoso")
        found = self._ledger.dossier(code)
        if found is None:
            return {**_good(0), "result": []}
        steps = [step["data"] for step in found["steps"] if step["service"] == "CapNhatTienDoHoSoMC"]
        data = {**found["data"], "TrangThaiHoSo": found["status"], "DanhSachTienDo": steps}
        return {**_good(1), "result": [data]}

    def _procedure(self, question: Mapping[str, Any]) -> dict[str, Any]:
        code = str(question.get("maTTHC", question.get("matthc", "")))
        found = self.published().get(code)
        return {**_good(1 if found else 0), "result": [_record(code, *found)] if found else []}

    def _procedures(self, question: Mapping[str, Any]) -> dict[str, Any]:
        records = [_record(code, *facts) for code, facts in sorted(self.published().items())]
        return {**_good(len(records)), "result": records}


def _record(code: str, name: str, field_code: str, field: str) -> dict[str, Any]:
    return {"MATTHC": code, "TENTTHC": name, "LINHVUCTHUCHIEN": [{"MALINHVUC": field_code, "TENLINHVUC": field}]}


def _good(count: int) -> dict[str, Any]:
    return {"error_code": "0", "message": "Thành công", "count": count}


def _raise(error_code: str, message: str, findings: list[Finding]) -> None:
    if findings:
        raise Refused(error_code, message, findings)


def _flag(value: Any) -> bool:
    if value not in ("True", "False"):
        raise Refused("-5", "isUpdating phải là “True” hoặc “False”")
    return bool(value == "True")


def _items(question: Mapping[str, Any], service: str) -> list[Any]:
    found, most = question.get("data"), tables.LARGEST_BATCH[service]
    if not isinstance(found, list) or not found:
        raise Refused("-5", "data phải là danh sách có ít nhất một phần tử")
    if len(found) > most:
        raise Refused("-5", f"data có {len(found)} phần tử, nhiều nhất {most}")
    return found
