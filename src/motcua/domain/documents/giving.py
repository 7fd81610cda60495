"""What every way of giving a document shares: the type, the row, the event."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import models, types, views
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


def document_type(code: str) -> models.DocumentType:
    """Return the type. Raises Missing."""
    found = models.DocumentType.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise Missing(_("Không có loại giấy tờ mã “%(code)s” trong danh mục.") % {"code": code})
    return found


def give(
    event: str,
    *,
    subject_id: UUID,
    component_key: str,
    type_row: models.DocumentType,
    source: str,
    actor: Actor,
    at: datetime,
    **fields: Any,
) -> types.Use:
    """Write the use and its event in one act."""
    row = models.Use.objects.create(
        subject_id=subject_id,
        component_key=component_key,
        type=type_row,
        source=source,
        given_at=at,
        given_by=actor.principal,
        **fields,
    )
    given = views.use(row)
    journal.record(
        kind=event,
        subject=Subject("dossier", subject_id),
        actor=actor,
        at=at,
        data={
            "use_id": str(given.id),
            "component": component_key,
            "type": given.type_code,
            "name": given.name,
            "source": source,
            "form": given.form.value,
            "quantity": given.quantity,
            "version_id": str(given.version_id) if given.version_id else None,
            "file_id": str(given.file_id) if given.file_id else None,
        },
    )
    return given
