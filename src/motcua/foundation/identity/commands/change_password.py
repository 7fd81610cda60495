"""An officer changes the password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, passwords, secrets
from motcua.foundation.identity.commands.end_session import end_sessions
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed


@transaction.atomic
def change_password(
    *, account_id: UUID, old: str, new: str, keep_session_id: UUID | None, actor: Actor, at: datetime
) -> None:
    """Set the new password and end every other session. Only the owner may. Raises NotAllowed, Invalid."""
    if actor.account_id != account_id:
        raise NotAllowed(_("Chỉ chủ tài khoản mới đổi được mật khẩu của mình."))
    account = secrets.lock_officer_account(account_id)
    credential = models.Credential.objects.get(account=account)
    if not passwords.matches(credential.password_hash, old):
        raise Invalid((FieldProblem("old", _("Mật khẩu hiện tại không đúng.")),))
    credential.password_hash = passwords.digest(passwords.check_new(new, username=account.subject))
    credential.password_set_at = at
    credential.save(update_fields=["password_hash", "password_set_at"])
    end_sessions(account_id=account_id, why="password_changed", keep_session_id=keep_session_id, actor=actor, at=at)
    journal.record(kind="account.password_changed", subject=Subject("account", account_id), actor=actor, at=at, data={})
