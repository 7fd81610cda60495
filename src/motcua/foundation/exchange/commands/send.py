"""Queue a message for an outside system, in the transaction that gives it its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from motcua.foundation.exchange.models import Message
from motcua.foundation.exchange.sealed import seal
from motcua.foundation.exchange.types import MessageState
from motcua.foundation.kernel.identifiers import new_id

# The lane row is the lock that keeps the places of one (system, subject) without gap or twin.
LANE = """
INSERT INTO exchange_lane (id, system, subject_id, last_place, has_work, next_try_at)
VALUES (%s, %s, %s, 1, true, %s)
ON CONFLICT (system, subject_id) DO UPDATE SET last_place = exchange_lane.last_place + 1, has_work = true,
    next_try_at = CASE WHEN exchange_lane.has_work THEN exchange_lane.next_try_at ELSE EXCLUDED.next_try_at END
RETURNING last_place
"""


@transaction.atomic
def send(*, system: str, kind: str, subject_id: UUID, body: Mapping[str, Any], at: datetime) -> UUID:
    """Write the message; it leaves after everything written before it for this (system, subject). Returns its id."""
    message_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute(LANE, [new_id(), system, subject_id, at])
        place = cursor.fetchone()[0]
        Message.objects.create(
            id=message_id,
            system=system,
            kind=kind,
            subject_id=subject_id,
            place=place,
            sealed=seal(body, message_id),
            state=MessageState.WAITING,
            written_at=at,
        )
        cursor.execute("SELECT pg_notify('motcua_exchange', '')")
    return message_id
