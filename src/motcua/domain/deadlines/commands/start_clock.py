"""Start a clock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.domain.deadlines import models, reckoning, shelf
from motcua.domain.deadlines.ledger import wall
from motcua.domain.deadlines.types import ClockKind, ClockState, ClockView, Entry, EntryKind, LimitRule
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState


@transaction.atomic
def start_clock(
    *,
    subject_id: UUID,
    kind: ClockKind,
    rule: LimitRule,
    agency_id: UUID | None,
    at: datetime,
    actor: Actor,
    note: str = "",
    key: str = "",
    document: str = "",
    by: str = "",
    from_at: datetime | None = None,
) -> ClockView:
    """Start a clock by the calendar of `agency_id` (None: the nation's).

    `kind` and `key` (a task, a consultation) tell a subject's clocks apart; one that has stopped may be followed
    by another round. The rule is kept with the clock, so that a later edition changes nothing. `at` is now, for
    the record; `from_at` the moment on the receipt when that was earlier. `note`, `document` and `by` are printed
    on the first line of the ledger.

    Raises WrongState while such a clock is going, Missing without a calendar.
    """
    started = from_at or at
    last = (
        models.Clock.objects.select_for_update()
        .filter(subject_id=subject_id, kind=kind, key=key)
        .order_by("-round")
        .first()
    )
    if last is not None and last.state != ClockState.STOPPED:
        raise WrongState(reckoning.SENTENCES["started_twice"], reason="started_twice")
    entry = Entry(EntryKind.STARTED, started, reason=note, ground=rule.ground, document=document, by=by)
    row = models.Clock(
        subject_id=subject_id,
        kind=kind,
        key=key,
        round=last.round + 1 if last else 1,
        rule=rule.to_json(),
        calendar=shelf.row_for(agency_id, wall(started).date()),
        started_at=started,
    )
    reckoning.write(row, reckoning.compute(row, [entry]))
    row.save(force_insert=True)
    reckoning.keep(row, entry, seq=1, actor=actor, at=at)
    reckoning.report(row, entry, None, actor=actor)
    return row.view()
