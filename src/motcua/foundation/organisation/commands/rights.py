"""Grant a right and take it back (TT11-1.2c: by group, by person, by position)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.organisation import access, finding, models
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Capability, HolderKind, Role, ScopeKind

TO = Capability.ADMINISTER_ORGANISATION


@transaction.atomic
def grant(
    *,
    holder_kind: HolderKind,
    holder: Role | UUID,
    capability: Capability,
    scope: ScopeKind,
    valid_from: date,
    actor: Actor,
    at: datetime,
    agency_id: UUID | None = None,
    department_id: UUID | None = None,
    procedures: Iterable[str] | None = None,
    valid_to: date | None = None,
) -> UUID:
    """Grant the capability to a role, a position, a group or an officer and return the right's id.

    ``agency_id`` and ``department_id`` say where; without them it is where the acting position stands.
    ``procedures`` (codes) narrows it. The actor must administer the organisation both where the holder belongs and
    where the right reaches; a right of a role belongs to the whole installation. Raises Invalid, Missing, NotAllowed.
    """
    finding.check_dates(valid_from, valid_to)
    _check_place(scope, agency_id, department_id)
    row = models.Grant(
        holder_kind=holder_kind,
        capability=capability,
        scope=scope,
        agency_id=agency_id,
        department_id=department_id,
        procedures=sorted(set(procedures)) if procedures is not None else None,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    home = _hold(row, holder)
    _require(row, home, actor=actor, at=at)
    row.save(force_insert=True)
    record("right.granted", home, actor=actor, at=at, **_words(row, holder))
    return row.id


@transaction.atomic
def revoke(*, grant_id: UUID, last_day: date, actor: Actor, at: datetime) -> None:
    """End the right after this last day (yesterday: at once). Raises Missing, NotAllowed."""
    row = finding.lock(models.Grant, grant_id, _("Không tìm thấy quyền này."))
    home = _home(row)
    _require(row, home, actor=actor, at=at)
    row.valid_to = max(last_day, row.valid_from) if last_day >= row.valid_from else None
    if row.valid_to is None:  # it never came into force
        row.delete()
    else:
        row.save(update_fields=["valid_to"])
    record("right.revoked", home, actor=actor, at=at, right=grant_id, last_day=last_day)


def _hold(row: models.Grant, holder: Role | UUID) -> UUID:
    """Write the holder into the row and return the agency to which the holder belongs."""
    if row.holder_kind == HolderKind.ROLE:
        row.role = Role(str(holder))
    elif row.holder_kind == HolderKind.POSITION:
        row.position = models.Position.objects.filter(id=holder).first()
    elif row.holder_kind == HolderKind.GROUP:
        row.group = models.Group.objects.filter(id=holder).first()
    else:
        row.officer = models.Officer.objects.filter(id=holder).first()
    return _home(row)


def _home(row: models.Grant) -> UUID:
    if row.holder_kind == HolderKind.ROLE:
        root = models.Agency.objects.filter(parent__isnull=True).order_by("valid_from").first()
        if root is None:
            raise Missing(_("Hãy tạo cơ quan cao nhất trước."))
        return row.agency_id or root.id
    found = row.position or row.group or row.officer
    if found is None:
        raise Missing(_("Không tìm thấy nơi nhận quyền."))
    return found.agency_id


def _require(row: models.Grant, home: UUID, *, actor: Actor, at: datetime) -> None:
    for agency_id in {home, row.agency_id or home}:
        access.require(actor, TO, agency_id=agency_id, on=local(at).date())


def _check_place(scope: ScopeKind, agency_id: UUID | None, department_id: UUID | None) -> None:
    if department_id is None:
        if scope is ScopeKind.DEPARTMENT and agency_id is not None:
            raise Invalid((FieldProblem("department_id", _("Hãy chọn phòng, ban của cơ quan đó.")),))
        return
    department = models.Department.objects.filter(id=department_id).first()
    if scope is not ScopeKind.DEPARTMENT or department is None or department.agency_id != agency_id:
        raise Invalid((FieldProblem("department_id", _("Phòng, ban này không thuộc cơ quan đã chọn.")),))


def _words(row: models.Grant, holder: Role | UUID) -> dict[str, object]:
    return {
        "right": row.id,
        "holder_kind": str(row.holder_kind),
        "holder": str(holder),
        "capability": str(row.capability),
        "scope": str(row.scope),
        "agency": row.agency_id,
        "department": row.department_id,
        "procedures": row.procedures,
        "valid_to": row.valid_to,
    }
