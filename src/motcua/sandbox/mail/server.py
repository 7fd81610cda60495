"""The mail process: SMTP on one port, the page on the other."""

from __future__ import annotations

import asyncio
import hmac
import logging
import warnings
from functools import partial

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting import moods
from motcua.sandbox.hosting.serving import HOST, HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application
from motcua.sandbox.mail.mailbox import SCHEMA, Mailbox

LARGEST = 25 * 1024 * 1024


def build(settings: Settings) -> list[Listener]:
    """Return what the mail process listens with."""
    logging.getLogger("mail").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")  # the loopback has no TLS
    described = settings.system("mail")
    mailbox = Mailbox(Store(settings.folder("mail") / "messages.sqlite3", SCHEMA))
    app = application(settings, mailbox)
    handler = Postman(mailbox, app.mood)
    smtp = Controller(
        handler,
        hostname=HOST,
        port=described["smtp_port"],
        authenticator=partial(_sign_in, described["username"], described["password"]),
        auth_required=True,
        auth_require_tls=False,
        data_size_limit=LARGEST,
        enable_SMTPUTF8=True,
        ident="sandbox",
    )
    return [smtp, HttpListener(settings.port("mail"), app)]


class Postman:
    """Takes messages over SMTP; the server's mood applies when the message has been sent whole."""

    def __init__(self, mailbox: Mailbox, mood: moods.MoodFile) -> None:
        self._mailbox, self._mood = mailbox, mood

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Refuse addresses in a domain that does not exist, as a relay would."""
        if address.endswith("@khong-co.example.vn"):
            return "550 5.1.2 Khong co ten mien nay"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message."""
        return await asyncio.to_thread(moods.behave, self._mood.read(), partial(self._keep, envelope), _refuse)

    def _keep(self, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        number = self._mailbox.keep(envelope.mail_from or "", envelope.rcpt_tos, content)
        return f"250 2.0.0 OK: {number}"


def _refuse() -> str:
    return "451 4.3.2 Tam thoi khong nhan thu"


def _sign_in(
    username: str, password: str, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    given = (data.login + b"\n" + data.password) if isinstance(data, LoginPassword) else b""
    good = hmac.compare_digest(given, f"{username}\n{password}".encode())
    return AuthResult(success=good, handled=False)


def application(settings: Settings, mailbox: Mailbox) -> Application:
    """Make the page: a list, a letter, its attachments, the raw message."""
    app = Application(settings, "mail", "Hộp thư")

    @app.page("/")
    def front(request: Request) -> Answer:
        headers = mailbox.headers(request.args.get("to", ""))
        if request.args.get("format") == "json":
            return [dict(row) for row in headers]
        return app.render("inbox.html", headers=headers)

    @app.page("/messages/<int:number>")
    def letter(request: Request, number: int) -> Answer:
        found = mailbox.letter(number)
        if found is None:
            raise NotFound
        if request.args.get("format") == "json":
            return {**vars(found), "attachments": [file.name for file in found.attachments]}
        return app.render("letter.html", letter=found)

    @app.page("/messages/<int:number>.eml")
    def raw(request: Request, number: int) -> Answer:
        content = mailbox.raw(number)
        if content is None:
            raise NotFound
        return Response(content, mimetype="message/rfc822")

    @app.page("/messages/<int:number>/attachments/<int:place>")
    def attachment(request: Request, number: int, place: int) -> Answer:
        found = mailbox.letter(number)
        if found is None or place >= len(found.attachments):
            raise NotFound
        file = found.attachments[place]
        response = Response(file.content, mimetype=file.media_type)
        response.headers.set("Content-Disposition", "attachment", filename=file.name.encode("ascii", "ignore").decode())
        return response

    return app
