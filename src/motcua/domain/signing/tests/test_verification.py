"""A signed result is believed by us and by others; whatever is done to it afterwards is found."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pem
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfTimeStamper, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from motcua.domain.signing import fields
from motcua.domain.signing.tests import world
from motcua.domain.signing.tests.pki import Pki
from motcua.domain.signing.types import Level, Purpose, Revocation, Verification
from motcua.domain.signing.verification import as_json, verify
from motcua.foundation.kernel.errors import WrongState

YEARS_LATER = datetime(2040, 6, 1, tzinfo=UTC)
AFTER_THE_TSA = datetime(2046, 1, 1, tzinfo=UTC)


def codes(found: Verification, field: str) -> set[str]:
    (report,) = [item for item in found.signatures if item.field == field]
    return {finding.code for finding in report.findings}


@pytest.mark.requirement("TT11-18.1")
def test_after_every_step_we_and_others_believe_the_result(
    pki: Pki, by_person: bytes, numbered: bytes, sealed: bytes, tmp_path: Path
) -> None:
    for pdf, signers in ((by_person, ["person"]), (numbered, ["person"]), (sealed, ["person", "agency"])):
        found = verify(pdf, at=world.now(), anchors=pki.anchors)
        assert [report.field for report in found.signatures] == signers
        assert found.valid
        assert found.level is Level.LT
        assert world.pyhanko_says(pdf, pki) == dict.fromkeys(signers, True)
        assert world.pdfsig(pdf, tmp_path) == ["Signature is Valid."] * len(signers)
        assert world.qpdf_complains(pdf, tmp_path) == ""
    text = world.text_of(sealed, tmp_path)
    assert "Ký bởi: Nguyễn Văn Ký" in text
    assert "123/QĐ-UBND" in text


def test_a_report_names_signer_time_and_certificate(pki: Pki, sealed: bytes) -> None:
    person, agency = verify(sealed, at=world.now(), anchors=pki.anchors).signatures
    assert person.signer == "Nguyễn Văn Ký"
    assert agency.signer == "Sở Tài nguyên và Môi trường tỉnh Mẫu"
    assert person.serial == f"{pki.certificate('person').serial_number:X}"
    assert person.timestamp_at is not None
    assert abs(person.timestamp_at - world.now()) < timedelta(minutes=5)
    assert agency.covers_whole_file
    assert not person.covers_whole_file
    kept = as_json(verify(sealed, at=world.now(), anchors=pki.anchors))
    assert [item["signer"] for item in kept["signatures"]] == [person.signer, agency.signer]


def test_it_holds_for_years_without_a_network(pki: Pki, sealed: bytes) -> None:
    pki.down |= {"ocsp", "tsa", "crls"}
    later = verify(sealed, at=YEARS_LATER, anchors=pki.anchors)
    assert later.valid
    assert later.level is Level.LT
    assert not pki.calls
    too_late = verify(sealed, at=AFTER_THE_TSA, anchors=pki.anchors)
    assert not too_late.trusted
    assert too_late.intact
    assert "timestamp-expired" in codes(too_late, "person")


def test_the_validator_stands_alone(pki: Pki, sealed: bytes, tmp_path: Path) -> None:
    (tmp_path / "result.pdf").write_bytes(sealed)
    (tmp_path / "altered.pdf").write_bytes(sealed[:6000] + b"\x00" + sealed[6001:])
    (tmp_path / "root.pem").write_bytes(pem.armor("CERTIFICATE", pki.anchors[0].dump()))
    program = [sys.executable, "-m", "motcua.domain.signing.validator"]
    source = str(Path(__file__).parents[4])

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {"PYTHONPATH": source, "PYTHONUTF8": "1", "http_proxy": "http://127.0.0.1:9"}
        return subprocess.run(
            [*program, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path, env=environment
        )

    good = run("result.pdf", "--anchors", "root.pem", "--at", "2040-01-01")
    assert good.returncode == 0, good.stderr
    assert [line.split()[:2] for line in good.stdout.splitlines()] == [["ĐÚNG", "person:"], ["ĐÚNG", "agency:"]]
    bad = run("altered.pdf", "--anchors", "root.pem")
    assert bad.returncode == 1
    assert bad.stdout.startswith("SAI")
    assert run("missing.pdf", "--anchors", "root.pem").returncode == 2


def test_every_changed_byte_that_is_signed_is_found(pki: Pki, sealed: bytes) -> None:
    _start, end_of_first, start_of_second, _length = PdfFileReader(BytesIO(sealed)).embedded_signatures[-1].byte_range
    signed = [*range(end_of_first), *range(start_of_second, len(sealed))]
    for place in random.Random(20260305).sample(signed, 14):
        altered = bytearray(sealed)
        altered[place] ^= 1
        assert not verify(bytes(altered), at=world.now(), anchors=pki.anchors).valid, place


def test_a_cut_file_or_noise_is_a_finding_and_never_an_error(pki: Pki, sealed: bytes) -> None:
    for size in (0, 10, len(sealed) // 3, len(sealed) // 2, len(sealed) - 300):
        assert not verify(sealed[:size], at=world.now(), anchors=pki.anchors).valid
    for pdf, code in ((b"%PDF-1.7 nonsense", "not-a-pdf"), (world.prepared(), "no-signature")):
        (finding,) = verify(pdf, at=world.now(), anchors=pki.anchors).findings
        assert finding.code == code


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_hostile_bytes_never_escape_the_verifier(pki: Pki, sealed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sealed)))
    length = data.draw(st.integers(1, 400))
    altered = sealed[:start] + data.draw(st.binary(max_size=80)) + sealed[start + length :]
    found = verify(altered, at=world.now(), anchors=pki.anchors)
    assert altered == sealed or not found.valid or len(altered) == len(sealed)


def test_what_the_signer_did_not_allow_is_found(pki: Pki, by_person: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(by_person))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = type(page["/MediaBox"][0])(180)
    writer.update_container(page)
    output = BytesIO()
    writer.write(output)
    found = verify(output.getvalue(), at=world.now(), anchors=pki.anchors)
    assert found.changes_after
    assert not found.intact
    assert "changed-after" in codes(found, "person")
    assert found.trusted


def test_after_the_seal_nothing_may_be_filled_in(pki: Pki, by_person: bytes) -> None:
    sealed = world.sign(pki, by_person, "agency", "agency", Purpose.AGENCY)
    assert verify(sealed, at=world.now(), anchors=pki.anchors).valid
    late = fields.fill(sealed, {"number": "999/QĐ"})
    found = verify(late, at=world.now(), anchors=pki.anchors)
    assert "changed-after" in codes(found, "agency")
    assert not found.intact


def test_an_archive_time_stamp_carries_the_proof_further(pki: Pki, sealed: bytes) -> None:
    stamper = PdfTimeStamper(world.PyhankoTrust(pki).timestamper())
    output = stamper.timestamp_pdf(IncrementalPdfFileWriter(BytesIO(sealed)), "sha256")
    found = verify(output.getvalue(), at=world.now(), anchors=pki.anchors)
    assert [report.field for report in found.signatures] == ["person", "agency"]
    assert found.valid
    assert found.level is Level.LTA


def test_a_foreign_tail_is_found(pki: Pki, sealed: bytes) -> None:
    assert verify(sealed + b"\n", at=world.now(), anchors=pki.anchors).valid
    found = verify(sealed + b"\n% more", at=world.now(), anchors=pki.anchors)
    assert not found.intact
    assert "foreign-tail" in codes(found, "agency")


def test_a_seal_needs_an_empty_field(pki: Pki, sealed: bytes) -> None:
    from motcua.domain.signing.ports import Refused

    with pytest.raises(Refused, match="không có chỗ trống"):
        world.sign(pki, sealed, "agency", "agency", Purpose.AGENCY)
    with pytest.raises(WrongState, match="không ký được"):
        fields.empty_signatures(b"not a pdf")


def test_another_root_is_not_trusted(pki: Pki, sealed: bytes) -> None:
    found = verify(sealed, at=world.now(), anchors=(pki.certificate("person"),))
    assert found.intact
    assert not [report for report in found.signatures if report.trusted and report.field == "agency"]
    assert "timestamp-untrusted" in codes(found, "agency")


def plainly_signed(pki: Pki, who: str) -> bytes:
    """What other people's software makes: no time-stamp, no evidence (PAdES B-B)."""
    store = SimpleCertificateStore()
    store.register_multiple(pki.chain())
    key = pki.arch.key_set.get_private_key(who)
    signer = SimpleSigner(signing_cert=pki.certificate(who), signing_key=key, cert_registry=store)
    metadata = PdfSignatureMetadata(field_name="person", subfilter=SigSeedSubFilter.PADES)
    return sign_pdf(IncrementalPdfFileWriter(BytesIO(world.prepared())), metadata, signer).getvalue()


def test_a_plain_signature_is_judged_now_and_the_authorities_are_asked(pki: Pki) -> None:
    pdf, trust = plainly_signed(pki, "second"), world.PyhankoTrust(pki)
    (offline,) = verify(pdf, at=world.now(), anchors=pki.anchors).signatures
    assert (offline.level, offline.revocation, offline.valid) == (Level.B, Revocation.UNKNOWN, True)
    assert {"time-claimed", "revocation-unknown"} <= {finding.code for finding in offline.findings}
    at = world.now()
    (asked,) = verify(pdf, at=at, anchors=pki.anchors, fetchers=trust.fetchers(at=at)).signatures
    assert (asked.revocation, asked.valid) == (Revocation.GOOD, True)
    expired = verify(pdf, at=YEARS_LATER, anchors=pki.anchors)
    assert not expired.trusted
    assert "out-of-time" in codes(expired, "person")


def test_a_revoked_signer_is_found(pki: Pki, sealed: bytes) -> None:
    trust, pdf = world.PyhankoTrust(pki), plainly_signed(pki, "second")
    pki.revoke("second", world.now() - timedelta(days=1))
    at = world.now()
    (report,) = verify(pdf, at=at, anchors=pki.anchors, fetchers=trust.fetchers(at=at)).signatures
    assert report.revocation is Revocation.REVOKED
    assert not report.trusted


def test_a_revocation_after_the_signature_takes_nothing_from_it_but_one_before_does(pki: Pki, sealed: bytes) -> None:
    trust, at = world.PyhankoTrust(pki), world.now() + timedelta(minutes=1)
    pki.revoke("agency", world.now() + timedelta(seconds=1))
    later = verify(sealed, at=at, anchors=pki.anchors, fetchers=trust.fetchers(at=at))
    assert later.valid
    pki.revoke("agency", world.now() - timedelta(days=2))
    before = verify(sealed, at=at, anchors=pki.anchors, fetchers=trust.fetchers(at=at))
    assert not before.trusted
    assert "revoked" in codes(before, "agency")
