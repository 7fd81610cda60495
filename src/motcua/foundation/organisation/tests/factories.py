"""A small province for tests."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from motcua.foundation.kernel import actor as actors
from motcua.foundation.kernel.actor import Actor, Channel
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation import commands, queries
from motcua.foundation.organisation.types import Agency, AgencyKind, Role

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
TODAY = local(AT).date()
SINCE = date(2025, 7, 1)
_serial = itertools.count(1)


def system() -> Actor:
    return actors.system("tests")


def agency(parent: Agency | None = None, kind: AgencyKind = AgencyKind.COMMUNE, name: str = "") -> Agency:
    number = next(_serial)
    code = f"{parent.code}.{number:02d}" if parent else f"H{number:02d}"
    return commands.create_agency(
        code=code,
        name=name or f"Cơ quan {number}",
        kind=kind,
        parent_id=parent.id if parent else None,
        valid_from=SINCE,
        actor=system(),
        at=AT,
    )


def department(of: Agency, name: str = "") -> UUID:
    name = name or f"Phòng {next(_serial)}"
    return commands.create_department(agency_id=of.id, name=name, valid_from=SINCE, actor=system(), at=AT).id


def position(of: Agency, role: Role, department_id: UUID | None = None, title: str = "") -> UUID:
    return commands.create_position(
        agency_id=of.id,
        title=title or role.words,
        role=role,
        department_id=department_id,
        valid_from=SINCE,
        actor=system(),
        at=AT,
    )


def officer(of: Agency, name: str = "Nguyễn Văn A", **more: str) -> UUID:
    number = next(_serial)
    return commands.create_officer(
        agency_id=of.id,
        username=more.pop("username", f"canbo{number}"),
        name=name,
        employee_number=f"CB{number:05d}",
        actor=system(),
        at=AT,
        **more,
    ).officer_id


def appoint(officer_id: UUID, position_id: UUID, valid_from: date = SINCE, valid_to: date | None = None) -> None:
    commands.appoint(
        officer_id=officer_id, position_id=position_id, valid_from=valid_from, valid_to=valid_to, actor=system(), at=AT
    )


def acting(officer_id: UUID, position_id: UUID) -> Actor:
    return queries.actor_for(officer_id, position_id, Channel.DESK, str(new_id()), on=TODAY)


def somebody(of: Agency, role: Role, department_id: UUID | None = None, name: str = "Nguyễn Văn A") -> Actor:
    """An officer in a position of this role, acting."""
    place = position(of, role, department_id)
    who = officer(of, name)
    appoint(who, place)
    return acting(who, place)


YESTERDAY = TODAY - timedelta(days=1)
TOMORROW = TODAY + timedelta(days=1)
