"""What is known of owner and submitter, under the names by which forms ask for it (``person.full_name`` …).

Where a database or the identity provider answered, its name is the source; else it is what the party's own record
says. ``person`` is the owner when a person owns the dossier, otherwise who submits it; ``organisation`` is the owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_noop

from motcua.domain.forms.knowing import KnownValue
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import IdentifierKind, Party, PartyKind, Sex

# Name in forms → attribute that a database may have answered.
PERSON = {
    "full_name": "name",
    "birth_on": "birth_on",
    "sex": "sex",
    "phone": "phone",
    "email": "email",
    "address": "permanent_address",
}
ORGANISATION = {
    "name": "name",
    "address": "head_office",
    "phone": "phone",
    "email": "email",
    "registered_on": "registered_on",
}


def known_for(owner_id: UUID, submitter_id: UUID) -> dict[str, KnownValue]:
    """Return name → value with its source; what nobody knows is absent."""
    owner = identity.party(owner_id)
    person = owner if owner.kind is PartyKind.PERSON else identity.party(submitter_id)
    found = {f"person.{name}": value for name, value in _person(person).items()}
    if owner.kind is PartyKind.ORGANISATION:
        found |= {f"organisation.{name}": value for name, value in _organisation(owner).items()}
    return found


def _person(party: Party) -> dict[str, KnownValue]:
    values: dict[str, Any] = {
        "full_name": party.name,
        "birth_on": party.birth_on,
        "sex": party.sex.value if party.sex is not Sex.UNKNOWN else "",
        "personal_number": party.number(IdentifierKind.PERSONAL_NUMBER),
        "nationality": party.nationality,
        "address": party.lives_at,
        "phone": party.reached_at_phone,
        "email": party.reached_at_email,
    }
    return _sourced(values, PERSON, party)


def _organisation(party: Party) -> dict[str, KnownValue]:
    values: dict[str, Any] = {
        "name": party.name,
        "tax_code": party.number(IdentifierKind.TAX_CODE),
        "enterprise_code": party.number(IdentifierKind.ENTERPRISE_CODE),
        "address": party.lives_at,
        "phone": party.reached_at_phone,
        "email": party.reached_at_email,
    }
    return _sourced(values, ORGANISATION, party)


def _sourced(values: Mapping[str, Any], attributes: Mapping[str, str], party: Party) -> dict[str, KnownValue]:
    found: dict[str, KnownValue] = {}
    for name, value in values.items():
        if value in (None, ""):
            continue
        answered = party.known.get(attributes.get(name, name))
        source = answered.source if answered else gettext_noop("thông tin tài khoản")
        found[name] = KnownValue(value.isoformat() if isinstance(value, date) else value, source)
    return found
