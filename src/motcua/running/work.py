"""The worker and the relay: what goes on beside the pages. Neither carries any truth; both may die at any moment."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, close_old_connections, connection

from motcua.foundation.exchange import worker as exchange
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal import relay
from motcua.foundation.kernel.clocks import now
from motcua.foundation.storage import commands as storage

log = logging.getLogger(__name__)
IDLE = 0.2


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something to be looked at every so many seconds; an advisory lock lets one worker of many do it."""

    name: str
    every: float
    run: Callable[[datetime], object]
    lock: int


def run_relay() -> int:
    """Deliver events until told to stop."""
    stop = _stopping()
    while not stop.is_set():
        try:
            relay.run_forever(stop)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
            connection.close()
            stop.wait(1.0)
    return 0


def run_worker(
    more: tuple[Callable[[], bool], ...], sweeps: Iterable[tuple[str, float, Callable[[datetime], object]]]
) -> int:
    """Send messages, make signatures and sweep until told to stop."""
    stop = _stopping()
    loops = [
        threading.Thread(target=_loop, args=(step, stop), name=step.__module__) for step in (exchange.run_once, *more)
    ]
    loops.append(threading.Thread(target=_sweep, args=(_all(sweeps), stop), name="sweeps"))
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    return 0


def _loop(step: Callable[[], bool], stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            if not step():
                close_old_connections()
                stop.wait(IDLE)
        except OperationalError:
            log.warning("the database does not answer; trying again", exc_info=True)
            connection.close()
            stop.wait(1.0)
        except Exception:  # one step that nobody foresaw is tried again; the other loops go on
            log.exception("%s failed", step.__module__)
            stop.wait(1.0)
    connection.close()


def _sweep(sweeps: tuple[Sweep, ...], stop: threading.Event) -> None:
    due = {sweep.name: 0.0 for sweep in sweeps}
    while not stop.is_set():
        for sweep in sweeps:
            if time.monotonic() >= due[sweep.name]:
                due[sweep.name] = time.monotonic() + sweep.every
                _one(sweep)
        stop.wait(1.0)
    connection.close()


def _one(sweep: Sweep) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [sweep.lock])
            if not cursor.fetchone()[0]:
                return
        try:
            sweep.run(now())
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [sweep.lock])
    except Exception:  # a sweep carries no truth: it is done the next time
        log.exception("sweep %s failed", sweep.name)
        connection.close()


def _make_partitions(at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT motcua_make_partitions(%s)", [at.date()])


USUAL = (
    Sweep("partitions", 3600, _make_partitions, 7_303_001),
    Sweep("files", 3600, lambda at: storage.sweep(at=at), 7_303_002),
    Sweep("quarantine", 60, lambda _at: storage.rescan(), 7_303_004),
    Sweep("seals", 600, lambda at: journal.seal_now(at=at), 7_303_003),
)


def _all(others: Iterable[tuple[str, float, Callable[[datetime], object]]]) -> tuple[Sweep, ...]:
    return (*USUAL, *(Sweep(name, every, run, 7_304_000 + place) for place, (name, every, run) in enumerate(others)))


def _stopping() -> threading.Event:
    stop = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())
    return stop
