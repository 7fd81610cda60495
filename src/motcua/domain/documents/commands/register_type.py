"""Keep the list of document types."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.domain.documents import models
from motcua.domain.documents.types import TypeView
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def register_type(*, code: str, name: str, actor: Actor, at: datetime, is_active: bool = True) -> TypeView:
    """Add a document type, or give the one with this code a new name or standing. The same again changes nothing."""
    wanted = {"name": one_line(name, 500), "is_active": is_active}
    row, is_new = models.DocumentType.objects.select_for_update().get_or_create(
        code=one_line(code, 60), defaults=wanted | {"registered_at": at}
    )
    if is_new or (row.name, row.is_active) != (wanted["name"], is_active):
        before = None if is_new else {"name": row.name, "is_active": row.is_active}
        row.name, row.is_active = one_line(name, 500), is_active
        row.save(update_fields=["name", "is_active"])
        journal.record(
            kind="document_type.registered",
            subject=Subject("document_type", row.id),
            actor=actor,
            at=at,
            data={"code": row.code, "before": before, "after": wanted},
        )
    return TypeView(row.code, row.name, row.is_active)
