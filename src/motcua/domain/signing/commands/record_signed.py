"""Keep a signed file with everything that proves it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing.models import Draft, RevocationAnswer, Signature, SigningRequest
from motcua.domain.signing.pades import Evidence
from motcua.domain.signing.types import RequestState, SignatureReport, Verification
from motcua.domain.signing.verification import as_json
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState
from motcua.foundation.storage.commands import keep


@transaction.atomic
def record_signed(
    *,
    request_id: UUID,
    pdf: bytes,
    verification: Verification,
    evidence: tuple[Evidence, ...],
    actor: Actor,
    at: datetime,
) -> UUID:
    """Store the signed file and finish the request; return the file's id. A second answer for it changes nothing.

    Raises WrongState when the request was cancelled meanwhile.
    """
    row = SigningRequest.objects.select_for_update(of=("self",)).select_related("credential").get(id=request_id)
    if row.signed_file_id:
        return row.signed_file_id
    if row.state == RequestState.CANCELLED:
        raise WrongState(_("Yêu cầu ký số này đã bị hủy."))
    report = next(item for item in verification.signatures if item.field == row.field_name)
    kept = keep(content=pdf, name=row.file_name, media_type="application/pdf", actor=actor, at=at)
    digests = _keep_evidence(evidence, at)
    _write_signature(row, kept.id, report, verification, digests, at)
    row.state, row.signed_file_id, row.finished_at = RequestState.SIGNED, kept.id, at
    row.secret = row.secret_until_at = row.leased_until_at = None
    row.why, row.ask_again = "", False
    row.save()
    Draft.objects.filter(request=row).delete()
    data = {
        "request_id": str(row.id),
        "purpose": row.purpose,
        "file_id": str(kept.id),
        "signed_from_file_id": str(row.file_id),
        "field": row.field_name,
        "signer": report.signer,
        "serial": report.serial,
        "level": report.level,
        "officer_id": str(row.officer_id) if row.officer_id else None,
    }
    record(kind="signing.completed", subject=Subject("dossier", row.subject_id), actor=actor, at=at, data=data)
    return kept.id


def _keep_evidence(evidence: tuple[Evidence, ...], at: datetime) -> list[str]:
    rows = [
        RevocationAnswer(sha256=sha256(item.content).hexdigest(), kind=item.kind, content=item.content, kept_at=at)
        for item in evidence
    ]
    RevocationAnswer.objects.bulk_create(rows, ignore_conflicts=True)
    return [row.sha256 for row in rows]


def _write_signature(
    row: SigningRequest,
    file_id: UUID,
    report: SignatureReport,
    verification: Verification,
    digests: list[str],
    at: datetime,
) -> None:
    Signature.objects.create(
        request=row,
        subject_id=row.subject_id,
        file_id=file_id,
        purpose=row.purpose,
        field_name=row.field_name,
        subject=report.subject,
        issuer=report.issuer,
        serial=report.serial,
        certificate=report.certificate,
        signing_at=report.signing_at or at,
        timestamp_at=report.timestamp_at or at,
        level=report.level,
        report=as_json(verification),
        evidence=digests,
        recorded_at=at,
    )
