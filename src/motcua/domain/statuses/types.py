"""States and kinds of steps (ours, fixed), legal statuses and their catalogue (data)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

EVENTS: Final = ("catalogue.published",)


class State(StrEnum):
    """Where a dossier is. Few and fixed: who may act, which clock runs and what is owed hang on it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED_FOR_COMPLETION = "returned_for_completion"
    COMPLETED = "completed"
    REFUSED = "refused"
    NOT_COMPETENT = "not_competent"
    WITHDRAWN = "withdrawn"
    RECEIVED = "received"
    IN_PROGRESS = "in_progress"
    SUPPLEMENT_ASKED = "supplement_asked"
    SUPPLEMENTED = "supplemented"
    PAYMENT_DUE = "payment_due"
    STOP_ASKED = "stop_asked"
    STOPPED = "stopped"
    DECIDED = "decided"
    READY_FOR_COLLECTION = "ready_for_collection"
    RETURNED = "returned"


#: Nothing moves a dossier on from here except the reopening acts of the law.
ENDINGS: Final = frozenset({State.REFUSED, State.NOT_COMPETENT, State.WITHDRAWN, State.STOPPED, State.RETURNED})


class StepKind(StrEnum):
    """What a step of a process is for."""

    RECEIVE = "receive"
    FORWARD = "forward"
    ASSIGN = "assign"
    APPRAISE = "appraise"
    CONSULT = "consult"
    SUBMIT = "submit"
    APPROVE = "approve"
    SIGN = "sign"
    ISSUE = "issue"
    RETURN = "return"
    PAY = "pay"
    WAIT_FOR_APPLICANT = "wait_for_applicant"
    AUTOMATIC = "automatic"
    SUB_PROCEDURE = "sub_procedure"


class Stage(StrEnum):
    """The three parts under which the circulars list statuses (TT 11/2025, II.4.1 a–c)."""

    RECEPTION = "reception"
    RESOLVING = "resolving"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a status in one language; `shows` are the pieces of its information line.

    A piece holds named placeholders (`{received_on}`) and appears when all of them are known.
    """

    officer: str
    applicant: str
    shows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """A legal status as the catalogue has it, in every language.

    portal_code: TrangThai of the national portal (1–10); None for what is not told to it.
    rank: when several steps are active, the status of the highest rank shows.
    """

    code: str
    stage: Stage
    portal_code: int | None
    rank: int
    words: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Rule:
    """In this state (at this kind of step, held by this position) this status shows."""

    state: State
    status: str
    step_kind: StepKind | None = None
    position: str = ""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A change of status that the diagram allows."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """A status in the words of one language, ready to be shown."""

    code: str
    officer_words: str
    applicant_words: str
    portal_code: int | None
    rank: int
    shows: tuple[str, ...] = ()
    stage: Stage = Stage.RESOLVING


@dataclass(frozen=True, slots=True)
class Move:
    """A verb of the lifecycle that takes a dossier from one state to another; `name` is shown in problems."""

    name: str
    source: State
    target: State


@dataclass(frozen=True, slots=True)
class Flow:
    """In a published process a step of one kind is followed by one of another, in progress."""

    process: str
    source: StepKind
    target: StepKind


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """Which catalogue is in force, since when."""

    id: UUID
    version: int
    name: str
    published_at: datetime
