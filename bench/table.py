"""Timings and how they are printed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure: what, how much, its yardstick in the same run, the ratio."""

    what: str
    figure: str
    yardstick: str = ""
    ratio: str = ""


def seconds(run: Callable[[], object], times: int) -> list[float]:
    """Return how long each run took."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return spent


def median_ms(spent: Iterable[float]) -> float:
    """Return the median in milliseconds."""
    return statistics.median(spent) * 1000


def show(name: str, lines: Iterable[Line]) -> None:
    """Print a table."""
    print(f"\n{name}")
    for line in lines:
        print(f"  {line.what:<44} {line.figure:>16}   {line.yardstick:<34} {line.ratio}")
