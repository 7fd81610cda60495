"""The portal's own record of dossiers: the last data, every step of progress in order, which system they came from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.sandbox.hosting.calls import compact_moment, moment
from motcua.sandbox.hosting.store import Store

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS dossiers (
    code TEXT PRIMARY KEY, procedure TEXT NOT NULL, owner TEXT NOT NULL, status TEXT NOT NULL, received INTEGER NOT NULL,
    last_step TEXT NOT NULL DEFAULT '', data TEXT NOT NULL, pushed INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL, changed_at TEXT NOT NULL, versions INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS steps (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL REFERENCES dossiers, at TEXT NOT NULL, service TEXT NOT NULL,
    status TEXT NOT NULL, data TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS steps_of ON steps (code, id);
CREATE TABLE IF NOT EXISTS procedures (code TEXT PRIMARY KEY, name TEXT NOT NULL, field_code TEXT NOT NULL, field TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS pushes (
    message_id TEXT PRIMARY KEY, code TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL, outcome TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS files (id TEXT PRIMARY KEY, name TEXT NOT NULL, media_type TEXT NOT NULL, content BLOB NOT NULL);
"""


@dataclass(frozen=True)
class Known:
    """What the portal knows of a dossier."""

    code: str
    status: str
    was_received: bool
    last_step: str


class Ledger:
    """Dossiers and steps. Methods that change things take the connection of one transaction."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def known(self, db: sqlite3.Connection, code: str) -> Known | None:
        row = db.execute("SELECT * FROM dossiers WHERE code=?", (code,)).fetchone()
        return Known(code, row["status"], bool(row["received"]), row["last_step"]) if row else None

    def put(self, db: sqlite3.Connection, data: Mapping[str, Any], *, pushed: bool = False) -> None:
        """Keep a dossier's newest data."""
        code, status, now = data["MaHoSo"], data["TrangThaiHoSo"], moment()
        db.execute(
            "INSERT INTO dossiers (code, procedure, owner, status, received, data, pushed, created_at, changed_at)"
            " VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (code) DO UPDATE SET procedure=excluded.procedure,"
            " owner=excluded.owner, status=excluded.status, received=MAX(received, excluded.received),"
            " data=excluded.data, changed_at=excluded.changed_at, versions=versions+1",
            (code, data["MaTTHC"], data["ChuHoSo"], status, status == "2", _text(data), pushed, now, now),
        )
        self._step(db, code, "DongBoHoSoMC", status, data)

    def advance(self, db: sqlite3.Connection, data: Mapping[str, Any]) -> None:
        """Add a step of progress."""
        code, status = data["MaHoSo"], data["TrangThai"]
        db.execute(
            "UPDATE dossiers SET status=?, received=MAX(received, ?), last_step=?, changed_at=? WHERE code=?",
            (status, status == "2", data["ThoiDiemXuLy"], moment(), code),
        )
        self._step(db, code, "CapNhatTienDoHoSoMC", status, data)

    def dossiers(self) -> list[sqlite3.Row]:
        return self.store.rows("SELECT * FROM dossiers ORDER BY changed_at DESC LIMIT 300")

    def dossier(self, code: str) -> dict[str, Any] | None:
        """Return a dossier with its steps, oldest first."""
        row = self.store.row("SELECT * FROM dossiers WHERE code=?", (code,))
        if row is None:
            return None
        steps = self.store.rows("SELECT * FROM steps WHERE code=? ORDER BY id", (code,))
        opened = [{**dict(step), "data": json.loads(step["data"])} for step in steps]
        return {**dict(row), "data": json.loads(row["data"]), "steps": opened}

    def next_code(self, db: sqlite3.Connection, agency: str) -> str:
        """Return the portal's next dossier code: ``000.00.00.<agency>-yymmdd-nnnn``."""
        day = f"000.00.00.{agency}-{compact_moment()[2:8]}-"
        count = db.execute("SELECT COUNT(*) FROM dossiers WHERE code LIKE ?", (day + "9%",)).fetchone()[0]
        return f"{day}9{count + 1:03d}"

    def _step(self, db: sqlite3.Connection, code: str, service: str, status: str, data: Mapping[str, Any]) -> None:
        row = (code, moment(), service, status, _text(data))
        db.execute("INSERT INTO steps (code, at, service, status, data) VALUES (?,?,?,?,?)", row)


def _text(data: Mapping[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)
