"""The front page of the sandbox and the page with the officers' one-time codes."""

from __future__ import annotations

import json
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.wrappers import Request

from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.web import Answer, Application, answer_json
from motcua.sandbox.index import totp
from motcua.sandbox.people import ACCOUNTS

SYSTEMS: Final = (
    ("identity_provider", "Đăng nhập VNeID và Cổng Dịch vụ công quốc gia", "OpenID Connect: chọn một công dân mẫu"),
    ("population", "Cơ sở dữ liệu quốc gia về dân cư", "Xác thực thông tin công dân"),
    ("national_portal", "Cổng Dịch vụ công quốc gia", "Hồ sơ và tiến độ đã nhận, chuyển người dân sang, đẩy hồ sơ"),
    ("payment_gateway", "Nền tảng thanh toán (PayPlat)", "Giao dịch, trang thanh toán, biên lai"),
    ("signing_service", "Dịch vụ ký số từ xa (CSC)", "Chứng thư của cán bộ và con dấu cơ quan, PIN và OTP"),
    ("pki", "Tổ chức chứng thực (PKI)", "Chứng thư gốc, OCSP, CRL, dấu thời gian"),
    ("mail", "Hộp thư điện tử", "Mọi thư đã gửi ra"),
    ("sms", "Tin nhắn SMS", "Mọi tin nhắn đã gửi ra"),
)


@dataclass(frozen=True)
class OfficerCode:
    """An officer's way in at this moment."""

    name: str
    username: str
    position: str
    agency: str
    password: str
    code: str


def build(settings: Settings) -> list[Listener]:
    """Return what the index process listens with."""
    return [HttpListener(settings.port("index"), application(settings))]


def application(settings: Settings) -> Application:
    """Make the index application."""
    app = Application(settings, "index", "Thế giới mô phỏng")

    @app.page("/")
    def front(request: Request) -> Answer:
        systems = [
            {"url": settings.system(name)["url"], "title": title, "words": words, "up": _answers(settings, name)}
            for name, title, words in SYSTEMS
        ]
        return app.render("index.html", systems=systems, people=ACCOUNTS)

    @app.page("/can-bo")
    @app.page("/officers")
    def officers(request: Request) -> Answer:
        now = time.time()
        found = officer_codes(settings.state / "officers.json", now)
        if request.args.get("format") == "json":
            return [vars(officer) for officer in found]
        return app.render("officers.html", officers=found, left=totp.seconds_left(now))

    @app.page("/status")
    def status(request: Request) -> Answer:
        up = {name: _answers(settings, name) for name, _, _ in SYSTEMS}
        return answer_json({"ok": all(up.values()), "servers": up}, 200 if all(up.values()) else 503)

    return app


def officer_codes(path: Path, at: float) -> list[OfficerCode]:
    """Read the officers that the sample wrote and compute their codes; no file yet means nobody."""
    if not path.exists():
        return []
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return [
        OfficerCode(
            name=item["name"],
            username=item["username"],
            position=item.get("position", ""),
            agency=item.get("agency", ""),
            password=item.get("password", ""),
            code=totp.code(item["totp_secret"], at),
        )
        for item in found
    ]


def _answers(settings: Settings, name: str) -> bool:
    address = urlsplit(settings.system(name)["url"])
    with socket.socket() as probe:
        probe.settimeout(0.3)
        return probe.connect_ex((str(address.hostname), address.port or 80)) == 0
