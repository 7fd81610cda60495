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
from motcua.foundation.identity import queries as people
from motcua.foundation.identity.types import (
    Identifier,
    IdentifierKind,
    Party,
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
def represent(
    *,
    person_id: UUID,
    kind: RepresentationKind,
    name: str,
    number: str,
    actor: Actor,
    at: datetime,
    scope: str = "",
    document_file_id: UUID | None = None,
    valid_to: date | None = None,
) -> UUID:
    """Write down for whom the person acts, by a document the officer saw; returns the represented party's id.

    ``number`` is the personal number of a person, or the tax code of an organisation: who has it is found, otherwise
    written down under ``name``. Raises NotAllowed, Invalid.
    """
    _require_desk(actor, at)
    party = _found_or_written(name, number, kind, actor, at)
    identity.add_representation(
        person_id=person_id,
        party_id=party.id,
        kind=kind,
        source=RepresentationSource.OFFICER,
        scope=scope,
        document_file_id=document_file_id,
        valid_to=valid_to,
        actor=actor,
        at=at,
    )
    return party.id


def _found_or_written(name: str, number: str, kind: RepresentationKind, actor: Actor, at: datetime) -> Party:
    digits = "".join(char for char in number if char.isdigit())
    is_person = kind is not RepresentationKind.LEGAL_REPRESENTATIVE and len(digits) not in (10, 13)
    of_kind = IdentifierKind.PERSONAL_NUMBER if is_person else IdentifierKind.TAX_CODE
    numbers = (Identifier(of_kind, number),) if number.strip() else ()
    found = people.find_party(numbers[0]) if numbers else None
    if found is not None:
        return found
    register = identity.register_person if is_person else identity.register_organisation
    return register(name=name, identifiers=numbers, source="officer", actor=actor, at=at)


def _require_desk(actor: Actor, at: datetime) -> None:
    if not access.may_serve(actor, local(at).date()):
        raise NotAllowed(NOT_AT_DESK)
