"""Record an inspection: team, time, place, findings, pass or mend (NĐ 61/2018 Điều 19 khoản 3)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import paperwork
from motcua.domain.dossiers.commands.working import of_task
from motcua.domain.dossiers.lifecycle import note
from motcua.domain.dossiers.models import Inspection
from motcua.domain.workflow import commands as workflow
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the team."""

    name: str
    title: str
    role: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    content: str
    passed: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the minutes say; ``mend_until`` when it did not pass."""

    inspected_at: datetime
    ended_at: datetime
    place: str
    decision_number: str
    team: tuple[Member, ...]
    findings: tuple[Finding, ...]
    passed: bool
    to_mend: tuple[str, ...] = ()
    mend_until: date | None = None
    host_name: str = ""
    host_title: str = ""
    host_opinion: str = ""


@transaction.atomic
def record_inspection(
    *, task_id: UUID, minutes: Findings, actor: Actor, at: datetime, expected: int | None = None
) -> UUID:
    """Keep the inspection and issue its minutes; returns the paper's id. Raises Invalid, NotAllowed, Missing."""
    dossier = of_task(task_id, actor, at)
    workflow.require_task(task_id=task_id, expected=expected, actor=actor, at=at)
    _check(minutes, at)
    edition = catalog.edition(dossier.edition_id)
    number = Inspection.objects.filter(dossier=dossier).count() + 1
    data = paperwork.common(dossier, edition, dossier.competent_agency_id, actor) | _paper(
        minutes, edition.procedure.name
    )
    paper = papers.issue_paper(
        kind="appraisal_minutes",
        subject_id=dossier.id,
        agency_id=dossier.competent_agency_id,
        data=data,
        actor=actor,
        at=at,
    )
    Inspection.objects.create(
        dossier=dossier,
        number=number,
        inspected_at=minutes.inspected_at,
        place=minutes.place,
        team=[asdict(member) for member in minutes.team],
        findings="\n".join(finding.content for finding in minutes.findings),
        passed=minutes.passed,
        to_mend="\n".join(minutes.to_mend),
        mend_until=minutes.mend_until,
        decision_number=minutes.decision_number,
        paper_id=paper.id,
        recorded_at=at,
        recorded_by=actor.officer_id,
    )
    told = {"number": number, "passed": minutes.passed, "to_mend": list(minutes.to_mend), "paper": str(paper.id)}
    note(dossier, "dossier.inspected", actor=actor, at=at, data=told)
    return paper.id


def _check(minutes: Findings, at: datetime) -> None:
    wrong = {
        "place": (not minutes.place.strip(), _("Hãy ghi địa điểm thẩm định.")),
        "team": (not minutes.team, _("Hãy ghi thành phần đoàn thẩm định.")),
        "findings": (not minutes.findings, _("Hãy ghi nội dung đã thẩm định.")),
        "inspected_at": (minutes.inspected_at > at, _("Thời điểm thẩm định không được ở tương lai.")),
        "to_mend": (not minutes.passed and not minutes.to_mend, _("Không đạt thì phải ghi nội dung cần khắc phục.")),
    }
    problems = tuple(FieldProblem(key, said) for key, (bad, said) in wrong.items() if bad)
    if problems:
        raise Invalid(problems)


def _paper(minutes: Findings, subject: str) -> dict[str, object]:
    conclusion = "Đạt" if minutes.passed else "Không đạt, khắc phục và thẩm định lại"
    return {
        "subject": subject,
        "legal_grounds": [f"Quyết định thành lập đoàn thẩm định số {minutes.decision_number};"]
        if minutes.decision_number
        else [],
        "began_at": paperwork.moment(minutes.inspected_at),
        "ended_at": paperwork.moment(minutes.ended_at),
        "location": minutes.place,
        "team": [asdict(member) for member in minutes.team],
        "hosts": [{"name": minutes.host_name, "title": minutes.host_title}] if minutes.host_name else [],
        "facts": [],
        "findings": [asdict(finding) for finding in minutes.findings],
        "conclusion": conclusion,
        "recommendations": list(minutes.to_mend),
        "mend_by": minutes.mend_until.strftime("%d/%m/%Y") if minutes.mend_until else "",
        "host_opinion": minutes.host_opinion,
    }
