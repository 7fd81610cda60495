"""Looking a dossier up: by code anybody sees whether it is finished, with the secret a little more, never a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.channels.portal import words
from motcua.channels.portal.limiting import TooOften, count_look_up
from motcua.channels.portal.standing import status_of
from motcua.channels.ui.signin.coming import visit_of
from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import queries as organisation


@require_http_methods(["GET", "POST"])
@never_cache
def look_up(request: HttpRequest) -> HttpResponse:
    """Ask for a code (the receipt's QR brings it as ``ma``) and say how far the dossier is.

    The secret is posted, so that no address bar keeps it.
    """
    code = (request.POST.get("ma") or request.GET.get("ma") or "")[:80].replace("\x00", "").strip()
    secret = request.POST.get("ma-tra-cuu", "")[:40].replace("\x00", "")
    if not code:
        wrong = _("Hãy nhập mã hồ sơ ghi trên giấy tiếp nhận.") if request.method == "POST" else ""
        return render(request, "portal/look_up.html", {"code": "", "wrong": wrong}, status=422 if wrong else 200)
    try:
        count_look_up(visit_of(request).address, at=now())
        context = _found(request, code, secret)
    except (Missing, TooOften) as problem:
        status = 404 if isinstance(problem, Missing) else 429
        return render(request, "portal/look_up.html", {"code": code, "wrong": str(problem)}, status=status)
    return render(request, "portal/looked_up.html", context)


def _found(request: HttpRequest, code: str, secret: str) -> dict[str, Any]:
    found = dossiers.look_up(code, secret)
    view = dossiers.public_view(found.dossier_id) if found.dossier_id else None
    mine = dossiers.by_code(code, actor=actor_of(request), on=local(now()).date())
    return {
        "code": found.code,
        "completion": words.COMPLETIONS[found.completion],
        "secret_refused": bool(secret.strip()) and view is None,
        "more": view,
        "status": status_of(view) if view else None,
        "agency": organisation.agency(view.competent_agency_id).name if view else "",
        "desk": organisation.agency(view.desk_agency_id).name if view else "",
        "mine": mine,
    }
