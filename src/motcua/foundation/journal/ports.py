"""What the journal needs from the world: a time stamp from somebody else's clock."""

from __future__ import annotations

from typing import Protocol


class TimeStamper(Protocol):
    """A time-stamping authority (RFC 3161)."""

    def stamp(self, digest: bytes) -> bytes:
        """Return the DER token over this SHA-256 digest. Raises kernel.errors.Unavailable."""
        ...


_stamper: TimeStamper | None = None


def register_time_stamper(stamper: TimeStamper | None) -> None:
    """Wiring names the authority; None when the installation has none."""
    global _stamper
    _stamper = stamper


def time_stamper() -> TimeStamper | None:
    """Return the authority, if there is one."""
    return _stamper
