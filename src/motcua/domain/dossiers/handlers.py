"""What a dossier does when something happened elsewhere: a signature, a payment. Local rows only."""

from __future__ import annotations

from uuid import UUID

from motcua.domain.documents import commands as papers
from motcua.domain.dossiers import running
from motcua.domain.dossiers.commands.working import decide, leave
from motcua.domain.dossiers.lifecycle import may, move, note
from motcua.domain.dossiers.models import Dossier, Result
from motcua.domain.dossiers.types import ResultStage
from motcua.domain.payments import queries as accounts
from motcua.domain.payments.types import Stage
from motcua.domain.statuses.types import State
from motcua.foundation.journal.types import Event
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.identifiers import new_id


def signature_made(event: Event) -> None:
    """The signed file takes the draft's place; the task that asked for it is finished in its asker's name."""
    data = event.data or {}
    result = _of_request(data)
    if result is None or result.stage not in {ResultStage.SIGNING, ResultStage.SEALING}:
        return
    dossier = Dossier.objects.select_for_update(of=("self",)).select_related("edition").get(id=result.dossier_id)
    person = result.stage == ResultStage.SIGNING
    actor = _in_name_of(event)
    at = event.happened_at
    reason = "Ký số" if person else "Đóng dấu số"
    papers.replace_file(paper_id=result.paper_id, file_id=UUID(str(data["file_id"])), reason=reason, actor=actor, at=at)
    result.stage = ResultStage.SIGNED if person else ResultStage.SEALED
    result.signing_request_id = None
    result.save()
    if not person:
        papers.issue_result(paper_id=result.paper_id, actor=actor, at=at)
    told = {"paper": str(result.paper_id)}
    note(dossier, "dossier.result_signed" if person else "dossier.result_sealed", actor=actor, at=at, data=told)
    if result.task_id is not None:
        leave(dossier, result.task_id, str(result.data.get("action", "")), actor=actor, at=at)
    if not person and dossier.state == State.IN_PROGRESS:
        decide(dossier, actor=actor, at=at)


def signature_failed(event: Event) -> None:
    """The officer reads why and tries again; the task is still theirs."""
    data = event.data or {}
    result = _of_request(data)
    if result is None:
        return
    result.problem = str(data.get("sentence", ""))[:1000]
    result.save()
    dossier = Dossier.objects.select_for_update(of=("self",)).get(id=result.dossier_id)
    note(
        dossier,
        "dossier.signature_failed",
        actor=_in_name_of(event),
        at=event.happened_at,
        data={"why": result.problem},
    )


def money_came_in(event: Event) -> None:
    """When nothing that is due now is owed any more, a dossier that waited for money goes on."""
    dossier = Dossier.objects.select_for_update(of=("self",)).filter(id=event.subject.id).first()
    if dossier is None or dossier.state != State.PAYMENT_DUE:
        return
    account = accounts.account_of(dossier.id)
    if account.owed_at(Stage.SUBMISSION, Stage.ACCEPTANCE, Stage.SUPPLEMENT):
        return
    actor = _in_name_of(event)
    if may(dossier, "meet_payment"):
        move(dossier, "meet_payment", actor=actor, at=event.happened_at, data={"paid": account.paid})
        running.release(dossier, actor=actor, at=event.happened_at)


def _of_request(data: object) -> Result | None:
    request_id = data.get("request_id") if isinstance(data, dict) else None
    if not request_id:
        return None
    return Result.objects.select_for_update().filter(signing_request_id=request_id, replaced_at__isnull=True).first()


def _in_name_of(event: Event) -> Actor:
    """The system goes on with what somebody began: who that was stays on the event."""
    return Actor(
        kind=ActorKind.SYSTEM,
        principal="system:dossiers",
        channel=Channel.WORKER,
        request_id=str(new_id()),
        officer_id=event.officer_id,
        position_id=event.position_id,
        agency_id=event.agency_id,
        department_id=event.department_id,
    )
