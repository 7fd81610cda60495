"""Is the process alive, is the installation ready: what a supervisor, a load balancer and a monitor ask.

Nothing secret and no address is told. Late messages do not make the web unready: taking pages away would help nobody.
"""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from motcua.foundation.exchange import queries as exchange
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.clocks import now

LATE_AFTER: Final = 60  # seconds that an event or a message may wait before a monitor should look
LEAST_FREE: Final = 500 * 1024 * 1024  # bytes; below this files cannot be taken safely


@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """The process answers. The database is not asked: restarting the web does not mend a database."""
    return _told({"state": "ok"}, 200)


@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Database, disk, relay and exchange; 503 when pages cannot be served, 200 with ``late`` when only messages wait."""
    checks = {"database": _database(), "disk": _disk(settings.MOTCUA.home)}
    if checks["database"]["state"] == "ok":
        at = now()
        checks["relay"] = _lane(journal.waiting(at), at)
        checks["exchange"] = _lane(exchange.waiting(at), at)
    states = {check["state"] for check in checks.values()}
    state = next((worst for worst in ("failed", "late") if worst in states), "ok")
    return _told({"state": state, "checks": checks}, 503 if state == "failed" else 200)


def _database() -> dict[str, Any]:
    began = time.monotonic()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return {"state": "failed"}
    return {"state": "ok", "milliseconds": round((time.monotonic() - began) * 1000, 1)}


def _disk(home: Path) -> dict[str, Any]:
    free = shutil.disk_usage(home if home.exists() else home.parent).free
    return {"state": "ok" if free >= LEAST_FREE else "failed", "free_megabytes": free // 2**20}


def _lane(found: tuple[datetime | None, int], at: datetime) -> dict[str, Any]:
    oldest_at, parked = found
    lag = max(0.0, (at - oldest_at).total_seconds()) if oldest_at else 0.0
    return {"state": "late" if lag > LATE_AFTER or parked else "ok", "lag_seconds": round(lag, 1), "parked": parked}


def _told(body: dict[str, Any], status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
