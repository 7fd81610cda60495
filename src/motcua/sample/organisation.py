"""Creates the sample province's agencies, desks and officers (``offices``) through the commands, like anybody's.

Passwords and code secrets are drawn per installation and written to the file the caller names, never kept in the
repository.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import totp
from motcua.foundation.kernel import actor as actors
from motcua.foundation.kernel.actor import Actor, Channel
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.identifiers import new_secret
from motcua.foundation.organisation import commands, queries
from motcua.foundation.organisation.types import Role
from motcua.sample.offices import AGENCIES, OFFICERS, PROVINCE, OfficerSeed, Post

SINCE = date(2025, 7, 1)
PASSWORD_LENGTH = 16
HOURS = "Thứ Hai đến thứ Sáu, 07:00–11:30 và 13:30–17:00"
DOMAIN = "tinhmau.example.vn"


@dataclass(frozen=True, slots=True)
class SampleOrganisation:
    """What exists afterwards: ids by agency code, by user name, and positions by (user name, agency code, role)."""

    agencies: Mapping[str, UUID]
    officers: Mapping[str, UUID]
    positions: Mapping[tuple[str, str, Role], UUID] = field(default_factory=dict)

    def actor(self, username: str, role: Role, *, channel: Channel, request_id: str, on: date) -> Actor:
        """Return this officer acting in the first of their positions with this role. Raises Missing."""
        for (name, _agency, held), position_id in self.positions.items():
            if (name, held) == (username, role):
                return queries.actor_for(self.officers[username], position_id, channel, request_id, on=on)
        raise Missing(f"{username} không giữ vai trò {role}")


@transaction.atomic
def create_organisation(*, accounts_file: Path, at: datetime) -> SampleOrganisation:
    """Create everything, activate the accounts and write them to ``accounts_file`` (readable by its owner alone).

    The file is a JSON list of ``name``, ``username``, ``position``, ``agency``, ``password``, ``totp_secret``. When the
    province exists already nothing is created and the file stays as it is. ``at`` is the moment of creation.
    """
    actor = actors.system("sample")
    try:
        queries.agency_by_code(PROVINCE)
    except Missing:
        _create_agencies(actor, at)
        password = new_secret(PASSWORD_LENGTH)
        accounts = [_create_officer(number, seed, password, actor, at) for number, seed in enumerate(OFFICERS, 1)]
        _write_private(accounts_file, accounts)
    return find_organisation(on=local(at).date())


def find_organisation(*, on: date) -> SampleOrganisation:
    """Return the sample's ids. Raises Missing when it was not created."""
    agencies = {seed.code: queries.agency_by_code(seed.code).id for seed in AGENCIES}
    codes = {agency_id: code for code, agency_id in agencies.items()}
    officers: dict[str, UUID] = {}
    positions: dict[tuple[str, str, Role], UUID] = {}
    for row in queries.search_officers(on=on, within=agencies[PROVINCE]):
        officers[row.officer.username] = row.officer.id
        for held in row.positions:
            positions[row.officer.username, codes[held.agency_id], held.role] = held.position_id
    return SampleOrganisation(agencies, officers, positions)


def _create_agencies(actor: Actor, at: datetime) -> None:
    for seed in AGENCIES:
        parent = queries.agency_by_code(seed.parent).id if seed.parent else None
        made = commands.create_agency(
            code=seed.code,
            name=seed.name,
            kind=seed.kind,
            parent_id=parent,
            valid_from=SINCE,
            address=seed.address,
            phone=seed.phone,
            actor=actor,
            at=at,
        )
        for name in seed.departments:
            commands.create_department(agency_id=made.id, name=name, valid_from=SINCE, actor=actor, at=at)
        if seed.desk:
            commands.open_desk(
                agency_id=made.id,
                name=f"Bộ phận Một cửa – {seed.name}",
                address=seed.address,
                hours=HOURS,
                phone=seed.phone,
                valid_from=SINCE,
                actor=actor,
                at=at,
            )


def _create_officer(number: int, seed: OfficerSeed, password: str, actor: Actor, at: datetime) -> dict[str, str]:
    home = queries.agency_by_code(seed.posts[0].agency)
    new = commands.create_officer(
        agency_id=home.id,
        username=seed.username,
        name=seed.name,
        employee_number=f"TM{number:04d}",
        phone=f"02998{number:06d}",
        email=f"{seed.username}@{DOMAIN}",
        actor=actor,
        at=at,
    )
    for post in seed.posts:
        _appoint(new.officer_id, post, actor, at)
    secret = _activate(new.invitation.secret, password, actor, at)
    return {
        "name": seed.name,
        "username": seed.username,
        "position": "; ".join(post.title for post in seed.posts),
        "agency": home.name,
        "password": password,
        "totp_secret": secret,
    }


def _appoint(officer_id: UUID, post: Post, actor: Actor, at: datetime) -> None:
    agency = queries.agency_by_code(post.agency)
    departments = {found.name: found.id for found in queries.departments(agency.id, local(at).date())}
    position_id = commands.create_position(
        agency_id=agency.id,
        department_id=departments[post.department] if post.department else None,
        title=post.title,
        role=post.role,
        valid_from=SINCE,
        actor=actor,
        at=at,
    )
    commands.appoint(
        officer_id=officer_id,
        position_id=position_id,
        valid_from=SINCE,
        signing_form=post.signing_form,
        delegation=post.delegation,
        actor=actor,
        at=at,
    )


def _activate(invitation: str, password: str, actor: Actor, at: datetime) -> str:
    """Do what an officer does at the first sign-in; return the secret for the code application."""
    enrolment = identity.begin_activation(secret=invitation, installation="Tỉnh Mẫu", at=at)
    code = totp.code_at(enrolment.secret, at)
    identity.activate_account(secret=invitation, password=password, code=code, actor=actor, at=at)
    return enrolment.secret


def _write_private(path: Path, accounts: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(path.suffix + ".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=2)
    draft.replace(path)
