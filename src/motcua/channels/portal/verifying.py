"""Is this paper genuine and in force? By the token in its QR code, or by the signed file itself."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.channels.portal import words
from motcua.channels.portal.limiting import TooOften, count_look_up
from motcua.channels.ui.signin.coming import visit_of
from motcua.domain.documents import queries as documents
from motcua.domain.signing import queries as signatures
from motcua.domain.signing import verification
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.organisation import queries as organisation

LARGEST: Final = 20 * 1024 * 1024


@require_http_methods(["GET", "POST"])
@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the token under a paper's QR code, or for the signed PDF."""
    token = request.GET.get("ma", "").strip()[:80].replace("/", "")
    if request.method == "GET":
        return redirect("portal:verdict", token) if token else _asked(request)
    given = request.FILES.get("file")
    if given is None or not given.size or given.size > LARGEST:
        return _asked(request, _("Hãy chọn tệp PDF đã ký, không quá 20 MB."))
    try:
        count_look_up(visit_of(request).address, at=now())
    except TooOften as problem:
        return _asked(request, str(problem), status=429)
    content = given.read()
    if not content.startswith(b"%PDF-"):
        return _asked(request, _("Tệp này không phải PDF. Hãy chọn tệp kết quả bạn đã tải về."))
    at = now()
    report = verification.verify(content, at=at, anchors=signatures.anchors(at))
    return render(request, "portal/verified_file.html", {"name": given.name, "report": report})


@require_safe
@never_cache
def verdict(request: HttpRequest, token: str) -> HttpResponse:
    """Say whether the paper with this token is genuine and in force; nothing about the person it was made for."""
    found = documents.paper_by_token(token[:80].replace("\x00", ""), on=local(now()).date())
    context = {
        "verdict": found,
        "sentence": words.STANDINGS[found.standing],
        "agency": organisation.agency(found.agency_id).name if found.agency_id else "",
    }
    return render(request, "portal/verdict.html", context)


def _asked(request: HttpRequest, wrong: str = "", *, status: int = 422) -> HttpResponse:
    context: dict[str, Any] = {"wrong": wrong, "largest": LARGEST}
    return render(request, "portal/verify.html", context, status=status if wrong else 200)
