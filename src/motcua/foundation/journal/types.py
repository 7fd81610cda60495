"""Subjects, events and what can be read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

EVENTS = ("journal.payloads_destroyed",)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about: ``dossier``, ``officer``, ``edition`` … and its opaque id."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class EventRef:
    """An event is named by its subject and its place in the subject's chain."""

    subject_id: UUID
    seq: int


@dataclass(frozen=True, slots=True)
class Event:
    """One event as a reader or a handler sees it; ``data`` is None when its payload was destroyed."""

    subject: Subject
    seq: int
    kind: str
    actor_kind: str
    principal: str
    channel: str
    request_id: str
    account_id: UUID | None
    party_id: UUID | None
    acting_for_id: UUID | None
    officer_id: UUID | None
    position_id: UUID | None
    agency_id: UUID | None
    department_id: UUID | None
    happened_at: datetime
    recorded_at: datetime
    data: Mapping[str, Any] | None

    @property
    def ref(self) -> EventRef:
        return EventRef(self.subject.id, self.seq)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A handler that wants events of these kinds. ``bulk`` handlers get at most a quarter of the relay."""

    handler: str
    kinds: tuple[str, ...]
    run: Callable[[Event], None]
    bulk: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """One line of the log of reads, as the person concerned sees it."""

    at: datetime
    actor_kind: str
    officer_id: UUID | None
    agency_id: UUID | None
    account_id: UUID | None
    page: str
    purpose: str


@dataclass(frozen=True, slots=True)
class ParkedLane:
    """A handler that keeps failing about one subject: somebody must look."""

    handler: str
    subject_id: UUID
    attempts: int
    why: str
    parked_at: datetime
