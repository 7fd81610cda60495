"""Making a PAdES B-LT signature in a prepared field, with a key that is somewhere else.

``prepare`` checks the certificates, embeds the revocation answers (DSS) and leaves room for the signature: a draft
with the digest to be signed. ``finish`` puts the signature and its time-stamp into the draft. Whoever keeps the
draft can repeat a lost step and will always ask for the signature of the same digest, never for a second one.
The evidence stands in the signed revision itself, so that the last signature covers the whole file.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from asn1crypto import algos, cms, x509
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import (
    DSSContentSettings,
    PdfSignatureMetadata,
    PdfSigner,
    SigDSSPlacementPreference,
)
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.fetchers import Fetchers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.domain.signing import certificates
from motcua.domain.signing.appearance import DrawnStyle, Stamp
from motcua.domain.signing.ports import Later, Refused
from motcua.domain.signing.revisions import Revision
from motcua.domain.signing.types import Purpose
from motcua.foundation.kernel.clocks import local

DIGEST = "sha256"
RSA_PSS = "1.2.840.113549.1.1.10"
_NO_STAMP = _("Chưa lấy được dấu thời gian. Hệ thống sẽ tự ký lại sau ít phút.")


@dataclass(frozen=True, slots=True)
class Order:
    """One signature to be made. ``algorithms`` are the object identifiers that the key's service offers."""

    pdf: bytes
    field_name: str
    purpose: Purpose
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    algorithms: tuple[str, ...]
    signing_at: datetime
    reason: str = ""
    location: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Revocation answers that stand behind a signature: ``kind`` is ocsp or crl, ``content`` DER."""

    kind: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that waits for its signature: ``digest`` (SHA-256) goes to the key, ``room`` is where it comes to."""

    pdf: bytes
    document_digest: bytes
    room: tuple[int, int]
    digest: bytes
    evidence: tuple[Evidence, ...]


def prepare(
    order: Order, *, anchors: tuple[x509.Certificate, ...], timestamper: TimeStamper, fetchers: Fetchers
) -> Draft:
    """Return the draft of a B-LT signature (ETSI EN 319 142-1).

    Raises ports.Refused with a sentence (expired, revoked, not trusted, no such empty field) and ports.Later (the
    certification or the time-stamping authority does not answer).
    """
    context = _context(order, anchors, fetchers)
    _refuse_weak(order.certificate)
    try:
        return asyncio.run(_prepare(order, context, timestamper))
    except OSError as error:
        raise Later(_NO_STAMP) from error


def check(order: Order, *, anchors: tuple[x509.Certificate, ...], fetchers: Fetchers) -> None:
    """Raise Refused or Later unless the signer's certificate is good now."""
    asyncio.run(_check_certificate(order, _context(order, anchors, fetchers)))


def mechanism(order: Order) -> algos.SignedDigestAlgorithm:
    """Return the signature algorithm for this certificate among those its service offers."""
    return _Hand(order).mechanism


def finish(draft: Draft, order: Order, signature: bytes, *, timestamper: TimeStamper) -> bytes:
    """Return the signed file. Raises ports.Later when no time-stamp is to be had."""
    try:
        return asyncio.run(_finish(draft, order, signature, timestamper))
    except OSError as error:
        raise Later(_NO_STAMP) from error


class _Hand(Signer):
    """pyhanko's signer whose private key is elsewhere: it gives back what was signed there."""

    def __init__(self, order: Order, signature: bytes = bytes(512)) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(order.chain)
        pss_only = RSA_PSS in order.algorithms and not _plain_rsa(order.algorithms)
        super().__init__(signing_cert=order.certificate, cert_registry=store, prefer_pss=pss_only)
        self.mechanism: algos.SignedDigestAlgorithm = self.get_signature_mechanism_for_digest(DIGEST)
        self._signature = signature

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        return self._signature

    async def attributes(self, document_digest: bytes) -> cms.CMSAttributes:
        """The signed attributes; they depend on the certificate and the document's digest alone."""
        return await self.signed_attrs(document_digest, DIGEST, attr_settings=PdfCMSSignedAttributes(), use_pades=True)


async def _prepare(order: Order, context: ValidationContext, timestamper: TimeStamper) -> Draft:
    await _check_certificate(order, context)
    hand = _Hand(order)
    try:
        writer = Revision.of(order.pdf)
        session = _pdf_signer(order, hand, context, timestamper, writer).init_signing_session(
            writer, existing_fields_only=True
        )
    except (SigningError, PdfError) as error:
        raise Refused(_("Văn bản không có chỗ trống cho chữ ký này, hoặc đã khóa. Hãy tạo lại văn bản.")) from error
    session.system_time = local(order.signing_at)
    try:
        evidence = await session.perform_presign_validation(writer)
    except (SigningError, ValidationError, PathBuildingError) as error:
        raise Later(_("Chưa kiểm tra được chứng thư của tổ chức cấp dấu thời gian. Hệ thống sẽ tự ký lại.")) from error
    room = await session.estimate_signature_container_size(evidence)
    document = session.prepare_tbs_document(evidence, bytes_reserved=room)
    output = BytesIO()
    prepared, _output = document.digest_tbs_document(output=output)
    attributes = await hand.attributes(prepared.document_digest)
    return Draft(
        pdf=output.getvalue(),
        document_digest=prepared.document_digest,
        room=(prepared.reserved_region_start, prepared.reserved_region_end),
        digest=sha256(attributes.dump()).digest(),
        evidence=_evidence(context),
    )


async def _finish(draft: Draft, order: Order, signature: bytes, timestamper: TimeStamper) -> bytes:
    hand = _Hand(order, signature)
    attributes = await hand.attributes(draft.document_digest)
    signed = await hand.async_sign_prescribed_attributes(DIGEST, attributes, timestamper=timestamper)
    output = BytesIO(draft.pdf)
    try:
        PreparedByteRangeDigest(draft.document_digest, *draft.room).fill_with_cms(output, signed)
    except ValueError as error:  # the time-stamp is far longer than the one the room was measured with
        raise Refused(_("Dấu thời gian quá dài so với chỗ dành cho chữ ký. Hãy báo quản trị viên.")) from error
    return output.getvalue()


def _context(order: Order, anchors: tuple[x509.Certificate, ...], fetchers: Fetchers) -> ValidationContext:
    return ValidationContext(
        trust_roots=list(anchors),
        other_certs=list(order.chain),
        allow_fetching=True,
        fetchers=fetchers,
        revocation_mode="require",
        time_tolerance=certificates.SKEW,
    )


def _pdf_signer(
    order: Order, hand: _Hand, context: ValidationContext, timestamper: TimeStamper, writer: Revision
) -> PdfSigner:
    """The first signature certifies the document, every later one approves it (ISO 32000-1 §12.8.2.2)."""
    names = certificates.names(order.certificate)
    metadata = PdfSignatureMetadata(
        field_name=order.field_name,
        md_algorithm=DIGEST,
        location=order.location or None,
        reason=order.reason or None,
        name=names.common_name,
        certify=not list(writer.prev.embedded_signatures),
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        validation_context=context,
        docmdp_permissions=MDPPerm.NO_CHANGES if order.purpose is Purpose.AGENCY else MDPPerm.FILL_FORMS,
        signer_key_usage=set(),  # checked in certificates.may_sign: one of two usages is enough
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    drawing = DrawnStyle(Stamp(order.purpose, names.common_name, order.signing_at, order.picture))
    return PdfSigner(metadata, hand, timestamper=timestamper, stamp_style=drawing)


async def _check_certificate(order: Order, context: ValidationContext) -> None:
    """Raise Refused or Later with the sentence that says what is wrong with the signer's certificate."""
    validator = CertificateValidator(
        order.certificate, intermediate_certs=list(order.chain), validation_context=context
    )
    who = {"signer": certificates.names(order.certificate).common_name}
    try:
        await validator.async_validate_usage(key_usage=set())
    except RevokedError as error:
        day = local(error.revocation_dt).strftime("%d/%m/%Y")
        raise Refused(
            _("Chứng thư số của %(signer)s đã bị thu hồi ngày %(day)s. Hãy dùng chứng thư khác.") % {**who, "day": day}
        ) from error
    except ExpiredError as error:
        raise Refused(_("Chứng thư số của %(signer)s đã hết hạn. Hãy gia hạn rồi ký lại.") % who) from error
    except NotYetValidError as error:
        raise Refused(_("Chứng thư số của %(signer)s chưa đến ngày có hiệu lực.") % who) from error
    except InsufficientRevinfoError as error:
        raise Later(
            _("Chưa kiểm tra được chứng thư số của %(signer)s có bị thu hồi hay không. Hệ thống sẽ tự ký lại.") % who
        ) from error
    except (PathBuildingError, PathValidationError) as error:
        raise Refused(
            _("Chứng thư số của %(signer)s không thuộc tổ chức chứng thực được tin cậy. Hãy báo quản trị viên.") % who
        ) from error


def _refuse_weak(certificate: x509.Certificate) -> None:
    if not certificates.may_sign(certificate):
        raise Refused(_("Chứng thư số này không được cấp để ký số. Hãy dùng chứng thư khác."))
    if not certificates.strong_enough(certificate):
        raise Refused(_("Khóa của chứng thư số này quá ngắn (RSA từ 2048 bit). Hãy dùng chứng thư khác."))


def _plain_rsa(algorithms: tuple[str, ...]) -> bool:
    """RsaEncryption or sha256WithRSAEncryption: the padding that every verifier knows."""
    return bool({"1.2.840.113549.1.1.1", "1.2.840.113549.1.1.11"} & set(algorithms))


def _evidence(context: ValidationContext) -> tuple[Evidence, ...]:
    answers = [Evidence("ocsp", answer.dump()) for answer in context.ocsps]
    return (*answers, *(Evidence("crl", crl.dump()) for crl in context.crls))
