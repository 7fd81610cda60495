"""Reading notices: one's own only."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from motcua.domain.notices.models import Notice
from motcua.domain.notices.types import NoticeView
from motcua.foundation.kernel.actor import Actor, ActorKind


def mine(actor: Actor, *, limit: int = 100) -> list[NoticeView]:
    """Return the actor's notices, the newest first (TT21-PL1-5.1)."""
    rows = own(actor).order_by("-written_at")[:limit]
    return [NoticeView(r.id, r.kind, r.title, r.body, r.subject_id, r.written_at, r.read_at) for r in rows]


def unread(actor: Actor) -> int:
    """Return how many of them nobody has read, at most 99."""
    return min(own(actor).filter(read_at__isnull=True)[:100].count(), 99)


def own(actor: Actor) -> QuerySet[Notice]:
    """Return the notices of this actor; inside the room only."""
    if actor.kind is ActorKind.OFFICER:
        return Notice.objects.filter(officer_id=actor.officer_id, officer_id__isnull=False)  # type: ignore[misc]
    if actor.kind is ActorKind.PERSON:
        return Notice.objects.filter(
            Q(party_id=actor.party_id) | Q(party_id=actor.acting_for_id), party_id__isnull=False
        )
    return Notice.objects.none()
