"""The second half of an officer's sign-in: a code from the application, or a recovery code."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.foundation.identity import attempts, models, secrets, totp
from motcua.foundation.identity.types import AccountState, Check, SignInMethod
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def check_code(*, account_id: UUID, code: str, address: str, device: str, actor: Actor, at: datetime) -> Check:
    """Say whether the six digits, or the recovery code, are right; each is right once (RFC 6238 §5.2).

    Wrong codes count with wrong passwords. Returns instead of raising, because the count must stay. Raises Missing
    for an account that is not an officer's.
    """
    account = secrets.lock_officer_account(account_id)
    code = re.sub(r"[\s-]", "", code)
    is_digits = re.fullmatch(r"\d{6}", code, re.ASCII) is not None
    method = SignInMethod.CODE if is_digits else SignInMethod.RECOVERY_CODE
    attempt = attempts.Attempt(account.subject, address, device, method, at)
    if wait_until := attempts.waiting_until(attempt):
        attempts.log(attempt, account, passed=False)
        return Check(None, wait_until)
    use = _use_code if is_digits else _use_recovery_code
    if account.state != AccountState.ACTIVE or not use(account, code, at):
        return Check(None, attempts.failed(attempt, account, actor=actor))
    attempts.forgive(attempt)
    attempts.log(attempt, account, passed=True)
    if method is SignInMethod.RECOVERY_CODE:
        left = account.recovery_codes.filter(used_at__isnull=True).count()
        subject = Subject("account", account.id)
        journal.record(kind="account.recovery_code_used", subject=subject, actor=actor, at=at, data={"left": left})
    return Check(account.id)


def _use_code(account: models.Account, code: str, at: datetime) -> bool:
    credential = models.Credential.objects.get(account=account)  # the account is locked, so is this
    secret = secrets.open_totp(credential.totp_secret, account.id)
    step = totp.matching_step(secret, code, at, after=credential.totp_last_step) if secret else None
    if step is None:
        return False
    credential.totp_last_step = step
    credential.save(update_fields=["totp_last_step"])
    return True


def _use_recovery_code(account: models.Account, code: str, at: datetime) -> bool:
    index = secrets.recovery_index(account.id, code)
    return account.recovery_codes.filter(code_index=index, used_at__isnull=True).update(used_at=at) == 1
