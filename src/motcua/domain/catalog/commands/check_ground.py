"""Say that somebody has read an article in full."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import models
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.text import nfc


@transaction.atomic
def check_ground(*, ground_id: UUID, text: str, actor: Actor, at: datetime) -> None:
    """Keep the article's text as read against the act. Raises Missing, and Invalid when there is no text."""
    row = models.LegalGround.objects.select_for_update().filter(id=ground_id).first()
    if row is None:
        raise Missing(_("Không có căn cứ pháp lý này."))
    if not text.strip():
        raise Invalid((FieldProblem("text", _("Chép nguyên văn điều, khoản đã đối chiếu.")),))
    row.text, row.is_checked = nfc(text.strip()), True
    row.save(update_fields=["text", "is_checked"])
    journal.record(
        kind="ground.checked",
        subject=Subject("ground", row.id),
        actor=actor,
        at=at,
        data={"act": row.act, "article": row.article},
    )
