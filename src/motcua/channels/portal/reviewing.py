"""Everything once more before it is handed in, handing in, and the page that says what happens next."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.channels.portal.attaching import asked_of
from motcua.channels.portal.checking import Draft
from motcua.channels.portal.filling import FILLABLE
from motcua.channels.portal.keeping import answers_kept
from motcua.channels.portal.seeing import dossier_of, open_for_changes
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.organisation import queries as organisation


@require_http_methods(["GET", "POST"])
@never_cache
@answers_kept
def review(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show everything that will be sent; sent, it goes to the page that says what happens next."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="xem-lai")
    if request.method == "POST" and found.code and found.state is State.SUBMITTED:
        return redirect("portal:done", dossier_id)  # sent twice
    open_for_changes(found, *FILLABLE)
    if request.method == "GET":
        return _shown(request, found, at)
    try:
        return _hand_in(request, found, at)
    except Invalid as wrong:
        return _shown(request, found, at, wrong.problems)


@require_safe
@never_cache
@person_needed
def done(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Say the code, the secret and what happens next."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="da-nop")
    if found.state is State.DRAFT:
        return redirect("portal:dossier", dossier_id)
    clock = deadlines.clock_of(found.id, ClockKind.RECEPTION)
    context = {
        "dossier": found,
        "secret": dossiers.look_up_secret(found.id, actor=actor_of(request), on=local(at).date()),
        "status": statuses.status_for(found.state),
        "desk": organisation.agency(found.desk_agency_id).name,
        "answer_by": clock.due_at if clock else None,
        "owed": accounts.account_of(found.id).owed,
    }
    return render(request, "portal/done.html", context)


def _hand_in(request: HttpRequest, found: DossierView, at: datetime) -> HttpResponse:
    actor = actor_of(request)
    if found.state is State.RETURNED_FOR_COMPLETION:
        commands.complete(dossier_id=found.id, actor=actor, at=at)
        flash.say(request, _("Đã gửi lại hồ sơ. Bộ phận Một cửa sẽ xem lại và báo cho bạn."))
        return redirect("portal:dossier", found.id)
    commands.submit(dossier_id=found.id, actor=actor, at=at)
    return redirect("portal:done", found.id)


def _shown(
    request: HttpRequest, found: DossierView, at: datetime, problems: tuple[FieldProblem, ...] = ()
) -> HttpResponse:
    draft = Draft(found, local(at).date())
    context: dict[str, Any] = {
        "dossier": found,
        "sections": list(draft.sections()),
        "offer": draft.offer(at),
        "desk": organisation.agency(found.desk_agency_id).name,
        "pledge": draft.edition.form.paper.pledge if draft.edition.form.paper else "",
        "wrong": [{"href": draft.place_of(one), "text": str(one.sentence)} for one in problems],
        **asked_of(request, found, at=at),
    }
    return render(request, "portal/review.html", context, status=422 if problems else 200)
