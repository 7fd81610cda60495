"""The outside work of signing: take a request, give the connection back, have it signed, write down what came of it.

Each step that costs something outside is kept before the next one begins: the draft before the key is asked, the
signature before the time-stamp is asked. A worker that dies, or an answer that is lost, is repeated from there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from asn1crypto import x509
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.signing import authorisation, certificates, drafts, pades, ports, queries
from motcua.domain.signing.commands.forget_authorisations import forget_authorisations
from motcua.domain.signing.commands.record_failed import record_failed
from motcua.domain.signing.commands.record_signed import record_signed
from motcua.domain.signing.drafts import Kept
from motcua.domain.signing.models import SigningRequest
from motcua.domain.signing.ports import DigestOrder, Later, Refused
from motcua.domain.signing.types import Authorisation, AuthorisationMode, Level, Purpose, RequestState
from motcua.domain.signing.verification import verify
from motcua.foundation.kernel import actor as actors
from motcua.foundation.kernel.errors import Problem
from motcua.foundation.storage.queries import read

NOT_CONNECTED = _("Dịch vụ ký số chưa được kết nối. Hãy báo quản trị viên.")
LEASE = timedelta(minutes=4)
TAKE = """
SELECT id FROM signing_signingrequest
WHERE state IN ('waiting', 'sent') AND next_try_at <= %s AND (leased_until_at IS NULL OR leased_until_at < %s)
ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Job:
    """One request in a worker's hands; ``given`` is None when the holder's authorisation ran out."""

    request_id: UUID
    service: str
    remote_id: str
    purpose: Purpose
    file_id: UUID
    file_sha256: str
    field_name: str
    reason: str
    location: str
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    algorithms: tuple[str, ...]
    picture_file_id: UUID | None
    given: Authorisation | None


def run_once(*, clock: Clock) -> bool:
    """Wipe authorisations that ran out, work on one request; False when none is ready.

    ``clock`` gives the present moment (the work takes seconds).
    """
    forget_authorisations(at=clock())
    job = _take(clock())
    if job is None:
        return False
    try:
        _perform(job, clock)
    except Later as later:
        record_failed(request_id=job.request_id, sentence=later.sentence, retry=True, actor=_actor(), at=clock())
    except Refused as refused:
        record_failed(
            request_id=job.request_id,
            sentence=refused.sentence,
            retry=False,
            ask_again=refused.ask_again,
            actor=_actor(),
            at=clock(),
        )
    except Problem as problem:
        record_failed(request_id=job.request_id, sentence=problem.sentence, retry=False, actor=_actor(), at=clock())
    except Exception:  # noqa: BLE001 - one document that nobody foresaw waits its turn again, never a dead worker
        log.exception("signing request %s", job.request_id)
        sentence = _("Ký số gặp lỗi chưa rõ. Hệ thống sẽ tự ký lại; nếu vẫn lỗi, hãy báo quản trị viên.")
        record_failed(request_id=job.request_id, sentence=sentence, retry=True, actor=_actor(), at=clock())
    return True


def drain(*, clock: Clock, limit: int = 1000) -> int:
    """Work on everything that is ready now; for tests and the sample's player."""
    done = 0
    while done < limit and run_once(clock=clock):
        done += 1
    return done


@transaction.atomic
def _take(at: datetime) -> Job | None:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [at, at])
        found = cursor.fetchone()
    if found is None:
        return None
    row = SigningRequest.objects.select_related("credential").get(id=found[0])
    row.state, row.attempts, row.leased_until_at = RequestState.SENT, row.attempts + 1, at + LEASE
    row.save(update_fields=["state", "attempts", "leased_until_at"])
    credential = row.credential
    return Job(
        request_id=row.id,
        service=credential.service,
        remote_id=credential.remote_id,
        purpose=Purpose(row.purpose),
        file_id=row.file_id,
        file_sha256=row.file_sha256,
        field_name=row.field_name,
        reason=row.reason,
        location=row.location,
        certificate=certificates.load(bytes(credential.certificate)),
        chain=certificates.load_many(bytes.fromhex(item) for item in credential.chain),
        algorithms=tuple(credential.algorithms),
        picture_file_id=credential.picture_file_id,
        given=_given(row, at),
    )


def _given(row: SigningRequest, at: datetime) -> Authorisation | None:
    if row.credential.mode == AuthorisationMode.NONE:
        return Authorisation()
    if row.secret is None or row.secret_until_at is None or row.secret_until_at <= at:
        return None
    return authorisation.unseal(row.id, bytes(row.secret))


def _perform(job: Job, clock: Clock) -> None:
    if not ports.trust_services_known():
        raise Later(NOT_CONNECTED)
    trust = ports.trust_services()
    anchors = queries.anchors(clock())
    kept = drafts.load(job.request_id, now=clock())
    source = b"" if kept else _source(job)
    picture = read(job.picture_file_id) if job.picture_file_id and not kept else None
    order = _order(job, source, kept.signing_at if kept else clock(), picture)
    _give_connection_back()
    fetchers = trust.fetchers(at=clock())
    if kept is None:
        draft = pades.prepare(order, anchors=anchors, timestamper=trust.timestamper(), fetchers=fetchers)
        kept = drafts.keep(job.request_id, draft, order.signing_at)
    elif kept.signature is None:
        pades.check(order, anchors=anchors, fetchers=fetchers)
    signature = kept.signature or _have_signed(job, order, kept)
    _give_connection_back()
    pdf = pades.finish(kept.draft, order, signature, timestamper=trust.timestamper())
    _accept(job, pdf, kept.draft.evidence, anchors, clock)


def _have_signed(job: Job, order: pades.Order, kept: Kept) -> bytes:
    """Ask the key for its signature, and keep it at once: an OTP is good for one answer."""
    if job.given is None:
        raise Refused(_("Mã xác nhận ký số đã hết hạn. Hãy nhập lại PIN hoặc OTP để ký."), ask_again=True)
    mechanism = pades.mechanism(order)
    parameters = mechanism["parameters"]
    _give_connection_back()
    try:
        signature = ports.signer(job.service).sign_digest(
            DigestOrder(
                remote_id=job.remote_id,
                digest=kept.draft.digest,
                digest_algorithm=pades.DIGEST,
                algorithm=mechanism["algorithm"].dotted,
                parameters=parameters.dump() if parameters.native is not None else None,
                authorisation=job.given,
                reference=str(job.request_id),
                description=job.reason,
            )
        )
    except LookupError:
        raise Later(NOT_CONNECTED) from None
    drafts.keep_signature(job.request_id, signature)
    return signature


def _accept(
    job: Job,
    pdf: bytes,
    evidence: tuple[pades.Evidence, ...],
    anchors: tuple[x509.Certificate, ...],
    clock: Clock,
) -> None:
    """Believe nobody: the signed file is verified like anybody's before it is kept."""
    verification = verify(pdf, at=clock(), anchors=anchors)
    ours = [report for report in verification.signatures if report.field == job.field_name]
    lasting = bool(ours) and ours[0].level.rank >= Level.LT.rank
    if not lasting or not ours[0].valid or not verification.intact:
        drafts.drop(job.request_id)
        raise Refused(
            _("Chữ ký nhận được từ dịch vụ ký số không hợp lệ. Hãy báo quản trị viên rồi ký lại."), ask_again=True
        )
    record_signed(
        request_id=job.request_id, pdf=pdf, verification=verification, evidence=evidence, actor=_actor(), at=clock()
    )


def _source(job: Job) -> bytes:
    content = read(job.file_id)
    if sha256(content).hexdigest() != job.file_sha256:
        raise Refused(_("Tệp cần ký không còn như lúc yêu cầu. Hãy tạo lại văn bản."))
    return content


def _order(job: Job, source: bytes, signing_at: datetime, picture: bytes | None) -> pades.Order:
    return pades.Order(
        pdf=source,
        field_name=job.field_name,
        purpose=job.purpose,
        certificate=job.certificate,
        chain=job.chain,
        algorithms=job.algorithms,
        signing_at=signing_at,
        reason=job.reason,
        location=job.location,
        picture=picture,
    )


def _actor() -> actors.Actor:
    return actors.system("signing")


def _give_connection_back() -> None:
    if not connection.in_atomic_block:
        connection.close()
