"""Stop using a key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing.models import Credential
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def disable_credential(*, credential_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Refuse every later request with this key; what was signed stays. Raises Missing."""
    row = Credential.objects.select_for_update().filter(id=credential_id, disabled_at=None).first()
    if row is None:
        raise Missing(_("Không tìm thấy chứng thư số này."))
    row.disabled_at = at
    row.save(update_fields=["disabled_at"])
    holder = Subject("officer" if row.officer_id else "agency", row.officer_id or row.agency_id)  # type: ignore[arg-type]
    data = {"credential_id": str(row.id), "reason": reason}
    record(kind="signing.credential_disabled", subject=holder, actor=actor, at=at, data=data)
