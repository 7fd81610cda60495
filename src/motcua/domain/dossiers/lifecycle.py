"""The lifecycle of a dossier: every move there is, and the one function that makes one.

A move names from which states it may start, where it leads and the event it is recorded as. Dates that hang on a
state are set here and nowhere else. ``finished`` means that processing is over: on time or late is decided by the
first such moment (decided > returned > stopped, refused; domain.md, Deadlines).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.domain.dossiers.models import Dossier
from motcua.domain.dossiers.types import SUBJECT_KIND
from motcua.domain.statuses.types import State
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import WrongState

S = State
BEFORE_RECEPTION = frozenset({S.SUBMITTED, S.RETURNED_FOR_COMPLETION, S.COMPLETED})
IN_HAND = frozenset({S.RECEIVED, S.IN_PROGRESS, S.SUPPLEMENT_ASKED, S.SUPPLEMENTED, S.PAYMENT_DUE})


@dataclass(frozen=True, slots=True)
class Move:
    """One verb: from where, to where, recorded as what. ``to`` None keeps the state it came from before a request."""

    start: frozenset[State]
    to: State | None
    event: str
    finished: bool = False


MOVES: dict[str, Move] = {
    "submit": Move(frozenset({S.DRAFT}), S.SUBMITTED, "dossier.submitted"),
    "register": Move(frozenset({S.DRAFT}), S.SUBMITTED, "dossier.registered"),
    "ask_completion": Move(
        frozenset({S.SUBMITTED, S.COMPLETED}), S.RETURNED_FOR_COMPLETION, "dossier.completion_asked"
    ),
    "complete": Move(frozenset({S.RETURNED_FOR_COMPLETION}), S.COMPLETED, "dossier.completed"),
    "refuse_reception": Move(frozenset({S.SUBMITTED, S.COMPLETED}), S.REFUSED, "dossier.refused", finished=True),
    "return_as_not_competent": Move(
        frozenset({S.SUBMITTED, S.COMPLETED}), S.NOT_COMPETENT, "dossier.returned_as_not_competent", finished=True
    ),
    "withdraw": Move(BEFORE_RECEPTION, S.WITHDRAWN, "dossier.withdrawn", finished=True),
    "receive": Move(frozenset({S.SUBMITTED, S.COMPLETED}), S.RECEIVED, "dossier.received"),
    "demand_payment": Move(frozenset({S.RECEIVED, S.IN_PROGRESS}), S.PAYMENT_DUE, "dossier.payment_demanded"),
    "meet_payment": Move(frozenset({S.PAYMENT_DUE}), S.IN_PROGRESS, "dossier.payment_met"),
    "forward": Move(frozenset({S.RECEIVED}), S.IN_PROGRESS, "dossier.forwarded"),
    "ask_supplement": Move(frozenset({S.IN_PROGRESS, S.SUPPLEMENTED}), S.SUPPLEMENT_ASKED, "dossier.supplement_asked"),
    "supplement": Move(frozenset({S.SUPPLEMENT_ASKED}), S.SUPPLEMENTED, "dossier.supplemented"),
    "confirm_supplement": Move(frozenset({S.SUPPLEMENTED}), S.IN_PROGRESS, "dossier.supplement_confirmed"),
    "ask_stop": Move(IN_HAND, S.STOP_ASKED, "dossier.stop_asked"),
    "decline_stop": Move(frozenset({S.STOP_ASKED}), None, "dossier.stop_declined"),
    "stop": Move(
        frozenset({S.STOP_ASKED, S.SUPPLEMENT_ASKED, S.PAYMENT_DUE}), S.STOPPED, "dossier.stopped", finished=True
    ),
    "refuse_to_resolve": Move(frozenset({S.IN_PROGRESS}), S.STOPPED, "dossier.stopped", finished=True),
    "decide": Move(frozenset({S.IN_PROGRESS, S.RECEIVED}), S.DECIDED, "dossier.decided", finished=True),
    "make_ready": Move(frozenset({S.DECIDED}), S.READY_FOR_COLLECTION, "dossier.ready_for_collection"),
    "return_result": Move(frozenset({S.DECIDED, S.READY_FOR_COLLECTION}), S.RETURNED, "dossier.returned"),
}

NOT_NOW = _("Hồ sơ đang ở trạng thái khác nên không làm được việc này. Hãy tải lại trang để xem trạng thái mới nhất.")


def may(dossier: Dossier, verb: str) -> bool:
    """Say whether the verb has a place in the dossier's present state."""
    return State(dossier.state) in MOVES[verb].start


def require(dossier: Dossier, verb: str) -> None:
    """Raise WrongState when the verb has no place in the dossier's present state."""
    if not may(dossier, verb):
        raise WrongState(NOT_NOW, state=dossier.state, verb=verb)


def move(dossier: Dossier, verb: str, *, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None) -> Dossier:
    """Take the dossier along one move: state, dates, version and event in the caller's transaction.

    ``dossier`` was locked by ``access.lock``. Raises WrongState.
    """
    require(dossier, verb)
    step = MOVES[verb]
    before = dossier.state
    dossier.state = step.to or State(dossier.state_before_stop_asked or S.IN_PROGRESS)
    if verb == "ask_stop":
        dossier.state_before_stop_asked = before
    if step.finished and dossier.finished_at is None:
        dossier.finished_at = at
    note(dossier, step.event, actor=actor, at=at, data={**(data or {}), "from": before, "to": str(dossier.state)})
    return dossier


def note(dossier: Dossier, event: str, *, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None) -> None:
    """Save the dossier under its next version and record an event that changes no state."""
    dossier.version += 1
    dossier.save()
    record(kind=event, subject=Subject(SUBJECT_KIND, dossier.id), actor=actor, at=at, data=dict(data or {}))
