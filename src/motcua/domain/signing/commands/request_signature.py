"""Ask for a signature; the work happens elsewhere and later."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import authorisation as typed
from motcua.domain.signing import certificates
from motcua.domain.signing.models import Credential, SigningRequest
from motcua.domain.signing.types import Authorisation, AuthorisationMode, Purpose, RequestState
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing, NotAllowed, WrongState
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.storage.queries import file

PDF = "application/pdf"
ONE_PER_FIELD = "signing_request_one_per_field"


@transaction.atomic
def request_signature(
    *,
    subject_id: UUID,
    purpose: Purpose,
    file_id: UUID,
    field_name: str,
    credential: UUID,
    reason: str,
    actor: Actor,
    at: datetime,
    authorisation: Authorisation | None = None,
    location: str = "",
) -> UUID:
    """Write down that this field of this file is to be signed, and by which key; return the request's id.

    An officer signs with their own key, somebody of the agency with its seal; what they typed is sealed for ten
    minutes. Raises Missing, NotAllowed, Invalid (no PIN or OTP), WrongState (certificate out of date, field taken).
    """
    found = _usable(credential, Purpose(purpose), actor, at)
    given = authorisation or Authorisation()
    typed.check(AuthorisationMode(found.mode), given)
    stored = file(file_id)
    if stored.media_type != PDF:
        raise WrongState(_("Chỉ ký được tệp PDF."))
    request_id = new_id()
    secret = typed.seal(request_id, given) if found.mode != AuthorisationMode.NONE else None
    _insert(
        SigningRequest(
            id=request_id,
            subject_id=subject_id,
            purpose=Purpose(purpose),
            file_id=file_id,
            file_sha256=stored.sha256,
            file_name=stored.name,
            field_name=field_name,
            credential=found,
            reason=reason,
            location=location,
            secret=secret,
            secret_until_at=at + typed.LIFE if secret else None,
            **_asked_by(actor, at),
        )
    )
    data = {"request_id": str(request_id), "purpose": purpose, "file_id": str(file_id), "reason": reason}
    record(kind="signing.requested", subject=Subject("dossier", subject_id), actor=actor, at=at, data=data)
    return request_id


def _asked_by(actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "state": RequestState.WAITING,
        "requested_at": at,
        "next_try_at": at,
        "requested_by": actor.principal,
        "officer_id": actor.officer_id,
        "agency_id": actor.agency_id,
    }


def _usable(credential_id: UUID, purpose: Purpose, actor: Actor, at: datetime) -> Credential:
    found = Credential.objects.filter(id=credential_id, disabled_at=None).first()
    if found is None:
        raise Missing(_("Chưa có chứng thư số dùng được. Hãy đăng ký chứng thư với quản trị viên."))
    mine = found.officer_id == actor.officer_id if purpose is Purpose.PERSON else found.agency_id == actor.agency_id
    holder = found.officer_id if purpose is Purpose.PERSON else found.agency_id
    if holder is None or not mine:
        raise NotAllowed(_("Chứng thư số này không phải của bạn hoặc của cơ quan bạn."))
    who = {"signer": certificates.names(certificates.load(bytes(found.certificate))).common_name}
    if found.valid_until_at <= at:
        day = local(found.valid_until_at).strftime("%d/%m/%Y")
        raise WrongState(_("Chứng thư số của %(signer)s đã hết hạn ngày %(day)s. Hãy gia hạn.") % {**who, "day": day})
    if found.valid_from_at > at:
        raise WrongState(_("Chứng thư số của %(signer)s chưa đến ngày có hiệu lực.") % who)
    return found


def _insert(row: SigningRequest) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if ONE_PER_FIELD not in str(error):
            raise
        raise WrongState(_("Văn bản này đã được ký hoặc đang chờ ký ở vị trí này.")) from None
