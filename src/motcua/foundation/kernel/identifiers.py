"""Opaque keys and secrets."""

import secrets
from uuid import UUID

import uuid_utils

# No 0/O, 1/I/L, and no vowels: a secret read aloud is never misheard as a word.
HUMAN_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """Return a fresh UUIDv7. Nothing orders by it: order inside a subject is the journal's ``seq``."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def new_secret(length: int) -> str:
    """Return a random secret that people can read out and type (log2(28) ≈ 4.8 bits a letter)."""
    return "".join(secrets.choice(HUMAN_ALPHABET) for _ in range(length))
