"""How long one must wait after wrong passwords and codes: pure arithmetic.

An account and an address each have their own count. The wait doubles, it never becomes for ever: a stranger who
types an officer's name wrongly all day delays that officer, but cannot shut them out until somebody comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """``free`` wrong attempts cost nothing; then ``first`` doubles up to ``longest``; ``forget`` ends the count."""

    free: int
    first: timedelta
    longest: timedelta
    forget: timedelta


ACCOUNT = Patience(free=4, first=timedelta(minutes=1), longest=timedelta(hours=1), forget=timedelta(hours=24))
# A whole office may stand behind one address.
ADDRESS = Patience(free=30, first=timedelta(minutes=1), longest=timedelta(minutes=30), forget=timedelta(hours=1))


def wait_after(failures: int, patience: Patience) -> timedelta:
    """Return how long the next attempt must wait after this many wrong ones in a row."""
    over = failures - patience.free
    if over <= 0:
        return timedelta(0)
    doublings = min(over - 1, 20)  # beyond that the longest wait is reached anyway
    return min(patience.first * (1 << doublings), patience.longest)


def count_after(failures: int, last_at: datetime | None, at: datetime, patience: Patience) -> int:
    """Return the new count when an attempt is wrong at ``at``; an old count is forgotten first."""
    if last_at is None or at - last_at >= patience.forget:
        return 1
    return failures + 1
