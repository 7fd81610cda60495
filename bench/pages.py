"""Pages: server time beside the time of their own SQL, replayed on the same warm connection."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test import Client

from bench.table import Line

TIMES = 30


def measure() -> Iterator[Line]:
    """Yield the figures of the four pages."""
    from bench.visitors import citizen, officer, places

    for what, client, address in places(citizen(), officer()):
        yield _page(what, client, address)


def _page(what: str, client: Client, address: str) -> Line:
    statements: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        answer = client.get(address)
    if answer.status_code != 200:
        return Line(what, f"HTTP {answer.status_code}", address)
    reads = [one for one in statements if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    spent, alone = [], []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(address)
        spent.append(time.perf_counter() - began)
        began = time.perf_counter()
        with connection.cursor() as cursor:
            for sql, params in reads:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        alone.append(time.perf_counter() - began)
    page, sql_alone = statistics.median(spent) * 1000, statistics.median(alone) * 1000
    return Line(
        what, f"{page:.1f} ms", f"its {len(reads)} SELECTs alone: {sql_alone:.1f} ms", f"+{page - sql_alone:.1f} ms"
    )
