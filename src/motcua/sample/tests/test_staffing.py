"""Every step of every process finds somebody, whatever the case and wherever the dossier was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.policy import POLICY
from motcua.domain.dossiers import places
from motcua.domain.workflow import assignment
from motcua.domain.workflow import queries as processes
from motcua.domain.workflow.linter import NOBODYS
from motcua.foundation.identity import passwords
from motcua.foundation.kernel.actor import Channel, system
from motcua.foundation.organisation import access, queries
from motcua.foundation.organisation.types import Capability, Role
from motcua.sample import offices, organisation, procedures
from motcua.sample.organisation import SampleOrganisation

AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ON = AT.date()
EFFECTS = {
    "ask_opinion",
    "ask_supplement",
    "draft_refusal",
    "draft_result",
    "give_opinion",
    "issue_on_paper",
    "number",
    "record_inspection",
    "return",
    "seal",
    "sign",
}


@pytest.fixture
def made(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SampleOrganisation:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(POLICY, "checked_grounds_only", False)
    return organisation.create_organisation(accounts_file=tmp_path / "officers.json", at=AT)


def test_every_step_finds_somebody_who_holds_what_it_asks_for(made: SampleOrganisation) -> None:
    editions = procedures.publish_all(agency_id=lambda code: made.agencies[code], actor=system("sample"), at=AT)
    looked_at = 0
    for edition_id in editions.values():
        edition = catalog.edition(edition_id)
        graph = processes.graph(edition.process_version_id)
        for desk in edition.procedure.agency_ids:
            for commune in (offices.DONG_XANH, offices.TRUNG_TAM, offices.NUI_CAO):
                found = places.resolve(edition, {"parcel_commune": commune}, desk, ON)
                for node in graph.steps:
                    assert node.step is not None
                    if node.step.kind in NOBODYS:
                        continue
                    who = assignment.offered(node.step.who.role, found[node.step.who.place], ON)
                    assert not who.fell_back, (edition.procedure.code, node.key, commune)
                    looked_at += 1
    assert looked_at > 50


def test_effects_are_those_that_the_desk_knows(made: SampleOrganisation) -> None:
    editions = procedures.publish_all(agency_id=lambda code: made.agencies[code], actor=system("sample"), at=AT)
    used = set(_effects(editions.values()))
    assert used == EFFECTS


def test_dossiers_are_handed_in_where_somebody_receives(made: SampleOrganisation) -> None:
    editions = procedures.publish_all(agency_id=lambda code: made.agencies[code], actor=system("sample"), at=AT)
    for edition_id in editions.values():
        for desk in catalog.edition(edition_id).procedure.agency_ids:
            assert queries.holders(Role.DESK_OFFICER, agency_id=desk, on=ON)
            assert queries.desks(ON, agency_id=desk)


def test_the_branch_signs_with_its_own_people(made: SampleOrganisation) -> None:
    branch = made.agencies[offices.LAND_BRANCH]
    for role in (Role.HEAD, Role.APPRAISER, Role.LEADER, Role.CLERK):
        assert queries.holders(role, agency_id=branch, on=ON), role
    leader = made.actor("kieu.anh", Role.LEADER, channel=Channel.DESK, request_id="r", on=ON)
    assert access.can(leader, Capability.SIGN, agency_id=branch, on=ON)


def _effects(edition_ids: object) -> Iterator[str]:
    for edition_id in edition_ids:  # type: ignore[attr-defined]
        for node in processes.graph(catalog.edition(edition_id).process_version_id).steps:
            yield from (action.effect for action in node.step.actions if action.effect)
