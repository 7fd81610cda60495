"""Groups of officers that share rights (TT11-1.2b)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.organisation import access, finding, models
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Capability

TO = Capability.ADMINISTER_ACCOUNTS


@transaction.atomic
def create_group(*, agency_id: UUID, name: str, actor: Actor, at: datetime) -> UUID:
    """Create a group of an agency and return its id. Raises Invalid, Missing, NotAllowed."""
    agency = finding.agency(agency_id, actor=actor, at=at, to=TO)
    name = finding.required("name", name, 200)
    if agency.groups.filter(name=name).exists():
        raise Invalid((FieldProblem("name", _("Cơ quan này đã có nhóm mang tên đó.")),))
    row = models.Group.objects.create(agency=agency, name=name)
    record("group.created", row.id, actor=actor, at=at, agency=agency_id, name=name)
    return row.id


@transaction.atomic
def join_group(
    *, group_id: UUID, officer_id: UUID, valid_from: date, actor: Actor, at: datetime, valid_to: date | None = None
) -> None:
    """Put the officer into the group; they have its rights from that day. Raises Invalid, Missing, NotAllowed."""
    group = _group(group_id, actor=actor, at=at)
    officer = finding.officer(officer_id, actor=actor, at=at)
    finding.check_dates(valid_from, valid_to)
    if group.memberships.filter(officer=officer, valid_to__isnull=True).exists():
        raise Invalid((FieldProblem("officer_id", _("Cán bộ này đã ở trong nhóm.")),))
    models.Membership.objects.create(group=group, officer=officer, valid_from=valid_from, valid_to=valid_to)
    record("group.joined", group.id, actor=actor, at=at, officer=officer_id, name=group.name)


@transaction.atomic
def leave_group(*, group_id: UUID, officer_id: UUID, last_day: date, actor: Actor, at: datetime) -> None:
    """Take the officer out of the group after this last day. Raises Missing, NotAllowed."""
    group = _group(group_id, actor=actor, at=at)
    membership = group.memberships.filter(access.valid(last_day), officer_id=officer_id).first()
    if membership is None:
        raise Missing(_("Cán bộ này không ở trong nhóm vào ngày đã chọn."))
    membership.valid_to = last_day
    membership.save(update_fields=["valid_to"])
    record("group.left", group.id, actor=actor, at=at, officer=officer_id, last_day=last_day)


def _group(group_id: UUID, *, actor: Actor, at: datetime) -> models.Group:
    group = finding.lock(models.Group, group_id, _("Không tìm thấy nhóm này."))
    finding.agency(group.agency_id, actor=actor, at=at, to=TO)
    return group
