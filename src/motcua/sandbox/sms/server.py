"""The SMS gateway's web application.

``POST /api/v1/messages`` with a bearer token and JSON ``{to, text, sender?, reference?, callback_url?}`` answers 202
``{message_id, segments}``. A second later the delivery report is posted to the call-back address, signed.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import threading
import time
from typing import Any, Final

from werkzeug.wrappers import Request

from motcua.sandbox.hosting import outward
from motcua.sandbox.hosting.calls import moment
from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application, answer_json, json_object, require_bearer

PHONE: Final = re.compile(r"(?:0|\+?84)[35789]\d{8}")
LONGEST: Final = 670
REPORT_AFTER: Final = 1.0
UNREACHABLE_END: Final = "0000"
"""Numbers that end so are never reached: their report says ``undelivered``."""

GSM_LETTERS: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, recipient TEXT NOT NULL, sender TEXT NOT NULL, text TEXT NOT NULL,
    reference TEXT NOT NULL, segments INTEGER NOT NULL, callback_url TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'accepted', told TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX IF NOT EXISTS once ON messages (reference) WHERE reference <> '';
"""


class BadMessage(ValueError):
    """The message cannot be sent; the sentence says why."""


def build(settings: Settings) -> list[Listener]:
    """Return what the SMS process listens with."""
    return [HttpListener(settings.port("sms"), application(settings))]


def segments(text: str) -> int:
    """Return how many messages a text takes: 160/153 letters in GSM's alphabet, 70/67 in Unicode."""
    whole, part = (160, 153) if set(text) <= GSM_LETTERS else (70, 67)
    return 1 if len(text) <= whole else -(-len(text) // part)


def read(message: dict[str, Any], standard: dict[str, str]) -> dict[str, str]:
    """Check a message and fill in what is standard. Raises BadMessage."""
    fields = {name: message.get(name, standard.get(name, "")) for name in ("to", "text", "sender", "reference")}
    fields["callback_url"] = message.get("callback_url", standard["callback_url"])
    if not all(isinstance(value, str) for value in fields.values()):
        raise BadMessage("Mọi trường phải là chuỗi")
    if not PHONE.fullmatch(fields["to"]):
        raise BadMessage("to không phải số di động Việt Nam")
    if not fields["text"] or len(fields["text"]) > LONGEST:
        raise BadMessage(f"text phải có từ 1 đến {LONGEST} ký tự")
    if len(fields["sender"]) > 11:
        raise BadMessage("sender dài nhất 11 ký tự")
    return fields


def application(settings: Settings) -> Application:
    """Make the application."""
    app = Application(settings, "sms", "Tin nhắn SMS")
    described = settings.system("sms")
    store = Store(settings.folder("sms") / "messages.sqlite3", SCHEMA)
    standard = {"sender": described["sender"], "callback_url": described["report_url"]}

    @app.wire("/api/v1/messages")
    def send(request: Request) -> Answer:
        require_bearer(request, described["token"])
        try:
            fields = read(json_object(request), standard)
        except BadMessage as problem:
            return answer_json({"error": "invalid_message", "message": str(problem)}, 422)
        row, is_new = _keep(store, fields)
        if is_new:
            threading.Thread(target=_report, args=(store, dict(row), described["report_secret"]), daemon=True).start()
        return answer_json({"message_id": row["id"], "segments": row["segments"], "status": row["status"]}, 202)

    @app.wire("/api/v1/messages/<message_id>", ("GET",))
    def status(request: Request, message_id: str) -> Answer:
        require_bearer(request, described["token"])
        row = store.row("SELECT * FROM messages WHERE id=?", (message_id,))
        if row is None:
            return answer_json({"error": "not_found", "message": "Không có tin nhắn này"}, 404)
        return {"message_id": row["id"], "segments": row["segments"], "status": row["status"]}

    @app.page("/")
    def front(request: Request) -> Answer:
        recipient = request.args.get("to", "")
        rows = store.rows(
            "SELECT * FROM messages WHERE recipient LIKE ? ORDER BY at DESC, id LIMIT 200", (f"%{recipient}",)
        )
        if request.args.get("format") == "json":
            return [dict(row) for row in rows]
        return app.render("messages.html", messages=rows)

    return app


def _keep(store: Store, fields: dict[str, str]) -> tuple[sqlite3.Row, bool]:
    """Keep a message; the same reference again returns the first one."""
    with store.transaction() as db:
        if fields["reference"]:
            known = db.execute("SELECT * FROM messages WHERE reference=?", (fields["reference"],)).fetchone()
            if known:
                return known, False
        message_id = secrets.token_hex(12)
        values = (fields["to"], fields["sender"], fields["text"], fields["reference"], segments(fields["text"]))
        db.execute(
            "INSERT INTO messages (id, at, recipient, sender, text, reference, segments, callback_url)"
            " VALUES (?,?,?,?,?,?,?,?)",
            (message_id, moment(), *values, fields["callback_url"]),
        )
        return db.execute("SELECT * FROM messages WHERE id=?", (message_id,)).fetchone(), True


def _report(store: Store, message: dict[str, Any], secret: str) -> None:
    time.sleep(REPORT_AFTER)
    status = "undelivered" if message["recipient"].endswith(UNREACHABLE_END) else "delivered"
    told = ""
    if message["callback_url"]:
        report = {"message_id": message["id"], "reference": message["reference"], "status": status, "at": moment()}
        outcome = outward.post_signed(message["callback_url"], report, secret=secret, message_id=message["id"])
        told = f"HTTP {outcome.status}"
    store.write("UPDATE messages SET status=?, told=? WHERE id=?", (status, told, message["id"]))
