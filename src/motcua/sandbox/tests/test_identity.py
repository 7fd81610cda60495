"""Sign-in as a relying party does it, and the population database's four answers."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet

from motcua.sandbox.people import ACCOUNTS, BY_NAME, EVERYBODY
from motcua.sandbox.tests.world import HTTP, Product, Sandbox

AN = BY_NAME["Nguyễn Văn An"]


class RelyingParty:
    """The product's side of OpenID Connect, by hand."""

    def __init__(self, sandbox: Sandbox, product: Product, key: str = "vneid") -> None:
        self.described = sandbox["identity_provider"][key]
        self.metadata = HTTP.get(self.described["discovery_url"]).json()
        self.redirect_uri = f"{product.url}/accounts/oidc/callback"
        self.verifier = secrets.token_urlsafe(48)
        self.nonce = secrets.token_hex(8)

    def authorize_url(self, **changes: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).decode().rstrip("=")
        query = {
            "response_type": "code",
            "client_id": self.described["client_id"],
            "redirect_uri": self.redirect_uri,
            "scope": "openid",
            "state": "s-1",
            "nonce": self.nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        kept = {name: value for name, value in (query | changes).items() if value}
        return f"{self.metadata['authorization_endpoint']}?{urlencode(kept)}"

    def choose(self, **form: str) -> dict[str, list[str]]:
        answer = HTTP.post(self.authorize_url(), data=form)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(self.redirect_uri)
        return parse_qs(urlsplit(answer.headers["Location"]).query)

    def exchange(self, code: str, **changes: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_uri,
            "code_verifier": self.verifier,
        }
        client = (self.described["client_id"], self.described["client_secret"])
        return HTTP.post(self.metadata["token_endpoint"], data=form | changes, auth=client)

    def sign_in(self, sub: str) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Return the token answer, the verified ID token's claims and userinfo."""
        tokens = self.exchange(self.choose(sub=sub)["code"][0]).json()
        keys = KeySet.import_key_set(HTTP.get(self.metadata["jwks_uri"]).json())
        claims = dict(jwt.decode(tokens["id_token"], keys, algorithms=["RS256"]).claims)
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        return tokens, claims, HTTP.get(self.metadata["userinfo_endpoint"], headers=bearer).json()


def test_sample_people_are_consistent() -> None:
    assert len(ACCOUNTS) >= 14
    assert len({person.sub for person in EVERYBODY}) == len(EVERYBODY)
    for person in EVERYBODY:
        century, male = int(person.number[3]) // 2, int(person.number[3]) % 2 == 0
        assert len(person.number) == 12
        assert (1900 + 100 * century + int(person.number[4:6])) == person.born.year, person.name
        assert male == (person.sex == "Nam"), person.name
        if person.company:
            weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
            code = person.company.tax_code
            total = sum(int(digit) * weight for digit, weight in zip(code, weights, strict=False))
            assert 10 - total % 11 == int(code[9]), person.company.name


def test_a_citizen_signs_in_with_vneid(sandbox: Sandbox, product: Product) -> None:
    party = RelyingParty(sandbox, product)
    page = HTTP.get(party.authorize_url())
    assert page.status_code == 200
    assert AN.name in page.text
    _, claims, profile = party.sign_in(AN.sub)
    assert claims["iss"] == party.described["issuer"]
    assert claims["aud"] == party.described["client_id"]
    assert claims["nonce"] == party.nonce
    assert claims["acr"] == "LoA2"
    assert claims["sub"] == profile["sub"] == AN.sub
    assert profile["SoDinhDanh"] == "001085012345"
    assert profile["NgayThangNamSinh"] == "19850312"
    assert profile["IAL"] == profile["loAs"] == "2"
    assert set(profile) == {
        "sub", "LoaiTaiKhoan", "SoDinhDanh", "HoVaTen", "NgayThangNamSinh", "TechID", "loAs", "IAL", "userProfileUri",
        "logoutUri",
    }  # fmt: skip


def test_a_companys_representative_signs_in_with_the_portal(sandbox: Sandbox, product: Product) -> None:
    quang = BY_NAME["Trịnh Công Quang"]
    _, _, profile = RelyingParty(sandbox, product, "dvcqg").sign_in(quang.sub)
    assert profile["LoaiTaiKhoan"] == "2"
    assert profile["MaSoThue"] == "2400987627"
    assert profile["NguoiDaiDien"] == profile["HoVaTen"] == "Trịnh Công Quang"
    assert profile["ThuongTru"]


def test_a_person_may_refuse(sandbox: Sandbox, product: Product) -> None:
    answer = RelyingParty(sandbox, product).choose(deny="1")
    assert answer["error"] == ["access_denied"]
    assert answer["state"] == ["s-1"]


def test_a_code_works_once(sandbox: Sandbox, product: Product) -> None:
    party = RelyingParty(sandbox, product)
    code = party.choose(sub=AN.sub)["code"][0]
    assert party.exchange(code).status_code == 200
    again = party.exchange(code)
    assert again.status_code == 400
    assert again.json()["error"] == "invalid_grant"


@pytest.mark.parametrize(
    "changes", [{"code_verifier": "x" * 43}, {"code_verifier": ""}, {"redirect_uri": "http://127.0.0.1:1/other"}]
)
def test_a_stolen_code_is_worth_nothing(sandbox: Sandbox, product: Product, changes: dict[str, str]) -> None:
    party = RelyingParty(sandbox, product)
    assert party.exchange(party.choose(sub=AN.sub)["code"][0], **changes).status_code == 400


def test_a_wrong_client_secret_is_refused(sandbox: Sandbox, product: Product) -> None:
    party = RelyingParty(sandbox, product)
    party.described = {**party.described, "client_secret": "wrong"}
    assert party.exchange(party.choose(sub=AN.sub)["code"][0]).status_code == 401


def test_a_foreign_redirect_address_is_not_followed(sandbox: Sandbox, product: Product) -> None:
    party = RelyingParty(sandbox, product)
    answer = HTTP.post(party.authorize_url(redirect_uri="http://evil.example/cb"), data={"sub": AN.sub})
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_pkce_is_demanded(sandbox: Sandbox, product: Product) -> None:
    answer = HTTP.get(RelyingParty(sandbox, product).authorize_url(code_challenge="", code_challenge_method=""))
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["error"] == ["invalid_request"]


def test_userinfo_wants_a_token(sandbox: Sandbox, product: Product) -> None:
    endpoint = RelyingParty(sandbox, product).metadata["userinfo_endpoint"]
    assert HTTP.get(endpoint).status_code == 401
    assert HTTP.get(endpoint, headers={"Authorization": "Bearer nothing"}).status_code == 401


def test_signing_out_ends_the_tokens_and_goes_home(sandbox: Sandbox, product: Product) -> None:
    party = RelyingParty(sandbox, product)
    tokens, _, _ = party.sign_in(AN.sub)
    query = {"id_token_hint": tokens["id_token"], "post_logout_redirect_uri": f"{product.url}/", "state": "bye"}
    gone = HTTP.get(party.metadata["end_session_endpoint"], params=query)
    assert gone.headers["Location"] == f"{product.url}/?state=bye"
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert HTTP.get(party.metadata["userinfo_endpoint"], headers=bearer).status_code == 401


def ask(sandbox: Sandbox, **changes: str) -> httpx.Response:
    described = sandbox["population"]
    question = {
        "MaYeuCau": secrets.token_hex(8),
        "MaTichHop": "TM-01",
        "MaDVC": "1.012783",
        "MaCanBo": "cb01",
        "HoVaTen": "nguyễn văn AN",
        "SoDinhDanh": "001085012345",
        "NgayThangNam": "19850312",
        "MucDich": "Giải quyết hồ sơ",
    }
    bearer = {"Authorization": f"Bearer {described['api_key']}"}
    return HTTP.post(described["endpoint"], json=question | changes, headers=bearer)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "trùng khớp"),
        ({"HoVaTen": "Nguyễn Văn Ân"}, "không trùng khớp"),
        ({"NgayThangNam": "19850313"}, "không trùng khớp"),
        ({"SoDinhDanh": "001085099999"}, "không có thông tin"),
        ({"NgayThangNam": "", "Nam": "1985"}, "chưa đủ căn cứ"),
        ({"HoVaTen": "Phan Văn Tâm", "SoDinhDanh": "024040000318", "NgayThangNam": "19400615"}, "chưa đủ căn cứ"),
        ({"HoVaTen": "Phan Văn Tâm", "SoDinhDanh": "024040000318", "NgayThangNam": "", "Nam": "1940"}, "trùng khớp"),
    ],
)
def test_the_population_database_gives_the_laws_four_answers(
    sandbox: Sandbox, changes: dict[str, str], verdict: str
) -> None:
    answer = ask(sandbox, **changes).json()
    assert answer["KetQua"] == verdict
    assert (answer["DuLieu"] is not None) == (verdict == "trùng khớp")


def test_the_population_database_wants_a_purpose_and_a_key(sandbox: Sandbox) -> None:
    assert ask(sandbox, MucDich="").status_code == 400
    assert HTTP.post(sandbox["population"]["endpoint"], json={}).status_code == 401


def test_a_request_number_has_one_answer(sandbox: Sandbox) -> None:
    first = ask(sandbox, MaYeuCau="yc-1").json()
    assert ask(sandbox, MaYeuCau="yc-1").json() == first
    assert ask(sandbox, MaYeuCau="yc-1", HoVaTen="Ai Khác").status_code == 409
