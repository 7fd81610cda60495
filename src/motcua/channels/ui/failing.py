"""Pages for what went wrong. Each says in one sentence what happened and what to do now."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.foundation.kernel import errors

log = logging.getLogger(__name__)

STATUS: Mapping[type[errors.Problem], int] = {
    errors.Missing: 404,
    errors.NotAllowed: 403,
    errors.WrongState: 409,
    errors.Stale: 409,
    errors.Reused: 409,
    errors.Invalid: 422,
    errors.Unavailable: 503,
}


def status_of(problem: errors.Problem) -> int:
    """Return the HTTP status of a problem."""
    return next((STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS), 400)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asked, not a person."""
    return request.headers.get("Accept", "").startswith("application/json")


def problem_response(request: HttpRequest, problem: errors.Problem) -> HttpResponse:
    """Return the page, or the JSON, that words a problem.

    JSON: ``{"sentence": …, "problems": [{"field": …, "sentence": …}]}``.
    """
    status = status_of(problem)
    listed = problem.problems if isinstance(problem, errors.Invalid) else ()
    if wants_json(request):
        told = [{"field": one.field, "sentence": str(one.sentence)} for one in listed]
        return JsonResponse({"sentence": str(problem), "problems": told}, status=status)
    context = {
        "heading": _heading(problem),
        "sentence": str(problem),
        "problems": listed,
        "changes": _changes(problem.details.get("changed")),
        "back": request.headers.get("Referer", "") if status in (409, 422) else "",
        "may_retry": isinstance(problem, errors.Unavailable) and bool(problem.details.get("retry")),
    }
    return _page(request, "ui/errors/problem.html", context, status)


def sorry(request: HttpRequest, heading: str, sentence: str, status: int) -> HttpResponse:
    """Return a page that says what happened and what to do."""
    if wants_json(request):
        return JsonResponse({"sentence": sentence}, status=status)
    context = {"heading": heading, "sentence": sentence, "problems": (), "changes": (), "back": "", "may_retry": False}
    return _page(request, "ui/errors/problem.html", context, status)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, template, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _heading(problem: errors.Problem) -> str:
    if isinstance(problem, errors.Missing):
        return _("Không tìm thấy")
    if isinstance(problem, errors.NotAllowed):
        return _("Việc này không thuộc quyền của bạn")
    if isinstance(problem, errors.Stale):
        return _("Đã có người làm trước bạn")
    if isinstance(problem, errors.Reused):
        return _("Yêu cầu này đã được gửi trước đó")
    if isinstance(problem, errors.WrongState):
        return _("Chưa làm được việc này lúc này")
    if isinstance(problem, errors.Invalid):
        return _("Có chỗ cần sửa")
    if isinstance(problem, errors.Unavailable):
        return _("Hệ thống liên quan chưa trả lời")
    return _("Chưa làm được việc này")


def _changes(changed: Any) -> tuple[str, ...]:
    """Read ``details['changed']``: a sentence, several, or a mapping of what → now."""
    if not changed:
        return ()
    if isinstance(changed, Mapping):
        return tuple(f"{what}: {now}" for what, now in changed.items())
    return tuple(str(one) for one in changed) if isinstance(changed, list | tuple) else (str(changed),)
