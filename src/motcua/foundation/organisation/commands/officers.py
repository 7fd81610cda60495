"""Create, edit, lock and unlock officers and their accounts (TT11-1.2a)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.types import Invitation
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line, search_key, sort_key
from motcua.foundation.organisation import finding, models, queries
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Capability, NewOfficer, Officer


@transaction.atomic
def create_officer(
    *,
    agency_id: UUID,
    username: str,
    name: str,
    employee_number: str,
    actor: Actor,
    at: datetime,
    phone: str = "",
    email: str = "",
) -> NewOfficer:
    """Create an officer with an account that cannot sign in until its owner activates it.

    Returns the invitation, to be handed over in person; it is shown once. Raises Invalid, Missing, NotAllowed.
    """
    agency = finding.agency(agency_id, actor=actor, at=at, to=Capability.ADMINISTER_ACCOUNTS)
    name = finding.required("name", name, 200)
    employee_number = finding.required("employee_number", employee_number, 30)
    if models.Officer.objects.filter(employee_number=employee_number).exists():
        raise Invalid((FieldProblem("employee_number", _("Số hiệu cán bộ này đã được dùng.")),))
    invitation = identity.create_officer_account(username=username, actor=actor, at=at)
    row = models.Officer.objects.create(
        account_id=invitation.account_id,
        agency=agency,
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name)[:500],
        employee_number=employee_number,
        phone=one_line(phone, 30),
        email=one_line(email, 254),
        created_at=at,
    )
    data = {"agency": agency_id, "name": name, "username": invitation.username}
    record("officer.created", row.id, actor=actor, at=at, **data)
    return NewOfficer(row.id, invitation)


@transaction.atomic
def edit_officer(*, officer_id: UUID, name: str, phone: str, email: str, actor: Actor, at: datetime) -> Officer:
    """Change an officer's name and how to reach them. Raises Invalid, Missing, NotAllowed."""
    row = finding.officer(officer_id, actor=actor, at=at)
    before = {"name": row.name, "phone": row.phone, "email": row.email}
    row.name = finding.required("name", name, 200)
    row.name_key, row.sort_key = search_key(row.name), sort_key(row.name)[:500]
    row.phone, row.email = one_line(phone, 30), one_line(email, 254)
    row.save()
    after = {"name": row.name, "phone": row.phone, "email": row.email}
    record("officer.edited", row.id, actor=actor, at=at, before=before, after=after)
    return queries.officer(row.id)


@transaction.atomic
def invite_officer_again(*, officer_id: UUID, reason: str, actor: Actor, at: datetime) -> Invitation:
    """Give an officer who lost telephone or password a new invitation; the old secrets end at once."""
    row = finding.officer(officer_id, actor=actor, at=at)
    reason = finding.required("reason", reason, 300)
    invitation = identity.invite_again(account_id=row.account_id, reason=reason, actor=actor, at=at)
    record("officer.invited_again", row.id, actor=actor, at=at, reason=reason)
    return invitation


@transaction.atomic
def lock_officer(*, officer_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Lock the officer's account; running sessions end at once. Raises Missing, NotAllowed, WrongState, Invalid."""
    row = finding.officer(officer_id, actor=actor, at=at)
    reason = finding.required("reason", reason, 300)
    identity.lock_account(account_id=row.account_id, reason=reason, actor=actor, at=at)
    record("officer.locked", row.id, actor=actor, at=at, reason=reason)


@transaction.atomic
def unlock_officer(*, officer_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Unlock the account, or end its wait after wrong attempts. Raises Missing, NotAllowed, Invalid."""
    row = finding.officer(officer_id, actor=actor, at=at)
    reason = finding.required("reason", reason, 300)
    identity.unlock_account(account_id=row.account_id, reason=reason, actor=actor, at=at)
    record("officer.unlocked", row.id, actor=actor, at=at, reason=reason)
