"""One signature before the judge: is it intact, when was it made, may its certificate be trusted for that moment?

pyhanko does cryptography, paths and difference analysis; here stands which moment and which evidence count.
No Django in here.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, RevokedError, ValidationError
from pyhanko_certvalidator.fetchers import Fetchers

from motcua.domain.signing.certificates import SKEW
from motcua.domain.signing.differences import POLICY
from motcua.domain.signing.types import Level, Revocation

USAGES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
# Whatever a hostile file makes the readers raise means one thing: this signature cannot be read.
UNREADABLE = (
    PdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    OverflowError,
)

# pyhanko logs what is wrong with a file as if something were wrong with us; the report says it instead.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Stored:
    """The document security store: certificates and revocation answers embedded in the file."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsps: tuple[ocsp.OCSPResponse, ...] = ()
    crls: tuple[crl.CertificateList, ...] = ()

    @classmethod
    def read(cls, reader: PdfFileReader) -> Stored:
        """Read the store; a file without one has an empty store."""
        try:
            found = DocumentSecurityStore.read_dss(reader)
        except NoDSSFoundError:
            return cls()
        answers = [ocsp.OCSPResponse.load(item.get_object().data) for item in found.ocsps]
        lists = [crl.CertificateList.load(item.get_object().data) for item in found.crls]
        return cls(tuple(found.load_certs()), tuple(answers), tuple(lists))


@dataclass(frozen=True, slots=True)
class Bench:
    """What all signatures of one file are judged with. ``fetchers`` is None when nobody may be asked."""

    at: datetime
    anchors: tuple[x509.Certificate, ...]
    stored: Stored
    fetchers: Fetchers | None
    archive_at: datetime | None = None  # a later document time-stamp keeps the evidence beyond the first one's life

    def context(self, moment: datetime, *, mode: str, ask: bool = False) -> ValidationContext:
        """A fresh context at a moment; ``mode`` is require or soft-fail, ``ask`` lets the network answer too."""
        return ValidationContext(
            trust_roots=list(self.anchors),
            other_certs=list(self.stored.certificates),
            ocsps=list(self.stored.ocsps),
            crls=list(self.stored.crls),
            moment=moment,
            allow_fetching=ask,
            fetchers=self.fetchers if ask else None,
            revocation_mode=mode,
            time_tolerance=SKEW,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found. ``judged_at`` is the moment that counts, ``revoked_at`` when the certificate was revoked."""

    certificate: x509.Certificate
    judged_at: datetime
    signing_at: datetime | None
    timestamp_at: datetime | None
    timestamp_seen: bool
    timestamp_expired: bool
    genuine: bool
    changes_after: bool
    changed_after_but_allowed: bool
    covers_whole_file: bool
    trusted: bool
    revocation: Revocation
    revoked_at: datetime | None
    level: Level


def judge(signature: EmbeddedPdfSignature, bench: Bench) -> Judgement:
    """Judge one signature. Raises one of UNREADABLE when it cannot be read."""
    return asyncio.run(_judge(signature, bench))


def archive_time(stamp: EmbeddedPdfSignature, bench: Bench) -> datetime | None:
    """Return the time of a document time-stamp that is genuine and trusted, None otherwise."""
    return asyncio.run(_archive_time(stamp, bench))


async def _judge(signature: EmbeddedPdfSignature, bench: Bench) -> Judgement:
    signature.compute_integrity_info(POLICY)
    stamped_at = _stamped_at(signature)
    moment = stamped_at or bench.at
    strict = await _status(signature, bench.context(moment, mode="require"))
    stamp_ok = await _stamp_trusted(strict, signature, bench, moment)
    if stamped_at and not stamp_ok:
        moment = bench.at
        strict = await _status(signature, bench.context(moment, mode="require"))
    status, revocation, revoked_at = await _with_revocation(signature, strict, bench, moment)
    expired = bool(stamped_at) and not stamp_ok and _stamp_lapsed(strict, bench)
    genuine = bool(status.intact and status.valid)
    allowed = bool(status.docmdp_ok) and signature.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Judgement(
        certificate=signature.signer_cert,
        judged_at=moment,
        signing_at=signature.self_reported_timestamp,
        timestamp_at=stamped_at if stamp_ok else None,
        timestamp_seen=stamped_at is not None,
        timestamp_expired=expired,
        genuine=genuine,
        changes_after=not allowed,
        changed_after_but_allowed=allowed and not whole,
        covers_whole_file=whole,
        trusted=_trusted(status) and revocation is not Revocation.REVOKED,
        revocation=revocation,
        revoked_at=revoked_at,
        level=_level(stamp_ok, _trusted(strict), bench),
    )


async def _with_revocation(
    signature: EmbeddedPdfSignature, strict: PdfSignatureStatus, bench: Bench, moment: datetime
) -> tuple[PdfSignatureStatus, Revocation, datetime | None]:
    """Weigh embedded answers, then present ones: a revocation dated before the signature counts, whoever says it."""
    if strict.revocation_details:
        return strict, Revocation.REVOKED, strict.revocation_details.revocation_date
    known, revoked_at = await _ask_now(signature, bench)
    if revoked_at and revoked_at <= moment:
        return strict, Revocation.REVOKED, revoked_at
    if _trusted(strict):
        return strict, Revocation.GOOD, revoked_at
    soft = await _status(signature, bench.context(moment, mode="soft-fail"))
    if soft.revocation_details:
        return soft, Revocation.REVOKED, soft.revocation_details.revocation_date
    return soft, Revocation.GOOD if known else Revocation.UNKNOWN, revoked_at


async def _ask_now(signature: EmbeddedPdfSignature, bench: Bench) -> tuple[bool, datetime | None]:
    """Ask the authorities about the signer: (they answered, when it was revoked)."""
    if bench.fetchers is None:
        return False, None
    context = bench.context(bench.at, mode="require", ask=True)
    validator = CertificateValidator(
        signature.signer_cert, intermediate_certs=signature.other_embedded_certs, validation_context=context
    )
    try:
        await validator.async_validate_path()
    except RevokedError as error:
        return True, error.revocation_dt
    except (PathBuildingError, ValidationError):
        return False, None
    return True, None


async def _status(signature: EmbeddedPdfSignature, context: ValidationContext) -> PdfSignatureStatus:
    return await async_validate_pdf_signature(signature, context, key_usage_settings=USAGES, skip_diff=True)


async def _stamp_trusted(
    status: PdfSignatureStatus, signature: EmbeddedPdfSignature, bench: Bench, moment: datetime
) -> bool:
    """A time-stamp counts when its authority was good then and its certificate has not run out since."""
    stamp = status.timestamp_validity
    if stamp is None:
        return False
    if not stamp.trusted and stamp.valid and stamp.intact and not stamp.revoked:
        soft = await _status(signature, bench.context(moment, mode="soft-fail"))
        stamp = soft.timestamp_validity
    return bool(stamp and stamp.trusted) and not _stamp_lapsed(status, bench)


def _stamp_lapsed(status: PdfSignatureStatus, bench: Bench) -> bool:
    stamp = status.timestamp_validity
    if stamp is None:
        return False
    end: datetime = stamp.signing_cert.not_valid_after
    return bench.at > end and not (bench.archive_at and bench.archive_at <= end)


def _stamped_at(signature: EmbeddedPdfSignature) -> datetime | None:
    """The time in the signature's own time-stamp, believed only after the stamp was judged."""
    for token in extract_tst_data_iter(signature.signer_info, signed=False):
        return _time_of(token)
    return None


def _time_of(token: cms.SignedData) -> datetime:
    found: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return found


async def _archive_time(stamp: EmbeddedPdfSignature, bench: Bench) -> datetime | None:
    context = bench.context(bench.at, mode="soft-fail")
    status = await async_validate_pdf_timestamp(stamp, context, diff_policy=POLICY)
    believed = status.trusted and status.valid and status.intact
    return status.timestamp if believed and status.coverage >= SignatureCoverageLevel.ENTIRE_REVISION else None


def _level(stamp_ok: bool, evidence_inside: bool, bench: Bench) -> Level:
    if not stamp_ok:
        return Level.B
    if not evidence_inside:
        return Level.T
    return Level.LTA if bench.archive_at else Level.LT


def _trusted(status: PdfSignatureStatus) -> bool:
    """Whether the certificate is good, whatever happened to the document."""
    return status.trust_problem_indic is None and status.validation_path is not None
