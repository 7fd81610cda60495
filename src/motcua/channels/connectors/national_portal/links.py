"""Addresses under which the portal downloads a file: the file's id and an expiry, signed, for nobody to guess.

An address is made when a message leaves, not when it is queued, so that a message that waited still leads somewhere.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.encryption import blind_index
from motcua.foundation.kernel.errors import Missing

PURPOSE: Final = "national portal file"
LIFE: Final = timedelta(days=7)
GONE: Final = _("Đường dẫn tải tệp không đúng hoặc đã hết hạn.")


def address(file_id: UUID, *, at: datetime) -> str:
    """Return the whole address, good for seven days."""
    path = reverse("national_portal:file", args=[token(file_id, until=at + LIFE)])
    return f"{settings.MOTCUA.public_url}{path}"


def token(file_id: UUID, *, until: datetime) -> str:
    """Return the id, the last second and their HMAC-SHA256, in URL-safe letters."""
    told = file_id.bytes + int(until.timestamp()).to_bytes(8)
    return base64.urlsafe_b64encode(told + _signature(told)).decode().rstrip("=")


def file_of(text: str, *, at: datetime) -> UUID:
    """Return which file the token opens. Raises Missing when it was altered or is too old."""
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Missing(GONE) from None
    told, given = raw[:24], raw[24:]
    if len(raw) != 56 or not hmac.compare_digest(given, _signature(told)):
        raise Missing(GONE)
    if at > datetime.fromtimestamp(int.from_bytes(told[16:]), UTC):
        raise Missing(GONE)
    return UUID(bytes=told[:16])


def _signature(told: bytes) -> bytes:
    return blind_index(PURPOSE, told.hex())
