"""Tills and their shifts: which one is open, what should lie in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from motcua.domain.payments import models
from motcua.domain.payments.types import RefundState, Shift
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor


def open_one(agency_id: UUID, till: str, *, actor: Actor, at: datetime, opening: int = 0) -> models.Shift:
    """The open shift of a till, locked; opened when there is none."""
    key = {"agency_id": agency_id, "till": till, "closed_at": None}
    row, is_new = models.Shift.objects.get_or_create(
        **key, defaults={"opened_at": at, "officer_id": actor.officer_id, "opening": opening}
    )
    if is_new:
        report("shift.opened", row, {"till": till, "opening": opening}, actor=actor, at=at)
        return row
    return models.Shift.objects.select_for_update().get(id=row.id)


def view(row: models.Shift) -> Shift:
    """The shift with what was taken in it: cash in less cash refunded."""
    taken = row.payments.aggregate(total=Sum("amount"))["total"] or 0
    given = row.refund_steps.filter(state=RefundState.DONE).aggregate(total=Sum("refund__amount"))["total"] or 0
    return Shift(
        id=row.id,
        agency_id=row.agency_id,
        till=row.till,
        officer_id=row.officer_id,
        opened_at=row.opened_at,
        opening=row.opening,
        taken=taken - given,
        closed_at=row.closed_at,
        counted=row.counted,
    )


def report(kind: str, row: models.Shift, data: Mapping[str, object], *, actor: Actor, at: datetime) -> None:
    journal.record(kind=kind, subject=Subject("shift", row.id), actor=actor, at=at, data=data)
