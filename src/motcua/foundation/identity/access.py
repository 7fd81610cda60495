"""Who may touch which party. What an officer may do beyond that is decided by the rooms above."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.models import Party, Representation
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.errors import Missing


def may_act_for(person_id: UUID | None, party_id: UUID, on: date) -> bool:
    """Say whether the person is the party, or represents it on that day."""
    return person_id is not None and (
        person_id == party_id or representations(on).filter(person_id=person_id, party_id=party_id).exists()
    )


def lock_party(party_id: UUID, *, actor: Actor, on: date) -> Party:
    """Return the party, locked, when the actor may change it; otherwise it is not there."""
    allowed = actor.kind in {ActorKind.OFFICER, ActorKind.SYSTEM} or may_act_for(actor.party_id, party_id, on)
    found = Party.objects.select_for_update().filter(id=party_id).first() if allowed else None
    if found is None:
        raise Missing(_("Không tìm thấy người hoặc tổ chức này."))
    return found


def representations(on: date) -> QuerySet[Representation]:
    """Return the representations that are good on that day."""
    return Representation.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on, ended_at__isnull=True
    )
