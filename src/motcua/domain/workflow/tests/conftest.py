"""Fixtures of the room."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from motcua.domain.workflow import commands
from motcua.domain.workflow.tests.office import MORNING, SYSTEM, Office
from motcua.foundation.kernel.identifiers import new_id

SAMPLE = Path(__file__).parent / "data" / "land_certificate.bpmn"


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def subject() -> UUID:
    return new_id()


@pytest.fixture
def land_certificate(db: None) -> UUID:
    return commands.publish_process(key="land_certificate", bpmn=SAMPLE.read_bytes(), actor=SYSTEM, at=MORNING)
