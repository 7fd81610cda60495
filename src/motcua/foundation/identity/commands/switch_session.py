"""What changes inside a session: for whom one acts, in which position, that somebody is still there."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, queries
from motcua.foundation.identity.access import may_act_for
from motcua.foundation.identity.types import Session
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing

TOUCH_EVERY = timedelta(minutes=1)


@transaction.atomic
def choose_acting_for(*, session_id: UUID, party_id: UUID, actor: Actor, at: datetime) -> Session:
    """Act for this party from now on: oneself, or one that the person represents today. Raises Missing."""
    session = _own(session_id, actor=actor, at=at)
    if not may_act_for(session.account.party_id, party_id, local(at).date()):
        raise Missing(_("Bạn không đại diện cho người hoặc tổ chức này."))
    session.acting_for_id = party_id
    session.save(update_fields=["acting_for"])
    return queries.as_session(session)


@transaction.atomic
def choose_position(*, session_id: UUID, position_id: UUID, actor: Actor, at: datetime) -> Session:
    """Act in this position from now on; ``organisation.commands.act_in`` checks that the officer holds it."""
    session = _own(session_id, actor=actor, at=at)
    session.position_id = position_id
    session.save(update_fields=["position_id"])
    return queries.as_session(session)


def touch_session(*, session: Session, at: datetime) -> None:
    """Note that somebody is still there, at most once a minute."""
    if at - session.last_seen_at >= TOUCH_EVERY:
        models.Session.objects.filter(id=session.id, ended_at__isnull=True).update(last_seen_at=at)


def _own(session_id: UUID, *, actor: Actor, at: datetime) -> models.Session:
    session = (
        queries.living_sessions(at)
        .select_for_update(of=("self",))
        .select_related("account")
        .filter(id=session_id)
        .first()
    )
    if session is None or session.account_id != actor.account_id:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    return session
