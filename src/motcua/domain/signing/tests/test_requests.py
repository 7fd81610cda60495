"""From a request to a signed file: who may ask, what is kept, and what happens when the world fails."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from asn1crypto import pem
from django.db import connection

from motcua.domain.signing import commands, fields, ports, queries, worker
from motcua.domain.signing.models import Credential as CredentialRow
from motcua.domain.signing.models import Draft, FileVerification, RevocationAnswer, Signature, SigningRequest
from motcua.domain.signing.tests import world
from motcua.domain.signing.tests.pki import Pki
from motcua.domain.signing.types import Authorisation, AuthorisationMode, Purpose, RequestState
from motcua.domain.signing.verification import verify
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.storage import queries as storage
from motcua.foundation.storage.commands import keep

TYPED = Authorisation(pin=world.PIN)


@dataclass
class Office:
    """A leader with a key, an agency with a seal, a dossier's result, a clock that is moved by hand."""

    pki: Pki
    keys: world.Keys
    leader: Actor
    clerk: Actor
    credential: UUID
    seal: UUID
    subject_id: UUID
    file_id: UUID
    at: datetime

    def clock(self) -> datetime:
        return self.at

    def ask(self, **changes: Any) -> UUID:
        asked: dict[str, Any] = {
            "subject_id": self.subject_id,
            "purpose": Purpose.PERSON,
            "file_id": self.file_id,
            "field_name": "person",
            "credential": self.credential,
            "reason": "Phê duyệt kết quả",
            "actor": self.leader,
            "at": self.at,
            "authorisation": TYPED,
        }
        return commands.request_signature(**(asked | changes))

    def work(self, after: timedelta = timedelta()) -> int:
        self.at += after
        return worker.drain(clock=self.clock)

    def kinds(self) -> list[str]:
        return [event.kind for event in journal.history(self.subject_id)]


@pytest.fixture
def office(db: None, pki: Pki) -> Office:
    return open_office(pki)


def open_office(pki: Pki) -> Office:
    keys, at = world.Keys(pki), world.now()
    ports.register_signer("keys", keys)
    ports.register_trust_services(world.PyhankoTrust(pki))
    leader = world.officer()
    clerk = world.officer(leader.agency_id)
    anchor = pem.armor("CERTIFICATE", pki.anchors[0].dump())
    commands.add_trust_anchor(pem=anchor, name="CA thử", source="kiểm thử", actor=leader, at=at)
    common: dict[str, Any] = {"service": "keys", "actor": leader, "at": at}
    credential = commands.register_credential(remote=keys.credential("person"), officer_id=leader.officer_id, **common)
    seal = commands.register_credential(remote=keys.credential("agency"), agency_id=leader.agency_id, **common)
    stored = keep(content=world.prepared(), name="ket-qua.pdf", media_type="application/pdf", actor=leader, at=at)
    return Office(pki, keys, leader, clerk, credential, seal, new_id(), stored.id, at)


@pytest.mark.requirement("TT11-18.1")
def test_a_result_is_signed_numbered_and_sealed(office: Office, tmp_path: Any) -> None:
    office.work(timedelta(seconds=1))
    request = queries.request(office.ask())
    assert request.state is RequestState.WAITING
    assert office.work() == 1
    done = queries.request(request.id)
    assert done.state is RequestState.SIGNED
    assert done.signed_file_id
    filled = fields.fill(storage.read(done.signed_file_id), world.NUMBER_AND_DATE)
    office.file_id = keep(
        content=filled, name="ket-qua.pdf", media_type="application/pdf", actor=office.clerk, at=office.at
    ).id
    sealing = office.ask(purpose=Purpose.AGENCY, field_name="agency", credential=office.seal, actor=office.clerk)
    office.work()
    sealed = storage.read(queries.request(sealing).signed_file_id or new_id())
    assert verify(sealed, at=world.now(), anchors=office.pki.anchors).valid
    assert world.pdfsig(sealed, tmp_path) == ["Signature is Valid."] * 2
    assert office.kinds() == ["signing.requested", "signing.completed"] * 2
    completed = journal.history(office.subject_id)[-1].data or {}
    assert completed["file_id"] == str(queries.request(sealing).signed_file_id)
    assert completed["signed_from_file_id"] == str(office.file_id)


def test_certificate_answers_and_verification_are_kept(office: Office) -> None:
    request_id = office.ask()
    office.work()
    (kept,) = queries.signatures_of(office.subject_id)
    assert kept.subject == queries.credential(office.credential).subject
    assert kept.level == "B-LT"
    assert kept.timestamp_at is not None
    assert kept.report["signatures"][0]["findings"]
    row = Signature.objects.get(request_id=request_id)
    assert bytes(row.certificate) == office.pki.certificate("person").dump()
    assert row.evidence
    assert RevocationAnswer.objects.filter(sha256__in=row.evidence).count() == len(row.evidence)
    assert not Draft.objects.exists()


def test_a_key_serves_its_holder_alone(office: Office) -> None:
    colleague = world.officer(office.leader.agency_id)
    stranger = world.officer()
    with pytest.raises(NotAllowed):
        office.ask(actor=colleague)
    with pytest.raises(NotAllowed):
        office.ask(actor=stranger, purpose=Purpose.AGENCY, credential=office.seal)
    with pytest.raises(NotAllowed):
        office.ask(actor=office.leader, credential=office.seal)
    with pytest.raises(Missing):
        office.ask(credential=new_id())
    with pytest.raises(Invalid) as problem:
        office.ask(authorisation=None)
    assert problem.value.problems[0].field == "pin"
    commands.disable_credential(credential_id=office.credential, reason="nghỉ hưu", actor=office.leader, at=office.at)
    with pytest.raises(Missing):
        office.ask()


def test_what_the_holder_typed_is_sealed_and_wiped(office: Office) -> None:
    request_id = office.ask()
    with connection.cursor() as cursor:
        cursor.execute("SELECT signing_signingrequest::text FROM signing_signingrequest")
        row = cursor.fetchone()[0]
    assert world.PIN not in row
    assert world.PIN.encode().hex() not in row
    assert SigningRequest.objects.get(id=request_id).secret is not None
    office.work()
    assert SigningRequest.objects.get(id=request_id).secret is None
    assert world.PIN not in repr(office.keys.orders)
    assert world.PIN not in str([event.data for event in journal.history(office.subject_id)])


def test_a_wrong_pin_is_said_and_can_be_mended(office: Office) -> None:
    request_id = office.ask(authorisation=Authorisation(pin="000000"))
    office.work()
    failed = queries.request(request_id)
    assert failed.state is RequestState.FAILED
    assert failed.why == "Mã PIN không đúng."
    assert failed.ask_again
    assert SigningRequest.objects.get(id=request_id).secret is None
    with pytest.raises(Missing):
        commands.authorise_again(request_id=request_id, authorisation=TYPED, actor=office.clerk, at=office.at)
    commands.authorise_again(request_id=request_id, authorisation=TYPED, actor=office.leader, at=office.at)
    office.work()
    assert queries.request(request_id).state is RequestState.SIGNED
    assert office.kinds() == ["signing.requested", "signing.failed", "signing.authorised", "signing.completed"]
    assert {order.digest for order in office.keys.orders} == {office.keys.signed[0]}


def test_an_authorisation_lives_ten_minutes(office: Office) -> None:
    request_id = office.ask()
    assert commands.forget_authorisations(at=office.at + timedelta(minutes=9)) == 0
    assert commands.forget_authorisations(at=office.at + timedelta(minutes=10)) == 1
    office.work(timedelta(minutes=10))
    failed = queries.request(request_id)
    assert failed.ask_again
    assert "hết hạn" in failed.why
    assert not office.keys.orders


def test_a_revoked_certificate_is_refused_before_the_key_is_asked(office: Office) -> None:
    request_id = office.ask()
    office.pki.revoke("person")
    office.work()
    refused = queries.request(request_id)
    assert refused.state is RequestState.FAILED
    assert "đã bị thu hồi ngày" in refused.why
    assert not refused.ask_again
    assert not office.keys.orders


def test_a_certificate_revoked_between_two_attempts_is_refused(office: Office) -> None:
    office.keys.mood = "down"
    request_id = office.ask()
    office.work()
    office.pki.revoke("person")
    office.keys.mood = ""
    office.work(timedelta(seconds=30))
    assert "đã bị thu hồi" in queries.request(request_id).why
    assert not office.keys.signed


def test_an_expired_certificate_is_refused_at_once(office: Office) -> None:
    with pytest.raises(WrongState, match="hết hạn"):
        commands.register_credential(
            service="keys",
            remote=office.keys.credential("expired"),
            officer_id=office.clerk.officer_id,
            actor=office.clerk,
            at=office.at,
        )
    CredentialRow.objects.filter(id=office.credential).update(valid_until_at=office.at)
    with pytest.raises(WrongState, match="đã hết hạn ngày"):
        office.ask()
    assert not queries.credentials_for(at=office.at, officer_id=office.leader.officer_id)


def test_an_unknown_authority_is_refused(office: Office) -> None:
    (anchor,) = office.pki.anchors
    row = commands.add_trust_anchor(pem=anchor.dump(), name="", source="", actor=office.leader, at=office.at)
    commands.withdraw_trust_anchor(anchor_id=row, reason="thử", actor=office.leader, at=office.at)
    request_id = office.ask()
    office.work()
    assert "không thuộc tổ chức chứng thực được tin cậy" in queries.request(request_id).why


def test_a_service_that_is_down_is_asked_again_by_itself(office: Office) -> None:
    office.keys.mood = "down"
    request_id = office.ask()
    assert office.work() == 1
    assert office.work() == 0
    assert queries.request(request_id).state is RequestState.WAITING
    assert queries.request(request_id).why
    assert office.work(timedelta(seconds=3)) == 1
    assert office.kinds() == ["signing.requested", "signing.failed"]
    office.keys.mood = ""
    office.work(timedelta(seconds=10))
    assert queries.request(request_id).state is RequestState.SIGNED
    assert queries.request(request_id).why == ""


def test_a_time_stamp_that_comes_late_does_not_cost_a_second_signature(office: Office) -> None:
    request_id = office.ask()
    sign_digest = office.keys.sign_digest

    def sign_and_cut_the_line(order: ports.DigestOrder) -> bytes:
        office.pki.down.add("tsa")
        return sign_digest(order)

    office.keys.sign_digest = sign_and_cut_the_line  # type: ignore[method-assign]
    office.work()
    assert "dấu thời gian" in queries.request(request_id).why
    assert SigningRequest.objects.get(id=request_id).secret is None
    office.pki.down.clear()
    office.work(timedelta(hours=1))
    assert queries.request(request_id).state is RequestState.SIGNED
    assert len(office.keys.signed) == 1


def test_a_lost_answer_never_makes_a_second_signature(office: Office) -> None:
    office.keys.mood = "lost"
    request_id = office.ask()
    office.work()
    office.keys.mood = ""
    office.work(timedelta(seconds=30))
    done = queries.request(request_id)
    assert done.state is RequestState.SIGNED
    assert len(office.keys.signed) == 2
    assert len(set(office.keys.signed)) == 1, "the key was asked for the same signature, not for another one"
    assert Signature.objects.count() == 1
    found = verify(storage.read(done.signed_file_id or new_id()), at=world.now(), anchors=office.pki.anchors)
    assert [report.field for report in found.signatures] == ["person"]


def test_a_service_that_signs_something_else_is_found_out(office: Office) -> None:
    office.keys.mood = "garbage"
    request_id = office.ask()
    office.work()
    assert "không hợp lệ" in queries.request(request_id).why
    assert queries.request(request_id).signed_file_id is None
    assert not Signature.objects.exists()


def test_one_field_is_signed_once(office: Office) -> None:
    request_id = office.ask()
    with pytest.raises(WrongState, match="đang chờ ký"):
        office.ask()
    commands.cancel_request(request_id=request_id, reason="nhầm", actor=office.leader, at=office.at)
    assert SigningRequest.objects.get(id=request_id).secret is None
    assert office.work() == 0
    office.work()
    second = office.ask()
    office.work()
    with pytest.raises(WrongState, match="không hủy được"):
        commands.cancel_request(request_id=second, reason="muộn", actor=office.leader, at=office.at)
    with pytest.raises(WrongState, match="đã được ký"):
        office.ask()


def test_a_field_that_is_not_there_is_refused(office: Office) -> None:
    request_id = office.ask(field_name="nobody")
    office.work()
    assert "không có chỗ trống" in queries.request(request_id).why


def test_a_verification_of_somebodys_file_is_kept(office: Office, sealed: bytes) -> None:
    found = verify(sealed, at=office.at, anchors=queries.anchors(office.at))
    commands.record_verification(file_id=office.file_id, verification=found)
    kept = queries.last_verification(office.file_id)
    assert isinstance(kept, FileVerification)
    assert kept.intact
    assert len(kept.report["signatures"]) == 2


def test_an_automatic_seal_asks_for_no_pin(office: Office) -> None:
    remote = office.keys.credential("agency", AuthorisationMode.NONE)
    seal = commands.register_credential(
        service="keys", remote=remote, agency_id=office.leader.agency_id, actor=office.leader, at=office.at
    )
    request_id = office.ask(purpose=Purpose.AGENCY, field_name="agency", credential=seal, authorisation=None)
    assert SigningRequest.objects.get(id=request_id).secret is None
    office.work()
    assert office.keys.orders


def test_two_workers_never_hold_the_same_request(committed_database: str, pki: Pki) -> None:
    office = open_office(pki)
    request_id = office.ask()
    results: list[bool] = []

    def work() -> None:
        results.append(worker.run_once(clock=office.clock))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False, False, True]
    assert len(office.keys.signed) == 1
    assert queries.request(request_id).state is RequestState.SIGNED
