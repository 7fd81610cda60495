"""Known event kinds and their subscribers; filled once by wiring, read by every ``record``."""

from __future__ import annotations

from collections.abc import Iterable

from motcua.foundation.journal.types import Subscription


class RegistryNotLoaded(RuntimeError):
    """Wiring has not filled the registry: an event recorded now would reach nobody."""


class UnknownKind(RuntimeError):
    """No room declares this kind of event."""


_kinds: frozenset[str] = frozenset()
_subscriptions: dict[str, Subscription] = {}
_by_kind: dict[str, tuple[Subscription, ...]] = {}


def load(kinds: Iterable[str], subscriptions: Iterable[Subscription]) -> None:
    """Fill the registry. Raises UnknownKind for a subscription to a kind that nobody records."""
    global _kinds, _subscriptions, _by_kind
    _kinds = frozenset(kinds)
    _subscriptions = {subscription.handler: subscription for subscription in subscriptions}
    for subscription in _subscriptions.values():
        if unknown := set(subscription.kinds) - _kinds:
            raise UnknownKind(f"{subscription.handler} waits for {', '.join(sorted(unknown))}")
    _by_kind = {kind: tuple(s for s in _subscriptions.values() if kind in s.kinds) for kind in _kinds}


def subscribers(kind: str) -> tuple[Subscription, ...]:
    """Return who wants this kind. Raises RegistryNotLoaded or UnknownKind."""
    if not _kinds:
        raise RegistryNotLoaded("wiring.connect() has not run")
    if kind not in _kinds:
        raise UnknownKind(kind)
    return _by_kind[kind]


def subscription(handler: str) -> Subscription | None:
    """Return the subscription of this handler, None when it has left the code."""
    return _subscriptions.get(handler)


def all_subscriptions() -> tuple[Subscription, ...]:
    """Return every subscription, for ``replay`` and the cockpit."""
    return tuple(_subscriptions.values())


def all_kinds() -> frozenset[str]:
    """Return every declared kind."""
    return _kinds
