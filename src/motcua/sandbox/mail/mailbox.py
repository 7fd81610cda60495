"""The kept messages: raw as they came, with what a list needs beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Final

from motcua.sandbox.hosting.calls import moment
from motcua.sandbox.hosting.store import Store

KEPT: Final = 5000

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, at TEXT NOT NULL, sender TEXT NOT NULL, recipients TEXT NOT NULL, subject TEXT NOT NULL,
    raw BLOB NOT NULL
)
"""


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """A message as people read it."""

    id: int
    at: str
    sender: str
    recipients: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]


class Mailbox:
    """Everything that was ever sent, newest five thousand."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, sender: str, recipients: Sequence[str], raw: bytes) -> int:
        """Keep a message and return its number."""
        subject = str(_parse(raw).get("Subject", ""))
        with self._store.transaction() as db:
            row = (moment(), sender, ", ".join(recipients), subject, raw)
            cursor = db.execute("INSERT INTO messages (at, sender, recipients, subject, raw) VALUES (?,?,?,?,?)", row)
            db.execute("DELETE FROM messages WHERE id <= (SELECT MAX(id) FROM messages) - ?", (KEPT,))
            return int(cursor.lastrowid or 0)

    def headers(self, recipient: str = "", limit: int = 200) -> list[sqlite3.Row]:
        """Return id, at, sender, recipients, subject of the newest messages."""
        return self._store.rows(
            "SELECT id, at, sender, recipients, subject FROM messages WHERE recipients LIKE ? ORDER BY id DESC LIMIT ?",
            (f"%{recipient}%", limit),
        )

    def letter(self, number: int) -> Letter | None:
        """Return one message, opened."""
        row = self._store.row("SELECT * FROM messages WHERE id=?", (number,))
        if row is None:
            return None
        message = _parse(row["raw"])
        body = message.get_body(("plain", "html"))
        attachments = tuple(
            Attachment(part.get_filename() or "tep", part.get_content_type(), _bytes(part))
            for part in message.iter_attachments()
        )
        text = str(body.get_content()) if body else ""
        return Letter(number, row["at"], row["sender"], row["recipients"], row["subject"], text, attachments)

    def raw(self, number: int) -> bytes | None:
        row = self._store.row("SELECT raw FROM messages WHERE id=?", (number,))
        return bytes(row["raw"]) if row else None


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _parse(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
