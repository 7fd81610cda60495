"""Stop a dossier: at the applicant's request, or because nothing was supplemented in time (NĐ 118/2025 Điều 21)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import access, paperwork, running
from motcua.domain.dossiers.lifecycle import move
from motcua.domain.dossiers.models import Ask
from motcua.domain.payments import commands as payments
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.kernel.money import dong

NOT_OVER = _("Người nộp hồ sơ vẫn còn thời hạn bổ sung nên chưa dừng được.")
GROUND = "Điều 21 Nghị định 118/2025/NĐ-CP;"


@transaction.atomic
def stop(*, dossier_id: UUID, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> UUID:
    """Decide to stop (paper 05); returns the paper's id. While a supplement's window runs nobody may stop it."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="stop", expected=expected)
    if not reason.strip():
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do dừng hồ sơ.")),))
    open_ask = Ask.objects.filter(dossier=dossier, answered_at__isnull=True).first()
    if dossier.state == State.SUPPLEMENT_ASKED and open_ask and open_ask.window_due_at and at <= open_ask.window_due_at:
        raise WrongState(NOT_OVER, until=open_ask.window_due_at)
    edition = catalog.edition(dossier.edition_id)
    paid = accounts.account_of(dossier.id).paid
    agency_id = dossier.competent_agency_id
    data = paperwork.common(dossier, edition, agency_id, actor) | {
        "legal_grounds": [GROUND],
        "signer": paperwork.signer(actor, at),
        "recipients": ["Như trên;", "Lưu: VT, hồ sơ."],
        "stage": dossier.state,
        "stopped_at": paperwork.moment(at),
        "reason": reason,
        "finance": f"Đã nộp {dong(paid)}." if paid else "Không phát sinh.",
        "returned": "toàn bộ giấy tờ đã nộp",
    }
    paper = papers.issue_paper(
        kind="stop_notice", subject_id=dossier.id, agency_id=agency_id, data=data, actor=actor, at=at
    )
    running.end(dossier, how="stopped", because=reason, actor=actor, at=at)
    running.stop_clocks(dossier, reason=reason, actor=actor, at=at)
    payments.drop_dues(subject_id=dossier.id, reason=reason, actor=actor, at=at)
    dossier.ended_reason = reason[:2000]
    move(dossier, "stop", actor=actor, at=at, data={"reason": reason, "paper": str(paper.id)})
    return paper.id


@transaction.atomic
def decline_stop(*, dossier_id: UUID, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> None:
    """Go on in spite of the request, with a reason; the dossier is where it was."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="decline_stop", expected=expected)
    if not reason.strip():
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do.")),))
    move(dossier, "decline_stop", actor=actor, at=at, data={"reason": reason})
    if dossier.state in {State.IN_PROGRESS, State.RECEIVED, State.SUPPLEMENTED}:
        running.release(dossier, actor=actor, at=at)
