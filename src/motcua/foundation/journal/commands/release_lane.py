"""Let a parked lane be tried again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.journal.models import Lane
from motcua.foundation.kernel.errors import Missing


@transaction.atomic
def release_lane(*, handler: str, subject_id: UUID, at: datetime) -> None:
    """Put a parked lane back at the head of the relay; nothing of it is skipped. Raises Missing when none is parked."""
    parked = Lane.objects.filter(handler=handler, subject_id=subject_id, parked_at__isnull=False)
    if not parked.update(parked_at=None, attempts=0, next_try_at=at):
        raise Missing(_("Không có sự kiện nào đang bị giữ lại ở đây."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('motcua_relay', '')")
