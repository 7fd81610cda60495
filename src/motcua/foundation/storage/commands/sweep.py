"""Files that nobody took up leave after a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from motcua.foundation.storage import places
from motcua.foundation.storage.models import File

LOOSE_FOR = timedelta(hours=24)


def mark_referenced(*, file_ids: Iterable[UUID], at: datetime) -> None:
    """Say that a room refers to these files now; called in the transaction that makes the reference."""
    File.objects.filter(id__in=list(file_ids), referenced_at__isnull=True).update(referenced_at=at)


def sweep(*, at: datetime) -> int:
    """Erase files that were uploaded a day ago and never taken up; returns how many."""
    loose = list(File.objects.filter(referenced_at__isnull=True, stored_at__lt=at - LOOSE_FOR)[:500])
    for row in loose:
        places.erase(row.object_key)
        row.delete()
    return len(loose)
