"""Destroy payloads at the end of their legal retention; the chain stays provable without them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from motcua.foundation.journal.commands.record import record
from motcua.foundation.journal.models import Payload
from motcua.foundation.journal.types import EventRef, Subject
from motcua.foundation.kernel.actor import Actor


@transaction.atomic
def destroy_payloads(*, subject: Subject, up_to: int, actor: Actor, at: datetime, ground: str) -> EventRef:
    """Delete salts and bodies of the subject's events up to this seq, and record that it was done and why.

    Runs as the retention role: the application's role is refused by the database.
    """
    destroyed, _ = Payload.objects.filter(subject_id=subject.id, seq__lte=up_to).delete()
    return record(
        kind="journal.payloads_destroyed",
        subject=subject,
        actor=actor,
        at=at,
        data={"up_to": up_to, "destroyed": destroyed, "ground": ground},
    )
