"""Ask the world a question that must be answered now; never inside a transaction."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.foundation.exchange import ports
from motcua.foundation.exchange.models import Connection
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Unavailable


class AskedInTransaction(RuntimeError):
    """A lock would be held while somebody else thinks."""


def ask(system: str, question: str, *, about: UUID | None = None, **details: Any) -> Any:
    """Return the system's answer; every question is written into the log of connections.

    Raises Unavailable when the system is not configured or does not answer, AskedInTransaction for the programmer.
    """
    if connection.in_atomic_block and not getattr(connection, "tests_may_ask", False):
        raise AskedInTransaction(f"{system}/{question}")
    answerer = ports.answerer(system, question)
    if answerer is None:
        raise Unavailable(_("Hệ thống chưa được kết nối."), retry=False, system=system)
    if not connection.in_atomic_block:
        connection.close()
    began, outcome = time.monotonic(), "failed"
    try:
        answer = answerer(**details)
        outcome = "answered"
    finally:
        spent = int((time.monotonic() - began) * 1000)
        Connection.objects.create(
            system=system,
            kind=question,
            direction="ask",
            subject_id=about,
            at=now(),
            milliseconds=spent,
            outcome=outcome,
        )
    return answer
