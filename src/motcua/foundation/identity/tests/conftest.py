"""Hashing a password costs 40 ms on purpose; tests that do not measure it use a cheap one."""

import pytest
from argon2 import PasswordHasher

from motcua.foundation.identity import passwords


@pytest.fixture(autouse=True)
def cheap_hashing(request, monkeypatch):
    if "expensive_hashing" not in request.fixturenames:
        monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._nobody.cache_clear()
    yield
    passwords._nobody.cache_clear()


@pytest.fixture
def expensive_hashing():
    """Hash as in production."""
