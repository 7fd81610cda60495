"""How an outside system is reached: one adapter a system, registered by wiring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from motcua.foundation.exchange.types import Delivered, Outgoing


class Later(Exception):
    """The message may be taken if it is sent again; ``seconds`` overrides the usual pause."""

    def __init__(self, why: str, *, seconds: int | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Refused(Exception):
    """The other side will never take this message as it is: somebody must look."""


class Adapter(Protocol):
    """The way to one outside system."""

    def deliver(self, message: Outgoing) -> Delivered:
        """Send one message. Raises Later or Refused."""
        ...


class Answerer(Protocol):
    """A system that answers a synchronous question."""

    def __call__(self, **question: Any) -> Any:
        """Answer. Raises kernel.errors.Unavailable."""
        ...


_adapters: dict[str, Adapter] = {}
_answerers: dict[tuple[str, str], Answerer] = {}


def register(adapters: Mapping[str, Adapter], answerers: Mapping[tuple[str, str], Answerer] | None = None) -> None:
    """Name the adapters by system and the answerers by (system, question); what was named before is forgotten."""
    _adapters.clear()
    _adapters.update(adapters)
    _answerers.clear()
    _answerers.update(answerers or {})


def adapter(system: str) -> Adapter | None:
    """Return the system's adapter, None when the installation does not have the system."""
    return _adapters.get(system)


def answerer(system: str, question: str) -> Answerer | None:
    """Return who answers this question, None when nobody does."""
    return _answerers.get((system, question))


def systems() -> tuple[str, ...]:
    """Return the registered systems."""
    return tuple(_adapters)
