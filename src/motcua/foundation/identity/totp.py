"""Time-based one-time codes (RFC 6238: SHA-1, 30 seconds, 6 digits, what every code application speaks)."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

PERIOD = 30  # seconds
DIGITS = 6
SECRET_BYTES = 20
DRIFT = 1  # steps before and after that are accepted: clocks of telephones differ


def new_secret() -> str:
    """Return a random secret of 160 bits in Base32, as code applications take it."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()


def step_at(at: datetime) -> int:
    """Return the number of the 30-second step that holds the moment."""
    return int(at.timestamp()) // PERIOD


def code_at(secret: str, at: datetime) -> str:
    """Return the six digits that a code application shows at this moment."""
    return _code(secret, step_at(at))


def matching_step(secret: str, code: str, at: datetime, *, after: int) -> int | None:
    """Return the step whose code was given, or None.

    Only steps later than ``after`` count: a code that was used once, or an older one, is never right again
    (RFC 6238 §5.2).
    """
    now = step_at(at)
    candidates = range(max(now - DRIFT, after + 1), now + DRIFT + 1)
    matches = [step for step in candidates if hmac.compare_digest(_code(secret, step), code)]
    return matches[0] if matches else None


def uri(secret: str, *, username: str, issuer: str) -> str:
    """Return the ``otpauth://`` address that a QR shows to the code application."""
    label = quote(f"{issuer}:{username}", safe="")
    query = urlencode({"secret": secret, "issuer": issuer, "digits": DIGITS, "period": PERIOD})
    return f"otpauth://totp/{label}?{query}"


def _code(secret: str, step: int) -> str:
    key = base64.b32decode(secret)
    return HOTP(key, DIGITS, SHA1()).generate(step).decode()  # noqa: S303 – RFC 6238 names SHA-1
