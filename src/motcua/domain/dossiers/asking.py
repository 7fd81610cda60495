"""Waiting for the applicant: one row with a reason and an end, a paper 02, a window that is itself a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog.editions import Edition
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines.types import ClockKind, LimitRule
from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import paperwork
from motcua.domain.dossiers.models import Ask, Dossier
from motcua.domain.dossiers.types import AskKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid

GROUND = "khoản 3 Điều 17 Nghị định 118/2025/NĐ-CP"


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked, why, how to do it, and which components."""

    content: str
    reason: str
    guidance: str
    items: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise Invalid unless content, reason and guidance are all there (TT 11/2025 12.2d)."""
        missing = {
            "content": (self.content, _("Hãy ghi nội dung cần bổ sung, hoàn thiện.")),
            "reason": (self.reason, _("Hãy ghi lý do phải bổ sung, hoàn thiện.")),
            "guidance": (self.guidance, _("Hãy hướng dẫn cụ thể cách bổ sung, hoàn thiện.")),
        }
        problems = tuple(FieldProblem(key, said) for key, (text, said) in missing.items() if not text.strip())
        if problems:
            raise Invalid(problems)


def ask(
    dossier: Dossier, edition: Edition, kind: AskKind, words: Words, window: LimitRule, *, actor: Actor, at: datetime
) -> Ask:
    """Write the ask, start the applicant's window, issue paper 02."""
    words.check()
    clock = deadlines.start_clock(
        subject_id=dossier.id,
        kind=ClockKind.APPLICANT,
        rule=window,
        agency_id=dossier.desk_agency_id,
        at=at,
        actor=actor,
        note=words.content,
    )
    asked = Ask.objects.create(
        dossier=dossier,
        kind=kind,
        number=Ask.objects.filter(dossier=dossier, kind=kind).count() + 1,
        content=words.content,
        reason=words.reason,
        guidance=words.guidance,
        items=list(words.items),
        asked_at=at,
        asked_by=actor.officer_id,
        window_due_at=clock.due_at,
    )
    data = paperwork.common(dossier, edition, dossier.desk_agency_id, actor) | _paper(asked)
    asked.paper_id = papers.issue_paper(
        kind="supplement_request",
        subject_id=dossier.id,
        agency_id=dossier.desk_agency_id,
        data=data,
        actor=actor,
        at=at,
    ).id
    asked.save()
    return asked


def close(dossier: Dossier, *, actor: Actor, at: datetime) -> Ask:
    """The applicant answered: stop the window."""
    asked = Ask.objects.select_for_update().get(dossier=dossier, answered_at__isnull=True)
    asked.answered_at = at
    asked.save()
    deadlines.stop_clock(subject_id=dossier.id, kind=ClockKind.APPLICANT, at=at, actor=actor, reason="Đã bổ sung")
    return asked


def told(asked: Ask) -> dict[str, Any]:
    """Return what the event says, for notices and the national portal."""
    return {
        "ask": str(asked.id),
        "number": asked.number,
        "content": asked.content,
        "reason": asked.reason,
        "guidance": asked.guidance,
        "items": list(asked.items),
        "until": asked.window_due_at.isoformat() if asked.window_due_at else "",
        "paper": str(asked.paper_id),
    }


def _paper(asked: Ask) -> dict[str, Any]:
    return {
        "items": [{"content": asked.content, "reason": asked.reason, "guidance": asked.guidance}],
        "until": paperwork.moment(asked.window_due_at),
        "ground": GROUND,
    }
