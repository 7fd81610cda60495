"""Keep what a verification of somebody's file found."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from motcua.domain.signing.models import FileVerification
from motcua.domain.signing.types import Verification
from motcua.domain.signing.verification import as_json


@transaction.atomic
def record_verification(*, file_id: UUID, verification: Verification) -> UUID:
    """Store the result of ``verification.verify`` for a file (TT 15/2025: keep it); made before, outside any command."""
    row = FileVerification.objects.create(
        file_id=file_id,
        verified_at=verification.verified_at,
        intact=verification.intact,
        trusted=verification.trusted,
        level=verification.level or "",
        report=as_json(verification),
    )
    return row.id
