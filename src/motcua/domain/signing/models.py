"""Requests to sign, what came of them, the keys that may sign, and whom we trust."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.domain.signing.types import AuthorisationMode, Level, Purpose, RequestState
from motcua.foundation.kernel.tables import AppendOnly, Mutable

OPEN = (RequestState.WAITING, RequestState.SENT)
TAKEN = (*OPEN, RequestState.SIGNED)


class TrustAnchor(Mutable):
    """A certificate that chains may end in: national root, public CA, time-stamping authority."""

    name = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    fingerprint = models.CharField(max_length=64, unique=True)
    certificate = models.BinaryField()
    valid_from_at = models.DateTimeField()
    valid_until_at = models.DateTimeField()
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)


class Credential(Mutable):
    """A key kept by a signing service for exactly one officer or one agency."""

    service = models.CharField(max_length=40)
    remote_id = models.CharField(max_length=200)
    officer_id = models.UUIDField(null=True, db_index=True)
    agency_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=80)
    certificate = models.BinaryField()
    chain = models.JSONField()  # DER certificates as hexadecimal, from the issuer upwards
    algorithms = models.JSONField()  # object identifiers the service offers for this key
    mode = models.CharField(max_length=12)
    valid_from_at = models.DateTimeField()
    valid_until_at = models.DateTimeField()
    picture_file_id = models.UUIDField(null=True)
    registered_at = models.DateTimeField()
    disabled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "remote_id"], condition=Q(disabled_at=None), name="signing_credential_once"
            ),
            models.CheckConstraint(
                condition=Q(officer_id=None) ^ Q(agency_id=None), name="signing_credential_one_holder"
            ),
            models.CheckConstraint(
                condition=Q(mode__in=[mode.value for mode in AuthorisationMode]), name="signing_credential_mode"
            ),
        ]


class SigningRequest(Mutable):
    """One signature that somebody asked for. ``secret`` is the holder's PIN or OTP, sealed, for minutes only."""

    subject_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    file_id = models.UUIDField()
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=255)
    field_name = models.CharField(max_length=80)
    credential = models.ForeignKey(Credential, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    location = models.CharField(max_length=200)
    requested_at = models.DateTimeField()
    requested_by = models.CharField(max_length=120)
    officer_id = models.UUIDField(null=True)
    agency_id = models.UUIDField(null=True)
    secret = models.BinaryField(null=True)
    secret_until_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    leased_until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=500, default="")
    ask_again = models.BooleanField(default=False)
    signed_file_id = models.UUIDField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state__in=OPEN), name="signing_request_waiting"),
            models.Index(fields=["secret_until_at"], condition=Q(secret__isnull=False), name="signing_request_secrets"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["file_id", "field_name"], condition=Q(state__in=TAKEN), name="signing_request_one_per_field"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in RequestState]), name="signing_request_state"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]), name="signing_request_purpose"
            ),
            models.CheckConstraint(
                condition=Q(secret=None) | Q(state__in=OPEN), name="signing_request_secret_only_while_open"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.SIGNED, signed_file_id__isnull=False)
                | (~Q(state=RequestState.SIGNED) & Q(signed_file_id=None)),
                name="signing_request_signed_has_file",
            ),
        ]


class Draft(Mutable):
    """The document as it was sent to be signed, until the signature is in it: a lost step repeats on these bytes."""

    request = models.OneToOneField(SigningRequest, on_delete=models.PROTECT, related_name="draft")
    sealed = models.BinaryField()
    digest = models.BinaryField(max_length=32)
    signature = models.BinaryField(null=True)
    signing_at = models.DateTimeField()


class Signature(AppendOnly):
    """A signature made here, with all that TT 15/2025 wants kept: certificate, revocation answers, verification."""

    request = models.OneToOneField(SigningRequest, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField(db_index=True)
    file_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=10)
    field_name = models.CharField(max_length=80)
    subject = models.CharField(max_length=500)
    issuer = models.CharField(max_length=500)
    serial = models.CharField(max_length=80)
    certificate = models.BinaryField()
    signing_at = models.DateTimeField()
    timestamp_at = models.DateTimeField()
    level = models.CharField(max_length=6)
    report = models.JSONField()
    evidence = models.JSONField()  # SHA-256 of the revocation answers, in ``RevocationAnswer``
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in Level]), name="signing_signature_level"
            ),
        ]


class RevocationAnswer(AppendOnly):
    """An OCSP answer or a revocation list, kept once however many signatures stand on it."""

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=4)
    content = models.BinaryField()
    kept_at = models.DateTimeField()


class FileVerification(AppendOnly):
    """The result of verifying somebody's file at one moment (TT 15/2025: keep the result)."""

    file_id = models.UUIDField(db_index=True)
    verified_at = models.DateTimeField()
    intact = models.BooleanField()
    trusted = models.BooleanField()
    level = models.CharField(max_length=6, default="")
    report = models.JSONField()
