"""Reading dossiers: the page, the lists, the counters, the look-up, the story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import ChecklistItem
from motcua.domain.dossiers import access, codes, standing
from motcua.domain.dossiers.answered import Answered, answered
from motcua.domain.dossiers.commands.draft import components_now
from motcua.domain.dossiers.declared import DeclaredSection, sections_of
from motcua.domain.dossiers.lifecycle import MOVES
from motcua.domain.dossiers.listing import (
    COUNTERS,
    HANDED_IN,
    Filter,
    KindCount,
    Page,
    Whose,
    cancelled_drafts_of,
    counters,
    drafts_of,
    find_many,
    kinds,
    recent_procedures,
    rows_of,
)
from motcua.domain.dossiers.models import Ask, Dossier, Inspection, Participant, Result, Return
from motcua.domain.dossiers.offering import Work, candidates, why_not_return, work_on
from motcua.domain.dossiers.types import AskKind, AskView, DossierView, Outcome, ParticipantView
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.catalogue import Catalogue
from motcua.domain.statuses.types import LegalStatus, State
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Task
from motcua.foundation.identity import queries as identity
from motcua.foundation.journal import queries as journal
from motcua.foundation.journal.types import Event
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import HeldPosition

__all__ = [
    "COUNTERS",
    "HANDED_IN",
    "KindCount",
    "Whose",
    "Answered",
    "DeclaredSection",
    "Filter",
    "LookUp",
    "Page",
    "ResultView",
    "Work",
    "answered",
    "asks",
    "assignees",
    "by_code",
    "by_remote",
    "checklist",
    "counters",
    "cancelled_drafts_of",
    "declared",
    "dossier",
    "drafts_of",
    "find_many",
    "hindrance_to_return",
    "information",
    "kinds",
    "inspections",
    "look_up",
    "proof",
    "public_view",
    "recent_procedures",
    "result",
    "returns",
    "rows_of",
    "status",
    "story",
    "subject_of_file",
    "verbs",
    "view",
    "work",
]

NOT_FOUND = _("Không tìm thấy hồ sơ với mã này. Hãy kiểm tra lại mã trên giấy tiếp nhận.")


def dossier(dossier_id: UUID, *, actor: Actor, on: date) -> DossierView:
    """Return the dossier for its page. Raises Missing."""
    return view(access.find(dossier_id, actor=actor, on=on))


def checklist(dossier_id: UUID, *, actor: Actor, on: date) -> list[ChecklistItem]:
    """Return what the dossier's components ask and what was given. Raises Missing."""
    found = access.find(dossier_id, actor=actor, on=on)
    return documents.checklist(found.id, components_now(found, catalog.edition(found.edition_id)))


def declared(dossier_id: UUID, *, actor: Actor, on: date) -> tuple[DeclaredSection, ...]:
    """Return the answers beside what is known, section by section (TT 11/2025 15.2). Raises Missing."""
    return sections_of(access.find(dossier_id, actor=actor, on=on))


def view(found: Dossier) -> DossierView:
    """Return a dossier as channels show it; the caller has made sure that it may be shown."""
    edition = catalog.edition(found.edition_id)
    parts = Participant.objects.filter(dossier=found).order_by("role", "name")
    tasks = runs.open_tasks(found.id)
    names = identity.names([found.owner_id, found.submitter_id])
    return DossierView(
        id=found.id,
        code=found.code or "",
        version=found.version,
        state=State(found.state),
        edition_id=found.edition_id,
        procedure_code=found.procedure_code,
        procedure_name=edition.procedure.name,
        case_key=found.case_key,
        channel=ReceptionChannel(found.channel),
        desk_agency_id=found.desk_agency_id,
        competent_agency_id=found.competent_agency_id,
        owner_id=found.owner_id,
        owner_name=names[found.owner_id],
        submitter_id=found.submitter_id,
        submitter_name=names[found.submitter_id],
        participants=tuple(ParticipantView(p.role, p.party_id, p.name, p.note) for p in parts),
        summary=found.summary or edition.procedure.name,
        created_at=found.created_at,
        submitted_at=found.submitted_at,
        received_at=found.received_at,
        due_at=found.due_at,
        promised_at=found.promised_at,
        finished_at=found.finished_at,
        returned_at=found.returned_at,
        ended_reason=found.ended_reason,
        outcome=Outcome(found.outcome) if found.outcome else None,
        step_names=tuple(task.name for task in tasks),
        holders=tuple(holder(task) for task in tasks),
    )


def holder(task: Task) -> str:
    """Return who holds a task: department or agency, and the officer if it is somebody's."""
    if task.agency_id is None:
        return ""
    unit = (
        organisation.department(task.department_id).name
        if task.department_id
        else organisation.agency(task.agency_id).name
    )
    return f"{unit} – {organisation.officer(task.officer_id).name}" if task.officer_id else unit


def status(found: DossierView, catalogue: Catalogue | None = None) -> LegalStatus:
    """Return the legal status of a dossier, in the active language; the highest rank of its active steps."""
    steps = [(task.kind, task.role) for task in runs.open_tasks(found.id)] if found.received_at else []
    return statuses.status_for_steps(found.state, steps, catalogue)


def information(found: DossierView, legal: LegalStatus, at: datetime) -> str:
    """Return the line beside the status (TT 11/2025 20, TT 21/2023 PL2-20): who has it, until when, what is missing."""
    return statuses.information(legal, standing.values(found, at), standing.handlers(found))


def work(dossier_id: UUID, *, actor: Actor, at: datetime) -> tuple[Work, ...]:
    """Return the open tasks with what the actor may choose and why not, the actor's own first. Raises Missing."""
    return work_on(access.find(dossier_id, actor=actor, on=local(at).date()), actor=actor, at=at)


def hindrance_to_return(dossier_id: UUID, *, actor: Actor, on: date) -> str:
    """Say why nothing can be handed over at the desk yet, empty when it can. Raises Missing."""
    return str(why_not_return(access.find(dossier_id, actor=actor, on=on)))


def assignees(task: Task, at: datetime) -> tuple[HeldPosition, ...]:
    """Return whom a task may be given to, or whom an assigning step may name for the next."""
    return candidates(task, at)


def verbs(dossier_id: UUID, *, actor: Actor, on: date) -> frozenset[str]:
    """Return the verbs of the lifecycle that the actor may do now: which buttons to show."""
    found = access.find(dossier_id, actor=actor, on=on)
    return frozenset(
        verb
        for verb in [*MOVES, "take_money", "pay", "save", "attach", "hand_back"]
        if access.may(found, verb, actor=actor, on=on)
    )


def story(dossier_id: UUID, *, actor: Actor, on: date) -> list[Event]:
    """Return the whole history, oldest first (TT 11/2025 8.1). Raises Missing."""
    return journal.history(access.find(dossier_id, actor=actor, on=on).id)


def proof(dossier_id: UUID, *, actor: Actor, on: date) -> dict[str, Any]:
    """Return ``history.json`` of the dossier. Raises Missing."""
    return journal.proof(access.find(dossier_id, actor=actor, on=on).id)


def asks(dossier_id: UUID, *, actor: Actor, on: date) -> list[AskView]:
    """Return what was asked of the applicant, the newest first."""
    found = access.find(dossier_id, actor=actor, on=on)
    return [_ask(row) for row in Ask.objects.filter(dossier=found).order_by("-asked_at")]


def inspections(dossier_id: UUID, *, actor: Actor, on: date) -> list[Inspection]:
    """Return the inspections in order."""
    return list(Inspection.objects.filter(dossier=access.find(dossier_id, actor=actor, on=on)).order_by("number"))


@dataclass(frozen=True, slots=True)
class ResultView:
    """The result paper on its way; ``problem`` is why the last signature failed, ``words`` what the appraiser wrote."""

    paper_id: UUID
    outcome: Outcome
    stage: str
    signing_request_id: UUID | None
    problem: str
    words: Mapping[str, str]


def result(dossier_id: UUID, *, actor: Actor, on: date) -> ResultView | None:
    """Return the dossier's current result, None before it is drafted."""
    found = access.find(dossier_id, actor=actor, on=on)
    row = Result.objects.filter(dossier=found, replaced_at__isnull=True).first()
    if row is None:
        return None
    words = {name: str(text) for name, text in row.data.get("facts", {}).items()}
    words |= {"reasons": "\n".join(row.data.get("reasons", ())), "guidance": str(row.data.get("guidance", ""))}
    return ResultView(row.paper_id, Outcome(row.outcome), row.stage, row.signing_request_id, row.problem, words)


def returns(dossier_id: UUID, *, actor: Actor, on: date) -> list[Return]:
    """Return who took what when."""
    return list(Return.objects.filter(dossier=access.find(dossier_id, actor=actor, on=on)).order_by("returned_at"))


def look_up_secret(dossier_id: UUID, *, actor: Actor, on: date) -> str:
    """Return the look-up secret for the applicant's own page, to read again or hand on. Raises Missing."""
    found = access.find(dossier_id, actor=actor, on=on)
    if actor.kind is not ActorKind.PERSON:
        raise Missing(access.NOT_THERE)
    return codes.read_secret(found.sealed_secret, found.id)


@dataclass(frozen=True, slots=True)
class LookUp:
    """What anybody who knows the code may see; with the secret, ``dossier_id`` opens more."""

    code: str
    completion: str
    dossier_id: UUID | None


COMPLETION: Mapping[State, str] = {
    State.SUBMITTED: "waiting",
    State.COMPLETED: "waiting",
    State.RETURNED_FOR_COMPLETION: "with_applicant",
    State.SUPPLEMENT_ASKED: "with_applicant",
    State.PAYMENT_DUE: "with_applicant",
    State.DECIDED: "finished",
    State.READY_FOR_COLLECTION: "finished",
    State.RETURNED: "finished",
    State.REFUSED: "ended",
    State.NOT_COMPETENT: "ended",
    State.WITHDRAWN: "ended",
    State.STOPPED: "ended",
}


def look_up(code: str, secret: str = "") -> LookUp:
    """Look a dossier up by its code: completion only; with the right secret also its id (TT 11/2025 26).

    A wrong secret answers as no secret does, in the same time. Raises Missing for an unknown code.
    """
    typed = "".join(code.upper().split())
    found = Dossier.objects.filter(code=typed).exclude(state=State.DRAFT).first()
    if found is None:
        raise Missing(NOT_FOUND)
    knows = codes.secret_matches(found.sealed_secret, found.id, secret)
    return LookUp(typed, COMPLETION.get(State(found.state), "in_progress"), found.id if knows else None)


def public_view(dossier_id: UUID) -> DossierView:
    """Return the dossier for somebody who showed code and secret; the page leaves names and numbers out."""
    return view(Dossier.objects.select_related("edition").get(id=dossier_id))


def by_remote(system: str, remote_id: str) -> UUID | None:
    """Return the dossier that another system knows by this id; for connectors, which check nothing else by it."""
    return Dossier.objects.filter(remote_system=system, remote_id=remote_id).values_list("id", flat=True).first()


def by_code(code: str, *, actor: Actor, on: date) -> UUID | None:
    """Return the id of a visible dossier by its code: a scanned receipt goes to the right place."""
    typed = "".join(code.upper().split())
    return access.visible(actor, on).filter(code=typed).values_list("id", flat=True).first()


def subject_of_file(file_id: UUID, *, actor: Actor, on: date) -> UUID:
    """Return the dossier through which the actor may have this file: given for it, or a paper of it. Raises Missing."""
    candidates = {use.subject_id for use in documents.use_of_file(file_id)}
    paper = documents.paper_of_file(file_id)
    if paper is not None:
        candidates.add(paper.subject_id)
    found = access.visible(actor, on).filter(id__in=candidates).values_list("id", flat=True).first()
    if found is None:
        raise Missing(access.NOT_THERE)
    return found


def _ask(found: Ask) -> AskView:
    return AskView(
        id=found.id,
        kind=AskKind(found.kind),
        content=found.content,
        reason=found.reason,
        guidance=found.guidance,
        items=tuple(found.items),
        asked_at=found.asked_at,
        window_due_at=found.window_due_at,
        answered_at=found.answered_at,
        confirmed_at=found.confirmed_at,
        paper_id=found.paper_id,
        asked_by=found.asked_by,
    )
