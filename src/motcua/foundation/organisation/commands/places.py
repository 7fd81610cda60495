"""Create departments, positions and one-stop desks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line
from motcua.foundation.organisation import finding, models, queries
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Capability, Department, Desk, Role

TO = Capability.ADMINISTER_ORGANISATION


@transaction.atomic
def create_department(*, agency_id: UUID, name: str, valid_from: date, actor: Actor, at: datetime) -> Department:
    """Create a division of an agency. Raises Invalid for a name that the agency already uses, Missing, NotAllowed."""
    agency = finding.agency(agency_id, actor=actor, at=at, to=TO)
    name = finding.required("name", name, 300)
    if agency.departments.filter(name=name, valid_to__isnull=True).exists():
        raise Invalid((FieldProblem("name", _("Cơ quan này đã có phòng, ban mang tên đó.")),))
    row = models.Department.objects.create(agency=agency, name=name, valid_from=valid_from)
    record("department.created", row.id, actor=actor, at=at, agency=agency_id, name=name)
    return queries.department(row.id)


@transaction.atomic
def create_position(
    *,
    agency_id: UUID,
    title: str,
    role: Role,
    valid_from: date,
    actor: Actor,
    at: datetime,
    department_id: UUID | None = None,
) -> UUID:
    """Create a position (chức danh) and return its id. Raises Invalid, Missing, NotAllowed."""
    agency = finding.agency(agency_id, actor=actor, at=at, to=TO)
    if department_id is not None and not agency.departments.filter(id=department_id).exists():
        raise Invalid((FieldProblem("department_id", _("Phòng, ban này không thuộc cơ quan đã chọn.")),))
    title = finding.required("title", title, 200)
    row = models.Position.objects.create(
        agency=agency, department_id=department_id, title=title, role=role, valid_from=valid_from
    )
    data = {"agency": agency_id, "department": department_id, "title": title, "role": role}
    record("position.created", row.id, actor=actor, at=at, **data)
    return row.id


@transaction.atomic
def edit_position(*, position_id: UUID, title: str, valid_to: date | None, actor: Actor, at: datetime) -> None:
    """Rename a position or give it its last day. Raises Invalid, Missing, NotAllowed."""
    row = finding.lock(models.Position, position_id, _("Không tìm thấy chức danh này."))
    finding.agency(row.agency_id, actor=actor, at=at, to=TO)
    finding.check_dates(row.valid_from, valid_to)
    before = {"title": row.title, "valid_to": str(row.valid_to)}
    row.title, row.valid_to = finding.required("title", title, 200), valid_to
    row.save(update_fields=["title", "valid_to"])
    after = {"title": row.title, "valid_to": str(valid_to)}
    record("position.edited", row.id, actor=actor, at=at, before=before, after=after)


@transaction.atomic
def open_desk(
    *,
    agency_id: UUID,
    name: str,
    address: str,
    hours: str,
    valid_from: date,
    actor: Actor,
    at: datetime,
    phone: str = "",
) -> Desk:
    """Open a one-stop desk of an agency; receipts print its address and hours. Raises Invalid, Missing, NotAllowed."""
    agency = finding.agency(agency_id, actor=actor, at=at, to=TO)
    row = models.OneStopDesk.objects.create(
        agency=agency,
        name=finding.required("name", name, 300),
        address=finding.required("address", address, 500),
        hours=finding.required("hours", hours, 300),
        phone=one_line(phone, 30),
        valid_from=valid_from,
    )
    record("desk.opened", agency.id, actor=actor, at=at, desk=row.id, name=row.name, address=row.address)
    return queries.as_desk(row)
