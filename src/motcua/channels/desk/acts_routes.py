"""Which act an address means: a choice of a task is routed by its effect, the rest by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from motcua.channels.desk import acts_asking, acts_inspecting, acts_money, acts_resulting, acts_returning, acts_steps
from motcua.channels.desk.acts import Act, respond, work_of
from motcua.channels.desk.casework_case import Case, case_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.offering import Work
from motcua.domain.signing import queries as signing
from motcua.domain.signing.types import RequestState
from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Choice, Task
from motcua.foundation.kernel.errors import Missing

BY_EFFECT: Final[Mapping[str, type[Act]]] = {
    "ask_supplement": acts_asking.AskSupplement,
    "ask_opinion": acts_asking.AskOpinion,
    "give_opinion": acts_asking.GiveOpinion,
    "inspect": acts_inspecting.RecordInspection,
    "record_inspection": acts_inspecting.RecordInspection,
    "draft_result": acts_resulting.DraftResult,
    "draft_refusal": acts_resulting.DraftRefusal,
    "sign": acts_resulting.SignResult,
    "number": acts_resulting.NumberResult,
    "seal": acts_resulting.SealResult,
    "issue_on_paper": acts_resulting.IssueOnPaper,
    "return": acts_returning.HandBack,
}
OF_TASKS: Final[Mapping[str, type[Act]]] = {"nhan": acts_steps.Claim, "giao": acts_steps.Assign}
OF_DOSSIERS: Final[Mapping[str, type[Act]]] = {
    "xac-nhan-bo-sung": acts_asking.ConfirmSupplement,
    "dung": acts_returning.Stop,
    "khong-dung": acts_returning.DeclineStop,
    "tra-ket-qua": acts_returning.HandBack,
    "thu-tien": acts_money.TakeMoney,
}


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def choice(request: HttpRequest, dossier_id: UUID, task_id: UUID, key: str) -> HttpResponse:
    """Show or do one choice of a task."""
    case = case_of(request, dossier_id)
    work = _work(case, task_id)
    chosen = next((one for one in work.task.choices if one.key == key), None)
    if chosen is None:
        raise Http404
    if request.method != "POST" and not work.task.is_open:
        return _gone(request, case)
    return respond(request, act_for(work.task, chosen)(case, work, chosen))


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def on_task(request: HttpRequest, dossier_id: UUID, task_id: UUID, name: str) -> HttpResponse:
    """Take a task, or give it to somebody."""
    case = case_of(request, dossier_id)
    work = _work(case, task_id)
    if name not in OF_TASKS:
        raise Http404
    if request.method != "POST" and not work.task.is_open:
        return _gone(request, case)
    return respond(request, OF_TASKS[name](case, work))


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def on_dossier(request: HttpRequest, dossier_id: UUID, name: str) -> HttpResponse:
    """Do something with the dossier itself."""
    case = case_of(request, dossier_id)
    if name not in OF_DOSSIERS:
        raise Http404
    return respond(request, OF_DOSSIERS[name](case))


@require_GET
@officer_needed
def signing_on_its_way(request: HttpRequest, dossier_id: UUID, request_id: UUID) -> HttpResponse:
    """Tell whether a signature was made; the page asks again while it is on its way."""
    case = case_of(request, dossier_id)
    found = signing.request(request_id)
    if found.subject_id != case.id:
        raise Missing(_("Không tìm thấy yêu cầu ký số này."))
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"version": found.state.value, "why": found.why})
    case.log("desk:signing")
    task = next((one.task for one in _open(case) if one.is_mine), None)
    again = next((one.key for one in task.choices if one.effect in {"sign", "seal"}), "") if task else ""
    context = {
        "case": case,
        "dossier": case.dossier,
        "signing": found,
        "states": RequestState,
        "task": task,
        "again": again,
    }
    return render(request, "desk/casework/signing.html", context)


@require_GET
@officer_needed
def version(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Return the dossier's version, for the bar that says that something changed."""
    return JsonResponse({"version": case_of(request, dossier_id).dossier.version})


def act_for(task: Task, chosen: Choice) -> type[Act]:
    """Return the act behind a choice: an opinion that was asked is answered, an effect has its own, else plain."""
    is_answer = task.asked_by_id is not None or (task.kind is StepKind.CONSULT and chosen.leaves and not chosen.effect)
    return acts_asking.GiveOpinion if is_answer else BY_EFFECT.get(chosen.effect, acts_steps.Finish)


def _open(case: Case) -> tuple[Work, ...]:
    return dossiers.work(case.id, actor=case.actor, at=case.at)


def _work(case: Case, task_id: UUID) -> Work:
    """The task as the actor meets it. One that is done can be asked for again by the same request only."""
    work = work_of(case, task_id)
    if work is not None:
        return work
    task = runs.task(task_id)
    if task.subject_id != case.id:
        raise Missing(_("Không tìm thấy việc này."))
    return Work(task, is_mine=False, may_claim=False, may_assign=False, hindrance="", offers=())


def _gone(request: HttpRequest, case: Case) -> HttpResponse:
    flash.say(request, _("Việc này đã xong hoặc đã chuyển cho người khác."), tone="news")
    return redirect(case.url)
