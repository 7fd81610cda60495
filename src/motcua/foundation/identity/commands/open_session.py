"""Begin a session after a sign-in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import attempts, models, queries
from motcua.foundation.identity.access import may_act_for
from motcua.foundation.identity.types import (
    SESSION_RULES,
    AccountKind,
    AccountState,
    Session,
    SessionRules,
    SignInMethod,
)
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed


@transaction.atomic
def open_session(
    *,
    account_id: UUID,
    method: SignInMethod,
    address: str,
    device: str,
    actor: Actor,
    at: datetime,
    provider: str = "",
    acting_for_id: UUID | None = None,
    rules: SessionRules | None = None,
) -> Session:
    """Begin a session that ends ``rules.fixed`` after now, or after ``rules.idle`` without a request.

    When the account has as many living sessions as ``rules.at_most`` allows, the oldest ends (TT21-PL6-16). The
    channel rotates its cookie. Raises NotAllowed for an account that is not active or a party not represented.
    """
    account = models.Account.objects.select_for_update().get(id=account_id)
    if account.state != AccountState.ACTIVE:
        raise NotAllowed(_("Tài khoản này chưa được kích hoạt hoặc đang bị khóa."))
    if acting_for_id is not None and not may_act_for(account.party_id, acting_for_id, local(at).date()):
        raise NotAllowed(_("Bạn không đại diện cho người hoặc tổ chức này."))
    rules = rules or SESSION_RULES[AccountKind(account.kind)]
    _make_room(account, rules, at=at)
    session = models.Session.objects.create(
        account=account,
        method=method,
        provider=provider,
        acting_for_id=acting_for_id,
        opened_at=at,
        last_seen_at=at,
        ends_at=at + rules.fixed,
        idle_seconds=int(rules.idle.total_seconds()),
        address=address[:60],
        device=device[:200],
    )
    account.last_signed_in_at = at
    account.save(update_fields=["last_signed_in_at"])
    if account.kind == AccountKind.CITIZEN:  # an officer's steps are logged where they are checked
        attempts.log(attempts.Attempt("", address, device, method, at), account, passed=True)
    data = {"session": str(session.id), "method": str(method), "provider": provider, "device": device[:200]}
    journal.record(kind="account.signed_in", subject=Subject("account", account.id), actor=actor, at=at, data=data)
    return queries.as_session(session)


def _make_room(account: models.Account, rules: SessionRules, *, at: datetime) -> None:
    living = list(queries.living_sessions(at).filter(account=account).order_by("-opened_at"))
    for surplus in living[rules.at_most - 1 :]:
        surplus.ended_at, surplus.ended_why = at, "too_many"
        surplus.save(update_fields=["ended_at", "ended_why"])
