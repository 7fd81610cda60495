"""The counter once the procedure is chosen: form, papers, money on one page; everything typed is kept at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from motcua.channels.desk import words
from motcua.channels.desk.casework_case import Case, case_of
from motcua.channels.desk.components import lines_of
from motcua.channels.desk.counter_keeping import Kept, keep
from motcua.channels.desk.counter_typed import money_of
from motcua.channels.desk.people import facts_of
from motcua.channels.desk.visit import visit_of
from motcua.channels.ui import flash, formats
from motcua.channels.ui.eform.sheet import Sheet
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import CollectedAt, Edition, ReceiptPolicy
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.queries import Answered
from motcua.domain.statuses.types import State
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.errors import FieldProblem, Invalid

NOW = (CollectedAt.SUBMISSION, CollectedAt.ACCEPTANCE)
# What the desk hands in for the person, by state: the verb and what is said when it is done.
HANDING_IN = {State.RETURNED_FOR_COMPLETION: "complete", State.SUPPLEMENT_ASKED: "supplement"}


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def draft(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show the dossier being typed; a post keeps everything, and registers when that button was pressed."""
    case = case_of(request, dossier_id)
    case.log("desk:counter_draft", gettext_noop("Tiếp nhận tại quầy"))
    if case.dossier.state not in {State.DRAFT, *HANDING_IN}:
        return redirect("desk:received_one" if case.dossier.received_at else "desk:dossier", dossier_id)
    if request.method != "POST":
        return render(request, "desk/counter/draft.html", page_of(case, Kept()))
    kept = keep(case, request)
    if kept.problems or kept.redraw:
        return again(case, kept)
    if request.POST.get("lam") == "nhan":
        return _hand_in(case)
    flash.say(request, _("Đã lưu lúc %(time)s.") % {"time": formats.clock(case.at)}, tone="news")
    return redirect(request.path)


def again(case: Case, kept: Kept) -> HttpResponse:
    """Show the page with what is wrong; nothing typed is lost."""
    context = page_of(case_of(case.request, case.id), kept)
    return render(case.request, "desk/counter/draft.html", context, status=422 if kept.problems else 200)


def _hand_in(case: Case) -> HttpResponse:
    visit, post = visit_of(case.request), case.request.POST
    verb = HANDING_IN.get(case.dossier.state)
    try:
        if verb is None:
            visit.once("desk.serve", lambda: _serve(case))
            return redirect("desk:received_one", case.id)
        act = {"complete": commands.complete, "supplement": commands.supplement}[verb]
        visit.once(f"desk.{verb}", lambda: act(dossier_id=case.id, actor=case.actor, at=case.at))
    except Invalid as wrong:
        return again(case, Kept(problems=wrong.problems, typed=post))
    flash.say(case.request, _("Đã ghi nhận giấy tờ người nộp mang đến."))
    return redirect(case.url)


def _serve(case: Case) -> UUID | None:
    post, session = case.request.POST, case.request.session
    till = post.get("till", "").strip()[:20] or "1"
    served = commands.serve(
        dossier_id=case.id,
        tendered=money_of(post.get("tendered", ""), "tendered"),
        till=till,
        with_receipt=True if post.get("giay-hen") == "co" else None,
        actor=case.actor,
        at=case.at,
    )
    session["till"] = till
    if served.taken is not None:
        session[f"change:{case.id}"] = served.taken.receipt.change
    return served.receipt_id


@require_POST
@officer_needed
def save(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Keep what was typed so far, quietly; a page that now asks other questions is fetched again by the script."""
    case = case_of(request, dossier_id)
    before = _asked(case)
    kept = keep(case, request, files=False)
    after = dossiers.answered(dossier_id, actor=case.actor, on=case.on)
    told = {"version": after.version, "saved_at": formats.clock(case.at), "reload": _asked(case) != before}
    if kept.problems:
        told["problems"] = [{"field": one.field, "sentence": str(one.sentence)} for one in kept.problems]
    return JsonResponse(told)


@require_POST
@officer_needed
def discard(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Cancel what is being typed; it can be brought back with everything in it (TT21-PL2-5.8)."""
    visit = visit_of(request)
    visit.once("desk.discard", lambda: commands.discard_draft(dossier_id=dossier_id, actor=visit.actor, at=visit.at))
    flash.say(request, _("Đã hủy hồ sơ đang nhập."))
    return redirect("desk:counter")


def page_of(case: Case, kept: Kept) -> dict[str, Any]:
    """Return everything the page of a dossier being typed shows."""
    found = case.dossier
    edition = catalog.edition(found.edition_id)
    answered = dossiers.answered(case.id, actor=case.actor, on=case.on)
    items = dossiers.checklist(case.id, actor=case.actor, on=case.on)
    sheet = Sheet(
        edition.form,
        answered.values,
        problems=kept.problems,
        sources=answered.sources,
        differences=answered.compared,
        typed=kept.typed,
        added=kept.added,
    )
    submitter = identity.party(found.submitter_id)
    asks = [ask for ask in dossiers.asks(case.id, actor=case.actor, on=case.on) if ask.answered_at is None]
    return {
        "case": case,
        "dossier": found,
        "sheet": sheet,
        "answered": answered,
        "wrong": {one.field: str(one.sentence) for one in kept.problems},
        "summary": _summary(kept.problems),
        "typed": kept.typed or {},
        "person": submitter,
        "facts": facts_of(submitter),
        "lines": lines_of(items, found.owner_id),
        "grounds": catalog.grounds_of(edition, case.on),
        "channel": words.channel_words()[found.channel],
        "ask": asks[0] if asks else None,
        "till": case.request.session.get("till", "1"),
        "draft": {"url": reverse("desk:counter_save", args=[case.id]), "version": answered.version},
        "saves": found.state is not State.SUPPLEMENT_ASKED,
    } | _offer(edition, answered, found.channel)


def _offer(edition: Edition, answered: Answered, channel: str) -> dict[str, Any]:
    """The case, what is to pay now and the limit, as far as the answers tell."""
    told: dict[str, Any] = {"case_name": "", "dues": (), "owed": 0, "receipt_optional": False, "unclear": ""}
    try:
        chosen = edition.case_for(answered.values)
        told["case_name"] = chosen.name if len(edition.content.cases) > 1 else ""
        told["receipt_optional"] = edition.receipt_for(chosen.key) is ReceiptPolicy.ON_REQUEST
        dues = edition.dues_for(chosen.key, channel, answered.values)
    except Invalid as wrong:
        return told | {"unclear": str(wrong.problems[0].sentence)}
    now = [due for due in dues if due.collected_at in NOW]
    return told | {"dues": now, "owed": sum(due.amount for due in now if due.kind != "elsewhere")}


def _asked(case: Case) -> tuple[Any, ...]:
    """What the page asks now: questions, components, money. When it changes, the page is drawn again."""
    answered = dossiers.answered(case.id, actor=case.actor, on=case.on)
    edition = catalog.edition(case.dossier.edition_id)
    offer = _offer(edition, answered, case.dossier.channel)
    shown = tuple(one.path for one in Sheet(edition.form, answered.values).view.shown)
    items = tuple(item.component.key for item in dossiers.checklist(case.id, actor=case.actor, on=case.on))
    return shown, items, offer["case_name"], offer["owed"], offer["unclear"]


def _summary(problems: tuple[FieldProblem, ...]) -> list[dict[str, str]]:
    return [{"href": f"#{one.field.replace(':', '-')}", "text": str(one.sentence)} for one in problems]
