"""Supplement after reception: the clock stops, the run waits, the applicant's window runs (TT 11/2025 15.8, 13.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import AfterSupplement
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.documents import queries as papers
from motcua.domain.dossiers import access, asking, running
from motcua.domain.dossiers.commands.receive import due_again
from motcua.domain.dossiers.commands.working import of_task
from motcua.domain.dossiers.lifecycle import move, require
from motcua.domain.dossiers.models import Ask, Dossier
from motcua.domain.dossiers.types import AskKind
from motcua.domain.workflow import commands as workflow
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

NEEDS_HEAD = _("Đã quá số lần hoặc quá thời hạn được yêu cầu bổ sung. Lãnh đạo phòng cần thực hiện và nêu lý do.")


@transaction.atomic
def ask_supplement(
    *,
    task_id: UUID,
    content: str,
    reason: str,
    guidance: str,
    items: Sequence[str] = (),
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Ask the applicant for what is missing (paper 02); the resolving clock stops and the run waits.

    More often or later than the edition allows needs the head's right to allow exceptions. Returns the paper's id.
    Raises Invalid, NotAllowed, WrongState, Stale.
    """
    dossier = of_task(task_id, actor, at)
    require(dossier, "ask_supplement")
    workflow.require_task(task_id=task_id, expected=expected, actor=actor, at=at)
    edition = catalog.edition(dossier.edition_id)
    rule = edition.content.supplement
    check_within(dossier, actor, at)
    words = asking.Words(content, reason, guidance, tuple(items))
    asked = asking.ask(dossier, edition, AskKind.SUPPLEMENT, words, rule.window, actor=actor, at=at)
    assert asked.paper_id is not None  # noqa: S101 - asking.ask just issued it
    deadlines.pause_clock(
        subject_id=dossier.id,
        kind=ClockKind.RESOLVING,
        at=at,
        actor=actor,
        reason=gettext_noop("Chờ người nộp hồ sơ bổ sung"),
        ground=rule.ground,
        document=papers.paper(asked.paper_id).number,
    )
    running.hold(dossier, because=content, actor=actor, at=at)
    move(dossier, "ask_supplement", actor=actor, at=at, data=asking.told(asked))
    return asked.paper_id


@transaction.atomic
def confirm_supplement(*, dossier_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> None:
    """The desk confirms that everything asked is in: the clock restarts from the hand-in (or goes on), the run too."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="confirm_supplement", expected=expected)
    edition = catalog.edition(dossier.edition_id)
    rule = edition.content.supplement
    asked = Ask.objects.filter(dossier=dossier, kind=AskKind.SUPPLEMENT).latest("number")
    asked.confirmed_at = at
    asked.save()
    act = deadlines.restart_clock if rule.then is AfterSupplement.RESTART else deadlines.resume_clock
    act(
        subject_id=dossier.id,
        kind=ClockKind.RESOLVING,
        at=at,
        actor=actor,
        reason=gettext_noop("Đã nhận đủ giấy tờ bổ sung"),
        ground=rule.ground,
        from_at=asked.answered_at,
    )
    running.release(dossier, actor=actor, at=at)
    due_again(dossier, reason=gettext_noop("Đã nhận đủ giấy tờ bổ sung"), actor=actor, at=at)
    move(dossier, "confirm_supplement", actor=actor, at=at, data={"ask": str(asked.id), "due_at": _iso(dossier.due_at)})


def check_within(dossier: Dossier, actor: Actor, at: datetime) -> None:
    """Raise NotAllowed when the edition's number or term of supplements is over and the actor may allow no exception."""
    rule = catalog.edition(dossier.edition_id).content.supplement
    asked = Ask.objects.filter(dossier=dossier, kind=AskKind.SUPPLEMENT).count()
    assert dossier.received_at is not None  # noqa: S101 - a dossier in progress was received
    until = clocks.promise([rule.within], dossier.competent_agency_id, dossier.received_at)
    if (asked >= rule.times or at > until) and not rights.can(
        actor, Capability.ALLOW_EXCEPTION, agency_id=dossier.competent_agency_id, own=True, on=local(at).date()
    ):
        raise NotAllowed(NEEDS_HEAD, until=until, times=rule.times)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""
