"""What can be asked about the organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import AccountState
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.text import search_key
from motcua.foundation.organisation import models
from motcua.foundation.organisation.access import reach, valid
from motcua.foundation.organisation.types import (
    Agency,
    AgencyKind,
    Capability,
    Department,
    Desk,
    GrantRow,
    HeldPosition,
    HolderKind,
    Officer,
    OfficerRow,
    PositionRow,
    Role,
    Scope,
    ScopeKind,
    SigningForm,
)

OFFICERS_AT_ONCE = 1000


def agency(agency_id: UUID) -> Agency:
    """Return the agency, closed or not. Raises Missing."""
    return _one_agency(Q(id=agency_id))


def agency_by_code(code: str) -> Agency:
    """Return the agency with this code of QĐ 20/2020. Raises Missing."""
    return _one_agency(Q(code=code.strip().upper()))


def agencies(agency_ids: Iterable[UUID]) -> dict[UUID, Agency]:
    """Return the agencies that exist among these."""
    return {row.id: _as_agency(row) for row in models.Agency.objects.filter(id__in=set(agency_ids))}


def subtree(agency_id: UUID, on: date) -> list[Agency]:
    """Return the agency and everything below it on that day, parents before children, in Vietnamese order."""
    below = reach([agency_id], on, descend=True)
    rows = models.Agency.objects.filter(valid(on), id__in=below).order_by("sort_key")
    children: dict[UUID | None, list[models.Agency]] = defaultdict(list)
    for row in rows:
        children[None if row.id == agency_id else row.parent_id].append(row)
    ordered: list[Agency] = []
    waiting = list(reversed(children[None]))
    while waiting:
        row = waiting.pop()
        ordered.append(_as_agency(row))
        waiting += reversed(children[row.id])
    return ordered


def tree() -> list[tuple[int, Agency]]:
    """Return every agency that ever was with its depth, parents before children, in Vietnamese order."""
    children: dict[UUID | None, list[models.Agency]] = defaultdict(list)
    for row in models.Agency.objects.order_by("sort_key"):
        children[row.parent_id].append(row)
    ordered: list[tuple[int, Agency]] = []
    waiting = [(0, row) for row in reversed(children[None])]
    while waiting:
        depth, row = waiting.pop()
        ordered.append((depth, _as_agency(row)))
        waiting += [(depth + 1, child) for child in reversed(children[row.id])]
    return ordered


def root(on: date) -> Agency:
    """Return the agency at the top of the installation. Raises Missing before there is one."""
    row = models.Agency.objects.filter(valid(on), parent__isnull=True).order_by("valid_from").first()
    if row is None:
        raise Missing(_("Hệ thống chưa có cơ quan nào."))
    return _as_agency(row)


def departments(agency_id: UUID, on: date) -> list[Department]:
    """Return the agency's departments on that day."""
    rows = models.Department.objects.filter(valid(on), agency_id=agency_id).order_by("name")
    return [Department(row.id, row.agency_id, row.name) for row in rows]


def department(department_id: UUID) -> Department:
    """Return one department, closed or not. Raises Missing."""
    row = models.Department.objects.filter(id=department_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy phòng, ban này."))
    return Department(row.id, row.agency_id, row.name)


def officer(officer_id: UUID) -> Officer:
    """Return the officer. Raises Missing."""
    return _one_officer(Q(id=officer_id))


def officers(officer_ids: Iterable[UUID]) -> dict[UUID, Officer]:
    """Return the officers that exist among these."""
    found = _as_officers(models.Officer.objects.filter(id__in=set(officer_ids)))
    return {each.id: each for each in found}


def officer_of_account(account_id: UUID) -> Officer:
    """Return who signs in with this account. Raises Missing."""
    return _one_officer(Q(account_id=account_id))


def positions_of(officer_id: UUID, on: date) -> list[HeldPosition]:
    """Return the positions that the officer holds on that day, the first held first."""
    return _held(on, [officer_id])[officer_id]


def holders(
    role: Role | None = None,
    agency_id: UUID | None = None,
    department_id: UUID | None = None,
    *,
    on: date,
    position_id: UUID | None = None,
) -> list[HeldPosition]:
    """Return who plays the role there on that day; officers whose account is locked are left out."""
    rows = _holdings(on).exclude(officer__account_id__in=identity.account_ids(state=AccountState.LOCKED))
    if role is not None:
        rows = rows.filter(position__role=role)
    if agency_id is not None:
        rows = rows.filter(position__agency_id=agency_id)
    if department_id is not None:
        rows = rows.filter(position__department_id=department_id)
    if position_id is not None:
        rows = rows.filter(position_id=position_id)
    return [_as_held(row) for row in rows.order_by("officer__sort_key", "position__title")]


def actor_for(officer_id: UUID, position_id: UUID | None, channel: Channel, request_id: str, *, on: date) -> Actor:
    """Return the officer as an actor in one of their positions; without a position nothing is allowed.

    Raises Missing when there is no such officer, or they do not hold the position on that day.
    """
    found = models.Officer.objects.filter(id=officer_id).first()
    holding = None
    if position_id is not None:
        holding = _holdings(on).filter(officer_id=officer_id, position_id=position_id).first()
        if holding is None:
            raise Missing(_("Bạn không giữ chức danh này."))
    return _as_actor(found, holding, channel, request_id)


def actor_of_account(
    account_id: UUID, position_id: UUID | None, channel: Channel, request_id: str, *, on: date
) -> Actor:
    """Return the account's officer as an actor; a position that is not held any more falls away. Raises Missing."""
    found = models.Officer.objects.filter(account_id=account_id).first()
    held = _holdings(on).filter(officer__account_id=account_id, position_id=position_id) if position_id else None
    return _as_actor(found, held.first() if held is not None else None, channel, request_id)


def search_officers(
    *,
    on: date,
    within: UUID | None = None,
    text: str = "",
    agency_id: UUID | None = None,
    state: AccountState | None = None,
    scope: Scope | None = None,
    limit: int = OFFICERS_AT_ONCE,
) -> list[OfficerRow]:
    """Return officers for the list and its export, in Vietnamese order (TT11-1.2a).

    ``within`` keeps to an agency and everything below it, ``scope`` to those whom the asking officer may see;
    ``text`` finds by name without marks, user name or employee number.
    """
    rows = models.Officer.objects.select_related("agency")
    if scope is not None:
        rows = rows.filter(scope.condition(agency="agency_id"))
    if within is not None:
        rows = rows.filter(agency_id__in=reach([within], on, descend=True))
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    if state is not None:
        rows = rows.filter(account_id__in=identity.account_ids(state=state))
    if key := search_key(text):
        by_username = Q(account_id__in=identity.account_ids(username_contains=key))
        rows = rows.filter(Q(name_key__contains=key) | by_username | Q(employee_number__iexact=text.strip()))
    found = list(rows.order_by("sort_key", "employee_number")[:limit])
    persons = {each.id: each for each in _as_officers(found)}
    held = _held(on, [row.id for row in found])
    groups = _group_names(on, [row.id for row in found])
    return [OfficerRow(persons[row.id], row.agency.name, tuple(held[row.id]), tuple(groups[row.id])) for row in found]


def positions_at(agency_id: UUID, on: date) -> list[PositionRow]:
    """Return the agency's positions, ended ones too, by department and title, with who holds each on that day."""
    held: dict[UUID, list[HeldPosition]] = defaultdict(list)
    for holding in _holdings(on).filter(position__agency_id=agency_id).order_by("officer__sort_key"):
        held[holding.position_id].append(_as_held(holding))
    rows = models.Position.objects.select_related("department").filter(agency_id=agency_id)
    return [
        PositionRow(
            id=row.id,
            title=row.title,
            role=Role(row.role),
            department_id=row.department_id,
            department_name=row.department.name if row.department else "",
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            holders=tuple(held[row.id]),
        )
        for row in rows.order_by("department__name", "title", "valid_from")
    ]


def grants(on: date) -> list[GrantRow]:
    """Return the rights in force on that day, those of roles first."""
    related = ("position", "group", "officer", "agency", "department")
    rows = models.Grant.objects.select_related(*related).filter(valid(on))
    order = {kind.value: place for place, kind in enumerate(HolderKind)}
    found = sorted(rows, key=lambda row: (order[row.holder_kind], row.role, row.capability))
    return [_as_grant(row) for row in found]


def groups(agency_id: UUID) -> dict[UUID, str]:
    """Return the agency's groups: id and name."""
    return dict(models.Group.objects.filter(agency_id=agency_id).order_by("name").values_list("id", "name"))


def desks(on: date, agency_id: UUID | None = None) -> list[Desk]:
    """Return the one-stop desks that are open on that day."""
    rows = models.OneStopDesk.objects.select_related("agency").filter(valid(on))
    if agency_id is not None:
        rows = rows.filter(agency_id=agency_id)
    return [as_desk(row) for row in rows.order_by("agency__sort_key", "name")]


def as_desk(row: models.OneStopDesk) -> Desk:
    """Return the row as a value; inside the room only."""
    return Desk(row.id, row.agency_id, row.agency.name, row.name, row.address, row.hours, row.phone)


def _as_actor(
    officer_row: models.Officer | None, holding: models.Holding | None, channel: Channel, request_id: str
) -> Actor:
    if officer_row is None:
        raise Missing(_("Không tìm thấy cán bộ này."))
    position = holding.position if holding else None
    return Actor(
        kind=ActorKind.OFFICER,
        principal=f"account:{officer_row.account_id}",
        channel=channel,
        request_id=request_id,
        account_id=officer_row.account_id,
        officer_id=officer_row.id,
        position_id=position.id if position else None,
        agency_id=position.agency_id if position else None,
        department_id=position.department_id if position else None,
    )


def _one_agency(condition: Q) -> Agency:
    row = models.Agency.objects.filter(condition).first()
    if row is None:
        raise Missing(_("Không tìm thấy cơ quan này."))
    return _as_agency(row)


def _one_officer(condition: Q) -> Officer:
    found = _as_officers(models.Officer.objects.filter(condition))
    if not found:
        raise Missing(_("Không tìm thấy cán bộ này."))
    return found[0]


def _holdings(on: date) -> QuerySet[models.Holding]:
    related = ("officer", "position__agency", "position__department")
    return models.Holding.objects.select_related(*related).filter(
        valid(on), valid(on, "position__"), valid(on, "position__agency__")
    )


def _held(on: date, officer_ids: Iterable[UUID]) -> dict[UUID, list[HeldPosition]]:
    held: dict[UUID, list[HeldPosition]] = defaultdict(list)
    for row in _holdings(on).filter(officer_id__in=list(officer_ids)).order_by("valid_from", "position__title"):
        held[row.officer_id].append(_as_held(row))
    return held


def _group_names(on: date, officer_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    names: dict[UUID, list[str]] = defaultdict(list)
    rows = models.Membership.objects.filter(valid(on), officer_id__in=list(officer_ids)).order_by("group__name")
    for officer_id, name in rows.values_list("officer_id", "group__name"):
        names[officer_id].append(name)
    return names


def _as_agency(row: models.Agency) -> Agency:
    return Agency(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=AgencyKind(row.kind),
        parent_id=row.parent_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor_id=row.successor_id,
        address=row.address,
        phone=row.phone,
    )


def _as_officers(rows: Iterable[models.Officer]) -> list[Officer]:
    found = list(rows)
    accounts = identity.accounts(row.account_id for row in found)
    return [
        Officer(
            id=row.id,
            account_id=row.account_id,
            agency_id=row.agency_id,
            username=account.username,
            name=row.name,
            employee_number=row.employee_number,
            phone=row.phone,
            email=row.email,
            state=account.state,
        )
        for row, account in zip(found, accounts, strict=True)
    ]


def _as_grant(row: models.Grant) -> GrantRow:
    holder = (
        row.position.title if row.position else row.group.name if row.group else row.officer.name if row.officer else ""
    )
    return GrantRow(
        id=row.id,
        holder_kind=HolderKind(row.holder_kind),
        holder=row.role or holder,
        capability=Capability(row.capability),
        scope=ScopeKind(row.scope),
        agency_name=row.agency.name if row.agency else "",
        department_name=row.department.name if row.department else "",
        procedures=tuple(row.procedures) if row.procedures is not None else None,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _as_held(row: models.Holding) -> HeldPosition:
    position = row.position
    return HeldPosition(
        position_id=position.id,
        officer_id=row.officer_id,
        officer_name=row.officer.name,
        title=position.title,
        role=Role(position.role),
        agency_id=position.agency_id,
        agency_name=position.agency.name,
        department_id=position.department_id,
        department_name=position.department.name if position.department else "",
        signing_form=SigningForm(row.signing_form),
        delegation=row.delegation,
        until=row.valid_to,
    )
