"""The client believes a provider only when everything fits: signature, issuer, audience, nonce, time, subject."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from motcua.channels.connectors import openid
from motcua.channels.connectors.openid.client import Issuer, OpenIdClient
from motcua.foundation.identity.ports import BEGIN, FINISH
from motcua.foundation.identity.types import ClaimsProfile
from motcua.foundation.kernel.errors import NotAllowed, Unavailable

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
ISSUER = "https://dinhdanh.example.vn"
BACK = "https://motcua.example.vn/dang-nhap/vneid/xong/"


class Provider:
    """A provider whose every answer a test may bend."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.published = [self.key]
        self.metadata = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
            "jwks_uri": f"{ISSUER}/jwks",
            "id_token_signing_alg_values_supported": ["RS256", "none", "HS256"],
        }
        self.userinfo = {"sub": "an", "HoVaTen": "Nguyễn Văn An"}
        self.said: dict[str, object] = {}
        self.token_status = 200
        self.id_token: str | None = None
        self.asked: list[httpx.Request] = []

    def claims(self, nonce: str) -> dict[str, object]:
        now = int(AT.timestamp())
        usual = {"iss": ISSUER, "aud": "motcua", "sub": "an", "nonce": nonce, "iat": now, "exp": now + 300}
        return {key: value for key, value in (usual | self.said).items() if value is not None}

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        match request.url.path:
            case "/.well-known/openid-configuration":
                return httpx.Response(200, json=self.metadata)
            case "/jwks":
                return httpx.Response(200, json={"keys": [key.as_dict(private=False) for key in self.published]})
            case "/token":
                tokens = {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token}
                return httpx.Response(self.token_status, json=tokens)
            case "/userinfo":
                return httpx.Response(200, json=self.userinfo)
        return httpx.Response(404)


class Visit:
    """One sign-in at the provider."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        issuer = Issuer(ISSUER, f"{ISSUER}/.well-known/openid-configuration", "motcua", "bí mật & mật")
        self.client = OpenIdClient(issuer, httpx.MockTransport(provider.answer))
        self.begun = self.client.begin(return_to=BACK)

    def finish(self, **bend: object):
        self.provider.said |= bend
        if self.provider.id_token is None:
            header = {"alg": "RS256", "kid": self.provider.key.kid}
            self.provider.id_token = jwt.encode(header, self.provider.claims(self.begun.nonce), self.provider.key)
        return self.client.finish(request=self.begun, code="c", return_to=BACK, at=AT)


@pytest.fixture
def provider() -> Provider:
    return Provider()


@pytest.fixture
def visit(provider: Provider) -> Visit:
    return Visit(provider)


def test_the_browser_is_sent_with_state_nonce_and_challenge(visit):
    query = {key: values[0] for key, values in parse_qs(urlsplit(visit.begun.url).query).items()}
    challenge = base64.urlsafe_b64encode(sha256(visit.begun.verifier.encode()).digest()).rstrip(b"=").decode()
    assert query == {
        "response_type": "code",
        "client_id": "motcua",
        "redirect_uri": BACK,
        "scope": "openid",
        "state": visit.begun.state,
        "nonce": visit.begun.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    assert len({visit.begun.state, visit.begun.nonce, visit.begun.verifier}) == 3


def test_a_code_becomes_claims(visit, provider):
    verified = visit.finish()
    assert verified.issuer == ISSUER
    assert (verified.claims["HoVaTen"], verified.claims["sub"]) == ("Nguyễn Văn An", "an")
    token = next(request for request in provider.asked if request.url.path == "/token")
    form = parse_qs(token.content.decode())
    assert form["code_verifier"] == [visit.begun.verifier]
    assert "client_secret" not in form
    assert token.headers["Authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    "bend",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"iss": "https://ke-gian.example"},
        {"aud": "somebody-else"},
        {"aud": None},
        {"azp": "somebody-else"},
        {"exp": int(AT.timestamp()) - 61},
        {"exp": None},
        {"iat": int(AT.timestamp()) + 120},
        {"sub": "somebody-else"},
        {"sub": None},
    ],
)
def test_a_token_that_does_not_fit_is_not_believed(visit, bend):
    with pytest.raises(NotAllowed):
        visit.finish(**bend)


def test_a_token_signed_by_nobody_or_by_another_is_not_believed(visit, provider):
    claims = provider.claims(visit.begun.nonce)
    nobody = ".".join(
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in ({"alg": "none"}, claims)
    )
    stranger = RSAKey.generate_key(2048, {"kid": "one"})
    shared = OctKey.import_key(json.dumps(provider.key.as_dict(private=False)))
    for forged in (
        f"{nobody}.",
        jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger),
        jwt.encode({"alg": "HS256", "kid": "one"}, claims, shared),
        "",
        "rubbish",
    ):
        provider.id_token = forged
        with pytest.raises(NotAllowed):
            visit.finish()


def test_a_provider_may_change_its_keys(visit, provider):
    visit.finish()
    provider.key, provider.id_token = RSAKey.generate_key(2048, {"kid": "two"}), None
    provider.published.append(provider.key)
    assert visit.finish().claims["sub"] == "an"


def test_an_old_code_and_a_broken_provider_are_told_apart(visit, provider):
    provider.token_status = 400
    with pytest.raises(NotAllowed, match="đăng nhập lại"):
        visit.finish()
    provider.token_status = 502
    with pytest.raises(Unavailable) as broken:
        visit.finish()
    assert broken.value.details["retry"] is True


def test_metadata_of_another_issuer_is_not_used(provider):
    provider.metadata["issuer"] = "https://ke-gian.example"
    with pytest.raises(Unavailable):
        Visit(provider)


def test_secrets_do_not_travel_without_tls():
    with pytest.raises(ValueError, match="https"):
        OpenIdClient(Issuer("http://dinhdanh.example.vn", "http://dinhdanh.example.vn/x", "motcua", "s"))


def test_the_systems_file_names_the_ways_to_sign_in():
    entry = {"issuer": ISSUER, "client_id": "m", "client_secret": "s"}
    systems = {
        "identity_provider": {
            "url": "http://127.0.0.1:1",
            "accounts": [],
            "vneid": entry,
            "dvcqg": entry | {"minimum_assurance": 1, "label": "Cổng mới"},
        }
    }
    first, second = openid.providers(systems)
    assert (first.name, first.label, first.profile, first.minimum_assurance) == (
        "vneid",
        "VNeID",
        ClaimsProfile.VNEID,
        2,
    )
    assert (second.label, second.profile, second.minimum_assurance) == ("Cổng mới", ClaimsProfile.NATIONAL_PORTAL, 1)
    assert set(openid.answerers(systems)) == {(n, q) for n in ("vneid", "dvcqg") for q in (BEGIN, FINISH)}
