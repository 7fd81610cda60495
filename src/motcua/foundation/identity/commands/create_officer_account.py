"""Invite an officer: the account exists, but nobody can sign in with it until it is activated (TT11-1.2a)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, secrets
from motcua.foundation.identity.commands.end_session import end_sessions
from motcua.foundation.identity.types import LOCAL_ISSUER, AccountKind, AccountState, Invitation
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.identifiers import new_secret

INVITATION_LIFE = timedelta(days=7)
INVITATION_LENGTH = 24  # letters of the human alphabet: 115 bits


@transaction.atomic
def create_officer_account(*, username: str, actor: Actor, at: datetime) -> Invitation:
    """Make an account that waits for its owner, and return the secret to hand over; it is not kept readable.

    Rights are the caller's business (``organisation.commands.create_officer``). Raises Invalid for a user name that
    is taken or badly formed.
    """
    username = username.strip().lower()
    if not re.fullmatch(r"[a-z][a-z0-9._-]{2,59}", username):
        _refuse(_("Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số, dấu chấm; bắt đầu bằng chữ cái."))
    if models.Account.objects.filter(issuer=LOCAL_ISSUER, subject=username).exists():
        _refuse(_("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."))
    account = models.Account.objects.create(
        kind=AccountKind.OFFICER, state=AccountState.INVITED, issuer=LOCAL_ISSUER, subject=username, created_at=at
    )
    models.Credential.objects.create(account=account)
    data = {"issuer": LOCAL_ISSUER, "username": username}
    journal.record(kind="account.created", subject=Subject("account", account.id), actor=actor, at=at, data=data)
    return _invite(account, at=at)


@transaction.atomic
def invite_again(*, account_id: UUID, reason: str, actor: Actor, at: datetime) -> Invitation:
    """Take password, code application and recovery codes away (lost telephone) and invite the officer anew.

    All sessions of the account end. Raises Missing.
    """
    account = secrets.lock_officer_account(account_id)
    account.state = AccountState.INVITED
    account.save(update_fields=["state"])
    account.recovery_codes.all().delete()
    models.Credential.objects.filter(account=account).update(password_hash="", totp_secret=None)
    end_sessions(account_id=account.id, why="second_factor_reset", actor=actor, at=at)
    subject = Subject("account", account.id)
    journal.record(kind="account.second_factor_reset", subject=subject, actor=actor, at=at, data={"reason": reason})
    return _invite(account, at=at)


def _invite(account: models.Account, *, at: datetime) -> Invitation:
    secret = new_secret(INVITATION_LENGTH)
    until = at + INVITATION_LIFE
    models.Credential.objects.filter(account=account).update(
        activation_index=secrets.activation_index(secret), activation_until=until, pending_totp_secret=None
    )
    return Invitation(account.id, account.subject, secret, until)


def _refuse(sentence: object) -> None:
    raise Invalid((FieldProblem("username", sentence),))
