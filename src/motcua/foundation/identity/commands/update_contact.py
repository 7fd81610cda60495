"""Change how a person or organisation is reached (TT21-PL2-5.7)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.foundation.identity import access, contact, queries
from motcua.foundation.identity.types import Party
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local


@transaction.atomic
def update_contact(
    *,
    party_id: UUID,
    actor: Actor,
    at: datetime,
    address: str | None = None,
    phone: str | None = None,
    email: str | None = None,
) -> Party:
    """Change what is given, keep what is None; the next notice goes to the new contact. Raises Invalid, Missing."""
    party = access.lock_party(party_id, actor=actor, on=local(at).date())
    before = {"address": party.address, "phone": party.phone, "email": party.email}
    given = {"address": address, "phone": phone, "email": email}
    merged = contact.check(**{key: before[key] if value is None else value for key, value in given.items()})
    changed = {key: value for key, value in merged.items() if value != before[key]}
    if changed:
        for key, value in changed.items():
            setattr(party, key, value)
        party.changed_at = at
        party.save(update_fields=[*changed, "changed_at"])
        data = {"before": {key: before[key] for key in changed}, "after": changed}
        journal.record(kind="party.contact_changed", subject=Subject("party", party.id), actor=actor, at=at, data=data)
    return queries.party(party.id)
