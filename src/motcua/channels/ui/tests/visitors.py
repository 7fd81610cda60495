"""Browsers in which somebody has come in, and a clock that stands still: for the tests of every channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

import pytest
from django.test import Client

from motcua.channels.ui.signin.coming import KEY
from motcua.foundation.identity import commands
from motcua.foundation.identity.models import Account
from motcua.foundation.identity.types import AccountState, Session, SignInMethod
from motcua.foundation.kernel import clocks
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.identifiers import new_id


def hold_clock(monkeypatch: pytest.MonkeyPatch, at: datetime | Callable[[], datetime]) -> None:
    """Stop the clock for everybody who asks ``kernel.clocks.now``, however they imported it, until the test ends."""

    class Held(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return (at if isinstance(at, datetime) else at()).astimezone(tz)

    monkeypatch.setattr(clocks, "datetime", Held)


def officer(actor: Actor, at: datetime) -> Client:
    """A browser in which this officer has come in, in the position of the actor."""
    Account.objects.filter(id=actor.account_id).update(state=AccountState.ACTIVE)
    session = _session(actor.account_id, actor, at)
    if actor.position_id is not None:
        commands.choose_position(session_id=session.id, position_id=actor.position_id, actor=actor, at=at)
    return _browser(session)


def citizen(actor: Actor, at: datetime) -> Client:
    """A browser in which this person has come in through the portal."""
    account = Account.objects.create(
        id=new_id(),
        kind="citizen",
        state=AccountState.ACTIVE,
        issuer="https://test",
        subject=str(actor.party_id),
        party_id=actor.party_id,
        created_at=at,
    )
    return _browser(_session(account.id, actor, at))


def _session(account_id: object, actor: Actor, at: datetime) -> Session:
    return commands.open_session(
        account_id=account_id, method=SignInMethod.CODE, address="10.0.0.1", device="test", actor=actor, at=at
    )


def _browser(session: Session) -> Client:
    client = Client()
    kept = client.session
    kept[KEY] = str(session.id)
    kept.save()
    return client
