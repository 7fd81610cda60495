"""What the desk may do instead of receiving: ask completion once, refuse, return as not competent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import access, asking, paperwork, running
from motcua.domain.dossiers.lifecycle import move
from motcua.domain.dossiers.models import Ask, Dossier
from motcua.domain.dossiers.types import AskKind
from motcua.domain.forms import commands as forms
from motcua.domain.payments import commands as payments
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

ONCE = _("Chỉ được yêu cầu hoàn thiện một lần. Lần nữa phải do người phụ trách bộ phận thực hiện và sẽ được thống kê.")
RECEPTION_ANSWERED = "Đã trả lời người nộp hồ sơ"


@transaction.atomic
def ask_completion(
    *,
    dossier_id: UUID,
    content: str,
    reason: str,
    guidance: str,
    items: Sequence[str] = (),
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Ask the applicant to complete, once, with everything (paper 02); returns the paper's id.

    A second time needs the head's right to allow exceptions and is counted. Raises Invalid, NotAllowed, WrongState.
    """
    dossier = access.lock(dossier_id, actor=actor, at=at, to="ask_completion", expected=expected)
    _once(dossier, actor, at)
    edition = catalog.edition(dossier.edition_id)
    asked = asking.ask(
        dossier,
        edition,
        AskKind.COMPLETION,
        asking.Words(content, reason, guidance, tuple(items)),
        edition.content.completion_window,
        actor=actor,
        at=at,
    )
    _answered(dossier, actor, at)
    forms.reopen_answers(subject_id=dossier.id, reason=content, actor=actor, at=at)
    move(dossier, "ask_completion", actor=actor, at=at, data=asking.told(asked))
    assert asked.paper_id is not None  # noqa: S101 - asking.ask just issued it
    return asked.paper_id


@transaction.atomic
def refuse_reception(
    *,
    dossier_id: UUID,
    reasons: Sequence[str],
    guidance: str,
    ground: str,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Refuse to receive, with reasons of the law in words (paper 03); returns the paper's id."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="refuse_reception", expected=expected)
    reasons = [reason.strip() for reason in reasons if reason.strip()]
    if not reasons:
        raise Invalid((FieldProblem("reasons", _("Hãy ghi rõ lý do từ chối.")),))
    data = _common(dossier, actor) | {"reasons": reasons, "guidance": guidance, "ground": ground}
    return _end(dossier, "refuse_reception", "reception_refusal", data, "; ".join(reasons), actor, at)


@transaction.atomic
def return_as_not_competent(
    *,
    dossier_id: UUID,
    reason: str,
    right_agency: str,
    ground: str,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Give it back because another agency is competent, naming it; neither a refusal nor a supplement."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="return_as_not_competent", expected=expected)
    if not reason.strip() or not right_agency.strip():
        raise Invalid((FieldProblem("right_agency", _("Hãy ghi lý do và cơ quan mà người nộp cần đến.")),))
    data = _common(dossier, actor) | {"reason": reason, "ground": ground, "right_agency": {"name": right_agency}}
    words = f"{reason} ({right_agency})"
    return _end(dossier, "return_as_not_competent", "not_competent_notice", data, words, actor, at)


def _once(dossier: Dossier, actor: Actor, at: datetime) -> None:
    before = Ask.objects.filter(dossier=dossier, kind=AskKind.COMPLETION).exists()
    if before and not rights.can(
        actor, Capability.ALLOW_EXCEPTION, agency_id=dossier.desk_agency_id, own=True, on=local(at).date()
    ):
        raise NotAllowed(ONCE)


def _common(dossier: Dossier, actor: Actor) -> dict[str, object]:
    edition = catalog.edition(dossier.edition_id)
    return paperwork.common(dossier, edition, dossier.desk_agency_id, actor)


def _end(
    dossier: Dossier, verb: str, kind: str, data: dict[str, object], words: str, actor: Actor, at: datetime
) -> UUID:
    agency_id = dossier.desk_agency_id
    paper = papers.issue_paper(kind=kind, subject_id=dossier.id, agency_id=agency_id, data=data, actor=actor, at=at)
    dossier.ended_reason = words[:2000]
    running.stop_clocks(dossier, reason=words, actor=actor, at=at)
    payments.drop_dues(subject_id=dossier.id, reason=words, actor=actor, at=at)
    move(dossier, verb, actor=actor, at=at, data={"reason": words, "paper": str(paper.id)})
    return paper.id


def _answered(dossier: Dossier, actor: Actor, at: datetime) -> None:
    deadlines.stop_clock(subject_id=dossier.id, kind=ClockKind.RECEPTION, at=at, actor=actor, reason=RECEPTION_ANSWERED)
