"""Trust a certification authority."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import certificates
from motcua.domain.signing.models import TrustAnchor
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def add_trust_anchor(*, pem: bytes, name: str, source: str, actor: Actor, at: datetime) -> UUID:
    """Trust this CA certificate (PEM or DER) from now on; the same one again changes nothing.

    ``source`` says where it was taken from and how it was checked. Raises Invalid.
    """
    try:
        certificate = certificates.load(pem)
    except ValueError:
        raise Invalid((FieldProblem("pem", _("Tệp này không phải là chứng thư số đọc được.")),)) from None
    if not certificate.ca:
        raise Invalid((FieldProblem("pem", _("Đây không phải là chứng thư của tổ chức chứng thực (CA).")),))
    names = certificates.names(certificate)
    row, _created = TrustAnchor.objects.update_or_create(
        fingerprint=certificate.sha256.hex(),
        defaults={"withdrawn_at": None},
        create_defaults={
            "name": name or names.common_name,
            "source": source,
            "certificate": certificate.dump(),
            "valid_from_at": names.valid_from_at,
            "valid_until_at": names.valid_until_at,
            "added_at": at,
        },
    )
    record(
        kind="signing.anchor_added",
        subject=Subject("trust_anchor", row.id),
        actor=actor,
        at=at,
        data={"name": row.name, "source": source, "fingerprint": row.fingerprint},
    )
    return row.id
