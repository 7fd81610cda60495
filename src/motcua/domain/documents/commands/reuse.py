"""Use a document the owner gave before, instead of asking for it again (NĐ 118/2025 Điều 4)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import giving, models
from motcua.domain.documents.types import Form, Use, UseKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def reuse(
    *,
    subject_id: UUID,
    component_key: str,
    version_id: UUID,
    owner_id: UUID,
    source: str,
    actor: Actor,
    at: datetime,
) -> Use:
    """Use a fixed version of a document of this owner for a component. Raises Missing (also: not the owner's)."""
    versions = models.DocumentVersion.objects.select_related("document__type")
    version = versions.filter(id=version_id, document__owner_id=owner_id).first()
    if version is None:
        raise Missing(_("Không tìm thấy giấy tờ này trong kho của chủ hồ sơ."))
    return giving.give(
        "document.reused",
        subject_id=subject_id,
        component_key=component_key,
        type_row=version.document.type,
        source=source,
        actor=actor,
        at=at,
        kind=UseKind.REUSED,
        version=version,
        form=Form.ELECTRONIC,
    )
