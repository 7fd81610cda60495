"""What the tests of forms share: a form with every kind of field, somebody who acts, a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from motcua.domain.forms import types
from motcua.domain.forms.tests.example import EXAMPLE
from motcua.domain.forms.types import Form
from motcua.foundation.journal import registry
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel


@pytest.fixture(scope="session")
def form() -> Form:
    return types.from_json(EXAMPLE)


@pytest.fixture
def actor() -> Actor:
    return Actor(ActorKind.PERSON, "account:1", Channel.PORTAL, "request-1")


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    kinds, subscriptions = registry.all_kinds(), registry.all_subscriptions()
    registry.load(kinds | set(types.EVENTS), subscriptions)
    yield
    if kinds:
        registry.load(kinds, subscriptions)
