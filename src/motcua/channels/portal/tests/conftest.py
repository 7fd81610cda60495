"""A province, and people with browsers in it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client

from motcua.channels.ui.signin.coming import KEY
from motcua.domain.dossiers.tests.conftest import cheap_hashing, expensive_hashing, province
from motcua.domain.dossiers.tests.province import FEE, Province, build
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.tests import factories as people
from motcua.foundation.identity.types import ClaimsProfile, SignInMethod
from motcua.foundation.kernel import clocks

__all__ = ["cheap_hashing", "expensive_hashing", "province", "FEE", "build"]

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63606060f80f0001040100"
    "5fe5c34b0000000049454e44ae426082"
)


class Citizen(Client):
    """A browser; ``sign_in`` opens a real session for a party."""

    def sign_in(self, party_id: UUID, acting_for_id: UUID | None = None) -> Citizen:
        at = clocks.now()
        account = account_of(party_id)
        session = identity.open_session(
            account_id=account,
            method=SignInMethod.OPENID,
            provider="vneid",
            acting_for_id=acting_for_id or party_id,
            address="127.0.0.1",
            device="test",
            actor=people.system(),
            at=at,
        )
        browser = self.session
        browser[KEY] = str(session.id)
        browser.save()
        return self

    def sign_out(self) -> None:
        self.session.flush()
        self.cookies.pop("motcua_session", None)

    def page(self, address: str, status: int = 200) -> str:
        answer = self.get(address, follow=True)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return text_of(answer)

    def send(self, address: str, data: dict | None = None, status: int = 302):
        answer = self.post(address, data or {})
        assert answer.status_code == status, text_of(answer)[:3000]
        return answer


def text_of(answer) -> str:
    """The page as a person reads it: tags gone, spaces one."""
    body = re.sub(r"<script.*?</script>|<style.*?</style>", "", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def account_of(party_id: UUID) -> UUID:
    """The account of a party, made by signing in as an identity provider would say it."""
    from motcua.foundation.identity import queries
    from motcua.foundation.identity.types import IdentifierKind

    party = queries.party(party_id)
    claims = {
        "sub": str(party.id),
        "LoaiTaiKhoan": "1",
        "SoDinhDanh": party.number(IdentifierKind.PERSONAL_NUMBER),
        "HoVaTen": party.name,
        "NgayThangNamSinh": f"{party.birth_on:%Y%m%d}",
        "TechID": f"tech-{party.id}",
        "loAs": "2",
        "IAL": "2",
    }
    signed_in = identity.sign_in_with_claims(
        issuer="https://vneid.test",
        profile=ClaimsProfile.VNEID,
        claims=claims,
        minimum_assurance=1,
        actor=people.system(),
        at=datetime(2026, 11, 20, 3, 0, tzinfo=UTC),
    )
    assert signed_in.party_id == party_id
    return signed_in.account_id


@pytest.fixture
def anybody() -> Citizen:
    return Citizen()


@pytest.fixture
def citizen(province: Province) -> Citizen:
    return Citizen().sign_in(province.citizen.id)


@pytest.fixture
def neighbour(province: Province) -> Citizen:
    return Citizen().sign_in(province.neighbour.id)


@pytest.fixture
def picture():
    """A fresh upload of a real picture."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    return lambda name="dieu.png", content=PNG: SimpleUploadedFile(name, content, "image/png")


@pytest.fixture
def province_with_fee(db):
    """The province whose procedure costs 20.000 đ, due when the dossier is accepted."""
    from motcua.domain.catalog.policy import POLICY

    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    yield build(fees=[FEE])
    POLICY.checked_grounds_only = before
