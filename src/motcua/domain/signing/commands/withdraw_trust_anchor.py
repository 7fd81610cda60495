"""Trust a certification authority no longer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing.models import TrustAnchor
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def withdraw_trust_anchor(*, anchor_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Stop trusting this authority, for signatures of the past too. Raises Missing."""
    changed = TrustAnchor.objects.filter(id=anchor_id, withdrawn_at=None).update(withdrawn_at=at)
    if not changed:
        raise Missing(_("Không tìm thấy tổ chức chứng thực này."))
    subject = Subject("trust_anchor", anchor_id)
    record(kind="signing.anchor_withdrawn", subject=subject, actor=actor, at=at, data={"reason": reason})
