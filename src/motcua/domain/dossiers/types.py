"""The words of the room: events, channels of reception, what queries show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias
from uuid import UUID

from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.statuses.types import State

DossierId: TypeAlias = UUID
SUBJECT_KIND: Final = "dossier"

EVENTS: Final = (
    "dossier.drafted",
    "dossier.case_chosen",
    "dossier.draft_discarded",
    "dossier.draft_restored",
    "dossier.file_attached",
    "dossier.file_detached",
    "dossier.submitted",
    "dossier.registered",
    "dossier.completion_asked",
    "dossier.completed",
    "dossier.refused",
    "dossier.returned_as_not_competent",
    "dossier.withdrawn",
    "dossier.received",
    "dossier.payment_demanded",
    "dossier.payment_met",
    "dossier.forwarded",
    "dossier.task_done",
    "dossier.assigned",
    "dossier.supplement_asked",
    "dossier.supplemented",
    "dossier.supplement_confirmed",
    "dossier.opinion_asked",
    "dossier.opinion_given",
    "dossier.inspected",
    "dossier.result_drafted",
    "dossier.signature_asked",
    "dossier.result_signed",
    "dossier.signature_failed",
    "dossier.result_numbered",
    "dossier.seal_asked",
    "dossier.result_sealed",
    "dossier.stop_asked",
    "dossier.stop_declined",
    "dossier.stopped",
    "dossier.decided",
    "dossier.ready_for_collection",
    "dossier.returned",
    "dossier.ending_returned",
    "dossier.step_changed",
)


# Channels through which a dossier is typed in by the desk itself (TT 11/2025 12.3b).
TYPED_AT_DESK: Final = (
    ReceptionChannel.COUNTER,
    ReceptionChannel.POST,
    ReceptionChannel.HIRED_SERVICE,
    ReceptionChannel.AUTHORISED_PERSON,
    ReceptionChannel.ON_SITE,
)


PAUSED: Final = frozenset({State.SUPPLEMENT_ASKED, State.SUPPLEMENTED})


class ParticipantRole(StrEnum):
    """The roles every dossier knows; an edition may add its own."""

    SUBMITTER = "submitter"
    OWNER = "owner"
    AUTHORISED = "authorised"


class AskKind(StrEnum):
    """Completion is asked before reception, a supplement after it: two acts of the law."""

    COMPLETION = "completion"
    SUPPLEMENT = "supplement"


class Outcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    REFUSED = "refused"


class ResultStage(StrEnum):
    """How far the result paper has come."""

    DRAFTED = "drafted"
    SIGNING = "signing"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALING = "sealing"
    SEALED = "sealed"


class ReturnWay(StrEnum):
    """How a result or a refusal came to the person."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    POST = "post"


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """Somebody with a part in the dossier."""

    role: str
    party_id: UUID | None
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class AskView:
    """What was asked of the applicant and whether it came."""

    id: UUID
    kind: AskKind
    content: str
    reason: str
    guidance: str
    items: tuple[str, ...]
    asked_at: datetime
    window_due_at: datetime | None
    answered_at: datetime | None
    confirmed_at: datetime | None
    paper_id: UUID | None
    asked_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier as channels show it; everything that was decided elsewhere comes as an id to ask that room with."""

    id: DossierId
    code: str
    version: int
    state: State
    edition_id: UUID
    procedure_code: str
    procedure_name: str
    case_key: str
    channel: ReceptionChannel
    desk_agency_id: UUID
    competent_agency_id: UUID
    owner_id: UUID
    owner_name: str
    submitter_id: UUID
    submitter_name: str
    participants: tuple[ParticipantView, ...]
    summary: str
    created_at: datetime
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    finished_at: datetime | None
    returned_at: datetime | None
    ended_reason: str
    outcome: Outcome | None
    step_names: tuple[str, ...]
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: code, whose, what, by when, status; no more personal data than that."""

    id: DossierId
    code: str
    state: State
    procedure_code: str
    procedure_name: str
    owner_name: str
    summary: str
    channel: ReceptionChannel
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    promised_at: datetime | None
    finished_at: datetime | None
    status_words: str
    owner_id: UUID | None = None
    task_id: UUID | None = None
    task_name: str = ""
    task_due_at: datetime | None = None

    @property
    def is_paused(self) -> bool:
        """Whether the resolving clock waits for the applicant."""
        return self.state in PAUSED


@dataclass(frozen=True, slots=True)
class Originals:
    """One original handed back, or kept with a reason (TT 11/2025 18.6)."""

    name: str
    handed_back: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who took the result: the owner, or somebody authorised whose document is kept (TT 11/2025 18.5)."""

    name: str
    identity: str
    is_owner: bool
    authority: str = ""
    authority_file_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What a submit gives back: the code, the secret shown once on the page, the next step."""

    dossier_id: DossierId
    code: str
    lookup_secret: str


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who files: the person, and for whom (themself, a company, a child)."""

    submitter_id: UUID
    owner_id: UUID
    extra: Mapping[str, Any] = field(default_factory=dict)
