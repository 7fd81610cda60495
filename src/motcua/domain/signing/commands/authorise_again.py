"""Give a request that failed another PIN or OTP."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import authorisation as typed
from motcua.domain.signing.models import SigningRequest
from motcua.domain.signing.types import Authorisation, AuthorisationMode, RequestState
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState


@transaction.atomic
def authorise_again(*, request_id: UUID, authorisation: Authorisation, actor: Actor, at: datetime) -> None:
    """Put the request back into the queue with what the holder typed now.

    Only the officer who asked may. Raises Missing, Invalid, WrongState.
    """
    row = (
        SigningRequest.objects.select_for_update(of=("self",))
        .select_related("credential")
        .filter(id=request_id, officer_id=actor.officer_id)
        .first()
    )
    if row is None:
        raise Missing(_("Không tìm thấy yêu cầu ký số này."))
    if row.state != RequestState.FAILED:
        raise WrongState(_("Yêu cầu ký số này không cần nhập lại mã."))
    typed.check(AuthorisationMode(row.credential.mode), authorisation)
    row.state, row.why, row.ask_again = RequestState.WAITING, "", False
    row.secret, row.secret_until_at = typed.seal(row.id, authorisation), at + typed.LIFE
    row.attempts, row.next_try_at, row.leased_until_at, row.finished_at = 0, at, None, None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # another request took the field while this one had failed
        raise WrongState(_("Văn bản này đã được ký hoặc đang chờ ký ở vị trí này.")) from None
    subject = Subject("dossier", row.subject_id)
    data = {"request_id": str(row.id), "purpose": row.purpose}
    record(kind="signing.authorised", subject=subject, actor=actor, at=at, data=data)
