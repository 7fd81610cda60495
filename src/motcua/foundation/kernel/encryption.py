"""Encryption under the installation's keys (AES-256-GCM) and blind indexes for exact search (HMAC-SHA256).

Keys live in a key file outside the database and outside the repository (``MOTCUA_KEYS_FILE``). Every purpose has
its own key, derived by HKDF from the master key named in the value's first bytes, so that keys can be rotated
by adding a master key and re-encrypting at leisure.
Format: version byte 1 ‖ key id (1 byte) ‖ nonce (12) ‖ ciphertext and tag.
"""

from __future__ import annotations

import base64
import hmac
import json
import os
import secrets
from functools import cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = 1


def create_keys(path: Path) -> None:
    """Write a new key file that only its owner can read; an existing one is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"current": 1, "master": {"1": base64.b64encode(secrets.token_bytes(32)).decode()}}
    content["index"] = base64.b64encode(secrets.token_bytes(32)).decode()
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)


def encrypt(purpose: str, plain: bytes, *, bound_to: bytes) -> bytes:
    """Return the plaintext sealed for this purpose and this place; ``bound_to`` must be given again to open it."""
    key_id = int(_keys()["current"])
    nonce = os.urandom(12)
    return bytes([VERSION, key_id]) + nonce + AESGCM(_key(key_id, purpose)).encrypt(nonce, plain, bound_to)


def decrypt(purpose: str, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Open what ``encrypt`` sealed. Raises ValueError for another version, InvalidTag for any alteration."""
    if sealed[0] != VERSION:
        raise ValueError("unknown version of encryption")
    return AESGCM(_key(sealed[1], purpose)).decrypt(sealed[2:14], sealed[14:], bound_to)


def blind_index(purpose: str, text: str) -> bytes:
    """Return 32 bytes by which the same text is found again without being readable."""
    key = base64.b64decode(_keys()["index"])
    return hmac.new(key, f"{purpose}\x1f{text}".encode(), sha256).digest()


@cache
def _keys() -> dict[str, str]:
    loaded: dict[str, str] = json.loads(Path(settings.MOTCUA.keys_file).read_text())
    return loaded


@cache
def _key(key_id: int, purpose: str) -> bytes:
    master = base64.b64decode(_keys()["master"][str(key_id)])  # type: ignore[index]
    return HKDF(SHA256(), 32, salt=None, info=f"motcua/{purpose}".encode()).derive(master)
