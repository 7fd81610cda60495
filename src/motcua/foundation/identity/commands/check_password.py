"""The first half of an officer's sign-in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.foundation.identity import attempts, models, passwords
from motcua.foundation.identity.types import LOCAL_ISSUER, AccountKind, AccountState, Check, SignInMethod
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def check_password(*, username: str, password: str, address: str, device: str, actor: Actor, at: datetime) -> Check:
    """Say whether the password is right, and never why not: an unknown name takes the same time and answer.

    After five wrong attempts in a row on a name (or many from an address) the next must wait, twice as long each
    time; meanwhile even the right password is refused. Returns instead of raising, because the count must stay.
    """
    username = username.strip().lower()[:200]
    attempt = attempts.Attempt(username, address, device, SignInMethod.PASSWORD, at)
    account = (
        models.Account.objects.select_related("credential")
        .filter(kind=AccountKind.OFFICER, issuer=LOCAL_ISSUER, subject=username)
        .first()
    )
    stored = account.credential.password_hash if account else ""
    is_right = passwords.matches(stored, password)  # before any lock is taken: it costs 40 ms
    if wait_until := attempts.waiting_until(attempt):
        attempts.log(attempt, account, passed=False)
        return Check(None, wait_until)
    if account is None or not is_right or account.state != AccountState.ACTIVE:
        return Check(None, attempts.failed(attempt, account, actor=actor))
    if passwords.is_outdated(stored):
        models.Credential.objects.filter(account=account).update(password_hash=passwords.digest(password))
    attempts.log(attempt, account, passed=True)
    return Check(account.id)
