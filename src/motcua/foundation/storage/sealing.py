"""The format of files at rest, version 1.

Header: ``MC`` ‖ version byte 1 ‖ length of the wrapped key (2 bytes) ‖ wrapped data key. Then chunks of 64 KiB of plain
bytes, each AES-256-GCM under the file's own data key; the nonce holds the chunk's number and whether it is the last,
so that chunks cannot be reordered, dropped or cut off. A range is read by opening only its chunks; rotating
master keys re-wraps headers only.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from motcua.foundation.kernel.encryption import decrypt, encrypt

MAGIC = b"MC\x01"
CHUNK = 64 * 1024
TAG = 16
PURPOSE = "file key"


def seal(plain: BinaryIO, object_key: str) -> Iterator[bytes]:
    """Yield the sealed form of the plain stream, header first."""
    key = secrets.token_bytes(32)
    wrapped = encrypt(PURPOSE, key, bound_to=object_key.encode())
    yield MAGIC + len(wrapped).to_bytes(2) + wrapped
    cipher, number, chunk = AESGCM(key), 0, plain.read(CHUNK)
    while True:
        following = plain.read(CHUNK)
        yield cipher.encrypt(_nonce(number, last=not following), chunk, object_key.encode())
        if not following:
            return
        number, chunk = number + 1, following


def open_sealed(
    sealed: BinaryIO, object_key: str, *, size: int, start: int = 0, end: int | None = None
) -> Iterator[bytes]:
    """Yield plain bytes from ``start`` up to (not including) ``end``.

    Raises ValueError for another format, cryptography's InvalidTag for any alteration.
    """
    if sealed.read(3) != MAGIC:
        raise ValueError("not a sealed file of version 1")
    length = int.from_bytes(sealed.read(2))
    cipher = AESGCM(decrypt(PURPOSE, sealed.read(length), bound_to=object_key.encode()))
    end = size if end is None else min(end, size)
    header, count = 5 + length, max(1, -(-size // CHUNK))
    number = start // CHUNK
    sealed.seek(header + number * (CHUNK + TAG))
    while number < count and number * CHUNK < max(end, 1):
        plain = cipher.decrypt(_nonce(number, last=number == count - 1), sealed.read(CHUNK + TAG), object_key.encode())
        yield plain[max(0, start - number * CHUNK) : end - number * CHUNK]
        number += 1


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + (b"\x01" if last else b"\x00")
