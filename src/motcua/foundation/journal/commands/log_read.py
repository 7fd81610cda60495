"""Log that personal data were shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from motcua.foundation.journal.models import ReadLog
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.identifiers import new_id


def log_read(
    *, actor: Actor, at: datetime, page: str, purpose: str, parties: Iterable[UUID], subjects: Iterable[UUID] = ()
) -> None:
    """Write one row for one request: whose data (``parties``), of which dossiers (``subjects``), on which page.

    The caller shows nothing when this fails (domain.md, "Who may do what").
    """
    ReadLog.objects.create(
        id=new_id(),
        at=at,
        actor_kind=actor.kind.value,
        principal=actor.principal,
        account_id=actor.account_id,
        officer_id=actor.officer_id,
        position_id=actor.position_id,
        agency_id=actor.agency_id,
        request_id=actor.request_id,
        page=page[:200],
        purpose=purpose[:200],
        parties=list(dict.fromkeys(parties)),
        subjects=list(dict.fromkeys(subjects)),
    )
