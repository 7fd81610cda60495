"""Somebody has seen their notices."""

from __future__ import annotations

from datetime import datetime

from motcua.domain.notices.queries import own
from motcua.foundation.kernel.actor import Actor


def mark_read(*, actor: Actor, at: datetime) -> int:
    """Mark everything of the actor as read; returns how many."""
    return own(actor).filter(read_at__isnull=True).update(read_at=at)
