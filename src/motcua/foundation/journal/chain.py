"""The arithmetic of the chain: canonical bytes and digests. No database, no clock.

Event digest = SHA-256(version byte ‖ canonical header), the header in RFC 8785 JSON, with the payload's digest and the
previous event's digest inside. Payload digest = SHA-256(32-byte salt ‖ payload bytes). ``docs/mechanisms/journal.md``
describes the format for those who write a verifier of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import rfc8785

VERSION = b"\x01"
NO_PREVIOUS = bytes(32)
HEADER_FIELDS = (
    "subject_kind",
    "subject_id",
    "seq",
    "kind",
    "actor_kind",
    "principal",
    "channel",
    "request_id",
    "account_id",
    "party_id",
    "acting_for_id",
    "officer_id",
    "position_id",
    "agency_id",
    "department_id",
    "happened_at",
    "recorded_at",
)


def moment(at: datetime) -> str:
    """Return a moment as the header writes it: UTC, microseconds, ``2026-11-21T03:04:05.000006Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def header_bytes(header: Mapping[str, Any], payload_digest: bytes, previous: bytes) -> bytes:
    """Return the canonical header; ids as text, absent ones as null."""
    plain: dict[str, Any] = {}
    for name in HEADER_FIELDS:
        value = header[name]
        plain[name] = moment(value) if isinstance(value, datetime) else str(value) if isinstance(value, UUID) else value
    plain["payload_digest"] = payload_digest.hex()
    plain["previous"] = previous.hex()
    return rfc8785.dumps(plain)


def event_digest(header: Mapping[str, Any], payload_digest: bytes, previous: bytes) -> bytes:
    """Return the digest that the next event will carry."""
    return sha256(VERSION + header_bytes(header, payload_digest, previous)).digest()


def payload_digest(salt: bytes, body: bytes) -> bytes:
    """Return the salted digest; once salt and body are destroyed nobody can guess the body from it."""
    return sha256(salt + body).digest()


def leaf(subject_id: UUID, seq: int, digest: bytes) -> bytes:
    """Return the leaf of a chain's head in a seal."""
    return sha256(b"\x00" + subject_id.bytes + seq.to_bytes(8) + digest).digest()


def levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the Merkle tree level by level, leaves first; an odd node moves up unchanged."""
    tree = [list(leaves)]
    while len(tree[-1]) > 1:
        below = tree[-1]
        pairs = [sha256(b"\x01" + a + b).digest() for a, b in zip(below[::2], below[1::2], strict=False)]
        tree.append(pairs + ([below[-1]] if len(below) % 2 else []))
    return tree


def path(tree: Sequence[Sequence[bytes]], position: int) -> list[tuple[str, bytes]]:
    """Return the inclusion path of a leaf: (side of the neighbour, neighbour), from the leaf up."""
    steps: list[tuple[str, bytes]] = []
    for level in tree[:-1]:
        neighbour = position ^ 1
        if neighbour < len(level):
            steps.append(("left" if neighbour < position else "right", level[neighbour]))
        position //= 2
    return steps


def root(tree_top: bytes, previous_root: bytes, *, number: int, count: int, sealed_at: datetime) -> bytes:
    """Return the seal's root: number, moment, how many leaves, the tree and the root of the seal before it."""
    said = number.to_bytes(8) + count.to_bytes(8) + moment(sealed_at).encode()
    return sha256(b"\x02" + previous_root + tree_top + said).digest()
