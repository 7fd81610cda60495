"""Send one SMS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from motcua.foundation.exchange.ports import Later, Refused
from motcua.foundation.exchange.types import Delivered, Outgoing


class SmsGateway:
    """An exchange adapter: bearer token, JSON ``{to, text, sender, reference, callback_url}`` → 202 ``{message_id}``."""

    def __init__(self, found: Mapping[str, Any], *, http: httpx.Client | None = None) -> None:
        self._found = found
        self._http = http or httpx.Client(timeout=15.0, trust_env=False)

    def deliver(self, message: Outgoing) -> Delivered:
        """Send; ``reference`` is our message id, so that a repeat is recognised. Raises Later or Refused."""
        body = {
            "to": message.body["to"],
            "text": message.body["text"],
            "sender": str(self._found.get("sender", "")),
            "reference": str(message.id),
            "callback_url": str(self._found.get("report_url", "")),
        }
        try:
            answer = self._http.post(
                str(self._found["endpoint"]), json=body, headers={"Authorization": f"Bearer {self._found['token']}"}
            )
        except httpx.HTTPError as problem:
            raise Later(f"{type(problem).__name__}: {problem}") from None
        if answer.status_code >= 500 or answer.status_code == 429:
            raise Later(f"HTTP {answer.status_code}")
        if answer.status_code >= 400:
            raise Refused(f"HTTP {answer.status_code}: {answer.text[:300]}")
        return Delivered(str(answer.json().get("message_id", "")))
