"""The room's own addresses: its tests do not load every other room's pages."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _own_addresses(settings: pytest.FixtureRequest) -> None:
    settings.ROOT_URLCONF = "motcua.channels.api.tests.urls"  # type: ignore[attr-defined]
