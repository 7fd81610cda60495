"""Notices as channels show them, and the roads they take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

EVENTS = ()


class Road(StrEnum):
    """How somebody is told besides in their account."""

    MAIL = "mail"
    SMS = "sms"


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice; ``subject_id`` is the dossier it leads to."""

    id: UUID
    kind: str
    title: str
    body: str
    subject_id: UUID
    written_at: datetime
    read_at: datetime | None
