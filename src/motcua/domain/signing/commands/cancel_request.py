"""Take a request to sign back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing.models import Draft, SigningRequest
from motcua.domain.signing.types import RequestState
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState


@transaction.atomic
def cancel_request(*, request_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Cancel a request that waits or failed; one that is being signed cannot be called back. Raises WrongState."""
    row = SigningRequest.objects.select_for_update().filter(id=request_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy yêu cầu ký số này."))
    if row.state not in {RequestState.WAITING, RequestState.FAILED}:
        raise WrongState(_("Yêu cầu ký số này đang được thực hiện hoặc đã xong, không hủy được."))
    row.state, row.finished_at = RequestState.CANCELLED, at
    row.secret = row.secret_until_at = None
    row.save()
    Draft.objects.filter(request=row).delete()
    data = {"request_id": str(row.id), "purpose": row.purpose, "reason": reason}
    record(kind="signing.cancelled", subject=Subject("dossier", row.subject_id), actor=actor, at=at, data=data)
