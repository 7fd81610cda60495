"""The client of the CSC API: what it asks, what it makes of answers, of silence and of refusals."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, utils

from motcua.channels.connectors.csc.client import CscSigner
from motcua.channels.connectors.csc.settings import Settings, WrongSettings
from motcua.channels.connectors.csc.tests import service as csc
from motcua.domain.signing.ports import DigestOrder, Later, Refused
from motcua.domain.signing.types import Authorisation, AuthorisationMode

DIGEST = sha256(b"a document").digest()


@pytest.fixture(scope="module")
def server() -> Iterator[csc.Service]:
    with csc.running() as service:
        yield service


@pytest.fixture
def service(server: csc.Service) -> csc.Service:
    server.mood, server.asked, server.tokens = {}, [], set()
    return server


@pytest.fixture
def signer(service: csc.Service) -> CscSigner:
    return CscSigner(Settings(service.url, "motcua", "secret", f"{service.url}/oauth2/token", "", timeout=2))


def order(pin: str = "123456", otp: str = "654321") -> DigestOrder:
    return DigestOrder(
        "a", DIGEST, "sha256", csc.SHA256_RSA, None, Authorisation(pin, otp), "request-1", "Phê duyệt kết quả"
    )


def test_a_digest_comes_back_signed(signer: CscSigner, service: csc.Service) -> None:
    signature = signer.sign_digest(order())
    csc.KEY.public_key().verify(signature, DIGEST, padding.PKCS1v15(), utils.Prehashed(hashes.SHA256()))
    (authorize, asked), (sign_hash, signing) = service.asked
    assert (authorize, sign_hash) == ("credentials/authorize", "signatures/signHash")
    assert asked["numSignatures"] == 1
    assert asked["hash"] == signing["hash"], "the activation is good for this digest alone"
    assert "PIN" not in signing
    assert signing["clientData"] == "request-1"


def test_the_service_tells_what_it_knows(signer: CscSigner, service: csc.Service) -> None:
    service.certificate = b"\x30\x00"
    found = signer.credential("a")
    assert (found.certificate, found.mode, found.enabled) == (b"\x30\x00", AuthorisationMode.PIN_AND_OTP, True)
    assert found.algorithms == (csc.SHA256_RSA,)
    assert signer.credential_ids("079") == ["a", "b"]
    signer.send_otp("a")
    assert signer.check_connection() == "Dịch vụ thử (CSC 1.0.4.0)"


@pytest.mark.parametrize(("pin", "otp", "says"), [("1", "654321", "Mã PIN"), ("123456", "1", "Mã OTP")])
def test_a_wrong_pin_or_otp_is_a_sentence_for_the_holder(signer: CscSigner, pin: str, otp: str, says: str) -> None:
    with pytest.raises(Refused, match=f"{says} không đúng") as refused:
        signer.sign_digest(order(pin, otp))
    assert refused.value.ask_again


def test_a_token_that_the_service_forgot_is_renewed(signer: CscSigner, service: csc.Service) -> None:
    signer.sign_digest(order())
    service.tokens = {"another"}
    signer.sign_digest(order())


def test_silence_is_later_and_a_lost_signature_asks_the_holder_again(signer: CscSigner, service: csc.Service) -> None:
    service.mood = {"credentials/authorize": "down"}
    with pytest.raises(Later):
        signer.sign_digest(order())
    service.mood = {"signatures/signHash": "lost"}
    with pytest.raises(Refused, match="nhập lại mã để nhận lại") as refused:
        signer.sign_digest(order())
    assert refused.value.ask_again
    hashes_asked = {body["hash"][0] for name, body in service.asked if name == "signatures/signHash"}
    assert len(hashes_asked) == 1


def test_nonsense_and_foreign_clients_are_refused(signer: CscSigner, service: csc.Service) -> None:
    service.mood = {"signatures/signHash": "nonsense"}
    with pytest.raises(Refused, match="không đúng chuẩn"):
        signer.sign_digest(order())
    stranger = CscSigner(Settings(service.url, "motcua", "wrong", f"{service.url}/oauth2/token", ""))
    with pytest.raises(Refused, match="từ chối"):
        stranger.check_connection()


def test_a_service_that_is_not_there_is_later() -> None:
    nobody = CscSigner(Settings("http://127.0.0.1:9", "a", "b", "http://127.0.0.1:9/token", ""))
    with pytest.raises(Later, match="chưa trả lời"):
        nobody.check_connection()


def test_secrets_travel_by_https_only_and_never_show() -> None:
    with pytest.raises(WrongSettings, match="https"):
        Settings("http://sign.example", "a", "b", "https://sign.example/token", "")
    settings = Settings("https://sign.example", "a", "very-secret", "https://sign.example/token", "")
    assert "very-secret" not in repr(settings)
    assert "123456" not in repr(order())
    with pytest.raises(WrongSettings, match="client_id"):
        Settings.read({"url": "https://sign.example"})
    assert isinstance(CscSigner(settings)._http, httpx.Client)
