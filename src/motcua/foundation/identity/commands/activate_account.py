"""An officer makes the account their own: a password of their own and a code application."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, passwords, secrets, totp
from motcua.foundation.identity.types import AccountState, Enrolment
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.identifiers import new_secret

RECOVERY_CODES = 10
RECOVERY_LENGTH = 10  # letters of the human alphabet: 48 bits, and every wrong one is counted


@transaction.atomic
def begin_activation(*, secret: str, installation: str, at: datetime) -> Enrolment:
    """Return what the code application needs. Asked again, the same secret is returned until it is used.

    ``installation`` is the name shown in the code application. Raises Missing for a secret that is wrong, used or
    older than seven days.
    """
    credential = _invited(secret, at)
    account = credential.account
    if credential.pending_totp_secret is None:
        credential.pending_totp_secret = secrets.seal_totp(totp.new_secret(), account.id)
        credential.save(update_fields=["pending_totp_secret"])
    pending = secrets.open_totp(credential.pending_totp_secret, account.id)
    address = totp.uri(pending, username=account.subject, issuer=installation)
    return Enrolment(account.id, account.subject, pending, address)


@transaction.atomic
def activate_account(*, secret: str, password: str, code: str, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Set the password and the second factor, open the account, return ten recovery codes to print once.

    Raises Missing for a bad invitation, Invalid for a weak password or a code that does not match.
    """
    credential = _invited(secret, at)
    account = credential.account
    password = passwords.check_new(password, username=account.subject)
    pending = secrets.open_totp(credential.pending_totp_secret, account.id)
    step = totp.matching_step(pending, code.strip(), at, after=0) if pending else None
    if step is None:
        raise Invalid((FieldProblem("code", _("Mã không khớp. Hãy xem lại giờ trên điện thoại rồi nhập mã mới.")),))
    credential.password_hash = passwords.digest(password)
    credential.password_set_at = at
    credential.totp_secret = credential.pending_totp_secret
    credential.totp_last_step = step
    credential.pending_totp_secret = credential.activation_index = credential.activation_until = None
    credential.save()
    account.state = AccountState.ACTIVE
    account.save(update_fields=["state"])
    codes = _new_recovery_codes(account)
    journal.record(kind="account.activated", subject=Subject("account", account.id), actor=actor, at=at, data={})
    return codes


def _invited(secret: str, at: datetime) -> models.Credential:
    found = (
        models.Credential.objects.select_for_update()
        .select_related("account")
        .filter(
            activation_index=secrets.activation_index(secret),
            activation_until__gt=at,
            account__state=AccountState.INVITED,
        )
        .first()
    )
    if found is None:
        raise Missing(_("Mã kích hoạt sai hoặc đã hết hạn. Hãy xin người quản trị cấp mã mới."))
    return found


def _new_recovery_codes(account: models.Account) -> tuple[str, ...]:
    account.recovery_codes.all().delete()
    codes = tuple(new_secret(RECOVERY_LENGTH) for _unused in range(RECOVERY_CODES))
    models.RecoveryCode.objects.bulk_create(
        models.RecoveryCode(account=account, code_index=secrets.recovery_index(account.id, code)) for code in codes
    )
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)
