"""The queue of dossiers handed in online: look at one, receive it, or give another of the law's answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.channels.desk import words
from motcua.channels.desk.casework_case import Case, case_of
from motcua.channels.desk.components import lines_of
from motcua.channels.desk.lists import Choice, listed
from motcua.channels.desk.visit import sentences, summary, visit_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.coming import safe
from motcua.channels.ui.signin.forms import uuid_of
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import ReceiptPolicy
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.queries import COUNTERS, Filter
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.errors import Invalid
from motcua.foundation.storage import queries as storage

WAITING = Filter(states=COUNTERS["waiting"].states, order="oldest")
TABS = {
    "waiting": WAITING,
    "completing": Filter(states=(State.RETURNED_FOR_COMPLETION,), order="oldest"),
    "supplemented": Filter(states=(State.SUPPLEMENTED,), order="oldest"),
}


@require_safe
@officer_needed
def queue(request: HttpRequest) -> HttpResponse:
    """Show what waits for reception, each with what is left of the reception clock (TT 11/2025 12.2a)."""
    visit = visit_of(request)
    tab = request.GET.get("muc", "waiting")
    context = listed(visit, Choice(request.GET, TABS.get(tab, WAITING)), "desk:reception")
    clocks = deadlines.latest_of([row.id for row in context["rows"]], ClockKind.RECEPTION)
    tabs = [
        {
            "words": said,
            "url": f"?muc={name}",
            "current": tab == name,
            "count": dossiers.find_many(TABS[name], actor=visit.actor, at=visit.at, on=visit.on, count=0).total,
        }
        for name, said in _tab_words().items()
    ]
    return render(request, "desk/reception/queue.html", context | {"clocks": clocks, "tabs": tabs, "tab": tab})


def _tab_words() -> dict[str, str]:
    return {
        "waiting": _("Chờ tiếp nhận"),
        "completing": _("Chờ người nộp hoàn thiện"),
        "supplemented": _("Đã bổ sung, chờ xác nhận"),
    }


@require_safe
@officer_needed
def one(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show a dossier that waits: what was declared beside what was given, and the answers the law knows."""
    case = case_of(request, dossier_id)
    if case.dossier.state not in WAITING.states:
        return redirect(case.url)
    case.log("desk:reception_one", gettext_noop("Kiểm tra hồ sơ để tiếp nhận"))
    return render(request, "desk/reception/one.html", page_of(case))


def page_of(case: Case) -> dict[str, Any]:
    """Return everything that the page of a waiting dossier shows."""
    items = dossiers.checklist(case.id, actor=case.actor, on=case.on)
    files = [use for item in items for use in item.uses if use.file_id]
    wanted = case.request.GET.get("tep", "")
    shown = next((use for use in files if str(use.file_id) == wanted), files[0] if files else None)
    edition = catalog.edition(case.dossier.edition_id)
    return {
        "case": case,
        "dossier": case.dossier,
        "now": case.at,
        "sections": dossiers.declared(case.id, actor=case.actor, on=case.on),
        "lines": lines_of(items, case.dossier.owner_id),
        "files": files,
        "shown": shown,
        "shown_file": storage.file(shown.file_id) if shown and shown.file_id else None,
        "grounds": catalog.grounds_of(edition, case.on),
        "clock": deadlines.clock_of(case.id, ClockKind.RECEPTION),
        "verbs": dossiers.verbs(case.id, actor=case.actor, on=case.on),
        "asks": dossiers.asks(case.id, actor=case.actor, on=case.on),
        "channel": words.channel_words()[case.dossier.channel],
        "receipt_optional": edition.receipt_for(case.dossier.case_key) is ReceiptPolicy.ON_REQUEST,
        "case_name": edition.case(case.dossier.case_key).name if len(edition.content.cases) > 1 else "",
    }


@require_POST
@officer_needed
def receive(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Receive it: receipt, resolving clock, first step (TT 11/2025 12.2đ)."""
    visit = visit_of(request)
    asked = {"co": True, "khong": False}.get(request.POST.get("giay-hen", ""))
    visit.once(
        "desk.receive",
        lambda: commands.receive(
            dossier_id=dossier_id, expected=version_of(request), with_receipt=asked, actor=visit.actor, at=visit.at
        ),
    )
    return redirect("desk:received_one", dossier_id)


@require_safe
@officer_needed
def received_one(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show what came of the reception: the receipt to print, and the next one who waits."""
    case = case_of(request, dossier_id)
    case.log("desk:received_one", gettext_noop("In giấy tiếp nhận"))
    papers = documents.papers_of(dossier_id)
    waiting = dossiers.find_many(WAITING, actor=case.actor, at=case.at, on=case.on, count=1).rows
    context = {
        "case": case,
        "dossier": case.dossier,
        "receipt": next((paper for paper in reversed(papers) if paper.kind == "receipt"), None),
        "fee_receipt": next((paper for paper in reversed(papers) if paper.kind == "fee_receipt"), None),
        "next": waiting[0] if waiting else None,
        "status": dossiers.status(case.dossier).officer_words,
        "at_counter": case.dossier.channel in ("counter", "post", "hired_service", "authorised_person", "on_site"),
        "change": request.session.pop(f"change:{dossier_id}", None),
    }
    return render(request, "desk/reception/received.html", context)


@require_POST
@officer_needed
def give_receipt(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Print a receipt after all, because the person asks for one."""
    visit = visit_of(request)
    visit.once(
        "desk.give_receipt",
        lambda: commands.give_receipt(dossier_id=dossier_id, actor=visit.actor, at=visit.at),
    )
    return redirect("desk:received_one", dossier_id)


@require_POST
@officer_needed
def reuse(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Meet a component with a paper the owner gave before (TT 11/2025 12.2g)."""
    visit, post = visit_of(request), request.POST
    visit.once(
        "desk.reuse",
        lambda: commands.reuse_document(
            dossier_id=dossier_id,
            component_key=post.get("component", ""),
            version_id=uuid_of(post.get("version", "")),
            actor=visit.actor,
            at=visit.at,
        ),
    )
    flash.say(request, _("Đã dùng lại giấy tờ có sẵn; người nộp không phải nộp giấy này nữa."))
    return redirect(safe(post.get("ve", ""), reverse("desk:reception_one", args=[dossier_id])))


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the answers that are not a reception: its page, its verb, what is said afterwards."""

    template: str
    verb: str
    fields: Sequence[str]
    act: Callable[..., UUID]
    done: Callable[[], str]

    def values(self, post: Mapping[str, str]) -> dict[str, Any]:
        """Return what was typed, as the command takes it."""
        values: dict[str, Any] = {name: post.get(name, "").strip()[:4000] for name in self.fields}
        if "reasons" in values:
            values["reasons"] = values["reasons"].splitlines()
        return values


COMPLETION = Verdict(
    "desk/reception/complete.html",
    "ask_completion",
    ("content", "reason", "guidance"),
    commands.ask_completion,
    lambda: _("Đã gửi yêu cầu hoàn thiện cho người nộp. Hồ sơ trở lại hàng chờ khi họ nộp lại."),
)
REFUSAL = Verdict(
    "desk/reception/refuse.html",
    "refuse_reception",
    ("reasons", "guidance", "ground"),
    commands.refuse_reception,
    lambda: _("Đã từ chối tiếp nhận và gửi phiếu từ chối cho người nộp."),
)
NOT_COMPETENT = Verdict(
    "desk/reception/not_competent.html",
    "return_as_not_competent",
    ("reason", "right_agency", "ground"),
    commands.return_as_not_competent,
    lambda: _("Đã trả hồ sơ và chỉ cho người nộp cơ quan có thẩm quyền."),
)


def _answer(request: HttpRequest, dossier_id: UUID, verdict: Verdict) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, dossier_id, verdict)
    visit = visit_of(request)
    given = verdict.values(request.POST)
    if verdict is COMPLETION:
        given["items"] = request.POST.getlist("items")
    given |= {"dossier_id": dossier_id, "expected": version_of(request), "actor": visit.actor, "at": visit.at}
    try:
        visit.once(f"desk.{verdict.verb}", lambda: verdict.act(**given))
    except Invalid as wrong:
        return _ask(request, dossier_id, verdict, wrong)
    flash.say(request, verdict.done(), link=reverse("desk:dossier", args=[dossier_id]), link_words=_("Xem hồ sơ"))
    return redirect("desk:reception")


def _ask(request: HttpRequest, dossier_id: UUID, verdict: Verdict, wrong: Invalid | None = None) -> HttpResponse:
    """Show the page of an answer; what was typed stays, what is wrong stands beside it."""
    case = case_of(request, dossier_id)
    case.log(f"desk:{verdict.verb}")
    edition, problems = catalog.edition(case.dossier.edition_id), wrong.problems if wrong else ()
    context = {
        "case": case,
        "dossier": case.dossier,
        "typed": request.POST,
        "chosen": request.POST.getlist("items"),
        "wrong": sentences(problems),
        "summary": summary(problems),
        "items": dossiers.checklist(dossier_id, actor=case.actor, on=case.on),
        "grounds": catalog.grounds_of(edition, case.on),
        "asked_before": any(
            ask.kind == "completion" for ask in dossiers.asks(dossier_id, actor=case.actor, on=case.on)
        ),
        "is_now": verdict.verb in dossiers.verbs(dossier_id, actor=case.actor, on=case.on),
    }
    return render(request, verdict.template, context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def ask_completion(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Ask for completion once, with everything (TT 11/2025 12.2d)."""
    return _answer(request, dossier_id, COMPLETION)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def refuse(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Refuse to receive, with reasons (TT 11/2025 12.2c)."""
    return _answer(request, dossier_id, REFUSAL)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def not_competent(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Give it back because another agency is competent."""
    return _answer(request, dossier_id, NOT_COMPETENT)


def version_of(request: HttpRequest) -> int | None:
    """Return the version of the dossier that the officer saw."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None
