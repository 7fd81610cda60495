"""What every verb on papers shares: the locked row, the stored bytes, the event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import models
from motcua.domain.documents.papers import PDF
from motcua.domain.documents.types import PaperState
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage.types import StoredFile


def locked(paper_id: UUID, *, state: PaperState | None = None) -> models.Paper:
    """Return the paper, locked. Raises Missing, and WrongState when it is not in ``state``."""
    papers = models.Paper.objects.select_for_update(of=("self",)).select_related("template")
    row = papers.filter(id=paper_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy giấy tờ này."))
    if state is not None and row.state != state:
        raise WrongState(_("Giấy tờ này đã phát hành hoặc đã hủy nên không sửa được nữa."), state=row.state)
    return row


def keep(content: bytes, *, kind: str, number: str, actor: Actor, at: datetime) -> StoredFile:
    """Keep the bytes of a paper under a name people recognise."""
    name = "-".join(part for part in (kind.replace("_", "-"), number.replace("/", "-")) if part) + ".pdf"
    return storage.keep(content=content, name=name, media_type=PDF, actor=actor, at=at)


def tell(event: str, row: models.Paper, *, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None) -> None:
    """Record what happened to a paper in the history of its subject."""
    journal.record(
        kind=event,
        subject=Subject("dossier", row.subject_id),
        actor=actor,
        at=at,
        data={
            "paper_id": str(row.id),
            "paper_kind": row.kind,
            "title": row.title,
            "number": row.number_text,
            "file_id": str(row.file_id),
            "sha256": row.sha256,
            **(data or {}),
        },
    )
