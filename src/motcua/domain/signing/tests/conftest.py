"""One certification authority for all tests of the room; its revocations are undone after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.domain.signing import fields
from motcua.domain.signing.tests import pki as authority
from motcua.domain.signing.tests import world
from motcua.domain.signing.types import Purpose


@pytest.fixture(scope="session")
def running_pki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[authority.Pki]:
    with authority.running(tmp_path_factory.mktemp("pki")) as pki:
        yield pki


@pytest.fixture
def pki(running_pki: authority.Pki) -> Iterator[authority.Pki]:
    running_pki.calls.clear()
    yield running_pki
    running_pki.down.clear()
    for label in authority.PEOPLE:
        running_pki.restore(label)


@pytest.fixture(scope="session")
def by_person(running_pki: authority.Pki) -> bytes:
    """A result that its person has signed."""
    return world.sign(running_pki, world.prepared(), "person", "person", Purpose.PERSON)


@pytest.fixture(scope="session")
def numbered(by_person: bytes) -> bytes:
    """The same, with number and date."""
    return fields.fill(by_person, world.NUMBER_AND_DATE)


@pytest.fixture(scope="session")
def sealed(running_pki: authority.Pki, numbered: bytes) -> bytes:
    """The same, with the agency's seal: a finished result."""
    return world.sign(running_pki, numbered, "agency", "agency", Purpose.AGENCY)
