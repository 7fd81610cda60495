"""Let an officer or an agency sign with a key that a signing service keeps for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from asn1crypto import x509
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import certificates
from motcua.domain.signing.models import Credential
from motcua.domain.signing.ports import RemoteCredential
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def register_credential(
    *,
    service: str,
    remote: RemoteCredential,
    actor: Actor,
    at: datetime,
    officer_id: UUID | None = None,
    agency_id: UUID | None = None,
    picture_file_id: UUID | None = None,
) -> UUID:
    """Bind a key to exactly one officer or agency; a renewed certificate of the same key replaces the old one.

    ``remote`` is what ``ports.signer(service).credential(…)`` answered, asked before this command. Raises WrongState.
    """
    if (officer_id is None) == (agency_id is None):
        raise ValueError("a credential belongs to one officer or to one agency")
    certificate = certificates.load(remote.certificate)
    names = certificates.names(certificate)
    _refuse_unusable(certificate, names, remote, at)
    earlier = Credential.objects.select_for_update().filter(
        service=service, remote_id=remote.remote_id, disabled_at=None
    )
    if earlier.exclude(officer_id=officer_id, agency_id=agency_id).exists():
        raise WrongState(_("Chứng thư số này đã được gắn cho người hoặc cơ quan khác."))
    earlier.update(disabled_at=at)
    created = Credential.objects.create(
        service=service,
        remote_id=remote.remote_id,
        officer_id=officer_id,
        agency_id=agency_id,
        picture_file_id=picture_file_id,
        registered_at=at,
        **_facts(remote, names),
    )
    holder = Subject("officer", officer_id) if officer_id else Subject("agency", agency_id)  # type: ignore[arg-type]
    data = {"credential_id": str(created.id), "serial": names.serial, "issuer": names.issuer, "service": service}
    record(kind="signing.credential_registered", subject=holder, actor=actor, at=at, data=data)
    return created.id


def _facts(remote: RemoteCredential, names: certificates.Names) -> dict[str, Any]:
    return {
        "subject": names.subject,
        "issuer": names.issuer,
        "serial": names.serial,
        "certificate": remote.certificate,
        "chain": [item.hex() for item in remote.chain],
        "algorithms": list(remote.algorithms),
        "mode": remote.mode,
        "valid_from_at": names.valid_from_at,
        "valid_until_at": names.valid_until_at,
    }


def _refuse_unusable(
    certificate: x509.Certificate, names: certificates.Names, remote: RemoteCredential, at: datetime
) -> None:
    if not remote.enabled:
        raise WrongState(_("Dịch vụ ký số báo khóa này đang bị khóa. Hãy liên hệ nhà cung cấp."))
    if not certificates.may_sign(certificate) or not certificates.strong_enough(certificate):
        raise WrongState(_("Chứng thư số này không được cấp để ký số. Hãy dùng chứng thư khác."))
    if names.valid_until_at <= at:
        raise WrongState(_("Chứng thư số của %(signer)s đã hết hạn.") % {"signer": names.common_name})
