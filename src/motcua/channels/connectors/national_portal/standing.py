"""How a dossier stood right after one of its events: folded from its history, never read from its present row.

Events arrive later than they happened; what is told to the portal about an event must not know what came after it.
Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.queries import status_for_steps
from motcua.domain.statuses.types import State, StepKind
from motcua.foundation.journal.types import Event

REFUSALS: Final = frozenset({State.REFUSED, State.NOT_COMPETENT})
FINISHED: Final = REFUSALS | {State.WITHDRAWN, State.STOPPED, State.DECIDED}


@dataclass(frozen=True, slots=True)
class Standing:
    """`status` is the portal's TrangThai, empty while it is a draft; `before` is what it was before the event.

    at: when the event happened, never earlier than an event before it (the portal refuses steps that go back).
    promises: ask id → (promised before the supplement, promised after it).
    """

    status: str = ""
    before: str = ""
    at: datetime | None = None
    submitted_at: datetime | None = None
    received_at: datetime | None = None
    promised_at: datetime | None = None
    finished_at: datetime | None = None
    refused_at: datetime | None = None
    returned_at: datetime | None = None
    returned_way: str = ""
    state: State = State.DRAFT
    steps: Mapping[str, tuple[StepKind, str]] = field(default_factory=dict)
    promises: Mapping[str, tuple[datetime | None, datetime | None]] = field(default_factory=dict)


def after(history: Iterable[Event], seq: int, catalogue: Catalogue) -> Standing:
    """Fold the events up to and including `seq`."""
    standing = Standing()
    for event in history:
        if event.seq > seq:
            break
        standing = _next(standing, event, event.data or {}, catalogue)
    return standing


def _next(was: Standing, event: Event, data: Mapping[str, Any], catalogue: Catalogue) -> Standing:
    at = max(event.happened_at, was.at) if was.at else event.happened_at
    now = replace(was, at=at, before=was.status)
    if event.kind in {"dossier.step_changed", "dossier.assigned"} and data.get("step_kind"):
        step = (StepKind(str(data["step_kind"])), str(data.get("role", "")))
        now = replace(now, steps={**was.steps, str(data["step"]): step})
    if event.kind == "dossier.task_done":
        now = replace(now, steps={name: step for name, step in was.steps.items() if name != data.get("step")})
    if event.kind.startswith("dossier.") and "to" in data and "from" in data:
        now = _moved(now, event.kind, data)
    return replace(now, status=_status(now, catalogue))


def _moved(now: Standing, kind: str, data: Mapping[str, Any]) -> Standing:
    state, at = State(str(data["to"])), now.at
    now = replace(now, state=state)
    if state is State.SUBMITTED:
        now = replace(now, submitted_at=now.submitted_at or at)
    if kind == "dossier.received":
        now = replace(now, received_at=at, promised_at=_moment(data.get("due_at")))
    if kind == "dossier.supplement_confirmed":
        promised = _moment(data.get("due_at")) or now.promised_at
        told = {**now.promises, str(data.get("ask", "")): (now.promised_at, promised)}
        now = replace(now, promised_at=promised, promises=told)
    if state in FINISHED:
        now = replace(now, finished_at=now.finished_at or at)
    if state in REFUSALS:
        now = replace(now, refused_at=at)
    if state is State.RETURNED:
        now = replace(now, returned_at=at, returned_way=str(data.get("way", "")))
    return now


def _status(now: Standing, catalogue: Catalogue) -> str:
    steps = now.steps.values() if now.received_at else ()
    code = status_for_steps(now.state, steps, catalogue, language="vi").portal_code
    return str(code) if code else ""


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(str(text)) if text else None
