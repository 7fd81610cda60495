"""Give a party a number it did not have: the new-born's personal number, a founded company's code."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.foundation.identity import access, identifying, numbers, queries
from motcua.foundation.identity.types import Identifier, IdentifierKind, Party, Sex
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local


@transaction.atomic
def add_identifier(*, party_id: UUID, identifier: Identifier, source: str, actor: Actor, at: datetime) -> Party:
    """Add the number; a living one of the same kind ends (a personal number that was re-established).

    Raises Invalid when it is wrong, contradicts the person's birth or sex, or already names somebody.
    """
    party = access.lock_party(party_id, actor=actor, on=local(at).date())
    person = getattr(party, "person", None)
    (numbered,) = identifying.normal([identifier], nationality=person.nationality if person else "VN")
    if numbered.kind is IdentifierKind.PERSONAL_NUMBER and person is not None:
        numbers.check_personal_number(numbered.number, birth_on=person.birth_on, sex=Sex(person.sex))
    if numbered not in identifying.living(party):
        identifying.hold([numbered])
        identifying.refuse_taken([numbered])
        identifying.add(party, numbered, source=source, at=at)
        data = {"kind": str(numbered.kind), "source": source}
        journal.record(kind="party.identifier_added", subject=Subject("party", party.id), actor=actor, at=at, data=data)
    return queries.party(party.id)
