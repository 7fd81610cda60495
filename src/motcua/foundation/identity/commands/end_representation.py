"""End somebody's right to act for somebody else before its time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import access, models
from motcua.foundation.identity.types import RepresentationSource
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def end_representation(*, representation_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """End it with a reason. The represented party, an officer, or whoever declared it may do so.

    Sessions in which somebody acts by this right lose it at their next request. Raises Missing, Invalid.
    """
    reason = one_line(reason, 300)
    if not reason:
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do chấm dứt quyền đại diện.")),))
    row = models.Representation.objects.select_for_update().filter(id=representation_id, ended_at__isnull=True).first()
    if row is None:
        raise Missing(_("Không tìm thấy quyền đại diện này."))
    own_word = row.person_id == actor.party_id and row.source == RepresentationSource.DECLARED
    if not own_word:
        access.lock_party(row.party_id, actor=actor, on=local(at).date())
    row.ended_at, row.ended_reason = at, reason
    row.save(update_fields=["ended_at", "ended_reason"])
    data = {"representation": str(row.id), "person": str(row.person_id), "kind": row.kind, "reason": reason}
    journal.record(kind="representation.ended", subject=Subject("party", row.party_id), actor=actor, at=at, data=data)
