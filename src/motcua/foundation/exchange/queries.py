"""What waits, what was said, what came in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q

from motcua.foundation.exchange import ports
from motcua.foundation.exchange.models import Connection, Inbound, Lane, Message
from motcua.foundation.exchange.sealed import unseal
from motcua.foundation.exchange.types import ConnectionRow, Incoming, MessageState, ParkedMessage, SystemView


def inbound(inbound_id: UUID) -> Incoming:
    """Return one message from outside, opened."""
    row = Inbound.objects.get(id=inbound_id)
    return Incoming(row.id, row.system, row.kind, row.remote_id, unseal(row.sealed, row.id), row.received_at)


def systems() -> list[SystemView]:
    """Return what the cockpit shows: per system what waits, how old, parked, the last failure."""
    waiting = Q(state=MessageState.WAITING)
    rows = {
        row["system"]: row
        for row in Message.objects.values("system").annotate(
            waiting=Count("id", filter=waiting),
            oldest_at=Min("written_at", filter=waiting),
            parked=Count("id", filter=Q(state=MessageState.PARKED)),
            last_sent_at=Max("sent_at"),
        )
    }
    return [_view(system, rows.get(system)) for system in sorted({*rows, *ports.systems()})]


def parked(system: str, *, limit: int = 200) -> list[ParkedMessage]:
    """Return the system's messages that cannot leave by themselves, the oldest first."""
    rows = Message.objects.filter(system=system, state=MessageState.PARKED).order_by("written_at", "place")[:limit]
    return [ParkedMessage(r.id, r.system, r.kind, r.subject_id, r.attempts, r.why, r.written_at) for r in rows]


def connections(system: str, *, limit: int = 100) -> list[ConnectionRow]:
    """Return the system's log of connections, the newest first."""
    rows = Connection.objects.filter(system=system).order_by("-at")[:limit]
    return [ConnectionRow(r.at, r.kind, r.direction, r.milliseconds, r.outcome, r.said) for r in rows]


def waiting(at: datetime) -> tuple[datetime | None, int]:
    """Return (since when the oldest lane that is due has waited, how many lanes are parked); for probes."""
    due = Lane.objects.filter(has_work=True, parked_at__isnull=True, next_try_at__lte=at)
    oldest: datetime | None = due.aggregate(oldest=Min("next_try_at"))["oldest"]
    return oldest, Lane.objects.filter(parked_at__isnull=False).count()


def sent_about(subject_id: UUID, system: str) -> list[tuple[str, str]]:
    """Return (kind, state) of the messages about a subject, in order."""
    found = Message.objects.filter(subject_id=subject_id, system=system).order_by("place")
    return [(row.kind, row.state) for row in found]


def _view(system: str, row: Mapping[str, Any] | None) -> SystemView:
    failure = (
        Connection.objects.filter(system=system)
        .exclude(outcome__in=["sent", "answered"])
        .order_by("-at")
        .values("said")[:1]
    )
    said = str(failure[0]["said"]) if failure else ""
    if row is None:
        return SystemView(system, 0, None, 0, None, said)
    return SystemView(system, row["waiting"], row["oldest_at"], row["parked"], row["last_sent_at"], said)
