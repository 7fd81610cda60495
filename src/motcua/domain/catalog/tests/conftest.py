"""A small procedure, invented: dog registration, with two cases, a fee, an exemption, two steps."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from motcua.domain.catalog import commands, types
from motcua.domain.catalog.policy import POLICY
from motcua.domain.catalog.tests.example import EDITION, FORM, PROCESS
from motcua.domain.catalog.types import AgencyLevel, SubjectKind
from motcua.domain.forms import commands as forms
from motcua.domain.forms import types as form_types
from motcua.domain.workflow import commands as workflow
from motcua.domain.workflow import types as workflow_types
from motcua.foundation.journal import registry
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.identifiers import new_id


@pytest.fixture
def actor() -> Actor:
    return Actor(ActorKind.OFFICER, "account:1", Channel.STUDIO, "request-1")


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    kinds, subscriptions = registry.all_kinds(), registry.all_subscriptions()
    registry.load(kinds | {*types.EVENTS, *form_types.EVENTS, *workflow_types.EVENTS}, subscriptions)
    yield
    if kinds:
        registry.load(kinds, subscriptions)


@pytest.fixture(autouse=True)
def _not_production() -> Iterator[None]:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    yield
    POLICY.checked_grounds_only = before


@dataclass
class Registry:
    """The invented procedure, registered, with its form and process published."""

    actor: Actor
    at: datetime
    agency_id: UUID
    form: UUID
    process: UUID

    def publish(self, form: UUID | None = None, **changes: Any) -> UUID:
        return commands.publish_edition(
            content=deepcopy(EDITION) | changes,
            form_version_id=form or self.form,
            process_version_id=self.process,
            actor=self.actor,
            at=self.at,
        )

    def register(self, code: str, name: str, *, subjects: tuple[SubjectKind, ...], field: str = "TY") -> UUID:
        return commands.register_procedure(
            code=code, name=name, field=field, topics=["thu-nuoi"], agency_level=AgencyLevel.COMMUNE,
            subjects=subjects, agency_ids=[self.agency_id], actor=self.actor, at=self.at,
        )  # fmt: skip


@pytest.fixture
def registry_(db: None, actor: Actor, at: datetime) -> Registry:
    commands.name_field(code="TY", name="Thú y", actor=actor, at=at)
    commands.name_topic(code="thu-nuoi", name="Thú nuôi", actor=actor, at=at)
    commands.state_ground(act="Luật Thú y 79/2015/QH13", valid_from=date(2016, 7, 1), actor=actor, at=at)
    commands.state_ground(act="Nghị quyết 1/2026/NQ-HĐND", article="Điều 2", actor=actor, at=at)
    found = Registry(
        actor,
        at,
        new_id(),
        forms.publish_form(key="dog", content=FORM, actor=actor, at=at),
        workflow.publish_process(key="dog", bpmn=PROCESS, actor=actor, at=at),
    )
    found.register("9.000001", "Đăng ký nuôi chó", subjects=(SubjectKind.CITIZEN,))
    return found
