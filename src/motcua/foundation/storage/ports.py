"""What storage needs from the world: an antivirus."""

from __future__ import annotations

from typing import BinaryIO, Protocol


class Scanner(Protocol):
    """An antivirus engine."""

    name: str

    def scan(self, stream: BinaryIO) -> str:
        """Return the name of what was found, empty when nothing. Raises kernel.errors.Unavailable."""
        ...


_scanner: Scanner | None = None


def register_scanner(scanner: Scanner | None) -> None:
    """Wiring names the engine; None when the installation has none (doctor says so)."""
    global _scanner
    _scanner = scanner


def scanner() -> Scanner | None:
    """Return the engine, if there is one."""
    return _scanner
