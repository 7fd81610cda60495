"""End one session, or all of an account."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, queries
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def end_session(*, session_id: UUID, why: str = "signed_out", actor: Actor, at: datetime) -> None:
    """End this session of the actor's own account. One that ended before stays as it ended. Raises Missing."""
    session = models.Session.objects.select_for_update().filter(id=session_id).first()
    if session is None or session.account_id != actor.account_id:
        raise Missing(_("Không tìm thấy phiên đăng nhập này."))
    if session.ended_at is not None:
        return
    session.ended_at, session.ended_why = at, why
    session.save(update_fields=["ended_at", "ended_why"])
    subject = Subject("account", session.account_id)
    data = {"session": str(session.id), "why": why}
    journal.record(kind="account.signed_out", subject=subject, actor=actor, at=at, data=data)


@transaction.atomic
def end_sessions(*, account_id: UUID, why: str, actor: Actor, at: datetime, keep_session_id: UUID | None = None) -> int:
    """End every living session of the account but one; return how many. Who may is the caller's business."""
    living = queries.living_sessions(at).filter(account_id=account_id)
    if keep_session_id is not None:
        living = living.exclude(id=keep_session_id)
    ended = living.update(ended_at=at, ended_why=why)
    if ended:
        subject = Subject("account", account_id)
        data = {"count": ended, "why": why}
        journal.record(kind="account.sessions_ended", subject=subject, actor=actor, at=at, data=data)
    return ended
