"""Lock an account and unlock it again. Rights are the caller's business (``organisation``)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, secrets
from motcua.foundation.identity.commands.end_session import end_sessions
from motcua.foundation.identity.types import AccountState
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing, WrongState


@transaction.atomic
def lock_account(*, account_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Close the account: its sessions end at once and nobody signs in. Raises Missing, WrongState."""
    account = _account(account_id)
    if account.state == AccountState.LOCKED:
        raise WrongState(_("Tài khoản này đã bị khóa."))
    account.state = AccountState.LOCKED
    account.save(update_fields=["state"])
    end_sessions(account_id=account_id, why="locked", actor=actor, at=at)
    data = {"reason": reason}
    journal.record(kind="account.locked", subject=Subject("account", account_id), actor=actor, at=at, data=data)


@transaction.atomic
def unlock_account(*, account_id: UUID, reason: str, actor: Actor, at: datetime) -> None:
    """Open a locked account, or end the wait after wrong attempts. One never activated waits for it again."""
    account = _account(account_id)
    credential = models.Credential.objects.filter(account=account).first()
    if account.state == AccountState.LOCKED:
        never_activated = credential is not None and not credential.password_hash
        account.state = AccountState.INVITED if never_activated else AccountState.ACTIVE
        account.save(update_fields=["state"])
    key = secrets.name_index(account.subject)
    models.Patience.objects.filter(key=key).update(failures=0, wait_until=None)
    data = {"reason": reason}
    journal.record(kind="account.unlocked", subject=Subject("account", account_id), actor=actor, at=at, data=data)


def _account(account_id: UUID) -> models.Account:
    account = models.Account.objects.select_for_update().filter(id=account_id).first()
    if account is None:
        raise Missing(_("Không tìm thấy tài khoản này."))
    return account
