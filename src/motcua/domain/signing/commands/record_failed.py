"""Write down that a signature was not to be had, and whether it is tried again by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.domain.signing.models import Draft, SigningRequest
from motcua.domain.signing.types import RequestState
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor

ATTEMPTS = 40
LONGEST_PAUSE = 900  # seconds


@transaction.atomic
def record_failed(
    *, request_id: UUID, sentence: Any, retry: bool, actor: Actor, at: datetime, ask_again: bool = False
) -> None:
    """End the attempt with a sentence for the officer.

    ``retry``: try again by itself, with growing pauses, up to 40 times (about nine hours). ``ask_again``: the holder
    must type PIN or OTP anew. ``signing.failed`` is recorded when people learn something new, not at every attempt.
    """
    row = SigningRequest.objects.select_for_update().get(id=request_id)
    if row.state not in {RequestState.WAITING, RequestState.SENT}:
        return
    again, said = retry and row.attempts < ATTEMPTS, str(sentence)[:500]
    news = said != row.why or not again
    row.why, row.ask_again, row.leased_until_at = said, ask_again, None
    if again:
        row.state = RequestState.WAITING
        row.next_try_at = at + timedelta(seconds=min(2**row.attempts, LONGEST_PAUSE))
    else:
        row.state, row.finished_at = RequestState.FAILED, at
        row.secret = row.secret_until_at = None
    row.save()
    if not again and not ask_again:
        Draft.objects.filter(request=row).delete()
    if news:
        data = {
            "request_id": str(row.id),
            "purpose": row.purpose,
            "sentence": said,
            "retry": again,
            "ask_again": ask_again,
        }
        record(kind="signing.failed", subject=Subject("dossier", row.subject_id), actor=actor, at=at, data=data)
