"""A small CSC service that fails when it is told to; the protocol's own words, nothing of motcua."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa, utils
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

SHA256_RSA = "1.2.840.113549.1.1.11"
KEY = rsa.generate_private_key(65537, 2048)


@dataclass
class Service:
    """``mood`` is a method that fails, with how: ``{"signatures/signHash": "lost"}``."""

    url: str = ""
    mood: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)
    activations: dict[str, str] = field(default_factory=dict)
    certificate: bytes = b""

    def answer(self, environ: dict[str, Any], start: Any) -> Any:
        request = Request(environ)
        method = request.path.removeprefix("/csc/v1/").strip("/")
        mood = self.mood.get(method, "")
        if mood == "down":
            return Response("<html>502</html>", 502)(environ, start)
        if mood == "nonsense":
            return Response("not json", 200)(environ, start)
        response = self.token(request) if method == "oauth2/token" else self.method(method, request)
        if mood == "lost":
            self.mood.pop(method)
            return Response("", 504)(environ, start)
        return response(environ, start)

    def token(self, request: Request) -> Response:
        basic = request.authorization
        if not basic or (basic.username, basic.password) != ("motcua", "secret"):
            return refuse("invalid_client", 401)
        token = f"token-{len(self.tokens)}"
        self.tokens = {token}
        return said({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def method(self, name: str, request: Request) -> Response:
        body = json.loads(request.get_data())
        self.asked.append((name, body))
        if name != "info" and request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return refuse("invalid_token", 401)
        return getattr(self, name.replace("/", "_"))(body)

    def info(self, _body: dict[str, Any]) -> Response:
        methods = ["credentials/authorize", "signatures/signHash"]
        return said({"name": "Dịch vụ thử", "specs": "1.0.4.0", "methods": methods})

    def credentials_list(self, body: dict[str, Any]) -> Response:
        first = not body.get("pageToken")
        return said({"credentialIDs": ["a"], "nextPageToken": "1"} if first else {"credentialIDs": ["b"]})

    def credentials_info(self, _body: dict[str, Any]) -> Response:
        return said(
            {
                "key": {"status": "enabled", "algo": [SHA256_RSA], "len": 2048},
                "cert": {"status": "valid", "certificates": [base64.b64encode(self.certificate).decode()] * 2},
                "authMode": "explicit",
                "PIN": {"presence": "true"},
                "OTP": {"presence": "true"},
            }
        )

    def credentials_sendOTP(self, _body: dict[str, Any]) -> Response:  # noqa: N802
        return Response(status=204)

    def credentials_authorize(self, body: dict[str, Any]) -> Response:
        if body.get("PIN") != "123456":
            return refuse("invalid_pin")
        if body.get("OTP") != "654321":
            return refuse("invalid_otp")
        activation = f"sad-{len(self.asked)}"
        self.activations[activation] = body["hash"][0]
        return said({"SAD": activation, "expiresIn": 60})

    def signatures_signHash(self, body: dict[str, Any]) -> Response:  # noqa: N802
        if self.activations.pop(body["SAD"], None) != body["hash"][0]:
            return refuse("invalid_request", description="SAD đã dùng")
        digest = base64.b64decode(body["hash"][0])
        signature = KEY.sign(digest, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
        return said({"signatures": [base64.b64encode(signature).decode()]})


def said(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")


def refuse(error: str, status: int = 400, description: str = "") -> Response:
    return said({"error": error, "error_description": description}, status)


@contextmanager
def running() -> Iterator[Service]:
    service = Service()
    server = make_server("127.0.0.1", 0, service.answer, threaded=True)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
