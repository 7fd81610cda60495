"""Take a use back; it stays in the history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import models
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def detach(*, use_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Remove what was given for a component, with the reason. Raises Missing, WrongState (already removed)."""
    row = models.Use.objects.filter(id=use_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy giấy tờ này trong hồ sơ."))
    try:
        with transaction.atomic():
            models.UseRemoval.objects.create(
                use=row, reason=one_line(reason, 500), removed_at=at, removed_by=actor.principal
            )
    except IntegrityError:
        raise WrongState(_("Giấy tờ này đã được gỡ khỏi hồ sơ.")) from None
    journal.record(
        kind="document.detached",
        subject=Subject("dossier", row.subject_id),
        actor=actor,
        at=at,
        data={"use_id": str(row.id), "component": row.component_key, "reason": one_line(reason, 500)},
    )
