"""Calls from a simulated system to the product: server to server, JSON, signed, never through a proxy."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

TIMEOUT: Final = 20.0
_OPENER: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Outcome:
    """What became of a call: the HTTP status (0 when nobody answered) and the answer's text."""

    status: int
    text: str

    @property
    def accepted(self) -> bool:
        return 200 <= self.status < 300


def signature(secret: str, timestamp: str, message_id: str, body: bytes) -> str:
    """Return ``sha256=<hex>``: HMAC-SHA256 over timestamp, message id and body, each ended by a line feed but the last."""
    signed = f"{timestamp}\n{message_id}\n".encode() + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def post_json(url: str, data: Any, headers: Mapping[str, str] | None = None) -> Outcome:
    """Send JSON and wait for the answer; an unreachable product is an outcome, not an error."""
    return post(url, json.dumps(data, ensure_ascii=False).encode(), headers or {})


def post_signed(url: str, data: Any, *, secret: str, message_id: str) -> Outcome:
    """Send JSON with the sandbox's three headers: X-Sandbox-Timestamp, X-Sandbox-Message-Id, X-Sandbox-Signature."""
    body = json.dumps(data, ensure_ascii=False).encode()
    timestamp = str(int(time.time()))
    headers = {
        "X-Sandbox-Timestamp": timestamp,
        "X-Sandbox-Message-Id": message_id,
        "X-Sandbox-Signature": signature(secret, timestamp, message_id, body),
    }
    return post(url, body, headers)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
    """Send bytes as application/json."""
    head = {"Content-Type": "application/json; charset=utf-8", **headers}
    request = urllib.request.Request(url, data=body, headers=head, method="POST")  # noqa: S310 - http(s) of our own file
    try:
        with _OPENER.open(request, timeout=TIMEOUT) as response:
            return Outcome(response.status, response.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as problem:
        return Outcome(problem.code, problem.read().decode("utf-8", "replace"))
    except OSError as problem:
        return Outcome(0, str(problem))
