"""Attach a file: a document of its owner, used in a fixed version."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import giving, models
from motcua.domain.documents.commands.detach import detach
from motcua.domain.documents.types import DocumentFacts, Form, Use, UseKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState
from motcua.foundation.kernel.text import one_line
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as files
from motcua.foundation.storage.types import FileState, StoredFile

NO_FACTS = DocumentFacts()


@transaction.atomic
def attach(
    *,
    subject_id: UUID,
    component_key: str,
    type_code: str,
    file_id: UUID,
    owner_id: UUID,
    source: str,
    actor: Actor,
    at: datetime,
    facts: DocumentFacts = NO_FACTS,
    replaces: UUID | None = None,
) -> Use:
    """Use the file as the owner's document for a component.

    The same bytes of the same owner and type are the same version of the same document, not a copy. ``replaces``
    names a use of this subject: the file becomes the next version of its document and the old use is taken back.
    Raises Missing (file, type, use), WrongState (the file is not clean).
    """
    type_row = giving.document_type(type_code)
    file = _clean_file(file_id)
    version = _same_bytes(owner_id, type_row, file) or _new_version(
        _document(owner_id, type_row, subject_id, replaces, at), file, facts, source=source, actor=actor, at=at
    )
    if replaces is not None:
        detach(use_id=replaces, reason="Thay bằng tệp mới", actor=actor, at=at)
    storage.mark_referenced(file_ids=[file_id, version.file_id], at=at)
    return giving.give(
        "document.attached",
        subject_id=subject_id,
        component_key=component_key,
        type_row=type_row,
        source=source,
        actor=actor,
        at=at,
        kind=UseKind.FILE,
        version=version,
        form=Form.ELECTRONIC,
    )


def _clean_file(file_id: UUID) -> StoredFile:
    file = files.file(file_id)
    if file.state is not FileState.CLEAN:
        raise WrongState(_("Tệp này chưa qua kiểm tra an toàn hoặc đã bị từ chối. Hãy chọn tệp khác."))
    return file


def _same_bytes(owner_id: UUID, type_row: models.DocumentType, file: StoredFile) -> models.DocumentVersion | None:
    versions = models.DocumentVersion.objects.filter(sha256=file.sha256)
    return versions.filter(document__owner_id=owner_id, document__type=type_row).order_by("made_at").first()


def _document(
    owner_id: UUID, type_row: models.DocumentType, subject_id: UUID, replaces: UUID | None, at: datetime
) -> models.Document:
    """The document to add a version to: a new one, or that of the use which is replaced.."""
    if replaces is not None:
        use = models.Use.objects.filter(id=replaces, subject_id=subject_id).select_related("version").first()
        if use is None:
            raise Missing(_("Không tìm thấy giấy tờ này trong hồ sơ."))
        if use.version is not None and use.type_id == type_row.id:
            found = models.Document.objects.filter(id=use.version.document_id, owner_id=owner_id).first()
            if found is not None:
                return found
    return models.Document.objects.create(owner_id=owner_id, type=type_row, made_at=at)


def _new_version(
    document: models.Document, file: StoredFile, facts: DocumentFacts, *, source: str, actor: Actor, at: datetime
) -> models.DocumentVersion:
    _one_at_a_time(document)
    return models.DocumentVersion.objects.create(
        document=document,
        version=document.versions.count() + 1,
        file_id=file.id,
        sha256=file.sha256,
        name=one_line(facts.name or file.name, 500),
        summary=one_line(facts.summary, 1000),
        number=one_line(facts.number, 100),
        issuer=one_line(facts.issuer, 300),
        issued_on=facts.issued_on,
        valid_until=facts.valid_until,
        scope=one_line(facts.scope, 300),
        source=source,
        made_at=at,
        made_by=actor.principal,
    )


def _one_at_a_time(document: models.Document) -> None:
    """Two who add a version take turns; the row itself cannot be locked, for nobody may change it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"document|{document.id}"])
