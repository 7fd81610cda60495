"""Writing organisation's events; inside the room only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor


def record(kind: str, subject_id: UUID, *, actor: Actor, at: datetime, **data: Any) -> None:
    """Record the event on its subject: the word before the dot (``right.…`` on the holder's agency)."""
    subject = Subject(_SUBJECTS.get(kind.split(".", maxsplit=1)[0], kind.split(".", maxsplit=1)[0]), subject_id)
    journal.record(kind=kind, subject=subject, actor=actor, at=at, data=_plain(data))


_SUBJECTS = {"right": "agency", "desk": "agency"}


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value if value is None or isinstance(value, (str, int, bool, list, dict)) else str(value)
        for key, value in data.items()
    }
