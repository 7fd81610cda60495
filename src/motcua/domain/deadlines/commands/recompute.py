"""Prove that stored due moments follow from the entries, and mend those that no longer do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import models, queries, reckoning
from motcua.domain.deadlines.types import Difference
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor


def recompute(
    *, actor: Actor, at: datetime, subject_ids: Iterable[UUID] | None = None, apply: bool = False
) -> list[Difference]:
    """Compute every clock anew; an empty list is the proof that what is stored is what the entries give.

    A calendar that changed shows here: with `apply` each clock that moved is written and says so in its history
    (`clock.moved`), each in a transaction of its own, so that an interrupted run is simply run again.
    """
    found = list(queries.differences(subject_ids))
    if apply:
        for difference in found:
            _move(difference, actor=actor, at=at)
    return found


@transaction.atomic
def _move(difference: Difference, *, actor: Actor, at: datetime) -> None:
    row = models.Clock.objects.select_for_update().get(id=difference.clock.id)
    was_due_at = row.due_at
    reckoning.write(row, reckoning.of(row))
    if row.due_at == was_due_at:
        return
    row.version += 1
    row.save()
    journal.record(
        kind="clock.moved",
        subject=Subject(reckoning.SUBJECT, row.subject_id),
        actor=actor,
        at=at,
        data={
            "clock": row.kind,
            "key": row.key,
            "due_at": row.due_at.isoformat(),
            "was_due_at": was_due_at.isoformat(),
        },
    )
