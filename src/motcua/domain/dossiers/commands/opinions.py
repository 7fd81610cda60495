"""Another unit's opinion on the way (TT 11/2025 15.9): asked by a letter, answered in words and files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import paperwork
from motcua.domain.dossiers.commands.working import leave, of_task
from motcua.domain.dossiers.lifecycle import note
from motcua.domain.workflow import commands as workflow
from motcua.domain.workflow.graph import Silence
from motcua.domain.workflow.types import At
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Role

ANSWER = "answer"
NO_ANSWER = _("Hãy ghi ý kiến của đơn vị.")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of whom, until when, and what silence means."""

    agency_id: UUID
    department_id: UUID | None
    subject: str
    question: str
    limit_minutes: int
    silence: Silence
    ground: str = ""


@transaction.atomic
def ask_opinion(*, task_id: UUID, question: Question, actor: Actor, at: datetime, expected: int | None = None) -> UUID:
    """Ask another department or agency; issues the letter and returns its paper id. The asking task waits."""
    dossier = of_task(task_id, actor, at)
    advance = workflow.ask_opinion(
        task_id=task_id,
        of=At(question.agency_id, question.department_id),
        role=Role.HEAD if question.department_id else Role.LEADER,
        question=question.question,
        limit_minutes=question.limit_minutes,
        silence=question.silence,
        ground=question.ground,
        expected=expected,
        actor=actor,
        at=at,
    )
    asked = advance.opened[0]
    edition = catalog.edition(dossier.edition_id)
    data = paperwork.common(dossier, edition, dossier.competent_agency_id, actor) | _letter(question, asked.due_at)
    paper = papers.issue_paper(
        kind="consultation_letter",
        subject_id=dossier.id,
        agency_id=dossier.competent_agency_id,
        data=data,
        actor=actor,
        at=at,
    )
    told = {
        "task": str(asked.id),
        "agency": str(question.agency_id),
        "question": question.question,
        "paper": str(paper.id),
    }
    note(dossier, "dossier.opinion_asked", actor=actor, at=at, data=told)
    return paper.id


@transaction.atomic
def give_opinion(
    *,
    task_id: UUID,
    words: str,
    agrees: bool,
    actor: Actor,
    at: datetime,
    action: str = ANSWER,
    file_id: UUID | None = None,
    expected: int | None = None,
) -> None:
    """Answer: the words, whether the unit agrees, perhaps a file; the task that asked goes on."""
    dossier = of_task(task_id, actor, at)
    if not words.strip():
        raise Invalid((FieldProblem("words", NO_ANSWER),))
    answer: dict[str, Any] = {"opinion": "consent" if agrees else "objection"}
    if file_id is not None:
        answer["file"] = str(file_id)
    told = {"task": str(task_id), "words": words, **answer}
    note(dossier, "dossier.opinion_given", actor=actor, at=at, data=told)
    leave(dossier, task_id, action, actor=actor, at=at, words=words, data={"answer": answer}, expected=expected)


def _letter(question: Question, due_at: datetime | None) -> dict[str, Any]:
    addressee = organisation.agency(question.agency_id).name
    if question.department_id:
        addressee = f"{organisation.department(question.department_id).name}, {addressee}"
    return {
        "subject": question.subject,
        "addressee": addressee,
        "legal_grounds": [question.ground] if question.ground else [],
        "body": [question.subject],
        "questions": [question.question],
        "answer_by": paperwork.moment(due_at),
        "signer": {"title_lines": [], "name": ""},
        "recipients": [],
    }
