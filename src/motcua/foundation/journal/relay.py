"""Bring events to their handlers: a lane per (handler, subject), the lowest seq first, done in one transaction.

A handler that fails is tried again with growing pauses; after ``ATTEMPTS`` its lane is parked, and only that lane.
"""

from __future__ import annotations

import logging
import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from motcua.foundation.journal import queries, registry
from motcua.foundation.kernel.clocks import now

ATTEMPTS = 8
log = logging.getLogger(__name__)

TAKE = """
SELECT handler, subject_id, attempts FROM journal_lane
WHERE parked_at IS NULL AND next_try_at <= %s AND bulk = %s
ORDER BY next_try_at LIMIT 1 FOR UPDATE SKIP LOCKED
"""
NEXT = """
SELECT seq FROM journal_delivery WHERE handler = %s AND subject_id = %s ORDER BY seq LIMIT 2
"""


def run_once(*, at: datetime | None = None, bulk: bool = False) -> bool:
    """Handle one delivery; False when nothing is ready."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE, [at or now(), bulk])
        lane = cursor.fetchone()
        if lane is None:
            return False
        handler, subject_id, attempts = lane
        cursor.execute(NEXT, [handler, subject_id])
        waiting = [row[0] for row in cursor.fetchall()]
        if waiting and not _handle(handler, subject_id, waiting[0], attempts):
            return True
        if waiting:
            cursor.execute(
                "DELETE FROM journal_delivery WHERE handler = %s AND subject_id = %s AND seq = %s",
                [handler, subject_id, waiting[0]],
            )
        if len(waiting) < 2:
            cursor.execute("DELETE FROM journal_lane WHERE handler = %s AND subject_id = %s", [handler, subject_id])
        elif attempts:
            cursor.execute(
                "UPDATE journal_lane SET attempts = 0, why = '' WHERE handler = %s AND subject_id = %s",
                [handler, subject_id],
            )
    return True


def drain(*, limit: int = 10_000) -> int:
    """Handle everything that is ready now; for tests and the sample's player."""
    done = 0
    while done < limit and (run_once() or run_once(bulk=True)):
        done += 1
    return done


def run_forever(stop: threading.Event) -> None:
    """Serve until told to stop: wake on NOTIFY, look anyway every second, give bulk lanes a quarter of the turns."""
    while not stop.is_set():
        worked = [run_once() for _ in range(3)] + [run_once(bulk=True)]
        if not any(worked):
            _wait(stop)


def _handle(handler: str, subject_id: UUID, seq: int, attempts: int) -> bool:
    wanted = registry.subscription(handler)
    if wanted is None:
        return True  # the handler has left the code: its deliveries have nowhere to go
    try:
        with transaction.atomic():
            wanted.run(queries.event(subject_id, seq))
    except Exception as problem:  # noqa: BLE001 - whatever a handler does, its neighbours go on
        log.warning("%s failed on %s/%s: %s", handler, subject_id, seq, problem, exc_info=True)
        _postpone(handler, subject_id, attempts + 1, f"{type(problem).__name__}: {problem}")
        return False
    return True


def _postpone(handler: str, subject_id: UUID, attempts: int, why: str) -> None:
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_lane SET attempts = %s, why = %s, next_try_at = %s, parked_at = %s "
            "WHERE handler = %s AND subject_id = %s",
            [
                attempts,
                why[:2000],
                at + timedelta(seconds=min(2**attempts, 600)),
                at if attempts >= ATTEMPTS else None,
                handler,
                subject_id,
            ],
        )


def _wait(stop: threading.Event) -> None:
    """Sleep until somebody records an event, at most a second."""
    connection.ensure_connection()
    raw = connection.connection
    raw.execute("LISTEN motcua_relay")
    for _notice in raw.notifies(timeout=1.0, stop_after=1):
        break
    if stop.is_set():
        connection.close()


def replay(handler: str) -> int:
    """Queue every past event that the handler wants, in order; returns how many. Handlers are safe to repeat."""
    wanted = registry.subscription(handler)
    if wanted is None:
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_delivery (handler, subject_id, seq) SELECT %s, subject_id, seq FROM journal_event "
            "WHERE kind = ANY(%s) ON CONFLICT DO NOTHING",
            [handler, list(wanted.kinds)],
        )
        count: int = cursor.rowcount
        cursor.execute(
            "INSERT INTO journal_lane (handler, subject_id, bulk, next_try_at, attempts, why) "
            "SELECT DISTINCT handler, subject_id, %s, now(), 0, '' FROM journal_delivery WHERE handler = %s "
            "ON CONFLICT DO NOTHING",
            [wanted.bulk, handler],
        )
    return count
