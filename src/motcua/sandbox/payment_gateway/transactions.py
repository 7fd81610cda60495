"""The gateway's transactions: asked for once per reference, open for fifteen minutes, ended once."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from motcua.sandbox.hosting.calls import compact_moment, moment
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.payment_gateway.messages import BadMessage

OPEN_SECONDS: Final = 15 * 60
BANKS: Final = {
    "VCB": "Vietcombank",
    "BIDV": "BIDV",
    "CTG": "VietinBank",
    "AGB": "Agribank",
    "MB": "MB Bank",
    "VNPTPAY": "Ví VNPT Money",
}
STATES: Final = {"open": "Chờ thanh toán", "paid": "Đã thanh toán", "cancelled": "Đã hủy", "expired": "Hết hạn"}

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS transactions (
    reference TEXT PRIMARY KEY, page TEXT NOT NULL UNIQUE, number TEXT NOT NULL UNIQUE, amount INTEGER NOT NULL,
    message TEXT NOT NULL, state TEXT NOT NULL, bank TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL,
    expires REAL NOT NULL, ended_at TEXT NOT NULL DEFAULT '', told TEXT NOT NULL DEFAULT ''
)
"""


@dataclass(frozen=True)
class Transaction:
    """One payment. ``page`` is the secret part of its pay page's address; ``told`` is what became of the IPN."""

    reference: str
    page: str
    number: str
    amount: int
    message: Mapping[str, Any]
    state: str
    bank: str
    created_at: str
    expires: float
    ended_at: str
    told: str

    @classmethod
    def of(cls, row: sqlite3.Row) -> Transaction:
        values = {**dict(row), "message": json.loads(row["message"])}
        if values["state"] == "open" and values["expires"] < time.time():
            values["state"] = "expired"
        return cls(**values)

    @property
    def state_words(self) -> str:
        return STATES[self.state]


class Transactions:
    """The gateway's book."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open(self, message: Mapping[str, Any]) -> Transaction:
        """Open a payment; the same message again returns the same one. Raises BadMessage on a used reference."""
        reference, text = message["MaThamChieu"], json.dumps(message, ensure_ascii=False, sort_keys=True)
        with self._store.transaction() as db:
            known = db.execute("SELECT * FROM transactions WHERE reference=?", (reference,)).fetchone()
            if known and known["message"] != text:
                raise BadMessage("06", "MaThamChieu đã dùng cho giao dịch khác")
            if not known:
                number = compact_moment() + f"{secrets.randbelow(10**6):06d}"
                row = (reference, secrets.token_urlsafe(16), number, int(message["SoTien"]), text, "open", moment())
                db.execute(
                    "INSERT INTO transactions (reference, page, number, amount, message, state, created_at, expires)"
                    " VALUES (?,?,?,?,?,?,?,?)",
                    (*row, time.time() + OPEN_SECONDS),
                )
            return Transaction.of(db.execute("SELECT * FROM transactions WHERE reference=?", (reference,)).fetchone())

    def end(self, found: Transaction, state: str, bank: str) -> Transaction:
        """End an open payment as ``paid`` or ``cancelled``; one already ended stays as it ended."""
        self._store.write(
            "UPDATE transactions SET state=?, bank=?, ended_at=? WHERE page=? AND state='open' AND expires>=?",
            (state, bank, compact_moment(), found.page, time.time()),
        )
        return self.by_page(found.page) or found

    def note_told(self, reference: str, words: str) -> None:
        self._store.write("UPDATE transactions SET told=? WHERE reference=?", (words, reference))

    def by_reference(self, reference: str) -> Transaction | None:
        row = self._store.row("SELECT * FROM transactions WHERE reference=?", (reference,))
        return Transaction.of(row) if row else None

    def by_page(self, page: str) -> Transaction | None:
        row = self._store.row("SELECT * FROM transactions WHERE page=?", (page,))
        return Transaction.of(row) if row else None

    def latest(self) -> list[Transaction]:
        rows = self._store.rows("SELECT * FROM transactions ORDER BY created_at DESC LIMIT 200")
        return [Transaction.of(row) for row in rows]
