"""What signing hands out. No Django in here: the stand-alone validator imports it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

EVENTS = (
    "signing.requested",
    "signing.completed",
    "signing.failed",
    "signing.cancelled",
    "signing.authorised",
    "signing.credential_registered",
    "signing.credential_disabled",
    "signing.anchor_added",
    "signing.anchor_withdrawn",
    "signing.verified",
)

NUMBER, ISSUED_ON, PERSON, AGENCY = "number", "issued_on", "person", "agency"
"""Names of the fields of a signed result, as they stand in the PDF."""


def gettext_noop(message: str) -> str:
    """Mark a sentence for translation where no Django is loaded; screens translate it with its details."""
    return message


class Purpose(StrEnum):
    """Whose signature it is: a person's under their own name, or the agency's seal (NĐ 30/2020 Điều 12, 13)."""

    PERSON = "person"
    AGENCY = "agency"


class RequestState(StrEnum):
    """Where a request to sign is. ``SENT``: a worker holds it; ``FAILED`` waits for the officer's new attempt."""

    WAITING = "waiting"
    SENT = "sent"
    SIGNED = "signed"
    FAILED = "failed"
    CANCELLED = "cancelled"


class AuthorisationMode(StrEnum):
    """What the signing service asks of the holder before it uses the key (CSC v1.0.4, ``authMode``)."""

    NONE = "none"
    PIN = "pin"
    OTP = "otp"
    PIN_AND_OTP = "pin_and_otp"


class Level(StrEnum):
    """PAdES baseline levels (ETSI EN 319 142-1), from a bare signature to evidence that outlives the keys."""

    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"

    @property
    def rank(self) -> int:
        return list(Level).index(self)


class Revocation(StrEnum):
    """What is known about revocation at the moment that counts (TT 15/2025: warn when it cannot be verified)."""

    GOOD = "good"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FieldLayout:
    """Where a field stands: ``page`` from 0, ``box`` left, bottom, right, top in points from the lower left corner.

    ``size`` is the height of letters in points, ``align`` left, center or right (text fields only).
    """

    page: int
    box: tuple[float, float, float, float]
    size: float = 13.0
    align: str = "left"

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The fields of one document; a paper without number or seal leaves them out."""

    number: FieldLayout | None = None
    issued_on: FieldLayout | None = None
    person: FieldLayout | None = None
    agency: FieldLayout | None = None

    @property
    def texts(self) -> Mapping[str, FieldLayout]:
        pairs = {NUMBER: self.number, ISSUED_ON: self.issued_on}
        return {name: place for name, place in pairs.items() if place}

    @property
    def signatures(self) -> Mapping[str, FieldLayout]:
        pairs = {PERSON: self.person, AGENCY: self.agency}
        return {name: place for name, place in pairs.items() if place}


@dataclass(frozen=True, slots=True)
class Authorisation:
    """What the holder typed for one signature; lives minutes, sealed, and never appears in a log."""

    pin: str = field(default="", repr=False)
    otp: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Credential:
    """A key that a signing service keeps for an officer or an agency, with its certificate (DER)."""

    id: UUID
    service: str
    remote_id: str
    officer_id: UUID | None
    agency_id: UUID | None
    subject: str
    issuer: str
    serial: str
    certificate: bytes
    valid_from_at: datetime
    valid_until_at: datetime
    mode: AuthorisationMode
    picture_file_id: UUID | None


@dataclass(frozen=True, slots=True)
class RequestView:
    """One request to sign as people see it; ``why`` is the sentence of the last failure."""

    id: UUID
    subject_id: UUID
    purpose: Purpose
    state: RequestState
    file_id: UUID
    field_name: str
    credential_id: UUID
    signed_file_id: UUID | None
    requested_at: datetime
    attempts: int
    why: str
    ask_again: bool


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature that was made here, with what is kept about it."""

    id: UUID
    request_id: UUID
    file_id: UUID
    purpose: Purpose
    subject: str
    serial: str
    issuer: str
    signing_at: datetime
    timestamp_at: datetime | None
    level: Level
    report: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One finding: a code for machines, a Vietnamese msgid with named placeholders, its values."""

    code: str
    message: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message % self.values


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What is true about one signature in a PDF at one moment.

    ``intact``: the signed bytes are unchanged and what was appended is allowed by this signature and those before.
    ``trusted``: the certificate leads to an anchor and was valid and not revoked at the moment that counts (the
    time-stamp's, or the moment of verification). Times are aware; ``certificate`` is DER.
    """

    field: str
    signer: str
    subject: str
    organisation: str
    issuer: str
    serial: str
    certificate: bytes
    signing_at: datetime | None
    timestamp_at: datetime | None
    level: Level
    intact: bool
    trusted: bool
    revocation: Revocation
    covers_whole_file: bool
    changes_after: bool
    findings: tuple[Sentence, ...]

    @property
    def valid(self) -> bool:
        return self.intact and self.trusted


@dataclass(frozen=True, slots=True)
class Verification:
    """All signatures of a file. ``level`` is the lowest of them; ``changes_after``: something forbidden was added."""

    verified_at: datetime
    signatures: tuple[SignatureReport, ...]
    findings: tuple[Sentence, ...] = ()

    @property
    def intact(self) -> bool:
        return bool(self.signatures) and all(report.intact for report in self.signatures)

    @property
    def trusted(self) -> bool:
        return bool(self.signatures) and all(report.trusted for report in self.signatures)

    @property
    def changes_after(self) -> bool:
        return any(report.changes_after for report in self.signatures)

    @property
    def level(self) -> Level | None:
        return min((report.level for report in self.signatures), key=lambda level: level.rank, default=None)

    @property
    def valid(self) -> bool:
        return self.intact and self.trusted
