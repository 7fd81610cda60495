"""One dossier as its applicant follows it, and what they may do with it after handing in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.channels.portal import story
from motcua.channels.portal.attaching import asked_of, open_ask
from motcua.channels.portal.checking import Draft
from motcua.channels.portal.keeping import answers_kept, typed_before
from motcua.channels.portal.papers import papers_for
from motcua.channels.portal.seeing import dossier_of, open_for_changes
from motcua.channels.portal.standing import sentence_of, status_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses.types import State
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Invalid
from motcua.foundation.organisation import queries as organisation


@require_safe
@never_cache
@person_needed
def dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show a draft's parts, or where a handed-in dossier stands and what to do now."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="ho-so")
    if found.state is State.DRAFT:
        return _draft(request, found, at)
    return render(request, "portal/tracking.html", _tracking(request, found, at))


@require_safe
@never_cache
@person_needed
def changed(request: HttpRequest, dossier_id: UUID) -> JsonResponse:
    """Tell a page that is open whether something happened since."""
    found = dossiers.dossier(dossier_id, actor=actor_of(request), on=local(now()).date())
    return JsonResponse({"version": found.version})


@require_safe
@never_cache
@person_needed
def reads(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show who opened this dossier."""
    found = dossier_of(request, dossier_id, at=now(), page="ai-da-xem")
    seen = story.readings(journal.reads_about(found.id))
    return render(request, "portal/reads.html", {"dossier": found, "seen": seen})


@require_safe
@never_cache
@person_needed
def reads_of_me(request: HttpRequest) -> HttpResponse:
    """Show who saw the person's data anywhere."""
    party_id = actor_of(request).party_id
    seen = story.readings(journal.reads_of(party_id)) if party_id else []
    return render(request, "portal/reads.html", {"dossier": None, "seen": seen})


@require_safe
@never_cache
@person_needed
def deadline(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Explain line by line how the date came about."""
    found = dossier_of(request, dossier_id, at=now(), page="han")
    explanation = deadlines.explanation_of(found.id, ClockKind.RESOLVING)
    return render(request, "portal/deadline.html", {"dossier": found, "explanation": explanation})


@require_http_methods(["GET", "POST"])
@never_cache
@answers_kept
def withdraw(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Take the dossier back before reception; nobody is asked."""
    words = {
        "heading": _("Rút hồ sơ"),
        "question": _(
            "Hồ sơ chưa được tiếp nhận nên bạn rút được ngay. Khoản chưa nộp được hủy; muốn làm lại, bạn nộp hồ sơ mới."
        ),
        "button": _("Rút hồ sơ"),
        "done": _("Đã rút hồ sơ."),
    }
    return _act(request, dossier_id, commands.withdraw, words, verb="withdraw")


@require_http_methods(["GET", "POST"])
@never_cache
@answers_kept
def ask_stop(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Ask the competent agency to stop a dossier that was received."""
    words = {
        "heading": _("Đề nghị dừng hồ sơ"),
        "question": _("Hồ sơ đã được tiếp nhận nên cơ quan giải quyết sẽ xem xét và trả lời bằng văn bản."),
        "button": _("Gửi đề nghị"),
        "done": _("Đã gửi đề nghị dừng hồ sơ."),
    }
    return _act(request, dossier_id, commands.ask_stop, words, verb="ask_stop")


@require_http_methods(["GET", "POST"])
@never_cache
@answers_kept
def supplement(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show what was asked and take it in; nothing else of the dossier is open."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="bo-sung")
    open_for_changes(found, State.SUPPLEMENT_ASKED)
    if request.method == "POST":
        words = request.POST.get("words", "").strip()[:2000]
        commands.supplement(dossier_id=dossier_id, words=words, actor=actor_of(request), at=at)
        flash.say(request, _("Đã gửi bổ sung. Thời hạn giải quyết chạy tiếp khi Bộ phận Một cửa xác nhận đủ."))
        return redirect("portal:dossier", dossier_id)
    typed = typed_before(request)
    context = {
        "dossier": found,
        **asked_of(request, found, at=at),
        "wrong": {},
        "words": typed.get("words", "") if typed else "",
    }
    return render(request, "portal/supplement.html", context)


def _act(
    request: HttpRequest, dossier_id: UUID, command: Callable[..., Any], words: dict[str, str], *, verb: str
) -> HttpResponse:
    """Ask once for the reason, then do it."""
    at, actor = now(), actor_of(request)
    found = dossier_of(request, dossier_id, at=at, page=verb)
    if request.method == "POST":
        reason = request.POST.get("reason", "").strip()[:2000]
        try:
            command(dossier_id=dossier_id, reason=reason, actor=actor, at=at)
        except Invalid as wrong:
            context = {"dossier": found, **words, "reason": reason, "wrong": str(wrong)}
            return render(request, "portal/act.html", context, status=422)
        flash.say(request, words["done"])
        return redirect("portal:dossier", dossier_id)
    if verb not in dossiers.verbs(dossier_id, actor=actor, on=local(at).date()):
        flash.say(request, _("Hồ sơ không còn ở bước làm được việc này."), tone="bad")
        return redirect("portal:dossier", dossier_id)
    typed = typed_before(request)
    context = {"dossier": found, **words, "reason": typed.get("reason", "") if typed else "", "wrong": ""}
    return render(request, "portal/act.html", context)


def _draft(request: HttpRequest, found: DossierView, at: datetime) -> HttpResponse:
    draft = Draft(found, local(at).date())
    lacking = [place for place in asked_of(request, found, at=at)["places"] if place.item.state == "missing"]
    context = {
        "dossier": found,
        "parts": list(draft.parts()),
        "papers_done": not lacking,
        "lacking": len(lacking),
        "is_ready": not draft.problems and not lacking,
        "desk": organisation.agency(found.desk_agency_id).name,
        "saved_at": draft.answers.saved_at,
    }
    return render(request, "portal/draft.html", context)


def _tracking(request: HttpRequest, found: DossierView, at: datetime) -> dict[str, Any]:
    actor, on = actor_of(request), local(at).date()
    edition = catalog.edition(found.edition_id).in_language((get_language() or "vi")[:2])
    account, status = accounts.account_of(found.id), status_of(found)
    ask = open_ask(dossiers.asks(found.id, actor=actor, on=on))
    papers = papers_for(found, actor=actor, on=on)
    return {
        "dossier": found,
        "sentence": sentence_of(found, ask, account),
        "status": status,
        "information": dossiers.information(found, status, at),
        "ask": ask,
        "asked_components": [
            rule.component.name for rule in edition.content.components if ask and rule.component.key in ask.items
        ],
        "account": account,
        "papers": papers,
        "result": next((one for one in papers if one.is_result), None),
        "verbs": dossiers.verbs(found.id, actor=actor, on=on),
        "entries": story.entries(dossiers.story(found.id, actor=actor, on=on), edition),
        "secret": dossiers.look_up_secret(found.id, actor=actor, on=on),
        "desk": next(iter(organisation.desks(on, found.desk_agency_id)), None),
        "desk_name": organisation.agency(found.desk_agency_id).name,
        "has_clock": deadlines.clock_of(found.id, ClockKind.RESOLVING) is not None,
    }
