"""Officers of the small province at their browsers, on a clock that the test moves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.test import Client

from motcua.channels.ui.signin.coming import KEY
from motcua.channels.ui.tests.visitors import hold_clock
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.tests.province import AT, Province
from motcua.domain.signing.models import Credential
from motcua.domain.signing.types import AuthorisationMode
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Task
from motcua.foundation.identity import commands
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import AccountState, SignInMethod
from motcua.foundation.kernel import clocks
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.identifiers import new_id

HOUR = timedelta(hours=1)


@dataclass
class Clock:
    """What every page takes for the present moment."""

    at: datetime = AT

    def __call__(self) -> datetime:
        return self.at

    def forward(self, by: timedelta = HOUR) -> None:
        self.at += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    hold_clock(monkeypatch, found)
    return found


def signed_in(actor: Actor, at: datetime = AT) -> Client:
    """A browser in which this officer has come in, in the position of the actor."""
    Account.objects.filter(id=actor.account_id).update(state=AccountState.ACTIVE)
    session = commands.open_session(
        account_id=actor.account_id, method=SignInMethod.CODE, address="10.0.0.1", device="t", actor=actor, at=at
    )
    commands.choose_position(session_id=session.id, position_id=actor.position_id, actor=actor, at=at)
    client = Client()
    kept = client.session
    kept[KEY] = str(session.id)
    kept.save()
    return client


def signed_in_citizen(actor: Actor, at: datetime = AT) -> Client:
    """A browser of somebody who is no officer: signed in through the portal."""
    account = Account.objects.create(
        id=new_id(), kind="citizen", state=AccountState.ACTIVE, party_id=actor.party_id, created_at=at
    )
    session = commands.open_session(
        account_id=account.id, method=SignInMethod.CODE, address="10.0.0.2", device="t", actor=actor, at=at
    )
    client = Client()
    kept = client.session
    kept[KEY] = str(session.id)
    kept.save()
    return client


@dataclass
class Desk:
    """The province with its officers at their browsers."""

    province: Province
    clock: Clock

    def __post_init__(self) -> None:
        self.browsers: dict[tuple[UUID | None, datetime], Client] = {}

    def browser(self, actor: Actor) -> Client:
        """The officer's browser; a session does not outlive an hour without a click, so each hour has its own."""
        now = (actor.officer_id, self.clock.at)
        if now not in self.browsers:
            self.browsers[now] = signed_in(actor, self.clock.at)
        return self.browsers[now]

    def get(self, actor: Actor, address: str) -> Any:
        return self.browser(actor).get(address)

    def page(self, actor: Actor, dossier_id: UUID, tab: str = "to-khai") -> str:
        answer = self.get(actor, f"/can-bo/ho-so/{dossier_id}/?tab={tab}")
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def form(self, actor: Actor, address: str) -> dict[str, str]:
        """Open the form of an act and return its hidden fields, as the browser would send them."""
        answer = self.get(actor, address)
        assert answer.status_code == 200, (answer.status_code, address)
        page = answer.content.decode()
        return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("request_id", "expected")}

    def act(self, actor: Actor, address: str, **typed: Any) -> Any:
        """Open the form, fill it in, send it."""
        hidden = self.form(actor, address)
        return self.browser(actor).post(address, hidden | typed)

    def choice(self, dossier_id: UUID, key: str) -> str:
        return f"/can-bo/ho-so/{dossier_id}/viec/{self.task(dossier_id).id}/chon/{key}/"

    def task(self, dossier_id: UUID) -> Task:
        return runs.open_tasks(dossier_id)[-1]

    def state(self, dossier_id: UUID) -> str:
        on = clocks.local(self.clock.at).date()
        return str(dossiers.dossier(dossier_id, actor=self.province.desk, on=on).state)

    def name(self, actor: Actor) -> str:
        return f"{actor.officer_id}.{actor.position_id}"

    def assigned(self) -> UUID:
        """A dossier that the head has given to the appraiser, through the pages."""
        dossier_id = self.province.received(at=self.clock.at)
        self.clock.forward()
        choice = self.choice(dossier_id, "assign")
        answer = self.act(self.province.head, choice, assignee=self.name(self.province.appraiser))
        assert answer.status_code == 302, answer.content.decode()
        return dossier_id


def give_key(holder: Actor, at: datetime, *, mode: AuthorisationMode = AuthorisationMode.PIN) -> UUID:
    """Bind a key to an officer, with a certificate that is good around this moment."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Đỗ Minh Khôi")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 77, at - HOUR, at + 400 * timedelta(days=1))
    der = made.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    row = Credential.objects.create(
        service="keys", remote_id=str(new_id()), officer_id=holder.officer_id, subject="Common Name: Đỗ Minh Khôi",
        issuer="CA thử", serial="4d", certificate=der, chain=[], algorithms=[], mode=mode, registered_at=at,
        valid_from_at=at - HOUR, valid_until_at=at + timedelta(days=400),
    )  # fmt: skip
    return row.id
