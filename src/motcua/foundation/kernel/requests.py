"""Requests that happen once: a form sent twice, a lost answer asked for again.

The row is inserted first, so that a concurrent twin waits for the first one's commit; then it finds the outcome.
A refused attempt rolls back and leaves no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import rfc8785
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Reused

CLAIM = """
INSERT INTO kernel_request (principal, request_id, day, verb, fingerprint, outcome, at)
VALUES (%s, %s, %s, %s, %s, '', %s) ON CONFLICT DO NOTHING
"""
# A request of yesterday evening may be repeated after midnight: the last days' partitions are looked at too.
FOUND = """
SELECT verb, fingerprint, outcome FROM kernel_request
WHERE principal = %s AND request_id = %s AND day BETWEEN %s AND %s ORDER BY day DESC LIMIT 1
"""


KEPT = timedelta(days=7)  # house.md, "Once, not twice"; the bound also keeps the planner to eight partitions


@dataclass(slots=True)
class Once:
    """A request being handled. ``first_outcome`` is set when the same request already happened."""

    first_outcome: str | None = None
    outcome: str = ""

    def finish(self, outcome: str) -> None:
        """Name what came of it (an opaque reference, no personal data, at most 200 characters)."""
        self.outcome = outcome


@contextmanager
def once(*, actor: Actor, verb: str, body: Mapping[str, Any], at: datetime) -> Iterator[Once]:
    """Run the block for the first request of this id; give the first outcome to every later one.

    ``body`` is the canonical input; files stand in it by their digests. Raises Reused when the id was used for
    another verb or another body.
    """
    fingerprint = sha256(rfc8785.dumps({"verb": verb, "body": _plain(body)})).digest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{actor.principal}|{actor.request_id}"]
        )
        today = local(at).date()
        cursor.execute(FOUND, [actor.principal, actor.request_id, today - KEPT, today])
        found = cursor.fetchone()
        if found is not None:
            if found[0] != verb or bytes(found[1]) != fingerprint:
                raise Reused(_("Yêu cầu này đã được dùng cho một việc khác. Hãy tải lại trang rồi thử lại."))
            yield Once(first_outcome=found[2])
            return
        cursor.execute(CLAIM, [actor.principal, actor.request_id, today, verb, fingerprint, at])
        claimed = Once()
        yield claimed
        cursor.execute(
            "UPDATE kernel_request SET outcome = %s WHERE principal = %s AND request_id = %s AND day = %s",
            [claimed.outcome, actor.principal, actor.request_id, today],
        )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if value is None or isinstance(value, (bool, str, float)) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    return str(value)
