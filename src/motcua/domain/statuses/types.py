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
