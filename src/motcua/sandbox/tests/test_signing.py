"""Remote signing over CSC, and the authority behind it, judged by pyHanko, pdfsig and openssl."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import shutil
import subprocess
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import httpx
import pytest
from asn1crypto import algos, cms, pem, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509 import load_pem_x509_certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)
from pyhanko.sign.validation import DocumentSecurityStore, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from motcua.sandbox.index.totp import code
from motcua.sandbox.national_portal.paper import sample_pdf
from motcua.sandbox.signing_service.authority import Authority
from motcua.sandbox.signing_service.roster import Roster
from motcua.sandbox.tests.world import HTTP, Sandbox

SHA256 = "2.16.840.1.101.3.4.2.1"
RSA_SHA256 = "1.2.840.113549.1.1.11"
RSA = "1.2.840.113549.1.1.1"
PSS = "1.2.840.113549.1.1.10"


class Client:
    """A signing application, by hand."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.described = sandbox["signing_service"]
        self.enrolment = {"Authorization": f"Bearer {self.described['enrolment_token']}"}
        form = {"grant_type": "client_credentials"}
        client = (self.described["client_id"], self.described["client_secret"])
        self.token = HTTP.post(self.described["token_url"], data=form, auth=client).json()["access_token"]

    def post(self, path: str, **body: Any) -> httpx.Response:
        bearer = {"Authorization": f"Bearer {self.token}"}
        return HTTP.post(f"{self.described['service_url']}/csc/v1/{path}", json=body, headers=bearer)

    def credential(self, credential_id: str) -> dict[str, Any]:
        known = HTTP.get(self.described["enrolment_url"], headers=self.enrolment).json()
        return next(item for item in known if item["id"] == credential_id)

    def enrol(self, **wanted: Any) -> httpx.Response:
        return HTTP.post(self.described["enrolment_url"], json=wanted, headers=self.enrolment)

    def authorize(self, credential_id: str, hashes_: list[str], **changes: Any) -> httpx.Response:
        body = {"credentialID": credential_id, "numSignatures": len(hashes_), "hash": hashes_}
        return self.post("credentials/authorize", **(body | {"PIN": self.credential(credential_id)["pin"]} | changes))


@pytest.fixture(scope="module")
def client(sandbox: Sandbox) -> Client:
    return Client(sandbox)


def b64_digest(text: bytes) -> str:
    return base64.b64encode(hashlib.sha256(text).digest()).decode()


def public_key(client: Client, credential_id: str) -> rsa.RSAPublicKey:
    path = Path(client.credential(credential_id)["certificate"])
    key = load_pem_x509_certificate(path.read_bytes()).public_key()
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def test_the_service_describes_itself_and_its_credentials(client: Client) -> None:
    info = client.post("info").json()
    assert info["specs"] == "1.0.4.0"
    assert "signatures/signHash" in info["methods"]
    first = client.post("credentials/list", maxResults=3).json()
    rest = client.post("credentials/list", maxResults=100, pageToken=first["nextPageToken"]).json()
    assert len(first["credentialIDs"]) == 3
    assert not set(first["credentialIDs"]) & set(rest["credentialIDs"])
    leader = client.post("credentials/info", credentialID="leader-commune", certificates="chain", certInfo=True).json()
    assert leader["key"]["algo"][0] == RSA
    assert leader["SCAL"] == "2"
    assert leader["OTP"]["presence"] == "false"
    assert "Lò Văn Mạnh" in leader["cert"]["subjectDN"]
    assert len(leader["cert"]["certificates"]) == 3
    assert client.post("credentials/info", credentialID="seal-commune").json()["SCAL"] == "1"


def test_nothing_without_a_token(client: Client) -> None:
    answer = HTTP.post(f"{client.described['service_url']}/csc/v1/credentials/list", json={})
    assert answer.status_code == 401
    assert answer.json()["error"] == "invalid_token"
    form = {"grant_type": "client_credentials", "client_id": "motcua", "client_secret": "wrong"}
    assert HTTP.post(client.described["token_url"], data=form).status_code == 401


@pytest.mark.parametrize("algorithm", [RSA, RSA_SHA256])
def test_a_digest_is_signed_with_pkcs1(client: Client, algorithm: str) -> None:
    digest = b64_digest(b"quyet dinh")
    sad = client.authorize("leader-commune", [digest]).json()["SAD"]
    body = {"credentialID": "leader-commune", "SAD": sad, "hash": [digest], "signAlgo": algorithm, "hashAlgo": SHA256}
    signature = base64.b64decode(client.post("signatures/signHash", **body).json()["signatures"][0])
    public_key(client, "leader-commune").verify(signature, b"quyet dinh", padding.PKCS1v15(), hashes.SHA256())
    again = client.post("signatures/signHash", **body)
    assert again.status_code == 400, "activation data is spent by its signatures"


def test_a_digest_is_signed_with_pss(client: Client) -> None:
    digest = b64_digest(b"quyet dinh")
    sha256 = {"algorithm": "sha256"}
    described = {"hash_algorithm": sha256, "mask_gen_algorithm": {"algorithm": "mgf1", "parameters": sha256}}
    parameters = algos.RSASSAPSSParams({**described, "salt_length": 32}).dump()
    sad = client.authorize("seal-commune", [digest]).json()["SAD"]
    body = {"credentialID": "seal-commune", "SAD": sad, "hash": [digest], "signAlgo": PSS, "hashAlgo": SHA256}
    answer = client.post("signatures/signHash", **body, signAlgoParams=base64.b64encode(parameters).decode())
    pss = padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32)
    signature = base64.b64decode(answer.json()["signatures"][0])
    public_key(client, "seal-commune").verify(signature, b"quyet dinh", pss, hashes.SHA256())


def test_pin_and_one_time_code_are_checked(client: Client) -> None:
    digest = b64_digest(b"x")
    assert client.authorize("leader-commune", [digest], PIN="wrong").json()["error"] == "invalid_pin"
    assert client.authorize("leader-province", [digest]).json()["error"] == "invalid_otp"
    secret = client.credential("leader-province")["otp_secret"]
    assert "SAD" in client.authorize("leader-province", [digest], OTP=code(secret, time.time())).json()


def test_a_persons_activation_holds_for_the_digests_shown(client: Client) -> None:
    shown, other = b64_digest(b"shown"), b64_digest(b"other")
    assert client.authorize("leader-commune", [], numSignatures=1).status_code == 400
    sad = client.authorize("leader-commune", [shown]).json()["SAD"]
    body = {"credentialID": "leader-commune", "SAD": sad, "hash": [other], "signAlgo": RSA, "hashAlgo": SHA256}
    assert client.post("signatures/signHash", **body).status_code == 400
    assert client.post("signatures/signHash", **(body | {"hash": [shown]})).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"signAlgo": "1.2.3"},
        {"hashAlgo": "1.2.3"},
        {"hash": ["AAAA"]},
        {"hash": "AAAA"},
        {"SAD": "x"},
        {"credentialID": "x"},
    ],
)
def test_wrong_signing_requests_are_refused(client: Client, wrong: dict[str, Any]) -> None:
    digest = b64_digest(b"x")
    sad = client.authorize("seal-commune", [digest]).json()["SAD"]
    body = {"credentialID": "seal-commune", "SAD": sad, "hash": [digest], "signAlgo": RSA, "hashAlgo": SHA256}
    answer = client.post("signatures/signHash", **(body | wrong))
    assert answer.status_code == 400
    assert answer.json()["error"] == "invalid_request"


def test_the_service_stamps_digests(client: Client) -> None:
    digest = b64_digest(b"moc thoi gian")
    answer = client.post("signatures/timestamp", hash=digest, hashAlgo=SHA256).json()
    token = cms.ContentInfo.load(base64.b64decode(answer["timestamp"]))
    stamped = tsp.TSTInfo.load(token["content"]["encap_content_info"]["content"].contents)
    assert base64.b64encode(stamped["message_imprint"]["hashed_message"].native).decode() == digest


class PinManager(CSCAuthorizationManager):
    """Asks for activation data with a PIN, for the digests about to be signed."""

    def __init__(self, session: aiohttp.ClientSession, info: Any, credential: Any, pin: str) -> None:
        super().__init__(info, credential)
        self._session, self._pin = session, pin

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        body = self.format_csc_auth_request(pin=self._pin, hash_b64s=hash_b64s)
        url = self.csc_session_info.endpoint_url("credentials/authorize")
        async with self._session.post(url, headers=self.auth_headers, json=body) as response:
            return self.parse_csc_auth_response(await response.json())


async def sign(client: Client, sandbox: Sandbox, credential_id: str, pdf: bytes, field: str) -> bytes:
    info = CSCServiceSessionInfo(client.described["service_url"], credential_id, client.token)
    async with aiohttp.ClientSession() as session:
        credential = await fetch_certs_in_csc_credential(session, info)
        manager = PinManager(session, info, credential, client.credential(credential_id)["pin"])
        metadata = signers.PdfSignatureMetadata(
            field_name=field,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            validation_context=ValidationContext(trust_roots=[root(sandbox)], allow_fetching=True),
            embed_validation_info=True,
        )
        signed = await signers.PdfSigner(
            metadata,
            signer=CSCSigner(session, manager),
            timestamper=timestamps.HTTPTimeStamper(sandbox["pki"]["tsa_url"]),
            new_field_spec=fields.SigFieldSpec(field),
        ).async_sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return bytes(signed.getvalue())


def root(sandbox: Sandbox) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(Path(sandbox["pki"]["root_certificate"]).read_bytes())[2])


@pytest.fixture(scope="module")
def signed_pdf(client: Client, sandbox: Sandbox) -> bytes:
    """A result signed by a leader, then sealed by the agency, both at long-term level."""
    first = asyncio.run(sign(client, sandbox, "leader-industry", sample_pdf("Giấy chứng nhận"), "NguoiKy"))
    return asyncio.run(sign(client, sandbox, "seal-industry", first, "CoQuan"))


def test_signatures_validate_without_the_network(sandbox: Sandbox, signed_pdf: bytes) -> None:
    reader = PdfFileReader(BytesIO(signed_pdf))
    offline = {"trust_roots": [root(sandbox)], "allow_fetching": False, "revocation_mode": "hard-fail"}
    names = []
    for embedded in reader.embedded_signatures:
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(offline)
        status = asyncio.run(async_validate_pdf_signature(embedded, context, context))
        assert status.bottom_line, status.pretty_print_details()
        assert status.timestamp_validity is not None
        assert status.timestamp_validity.trusted
        names.append(status.signing_cert.subject.native)
    assert names[0]["common_name"] == "Trần Quốc Vượng"
    assert names[0]["title"] == "Phó Giám đốc"
    assert names[1]["organization_identifier"] == "GOVVN-H99.05"


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig is not installed")
def test_pdfsig_finds_both_signatures_valid(signed_pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "result.pdf"
    path.write_bytes(signed_pdf)
    said = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature Validation: Signature is Valid.") == 2
    assert "Trần Quốc Vượng" in said


def openssl(*arguments: str) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def authority_files(sandbox: Sandbox) -> tuple[str, str]:
    anchor = Path(sandbox["pki"]["root_certificate"])
    return str(anchor), str(anchor.with_name("issuing.pem"))


def test_openssl_verifies_the_chain(sandbox: Sandbox, client: Client) -> None:
    anchor, issuing = authority_files(sandbox)
    paths = [client.credential(name)["certificate"] for name in ("leader-commune", "seal-province")]
    said = openssl("verify", "-x509_strict", "-CAfile", anchor, "-untrusted", issuing, *paths)
    assert said.count(": OK") == 2


def test_revocation_shows_in_ocsp_and_service(sandbox: Sandbox, client: Client) -> None:
    anchor, issuing = authority_files(sandbox)
    name = f"leaving-{secrets.token_hex(3)}"
    enrolled = client.enrol(id=name, kind="person", name="Hoàng Văn Nghỉ", organisation="Sở Nội vụ")
    assert enrolled.status_code == 201
    ask = ("ocsp", "-issuer", issuing, "-cert", enrolled.json()["certificate"], "-CAfile", anchor)
    responder = ("-url", sandbox["pki"]["ocsp_url"])
    good = openssl(*ask, *responder)
    assert "Response verify OK" in good
    assert ".pem: good" in good
    HTTP.post(f"{client.described['enrolment_url']}/{name}/revoke", headers=client.enrolment).raise_for_status()
    assert ".pem: revoked" in openssl(*ask, *responder)
    assert client.authorize(name, [b64_digest(b"x")]).status_code == 400


def test_openssl_verifies_a_time_stamp(sandbox: Sandbox, tmp_path: Path) -> None:
    anchor, issuing = authority_files(sandbox)
    data, query, reply = (tmp_path / name for name in ("data", "query", "reply"))
    data.write_bytes(b"seal of the journal")
    openssl("ts", "-query", "-data", str(data), "-sha256", "-cert", "-out", str(query))
    head = {"Content-Type": "application/timestamp-query"}
    reply.write_bytes(HTTP.post(sandbox["pki"]["tsa_url"], content=query.read_bytes(), headers=head).content)
    said = openssl(
        "ts", "-verify", "-in", str(reply), "-queryfile", str(query), "-CAfile", anchor, "-untrusted", issuing
    )
    assert "Verification: OK" in said


def test_crl_and_issuer_are_where_certificates_say(sandbox: Sandbox, client: Client, tmp_path: Path) -> None:
    _, issuing = authority_files(sandbox)
    for url in sandbox["pki"]["crl_urls"]:
        crl = tmp_path / "crl"
        crl.write_bytes(HTTP.get(url).content)
        signer = issuing if "issuing" in url else authority_files(sandbox)[0]
        assert "verify OK" in openssl("crl", "-inform", "DER", "-in", str(crl), "-noout", "-CAfile", signer)
    text = openssl("x509", "-in", client.credential("seal-province")["certificate"], "-noout", "-text")
    address = text.split("CA Issuers - URI:")[1].split()[0]
    assert HTTP.get(address).content == pem.unarmor(Path(issuing).read_bytes())[2]


def test_enrolment_is_idempotent_and_guarded(client: Client) -> None:
    wanted = {"id": "leader-x1", "kind": "person", "name": "Đỗ Thị Ánh", "organisation": "UBND Phường Trung Tâm"}
    first = client.enrol(**wanted)
    assert first.status_code in {200, 201}
    assert client.enrol(**wanted).json() == first.json()
    assert client.enrol(**wanted | {"name": "Người Khác"}).status_code == 409
    assert client.enrol(**wanted | {"id": "root"}).status_code == 400
    assert client.enrol(id="seal-x1", kind="agency", name="A", organisation="A").status_code == 400
    assert HTTP.post(client.described["enrolment_url"], json=wanted).status_code == 401


def test_certificates_stay_the_same_and_follow_a_new_address(tmp_path: Path) -> None:
    def made(url: str) -> dict[str, bytes]:
        authority = Authority(Roster(tmp_path, url))
        return {name: authority.certificate(name).dump() for name in ("root", "issuing", "leader-commune")}

    first = made("http://127.0.0.1:7006")
    assert made("http://127.0.0.1:7006") == first
    moved = made("http://127.0.0.1:9006")
    assert moved["root"] == first["root"]
    serials = {x509.Certificate.load(each["leader-commune"]).serial_number for each in (first, moved)}
    assert len(serials) == 2
