"""The log of calls: what a simulated system was sent and what it answered, for its page."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from motcua.sandbox.hosting.store import Store

VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
KEPT: Final = 1000
LONGEST: Final = 20_000
SECRET_KEYS: Final = frozenset(
    {"password", "pin", "otp", "sad", "client_secret", "access_token", "session", "code_verifier", "totp_secret"}
)

SECRET_IN_FORM: Final = re.compile(rf"\b({'|'.join(sorted(SECRET_KEYS))}|code)=[^&\s]+", re.IGNORECASE)

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS calls (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, method TEXT NOT NULL, path TEXT NOT NULL,
    question TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL
)
"""


def moment() -> str:
    """Return this moment as Vietnam's clocks show it, to the millisecond."""
    return datetime.now(VIETNAM).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def compact_moment() -> str:
    """Return this moment as yyyyMMddHHmmss, the way the national systems write time."""
    return datetime.now(VIETNAM).strftime("%Y%m%d%H%M%S")


def masked(value: Any) -> Any:
    """Return JSON data with the values of secret keys blotted out."""
    if isinstance(value, dict):
        return {key: "•••" if key.lower() in SECRET_KEYS and item else masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def readable(body: bytes) -> str:
    """Return a body for people: indented JSON or text, secrets blotted out; of anything else its length."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return f"({len(body)} byte nhị phân)"
    try:
        text = json.dumps(masked(json.loads(text)), ensure_ascii=False, indent=2)
    except ValueError:
        text = "(trang HTML)" if text.lstrip().startswith("<!") else SECRET_IN_FORM.sub(r"\1=•••", text)
    return text[:LONGEST]


class CallLog:
    """The last thousand calls of one server."""

    def __init__(self, path: Path) -> None:
        self._store = Store(path, SCHEMA)

    def add(self, method: str, path: str, question: bytes, status: int, answer: bytes) -> None:
        """Keep a call, forget the oldest beyond a thousand."""
        row = (moment(), method, SECRET_IN_FORM.sub(r"\1=•••", path), readable(question), status, readable(answer))
        with self._store.transaction() as db:
            db.execute("INSERT INTO calls (at, method, path, question, status, answer) VALUES (?,?,?,?,?,?)", row)
            db.execute("DELETE FROM calls WHERE id <= (SELECT MAX(id) FROM calls) - ?", (KEPT,))

    def latest(self, limit: int = 100) -> list[sqlite3.Row]:
        """Return the newest calls first."""
        return self._store.rows("SELECT * FROM calls ORDER BY id DESC LIMIT ?", (limit,))
