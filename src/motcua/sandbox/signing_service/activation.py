"""What the service hands out for a short time: access tokens for clients, activation data (SAD) for credentials."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass, replace
from typing import Final

TOKEN_LIFE: Final = 3600
SAD_LIFE: Final = 300


@dataclass(frozen=True)
class Activation:
    """The right to make some signatures with one credential, perhaps only over given digests."""

    credential_id: str
    left: int
    hashes: frozenset[str] | None
    expires_at: float


class Desk:
    """Tokens and activations, in memory: a restart of the service forgets them, and clients sign in again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokens: dict[str, float] = {}
        self._activations: dict[str, Activation] = {}

    def give_token(self) -> str:
        """Return a new access token."""
        token = secrets.token_urlsafe(32)
        with self._lock:
            now = time.monotonic()
            self._tokens = {key: end for key, end in self._tokens.items() if end > now}
            self._tokens[token] = now + TOKEN_LIFE
        return token

    def knows_token(self, token: str) -> bool:
        return self._tokens.get(token, 0.0) > time.monotonic()

    def take_token_back(self, token: str) -> None:
        with self._lock:
            self._tokens.pop(token, None)

    def activate(self, credential_id: str, count: int, hashes: frozenset[str] | None) -> str:
        """Return activation data for so many signatures."""
        sad = secrets.token_urlsafe(48)
        with self._lock:
            now = time.monotonic()
            self._activations = {key: item for key, item in self._activations.items() if item.expires_at > now}
            self._activations[sad] = Activation(credential_id, count, hashes, now + SAD_LIFE)
        return sad

    def spend(self, sad: str, credential_id: str, hashes: list[str]) -> str:
        """Use an activation up by these signatures. Returns what is wrong, or nothing."""
        with self._lock:
            found = self._activations.get(sad)
            if found is None or found.expires_at <= time.monotonic() or found.credential_id != credential_id:
                return "SAD không đúng hoặc đã hết hạn"
            if len(hashes) > found.left:
                return "Số chữ ký vượt quá số đã cho phép"
            if found.hashes is not None and not found.hashes.issuperset(hashes):
                return "hash không nằm trong các hash đã được cho phép"
            self._activations[sad] = replace(found, left=found.left - len(hashes))
            if found.left == len(hashes):
                del self._activations[sad]
        return ""

    def extend(self, sad: str, credential_id: str, hashes: frozenset[str] | None) -> str | None:
        """Exchange an activation for a fresh one with the rest of its signatures; None when it is not good."""
        with self._lock:
            found = self._activations.pop(sad, None)
        if found is None or found.expires_at <= time.monotonic() or found.credential_id != credential_id:
            return None
        pinned = hashes if found.hashes is not None else None
        return self.activate(credential_id, found.left, pinned)
