"""People at the desk: whom the officer writes down, how they are reached, for whom they act.

``identity`` keeps the rows and knows no desks; the right to touch them is asked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.dossiers import access
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.types import (
    Identifier,
    Party,
    Representation,
    RepresentationKind,
    RepresentationSource,
    Sex,
)
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

NOT_AT_DESK = _("Chỉ cán bộ tiếp nhận hồ sơ mới ghi nhận người nộp hồ sơ.")
NOT_CONTACTS = _("Bạn không có quyền sửa thông tin liên hệ.")


@transaction.atomic
def register_person(
    *,
    name: str,
    birth_on: date | None,
    sex: Sex,
    identifiers: Sequence[Identifier],
    address: str,
    phone: str,
    email: str,
    source: str,
    actor: Actor,
    at: datetime,
) -> Party:
    """Write down who came to the desk. Raises NotAllowed, Invalid (also: the number is known already)."""
    _require_desk(actor, at)
    return identity.register_person(
        name=name,
        birth_on=birth_on,
        sex=sex,
        identifiers=identifiers,
        address=address,
        phone=phone,
        email=email,
        source=source,
        actor=actor,
        at=at,
    )


@transaction.atomic
def register_organisation(
    *, name: str, identifiers: Sequence[Identifier], address: str, phone: str, email: str, actor: Actor, at: datetime
) -> Party:
    """Write down an organisation for which somebody came. Raises NotAllowed, Invalid."""
    _require_desk(actor, at)
    return identity.register_organisation(
        name=name, identifiers=identifiers, address=address, phone=phone, email=email, actor=actor, at=at
    )


@transaction.atomic
def change_contact(
    *,
    party_id: UUID,
    actor: Actor,
    at: datetime,
    address: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Party:
    """Change how somebody is reached; the next notice goes there (TT21-PL2-5.7). Raises Missing, NotAllowed, Invalid."""
    on = local(at).date()
    access.require_party(party_id, actor=actor, on=on)
    if not rights.scope(actor, Capability.EDIT_CONTACTS, on):
        raise NotAllowed(NOT_CONTACTS)
    return identity.update_contact(party_id=party_id, address=address, phone=phone, email=email, actor=actor, at=at)


@transaction.atomic
def state_representation(
    *,
    person_id: UUID,
    party_id: UUID,
    kind: RepresentationKind,
    actor: Actor,
    at: datetime,
    scope: str = "",
    document_file_id: UUID | None = None,
    valid_to: date | None = None,
) -> Representation:
    """Write down that the person acts for the other, by a document the officer saw. Raises NotAllowed, Invalid."""
    _require_desk(actor, at)
    return identity.add_representation(
        person_id=person_id,
        party_id=party_id,
        kind=kind,
        source=RepresentationSource.OFFICER,
        scope=scope,
        document_file_id=document_file_id,
        valid_to=valid_to,
        actor=actor,
        at=at,
    )


def _require_desk(actor: Actor, at: datetime) -> None:
    if not access.may_serve(actor, local(at).date()):
        raise NotAllowed(NOT_AT_DESK)
