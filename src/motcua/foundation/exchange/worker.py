"""Send what waits: lease a lane, give the connection back, call the adapter, write down what came of it."""

from __future__ import annotations

import logging
import time
from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.foundation.exchange import ports
from motcua.foundation.exchange.models import Connection, Lane, Message
from motcua.foundation.exchange.sealed import unseal
from motcua.foundation.exchange.types import MessageState, Outgoing
from motcua.foundation.kernel.clocks import now

LEASE = timedelta(seconds=90)
ATTEMPTS = 12
log = logging.getLogger(__name__)

TAKE = """
SELECT id FROM exchange_lane
WHERE has_work AND parked_at IS NULL AND next_try_at <= %s AND (leased_until IS NULL OR leased_until < %s)
ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""


def run_once() -> bool:
    """Send one message; False when no lane is ready."""
    leased = _lease()
    if leased is None:
        return False
    lane_id, message = leased
    if message is None:
        return True
    _give_connection_back()
    began = time.monotonic()
    outcome, said, pause = _deliver(message)
    _write_down(lane_id, message, outcome, said, pause, int((time.monotonic() - began) * 1000))
    return True


def drain(*, limit: int = 10_000) -> int:
    """Send everything that is ready now; for tests and the sample's player."""
    done = 0
    while done < limit and run_once():
        done += 1
    return done


def _lease() -> tuple[UUID, Outgoing | None] | None:
    at = now()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(TAKE, [at, at])
            found = cursor.fetchone()
        if found is None:
            return None
        lane = Lane.objects.get(id=found[0])
        row = (
            Message.objects.filter(system=lane.system, subject_id=lane.subject_id, state=MessageState.WAITING)
            .order_by("place")
            .first()
        )
        if row is None:
            Lane.objects.filter(id=lane.id).update(has_work=False, leased_until=None)
            return lane.id, None
        Lane.objects.filter(id=lane.id).update(leased_until=at + LEASE)
        Message.objects.filter(id=row.id).update(attempts=row.attempts + 1)
    body = unseal(row.sealed, row.id)
    return lane.id, Outgoing(row.id, row.system, row.kind, row.subject_id, body, row.attempts + 1, row.written_at)


def _deliver(message: Outgoing) -> tuple[str, str, int | None]:
    adapter = ports.adapter(message.system)
    if adapter is None:
        return "refused", f"no adapter for {message.system}", None
    try:
        return "sent", adapter.deliver(message).answer, None
    except ports.Refused as refused:
        return "refused", str(refused), None
    except ports.Later as later:
        return "later", str(later), later.seconds
    except Exception as problem:  # noqa: BLE001 - an adapter's fault is a message that waits, never a dead worker
        log.warning("%s: %s failed", message.system, message.kind, exc_info=True)
        return "later", f"{type(problem).__name__}: {problem}", None


def _write_down(lane_id: UUID, message: Outgoing, outcome: str, said: str, pause: int | None, ms: int) -> None:
    at = now()
    parked = outcome == "refused" or (outcome == "later" and message.attempt >= ATTEMPTS)
    with transaction.atomic():
        if outcome == "sent":
            Message.objects.filter(id=message.id).update(state=MessageState.SENT, sent_at=at, why="")
        else:
            state = MessageState.PARKED if parked else MessageState.WAITING
            Message.objects.filter(id=message.id).update(state=state, why=said[:1000])
        wait = timedelta(seconds=pause if pause is not None else min(2**message.attempt, 900))
        Lane.objects.filter(id=lane_id).update(
            leased_until=None, next_try_at=at if outcome == "sent" else at + wait, parked_at=at if parked else None
        )
        Connection.objects.create(
            system=message.system,
            kind=message.kind,
            direction="out",
            subject_id=message.subject_id,
            message_id=message.id,
            at=at,
            milliseconds=ms,
            outcome=outcome,
            said=said[:1000],
        )


def _give_connection_back() -> None:
    if not connection.in_atomic_block:
        connection.close()
