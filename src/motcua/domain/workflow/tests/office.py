"""A small province for tests: a desk, a land office with a department, a commune; people in their positions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.domain.workflow.types import Assignee, At
from motcua.foundation.kernel.actor import Actor, Channel, system
from motcua.foundation.kernel.clocks import VIETNAM
from motcua.foundation.organisation import commands, queries
from motcua.foundation.organisation.types import AgencyKind, HeldPosition, Role

#: A Thursday morning without holidays near.
MORNING = datetime(2026, 11, 12, 8, 0, tzinfo=VIETNAM)
SYSTEM = system("test")
LONG_AGO = date(2020, 1, 1)


def later(**by: float) -> datetime:
    return MORNING + timedelta(**by)


@dataclass
class Office:
    """Agencies and people, made through the doors of organisation."""

    serial: int = 0
    places: dict[str, At] = field(default_factory=dict)

    def __post_init__(self) -> None:
        province = self.agency("Tỉnh Mẫu", AgencyKind.PROVINCE, None)
        desk = self.agency("Trung tâm", AgencyKind.CENTRE, province)
        land = self.agency("Văn phòng đăng ký đất đai", AgencyKind.UNIT, province)
        commune = self.agency("Xã Một", AgencyKind.COMMUNE, province)
        department = commands.create_department(
            agency_id=land, name="Phòng Đăng ký", valid_from=LONG_AGO, actor=SYSTEM, at=MORNING
        )
        self.places = {"desk": At(desk), "competent": At(land, department.id), "commune": At(commune)}

    def agency(self, name: str, kind: AgencyKind, parent: UUID | None) -> UUID:
        self.serial += 1
        return commands.create_agency(
            code=f"H99.{self.serial}",
            name=name,
            kind=kind,
            parent_id=parent,
            valid_from=LONG_AGO,
            actor=SYSTEM,
            at=MORNING,
        ).id

    def hire(self, role: Role, place: str, *, in_department: bool = True) -> HeldPosition:
        """Make an officer with a position of this role at the place."""
        self.serial += 1
        where = self.places[place]
        position_id = commands.create_position(
            agency_id=where.agency_id,
            department_id=where.department_id if in_department else None,
            title=f"{role.words} {self.serial}",
            role=role,
            valid_from=LONG_AGO,
            actor=SYSTEM,
            at=MORNING,
        )
        officer = commands.create_officer(
            agency_id=where.agency_id,
            username=f"can.bo.{self.serial}",
            name=f"Cán bộ {self.serial}",
            employee_number=f"CB{self.serial}",
            actor=SYSTEM,
            at=MORNING,
        )
        commands.appoint(
            officer_id=officer.officer_id, position_id=position_id, valid_from=LONG_AGO, actor=SYSTEM, at=MORNING
        )
        return queries.positions_of(officer.officer_id, MORNING.date())[0]


def actor(held: HeldPosition) -> Actor:
    """The officer at work in this position."""
    return queries.actor_for(held.officer_id, held.position_id, Channel.DESK, "r-1", on=MORNING.date())


def named(held: HeldPosition) -> Assignee:
    return Assignee(held.officer_id, held.position_id)
