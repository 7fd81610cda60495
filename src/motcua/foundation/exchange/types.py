"""What goes out, what comes in, what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

EVENTS = ("exchange.received",)


class MessageState(StrEnum):
    """Where an outgoing message is."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as its adapter gets it; ``id`` never changes over retries, so the other side can tell a repeat."""

    id: UUID
    system: str
    kind: str
    subject_id: UUID
    body: Mapping[str, Any]
    attempt: int
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took it; ``answer`` is what it said, kept in the log of connections without personal data."""

    answer: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message from outside as its handler gets it."""

    id: UUID
    system: str
    kind: str
    remote_id: str
    body: Mapping[str, Any]
    received_at: datetime


@dataclass(frozen=True, slots=True)
class SystemView:
    """What the cockpit shows of one system."""

    system: str
    waiting: int
    oldest_at: datetime | None
    parked: int
    last_sent_at: datetime | None
    last_failure: str


@dataclass(frozen=True, slots=True)
class ParkedMessage:
    """A message that somebody must look at; its body stays sealed."""

    id: UUID
    system: str
    kind: str
    subject_id: UUID
    attempts: int
    why: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ConnectionRow:
    """One line of the log of connections; ``direction`` is ``out``, ``in`` or ``ask``."""

    at: datetime
    kind: str
    direction: str
    milliseconds: int
    outcome: str
    said: str
