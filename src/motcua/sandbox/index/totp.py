"""Time-based one-time codes (RFC 6238: HMAC-SHA-1, six digits, thirty seconds), as an authenticator app shows them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct

STEP = 30
DIGITS = 6


def code(secret: str, at: float) -> str:
    """Return the code of a base32 secret at a Unix time. Raises ValueError on a bad secret."""
    padded = secret.upper().replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8)
    counter = struct.pack(">Q", int(at) // STEP)
    digest = hmac.new(base64.b32decode(padded), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    number: int = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def seconds_left(at: float) -> int:
    """Return how long the present code lasts."""
    return STEP - int(at) % STEP
