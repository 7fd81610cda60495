"""What was typed survives the end of a session: kept in the browser's anonymous session over the sign-in.

Given back only on the very page it was typed on; whoever signs in and may not see that page never meets it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from motcua.channels.ui.failing import wants_json
from motcua.channels.ui.signin.coming import TYPED
from motcua.channels.ui.signin.middleware import actor_of
from motcua.foundation.kernel.actor import ActorKind

LARGEST = 200_000
View = Callable[..., HttpResponseBase]


def answers_kept(view: View) -> View:
    """Let only a citizen in; what somebody typed whose session had ended waits for them behind the sign-in."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).kind is ActorKind.PERSON:
            return view(request, *args, **kwargs)
        if wants_json(request):
            return JsonResponse(
                {"sentence": _("Phiên đăng nhập đã hết. Bấm nút để đăng nhập lại; câu trả lời vẫn còn.")}, status=401
            )
        return _to_the_door(request)

    return wrapped


def typed_before(request: HttpRequest) -> QueryDict | None:
    """Return what was typed on this page before the session ended, once."""
    kept = request.session.get(TYPED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[TYPED]
    return QueryDict(kept["body"])


def _to_the_door(request: HttpRequest) -> HttpResponse:
    body = request.POST.urlencode() if request.method == "POST" else ""
    if body and len(body) < LARGEST:
        request.session[TYPED] = {"path": request.path, "body": body}
    return redirect(f"{reverse('signin:choose')}?{urlencode({'next': request.get_full_path()})}")
