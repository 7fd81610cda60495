"""Judging a signed PDF in words: is it as it was signed, by whom, and could they sign then? (TT 15/2025)

A signature is judged at the moment its time-stamp proves, with the revocation answers embedded in the file; without
a time-stamp, at the moment of verification. The time-stamping authority must still be valid at verification. What
was appended after a signature is compared with what that signature allows. Needs neither Django nor a network.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import EmbeddedPdfSignature
from pyhanko_certvalidator.fetchers import Fetchers

from motcua.domain.signing import certificates, judging
from motcua.domain.signing.judging import Bench, Judgement, Stored
from motcua.domain.signing.types import Level, Revocation, Sentence, SignatureReport, Verification
from motcua.domain.signing.types import gettext_noop as _

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
TIMESTAMP = "/DocTimeStamp"
FOREIGN_TAIL = Sentence("foreign-tail", _("Cuối tệp có dữ liệu lạ được thêm vào sau khi ký."))


def verify(
    pdf: bytes, *, at: datetime, anchors: tuple[x509.Certificate, ...], fetchers: Fetchers | None = None
) -> Verification:
    """Judge every signature of the file at the moment ``at`` (aware) against these trust anchors.

    ``fetchers`` lets the authorities be asked for what they know now; without it nothing leaves the machine. Never
    raises for what the file contains: a broken file or signature is a finding.
    """
    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        fields = list(_signed_fields(reader))
        bench = _bench(reader, fields, Bench(at, anchors, Stored.read(reader), fetchers))
    except judging.UNREADABLE:
        unreadable = Sentence("not-a-pdf", _("Tệp này không phải là PDF đọc được nên không kiểm tra được chữ ký số."))
        return Verification(at, (), (unreadable,))
    signed = [(name, field) for name, kind, field in fields if kind != TIMESTAMP]
    if not signed:
        return Verification(at, (), (Sentence("no-signature", _("Tệp này không có chữ ký số.")),))
    tail = () if pdf.rstrip(b"\0\t\n\f\r ").endswith(b"%%EOF") else (FOREIGN_TAIL,)
    return Verification(at, tuple(_report(name, field, reader, bench, tail) for name, field in signed), tail)


def as_json(verification: Verification) -> dict[str, Any]:
    """Return the verification as plain JSON, as it is kept (TT 15/2025: keep the result of verification)."""
    return {
        "verified_at": verification.verified_at.isoformat(),
        "intact": verification.intact,
        "trusted": verification.trusted,
        "level": verification.level,
        "changes_after": verification.changes_after,
        "findings": [_sentence_json(finding) for finding in verification.findings],
        "signatures": [_report_json(report) for report in verification.signatures],
    }


def _signed_fields(reader: PdfFileReader) -> Iterator[tuple[str, str, Any]]:
    for name, value, field in enumerate_sig_fields(reader, filled_status=True):
        yield name, str(value.get_object().get("/Type", "/Sig")), field


def _bench(reader: PdfFileReader, fields: list[tuple[str, str, Any]], bench: Bench) -> Bench:
    stamps = [EmbeddedPdfSignature(reader, field, name) for name, kind, field in fields if kind == TIMESTAMP]
    times = [time for stamp in stamps if (time := judging.archive_time(stamp, bench))]
    return replace(bench, archive_at=min(times)) if times else bench


def _report(name: str, field: Any, reader: PdfFileReader, bench: Bench, tail: tuple[Sentence, ...]) -> SignatureReport:
    try:
        found = judging.judge(EmbeddedPdfSignature(reader, field, name), bench)
    except judging.UNREADABLE:
        return _broken(name)
    names = certificates.names(found.certificate)
    changed = found.changes_after or bool(tail)
    return SignatureReport(
        field=name,
        signer=names.common_name,
        subject=names.subject,
        organisation=names.organisation,
        issuer=names.issuer,
        serial=names.serial,
        certificate=found.certificate.dump(),
        signing_at=found.signing_at,
        timestamp_at=found.timestamp_at,
        level=found.level,
        intact=found.genuine and not changed,
        trusted=found.trusted,
        revocation=found.revocation,
        covers_whole_file=found.covers_whole_file,
        changes_after=changed,
        findings=(*tail, *_findings(found, names)),
    )


def _findings(found: Judgement, names: certificates.Names) -> Iterator[Sentence]:
    yield from _about_content(found)
    yield from _about_time(found)
    yield from _about_certificate(found, names)


def _about_content(found: Judgement) -> Iterator[Sentence]:
    if not found.genuine:
        yield Sentence("altered", _("Nội dung đã ký bị thay đổi: chữ ký số này không còn giá trị."))
    elif found.changes_after:
        yield Sentence("changed-after", _("Tệp bị sửa sau khi ký, ngoài phạm vi người ký cho phép."))
    elif found.changed_after_but_allowed:
        yield Sentence("added-after", _("Sau chữ ký này chỉ có phần bổ sung được phép (số, ngày, chữ ký tiếp theo)."))
    else:
        yield Sentence("intact", _("Nội dung còn nguyên vẹn kể từ khi ký."))


def _about_time(found: Judgement) -> Iterator[Sentence]:
    if found.timestamp_at:
        moment = {"moment": _moment(found.timestamp_at)}
        yield Sentence("timestamped", _("Thời điểm ký được dấu thời gian chứng thực: %(moment)s."), moment)
    elif found.timestamp_expired:
        yield Sentence(
            "timestamp-expired", _("Chứng thư của dấu thời gian đã hết hạn nên không chứng minh được lúc ký.")
        )
    elif found.timestamp_seen:
        yield Sentence("timestamp-untrusted", _("Dấu thời gian không thuộc tổ chức được tin cậy."))
    elif found.signing_at:
        moment = {"moment": _moment(found.signing_at)}
        yield Sentence("time-claimed", _("Thời điểm ký do người ký khai, không có dấu thời gian: %(moment)s."), moment)


def _about_certificate(found: Judgement, names: certificates.Names) -> Iterator[Sentence]:
    who = {"signer": names.common_name}
    if found.revocation is Revocation.REVOKED:
        when = {**who, "moment": _moment(found.revoked_at) if found.revoked_at else ""}
        yield Sentence("revoked", _("Chứng thư số của %(signer)s đã bị thu hồi trước khi ký (%(moment)s)."), when)
    elif not found.trusted and not names.valid_from_at <= found.judged_at <= names.valid_until_at:
        dates = {**who, "start": _day(names.valid_from_at), "end": _day(names.valid_until_at)}
        yield Sentence("out-of-time", _("Chứng thư số của %(signer)s chỉ có hiệu lực từ %(start)s đến %(end)s."), dates)
    elif not found.trusted:
        yield Sentence("untrusted", _("Chứng thư số của %(signer)s không thuộc tổ chức chứng thực được tin cậy."), who)
    elif found.revocation is Revocation.UNKNOWN:
        yield Sentence(
            "revocation-unknown",
            _("Cảnh báo: chưa kiểm tra được chứng thư số của %(signer)s có bị thu hồi hay không."),
            who,
        )
    else:
        yield Sentence("certificate-good", _("Chứng thư số của %(signer)s có hiệu lực tại thời điểm ký."), who)
    if found.revoked_at and found.revocation is not Revocation.REVOKED:
        when = {"moment": _moment(found.revoked_at)}
        yield Sentence(
            "revoked-later", _("Chứng thư số bị thu hồi sau khi ký (%(moment)s); chữ ký vẫn có giá trị."), when
        )


def _broken(name: str) -> SignatureReport:
    broken = Sentence("broken", _("Chữ ký số ở trường “%(field)s” bị hỏng, không đọc được."), {"field": name})
    nothing = dict.fromkeys(("signer", "subject", "organisation", "issuer", "serial"), "")
    return SignatureReport(
        field=name,
        **nothing,
        certificate=b"",
        signing_at=None,
        timestamp_at=None,
        level=Level.B,
        intact=False,
        trusted=False,
        revocation=Revocation.UNKNOWN,
        covers_whole_file=False,
        changes_after=True,
        findings=(broken,),
    )


def _report_json(report: SignatureReport) -> dict[str, Any]:
    plain = asdict(report)
    plain["certificate"] = report.certificate.hex()
    plain["findings"] = [_sentence_json(finding) for finding in report.findings]
    for name in ("signing_at", "timestamp_at"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {"code": sentence.code, "message": sentence.message, "values": dict(sentence.values)}


def _moment(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y")


def _day(at: datetime) -> str:
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y")
