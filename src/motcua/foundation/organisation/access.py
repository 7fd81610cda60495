"""Who may do what, where: the one place that turns rows of rights into answers.

``can`` and ``scope`` read the same rows, so that lists, counts, exports and detail pages agree. The position an
officer acts in is looked up again, never believed: a holding that ended yesterday gives nothing today.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.errors import NotAllowed
from motcua.foundation.organisation import models
from motcua.foundation.organisation.types import EVERYWHERE, NOWHERE, Area, Capability, HolderKind, Scope, ScopeKind

# An agency that was closed is reached through its successor.
REACH = """
WITH RECURSIVE reached(id) AS (
    SELECT unnest(%(roots)s::uuid[])
    UNION
    SELECT agency.id FROM organisation_agency agency JOIN reached ON (
        agency.successor_id = reached.id AND agency.valid_to < %(on)s
    ) OR (
        %(descend)s AND agency.parent_id = reached.id
        AND agency.valid_from <= %(on)s AND (agency.valid_to IS NULL OR agency.valid_to >= %(on)s)
    )
)
SELECT id FROM reached
"""


def can(
    actor: Actor,
    capability: str,
    *,
    agency_id: UUID | None = None,
    department_id: UUID | None = None,
    procedure: str | None = None,
    own: bool = False,
    on: date,
) -> bool:
    """Say whether the actor may do this to an object with these marks.

    Without ``agency_id`` the question is whether the actor may do it anywhere (is there a menu for it). ``own`` says
    that the object is the actor's own work. The system itself may everything; persons and partners nothing here:
    their rights follow from what is theirs, not from an office.
    """
    where = scope(actor, capability, on)
    if agency_id is None:
        return bool(where)
    return where.covers(agency_id=agency_id, department_id=department_id, procedure=procedure, own=own)


def require(actor: Actor, capability: Capability, *, on: date, **marks: Any) -> None:
    """Raise NotAllowed unless ``can`` says yes; ``marks`` are those of ``can``."""
    if not can(actor, capability, on=on, **marks):
        raise NotAllowed(_("Chức danh bạn đang dùng không có quyền làm việc này."), capability=str(capability))


def scope(actor: Actor, capability: str, on: date) -> Scope:
    """Return where the actor has the capability on that day; see ``Scope.condition`` for lists."""
    if actor.kind is ActorKind.SYSTEM:
        return EVERYWHERE
    holding = _acting_holding(actor, on)
    if holding is None:
        return NOWHERE
    grants = _grants(holding, on).filter(capability=Capability(capability))
    return Scope(tuple(dict.fromkeys(_area(grant, holding.position, on) for grant in grants)))


def capabilities(actor: Actor, on: date) -> frozenset[Capability]:
    """Return everything the actor may do somewhere: for menus."""
    if actor.kind is ActorKind.SYSTEM:
        return frozenset(Capability)
    holding = _acting_holding(actor, on)
    if holding is None:
        return frozenset()
    return frozenset(map(Capability, _grants(holding, on).values_list("capability", flat=True)))


def valid(on: date, prefix: str = "") -> Q:
    """Return the condition that a dated row is true on that day; inside the room only."""
    last = f"{prefix}valid_to"
    return Q(**{f"{prefix}valid_from__lte": on}) & (Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": on}))


def reach(roots: Iterable[UUID], on: date, *, descend: bool) -> frozenset[UUID]:
    """Return the agencies, those below them when ``descend``, and the closed ones they succeeded."""
    with connection.cursor() as cursor:
        cursor.execute(REACH, {"roots": list(roots), "on": on, "descend": descend})
        return frozenset(row[0] for row in cursor.fetchall())


def _acting_holding(actor: Actor, on: date) -> models.Holding | None:
    if actor.kind is not ActorKind.OFFICER or actor.officer_id is None or actor.position_id is None:
        return None
    return (
        models.Holding.objects.select_related("position")
        .filter(
            valid(on),
            valid(on, "position__"),
            valid(on, "position__agency__"),
            officer_id=actor.officer_id,
            position_id=actor.position_id,
        )
        .first()
    )


def _grants(holding: models.Holding, on: date) -> QuerySet[models.Grant]:
    groups = models.Membership.objects.filter(valid(on), officer_id=holding.officer_id).values("group_id")
    return models.Grant.objects.filter(
        valid(on),
        Q(holder_kind=HolderKind.ROLE, role=holding.position.role)
        | Q(holder_kind=HolderKind.POSITION, position_id=holding.position_id)
        | Q(holder_kind=HolderKind.GROUP, group__in=groups)
        | Q(holder_kind=HolderKind.OFFICER, officer_id=holding.officer_id),
    )


def _area(grant: models.Grant, position: models.Position, on: date) -> Area:
    root = grant.agency_id or position.agency_id
    is_own = grant.scope == ScopeKind.OWN
    departments = None
    if grant.department_id:
        departments = frozenset({grant.department_id})
    elif grant.scope == ScopeKind.DEPARTMENT and position.department_id and root == position.agency_id:
        departments = frozenset({position.department_id})
    return Area(
        # One's own work may lie in another agency's dossier (an opinion that was asked for).
        agencies=None
        if is_own and not grant.agency_id
        else reach([root], on, descend=grant.scope == ScopeKind.SUBTREE),
        departments=departments,
        procedures=frozenset(grant.procedures) if grant.procedures is not None else None,
        own_only=is_own,
    )
