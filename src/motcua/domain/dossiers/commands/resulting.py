"""The result on its way: drafted from the form's data, signed by the leader, numbered by the clerk, sealed, decided.

Signing is asynchronous: a verb here asks for a signature and leaves the task open; when ``signing.completed`` arrives
the file takes the place of the draft's and the task is finished in the name of who asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import ResultType
from motcua.domain.documents import commands as papers
from motcua.domain.documents import queries as paper_of
from motcua.domain.dossiers import paperwork
from motcua.domain.dossiers.commands.working import leave, of_task
from motcua.domain.dossiers.lifecycle import note
from motcua.domain.dossiers.models import Dossier, Inspection, Result
from motcua.domain.dossiers.types import Outcome, ResultStage
from motcua.domain.forms import printing
from motcua.domain.forms import queries as answers_of
from motcua.domain.signing import commands as signing
from motcua.domain.signing.types import AGENCY, PERSON, Authorisation, Purpose
from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import commands as workflow
from motcua.domain.workflow import queries as runs
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState

NO_RESULT = _("Hồ sơ chưa có dự thảo kết quả.")
ALREADY = _("Kết quả đã được ký hoặc đang ký nên không soạn lại được.")
NOT_YET = _("Kết quả chưa đến bước này.")
REFUSAL = "resolution_refusal"


@transaction.atomic
def draft_result(
    *,
    task_id: UUID,
    outcome: Outcome,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    reasons: tuple[str, ...] = (),
    guidance: str = "",
    expected: int | None = None,
) -> UUID:
    """Draft the result (or the refusal, with reasons) from the answers and what the appraiser adds; returns the paper.

    ``facts`` are the words the appraiser may change. Drafting again replaces the draft until somebody signs.
    Raises Invalid, WrongState, NotAllowed, Missing.
    """
    dossier = of_task(task_id, actor, at)
    workflow.require_task(task_id=task_id, expected=expected, actor=actor, at=at)
    edition = catalog.edition(dossier.edition_id)
    if outcome is Outcome.REFUSED and not any(reason.strip() for reason in reasons):
        raise Invalid((FieldProblem("reasons", _("Hãy ghi lý do không giải quyết.")),))
    _replace_draft(dossier, actor, at)
    kind, data = _content(dossier, edition, outcome, dict(facts or {}), reasons, guidance, actor)
    result_type = _type(edition, dossier)
    paper = _typeset(dossier, result_type, kind, data, actor, at)
    Result.objects.create(
        dossier=dossier,
        outcome=outcome,
        type_code=result_type.code or result_type.key,
        paper_id=paper,
        stage=ResultStage.DRAFTED,
        data={"kind": kind, **data},
        drafted_at=at,
        drafted_by=actor.officer_id,
    )
    told = {"outcome": outcome.value, "paper": str(paper)}
    note(dossier, "dossier.result_drafted", actor=actor, at=at, data=told)
    return paper


@transaction.atomic
def sign_result(
    *,
    task_id: UUID,
    action: str,
    credential_id: UUID,
    authorisation: Authorisation,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Freeze the text with the signer's name and title and ask for the person's signature; returns the request."""
    dossier = of_task(task_id, actor, at)
    workflow.require_task(task_id=task_id, expected=expected, actor=actor, at=at)
    result = current(dossier)
    if result.stage not in {ResultStage.DRAFTED, ResultStage.SIGNING}:
        raise WrongState(NOT_YET)
    data = dict(result.data) | {"signer": paperwork.signer(actor, at)}
    kind = data.pop("kind")
    papers.void_paper(paper_id=result.paper_id, reason=gettext_noop("Thay bằng bản trình ký"), actor=actor, at=at)
    result.paper_id = _typeset(dossier, _type(catalog.edition(dossier.edition_id), dossier), kind, data, actor, at)
    return _ask(dossier, result, PERSON, task_id, action, credential_id, authorisation, actor, at)


@transaction.atomic
def number_result(*, task_id: UUID, action: str, actor: Actor, at: datetime, expected: int | None = None) -> str:
    """The clerk gives number and date (NĐ 30/2020 Điều 15, 18); returns the number. Finishes the task."""
    dossier = of_task(task_id, actor, at)
    result = current(dossier)
    if result.stage != ResultStage.SIGNED:
        raise WrongState(NOT_YET)
    paper = papers.number_result(paper_id=result.paper_id, actor=actor, at=at)
    result.stage = ResultStage.NUMBERED
    result.save()
    note(dossier, "dossier.result_numbered", actor=actor, at=at, data={"number": paper.number, "paper": str(paper.id)})
    leave(dossier, task_id, action, actor=actor, at=at, expected=expected)
    return paper.number


@transaction.atomic
def seal_result(
    *,
    task_id: UUID,
    action: str,
    credential_id: UUID,
    authorisation: Authorisation,
    actor: Actor,
    at: datetime,
    expected: int | None = None,
) -> UUID:
    """Ask for the agency's signature, which locks the paper; returns the request."""
    dossier = of_task(task_id, actor, at)
    workflow.require_task(task_id=task_id, expected=expected, actor=actor, at=at)
    result = current(dossier)
    if result.stage not in {ResultStage.NUMBERED, ResultStage.SEALING}:
        raise WrongState(NOT_YET)
    return _ask(dossier, result, AGENCY, task_id, action, credential_id, authorisation, actor, at)


@transaction.atomic
def issue_on_paper(
    *,
    task_id: UUID,
    action: str,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    expected: int | None = None,
) -> UUID:
    """Issue a result that is signed and sealed by hand: it gets its number from the book at once; finishes the task.

    What was drafted before (a refusal, with its reasons) is what is issued; otherwise the result is granted.
    """
    dossier = of_task(task_id, actor, at)
    edition = catalog.edition(dossier.edition_id)
    result_type = _type(edition, dossier)
    outcome, kind, data = _on_paper(dossier, edition, dict(facts or {}), actor, at)
    paper = papers.issue_paper(
        kind=kind,
        subject_id=dossier.id,
        agency_id=dossier.competent_agency_id,
        data=data,
        number_book=(result_type.number_book or None) if outcome is Outcome.GRANTED else None,
        actor=actor,
        at=at,
    )
    Result.objects.create(
        dossier=dossier,
        outcome=outcome,
        type_code=result_type.code or result_type.key,
        paper_id=paper.id,
        stage=ResultStage.SEALED,
        drafted_at=at,
        drafted_by=actor.officer_id,
    )
    note(dossier, "dossier.result_numbered", actor=actor, at=at, data={"number": paper.number, "paper": str(paper.id)})
    leave(dossier, task_id, action, actor=actor, at=at, expected=expected)
    return paper.id


def current(dossier: Dossier) -> Result:
    """Return the dossier's result that has not been replaced, locked. Raises Missing."""
    found = Result.objects.select_for_update().filter(dossier=dossier, replaced_at__isnull=True).first()
    if found is None:
        raise Missing(NO_RESULT)
    return found


def _ask(
    dossier: Dossier,
    result: Result,
    field: str,
    task_id: UUID,
    action: str,
    credential_id: UUID,
    authorisation: Authorisation,
    actor: Actor,
    at: datetime,
) -> UUID:
    person = field == PERSON
    request_id = signing.request_signature(
        subject_id=dossier.id,
        purpose=Purpose.PERSON if person else Purpose.AGENCY,
        file_id=paper_of.paper(result.paper_id).file_id,
        field_name=field,
        credential=credential_id,
        authorisation=authorisation,
        reason="",
        actor=actor,
        at=at,
    )
    result.stage = ResultStage.SIGNING if person else ResultStage.SEALING
    result.signing_request_id, result.task_id, result.problem = request_id, task_id, ""
    result.data = dict(result.data) | {"action": action}
    result.save()
    event = "dossier.signature_asked" if person else "dossier.seal_asked"
    note(dossier, event, actor=actor, at=at, data={"request": str(request_id), "task": str(task_id), "action": action})
    return request_id


def _on_paper(
    dossier: Dossier, edition: Edition, facts: dict[str, Any], actor: Actor, at: datetime
) -> tuple[Outcome, str, dict[str, Any]]:
    """Return outcome, kind and data of a paper signed by hand: of the draft, which it replaces, or of a granted one."""
    drafted = Result.objects.filter(dossier=dossier, replaced_at__isnull=True).first()
    if drafted is None:
        kind, data = _content(dossier, edition, Outcome.GRANTED, facts, (), "", actor)
        return Outcome.GRANTED, kind, data | {"signer": _who_signed(dossier, actor, at)}
    data = dict(drafted.data) | {"signer": _who_signed(dossier, actor, at)}
    _replace_draft(dossier, actor, at)
    return Outcome(drafted.outcome), data.pop("kind"), data


def _who_signed(dossier: Dossier, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """Return who signed by hand: whoever approved it last, not the clerk who enters it in the book."""
    approved = [task for task in runs.trace(dossier.id) if task.kind in {StepKind.APPROVE, StepKind.SIGN}]
    done = [task for task in approved if task.closed_by_id is not None]
    if not done:
        return paperwork.signer(actor, at)
    return paperwork.signer_of(done[-1].closed_by_id, done[-1].position_id, at)


def _replace_draft(dossier: Dossier, actor: Actor, at: datetime) -> None:
    before = Result.objects.select_for_update().filter(dossier=dossier, replaced_at__isnull=True).first()
    if before is None:
        return
    if before.stage != ResultStage.DRAFTED:
        raise WrongState(ALREADY)
    papers.void_paper(paper_id=before.paper_id, reason=gettext_noop("Soạn lại dự thảo"), actor=actor, at=at)
    before.replaced_at = at
    before.save()


def _content(
    dossier: Dossier,
    edition: Edition,
    outcome: Outcome,
    facts: dict[str, Any],
    reasons: tuple[str, ...],
    guidance: str,
    actor: Actor,
) -> tuple[str, dict[str, Any]]:
    """Return the template's kind and the data: what is common, the answers, inspections, the appraiser's words."""
    data = paperwork.common(dossier, edition, dossier.competent_agency_id, actor)
    received = local(dossier.received_at or dossier.created_at).date()
    grounds = [f"{ground.citation};" for ground in catalog.grounds_of(edition, received)]
    if outcome is Outcome.REFUSED:
        return REFUSAL, data | {
            "legal_grounds": grounds,
            "reasons": [reason.strip() for reason in reasons if reason.strip()],
            "guidance": guidance,
            "returned": "toàn bộ giấy tờ đã nộp",
            "finance": "",
            "recipients": ["Như trên;", "Lưu: VT, hồ sơ."],
        }
    result_type = _type(edition, dossier)
    values = dict(answers_of.answers(dossier.id).values)
    inspected = Inspection.objects.filter(dossier=dossier).order_by("-number").first()
    data["qr"] |= {"valid_until": _valid_words(result_type), "scope": result_type.scope}
    return result_type.template or result_type.paper, data | {
        "legal_grounds": grounds,
        "answers": values,
        "sections": printing.sections(edition.form, values)["sections"],
        "inspection": {
            "inspected_on": paperwork.day(inspected.inspected_at),
            "decision_number": inspected.decision_number,
        }
        if inspected
        else {},
        "facts": facts,
        "title": result_type.name,
        **paperwork.result_words(facts),
        "validity": {"term": _valid_words(result_type), "scope": result_type.scope},
        "recipients": ["Như trên;", "Lưu: VT, hồ sơ."],
    }


def _typeset(
    dossier: Dossier, result_type: ResultType, kind: str, data: dict[str, Any], actor: Actor, at: datetime
) -> UUID:
    paper = papers.draft_result(
        subject_id=dossier.id,
        agency_id=dossier.competent_agency_id,
        data={"signer": {"title_lines": [], "name": ""}, **data},
        kind=kind,
        number_book=result_type.number_book or None,
        valid_until=_valid_until(result_type, at),
        scope=result_type.scope,
        actor=actor,
        at=at,
    )
    return paper.id


def _type(edition: Edition, dossier: Dossier) -> ResultType:
    found = edition.results_for(dossier.case_key)
    if not found:
        raise WrongState(_("Thủ tục này chưa khai báo loại kết quả."))
    return found[0]


def _valid_until(result_type: ResultType, at: datetime) -> date | None:
    if not result_type.valid_months:
        return None
    on = local(at).date()
    years, month = divmod(on.month - 1 + result_type.valid_months, 12)
    last = 28 if month == 1 else 30
    return date(on.year + years, month + 1, min(on.day, last))


def _valid_words(result_type: ResultType) -> str:
    return f"{result_type.valid_months} tháng" if result_type.valid_months else "Không xác định thời hạn"
