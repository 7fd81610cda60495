"""Reading requests, signatures, credentials and anchors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from asn1crypto import x509
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import certificates
from motcua.domain.signing.models import Credential as CredentialRow
from motcua.domain.signing.models import FileVerification, Signature, SigningRequest, TrustAnchor
from motcua.domain.signing.types import (
    AuthorisationMode,
    Credential,
    Level,
    Purpose,
    RequestState,
    RequestView,
    SignatureView,
)
from motcua.foundation.kernel.errors import Missing


def request(request_id: UUID) -> RequestView:
    """Return one request. Raises Missing."""
    row = SigningRequest.objects.filter(id=request_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy yêu cầu ký số này."))
    return request_view(row)


def requests_of(subject_id: UUID) -> list[RequestView]:
    """Return the requests about a subject, the latest first."""
    return [request_view(row) for row in SigningRequest.objects.filter(subject_id=subject_id).order_by("-requested_at")]


def signatures_of(subject_id: UUID) -> list[SignatureView]:
    """Return the signatures made about a subject, in the order of their time-stamps."""
    return [_signature(row) for row in Signature.objects.filter(subject_id=subject_id).order_by("timestamp_at")]


def credentials_for(*, at: datetime, officer_id: UUID | None = None, agency_id: UUID | None = None) -> list[Credential]:
    """Return the usable credentials of an officer or of an agency, those that last longest first."""
    holder = Q(officer_id=officer_id) if officer_id else Q(agency_id=agency_id, agency_id__isnull=False)
    rows = CredentialRow.objects.filter(holder, disabled_at=None, valid_from_at__lte=at, valid_until_at__gt=at)
    return [credential_view(row) for row in rows.order_by("-valid_until_at")]


def credential(credential_id: UUID) -> Credential:
    """Return one credential, usable or not. Raises Missing."""
    row = CredentialRow.objects.filter(id=credential_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy chứng thư số này."))
    return credential_view(row)


def anchors(at: datetime) -> tuple[x509.Certificate, ...]:
    """Return the certificates that are trusted now; those withdrawn since do not count, whenever it was."""
    rows = TrustAnchor.objects.filter(withdrawn_at=None, added_at__lte=at)
    return tuple(certificates.load(bytes(row.certificate)) for row in rows.order_by("fingerprint"))


def last_verification(file_id: UUID) -> FileVerification | None:
    """Return the latest kept verification of a file."""
    return FileVerification.objects.filter(file_id=file_id).order_by("-verified_at").first()


def waiting(before: datetime) -> int:
    """Count the requests that should have been tried by now, for health pages."""
    open_states: Sequence[str] = (RequestState.WAITING, RequestState.SENT)
    return SigningRequest.objects.filter(state__in=open_states, next_try_at__lt=before).count()


def request_view(row: SigningRequest) -> RequestView:
    """Return the row as other rooms see it."""
    return RequestView(
        id=row.id,
        subject_id=row.subject_id,
        purpose=Purpose(row.purpose),
        state=RequestState(row.state),
        file_id=row.file_id,
        field_name=row.field_name,
        credential_id=row.credential_id,
        signed_file_id=row.signed_file_id,
        requested_at=row.requested_at,
        attempts=row.attempts,
        why=row.why,
        ask_again=row.ask_again,
    )


def credential_view(row: CredentialRow) -> Credential:
    """Return the row as other rooms see it."""
    return Credential(
        id=row.id,
        service=row.service,
        remote_id=row.remote_id,
        officer_id=row.officer_id,
        agency_id=row.agency_id,
        subject=row.subject,
        issuer=row.issuer,
        serial=row.serial,
        certificate=bytes(row.certificate),
        valid_from_at=row.valid_from_at,
        valid_until_at=row.valid_until_at,
        mode=AuthorisationMode(row.mode),
        picture_file_id=row.picture_file_id,
    )


def _signature(row: Signature) -> SignatureView:
    return SignatureView(
        id=row.id,
        request_id=row.request_id,
        file_id=row.file_id,
        purpose=Purpose(row.purpose),
        subject=row.subject,
        serial=row.serial,
        issuer=row.issuer,
        signing_at=row.signing_at,
        timestamp_at=row.timestamp_at,
        level=Level(row.level),
        report=row.report,
    )
