"""A dossier's run of its process: started at reception, held while the applicant or the money is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog.editions import Edition
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.dossiers import places
from motcua.domain.dossiers.models import Dossier
from motcua.domain.workflow import commands as workflow
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Advance
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import WrongState

WAITING_FOR_MONEY = gettext_noop("Chờ người nộp hồ sơ nộp phí, lệ phí")
NO_RUN = _("Hồ sơ này chưa có quy trình xử lý.")


def start(dossier: Dossier, edition: Edition, values: Mapping[str, Any], *, actor: Actor, at: datetime) -> Advance:
    """Start the run with the data its conditions speak of and the agencies behind its places."""
    return workflow.start_run(
        subject_id=dossier.id,
        process_version_id=edition.process_version_id,
        data=edition.process_data(dossier.case_key, dossier.channel, values),
        places=places.resolve(edition, values, dossier.desk_agency_id, local(at).date()),
        actor=actor,
        at=at,
    )


def hold(dossier: Dossier, *, because: str, actor: Actor, at: datetime) -> None:
    """Let the open tasks wait."""
    workflow.hold_run(run_id=_run_id(dossier), reason=because, actor=actor, at=at)


def release(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Let the tasks go on."""
    workflow.release_run(run_id=_run_id(dossier), actor=actor, at=at)


def end(dossier: Dossier, *, how: str, because: str, actor: Actor, at: datetime) -> None:
    """End the run: nothing in it may be done any more. ``how`` is ``stopped`` or ``undone``."""
    if (run := runs.run_of(dossier.id)) is not None and run.ended_at is None:
        workflow.end_run(run_id=run.id, how=how, reason=because, actor=actor, at=at)


def _run_id(dossier: Dossier) -> UUID:
    run = runs.run_of(dossier.id)
    if run is None:
        raise WrongState(NO_RUN)
    return run.id


def pause_for_payment(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Hold the run until the money is in; the clock stands still only if the edition lists such a pause."""
    hold(dossier, because=WAITING_FOR_MONEY, actor=actor, at=at)


def stop_clocks(dossier: Dossier, *, reason: str, actor: Actor, at: datetime) -> None:
    """Stop every clock that is still going: the dossier came to an end."""
    for clock in clocks.clocks_of(dossier.id):
        if clock.state is not ClockState.STOPPED:
            deadlines.stop_clock(
                subject_id=dossier.id, kind=ClockKind(clock.kind), key=clock.key, at=at, actor=actor, reason=reason
            )
