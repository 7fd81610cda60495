"""Calls that other systems sign with a shared secret: HMAC-SHA256 over time stamp, message id and body."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from hashlib import sha256

FRESH_FOR = 300  # seconds


def is_genuine(headers: Mapping[str, str], body: bytes, secret: str) -> bool:
    """Say whether the call was signed under the secret within the last five minutes."""
    stamp, message_id = headers.get("X-Sandbox-Timestamp", ""), headers.get("X-Sandbox-Message-Id", "")
    given = headers.get("X-Sandbox-Signature", "")
    if not stamp.isdigit() or abs(time.time() - int(stamp)) > FRESH_FOR or not message_id:
        return False
    wanted = hmac.new(secret.encode(), f"{stamp}\n{message_id}\n".encode() + body, sha256).hexdigest()
    return hmac.compare_digest(f"sha256={wanted}", given)
