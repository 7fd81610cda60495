"""The province every test starts with."""

import pytest

from motcua.domain.catalog.policy import POLICY
from motcua.domain.dossiers.tests.province import Province, build
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing

__all__ = ["cheap_hashing", "expensive_hashing"]


@pytest.fixture
def province(db: None) -> Province:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    yield build()
    POLICY.checked_grounds_only = before
