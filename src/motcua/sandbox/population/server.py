"""The population database's web application: one question, four answers, the same answer to the same request."""

from __future__ import annotations

import json
from typing import Any, Final

from werkzeug.wrappers import Request

from motcua.sandbox.hosting.calls import compact_moment
from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application, answer_json, json_object, require_bearer
from motcua.sandbox.people import EVERYBODY
from motcua.sandbox.population import answers

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (number TEXT PRIMARY KEY, question TEXT NOT NULL, answer TEXT NOT NULL)
"""


def build(settings: Settings) -> list[Listener]:
    """Return what the population process listens with."""
    return [HttpListener(settings.port("population"), application(settings))]


def application(settings: Settings) -> Application:
    """Make the application."""
    app = Application(settings, "population", "CSDL quốc gia về dân cư")
    store = Store(settings.folder("population") / "answers.sqlite3", SCHEMA)
    key = settings.system("population")["api_key"]

    @app.wire("/dan-cu/xac-thuc-thong-tin")
    def verify(request: Request) -> Answer:
        require_bearer(request, key)
        question = json_object(request)
        try:
            answers.check(question)
        except answers.Refused as problem:
            return answer_json({"MaLoi": "01", "MoTa": str(problem)}, 400)
        return _answer_once(store, question)

    @app.page("/")
    def front(request: Request) -> Answer:
        return app.render("people.html", people=EVERYBODY, verdicts=answers.CODES)

    return app


def _answer_once(store: Store, question: dict[str, Any]) -> Answer:
    """Answer a request number once for all; another question under a used number is refused."""
    asked = json.dumps(question, sort_keys=True, ensure_ascii=False)
    with store.transaction() as db:
        known = db.execute("SELECT * FROM answers WHERE number=?", (question["MaYeuCau"],)).fetchone()
        if known and known["question"] != asked:
            return answer_json({"MaLoi": "02", "MoTa": "MaYeuCau đã dùng cho yêu cầu khác"}, 409)
        if known:
            return answer_json(json.loads(known["answer"]))
        answer = _answer(question)
        row = (question["MaYeuCau"], asked, json.dumps(answer, ensure_ascii=False))
        db.execute("INSERT INTO answers VALUES (?,?,?)", row)
    return answer


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    verdict, person = answers.decide(question)
    return {
        "MaLoi": "00",
        "MaYeuCau": question["MaYeuCau"],
        "MaKetQua": answers.CODES[verdict],
        "KetQua": str(verdict),
        "ThoiGianTraLoi": compact_moment(),
        "DuLieu": answers.on_record(person) if person else None,
    }
