"""What the applicant does after handing in: complete, supplement, withdraw, ask to stop."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog import queries as catalog
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.dossiers import access, asking, running
from motcua.domain.dossiers.commands.submit import check_complete
from motcua.domain.dossiers.lifecycle import move
from motcua.domain.dossiers.models import Result
from motcua.domain.dossiers.types import ResultStage
from motcua.domain.forms import commands as forms
from motcua.domain.payments import commands as payments
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState

SIGNED = _("Kết quả đã được ký nên không dừng hồ sơ được nữa.")
WHY = _("Hãy ghi lý do.")


@transaction.atomic
def complete(*, dossier_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> None:
    """Send the completed dossier back into the queue; a new round of the reception clock begins."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="complete", expected=expected)
    edition = catalog.edition(dossier.edition_id)
    check_complete(dossier, edition, at)
    values = forms.freeze_answers(subject_id=dossier.id, actor=actor, at=at).values
    dossier.case_key = edition.case_for(values).key
    asked = asking.close(dossier, actor=actor, at=at)
    deadlines.start_clock(
        subject_id=dossier.id,
        kind=ClockKind.RECEPTION,
        rule=edition.content.reception_limit,
        agency_id=dossier.desk_agency_id,
        at=at,
        actor=actor,
    )
    move(dossier, "complete", actor=actor, at=at, data={"ask": str(asked.id)})


@transaction.atomic
def supplement(*, dossier_id: UUID, actor: Actor, at: datetime, words: str = "", expected: int | None = None) -> None:
    """Hand in what was asked after reception; the clock restarts or goes on once the desk confirms it."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="supplement", expected=expected)
    asked = asking.close(dossier, actor=actor, at=at)
    move(dossier, "supplement", actor=actor, at=at, data={"ask": str(asked.id), "words": words})


@transaction.atomic
def withdraw(*, dossier_id: UUID, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> None:
    """Take the dossier back before reception; what is still owed is dropped (domain.md: at once, nobody is asked)."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="withdraw", expected=expected)
    payments.drop_dues(subject_id=dossier.id, reason=reason, actor=actor, at=at)
    running.stop_clocks(dossier, reason="Người nộp rút hồ sơ", actor=actor, at=at)
    dossier.ended_reason = reason[:2000]
    move(dossier, "withdraw", actor=actor, at=at, data={"reason": reason})


@transaction.atomic
def ask_stop(*, dossier_id: UUID, reason: str, actor: Actor, at: datetime, expected: int | None = None) -> None:
    """Ask the competent agency to stop (NĐ 118/2025 Điều 21); possible until the result is signed."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="ask_stop", expected=expected)
    if not reason.strip():
        raise Invalid((FieldProblem("reason", WHY),))
    if Result.objects.filter(dossier=dossier, replaced_at__isnull=True).exclude(stage=ResultStage.DRAFTED).exists():
        raise WrongState(SIGNED)
    move(dossier, "ask_stop", actor=actor, at=at, data={"reason": reason})
    running.hold(dossier, because=gettext_noop("Chờ quyết định về đề nghị dừng hồ sơ"), actor=actor, at=at)
