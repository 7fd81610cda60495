"""How an officer's secrets are stored and found; inside the room only."""

from __future__ import annotations

import re
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models
from motcua.foundation.identity.types import AccountKind
from motcua.foundation.kernel.encryption import blind_index, decrypt, encrypt
from motcua.foundation.kernel.errors import Missing

TOTP_PURPOSE = "identity.totp"


def lock_officer_account(account_id: UUID) -> models.Account:
    """Return the officer's account, locked. Raises Missing."""
    account = models.Account.objects.select_for_update().filter(id=account_id, kind=AccountKind.OFFICER).first()
    if account is None:
        raise Missing(_("Không tìm thấy tài khoản này."))
    return account


def seal_totp(secret: str, account_id: UUID) -> bytes:
    """Return the code secret encrypted for this account."""
    return encrypt(TOTP_PURPOSE, secret.encode(), bound_to=account_id.bytes)


def open_totp(sealed: bytes | memoryview | None, account_id: UUID) -> str:
    """Return the code secret in Base32, or an empty text when there is none."""
    return decrypt(TOTP_PURPOSE, bytes(sealed), bound_to=account_id.bytes).decode() if sealed else ""


def activation_index(secret: str) -> bytes:
    """Return what is kept of an invitation's secret; dashes and spaces typed between do not matter."""
    return blind_index("identity.activation", _letters(secret))


def recovery_index(account_id: UUID, code: str) -> bytes:
    """Return what is kept of a recovery code."""
    return blind_index("identity.recovery", f"{account_id}:{_letters(code)}")


def name_index(username: str) -> bytes:
    """Return the key under which attempts on a user name are counted."""
    return blind_index("identity.attempts", f"account:{username.strip().lower()}")


def address_index(address: str) -> bytes:
    """Return the key under which attempts from an address are counted."""
    return blind_index("identity.attempts", f"address:{address}")


def _letters(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())
