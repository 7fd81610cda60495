"""Views that need somebody: who is not signed in is sent to the right door and comes back afterwards."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from motcua.channels.ui.signin.middleware import actor_of
from motcua.foundation.kernel.actor import Actor, ActorKind

View = Callable[..., HttpResponseBase]


def person_needed(view: View) -> View:
    """Let only a citizen or organisation in."""
    return _needed(view, lambda actor: "" if actor.kind is ActorKind.PERSON else "signin:choose")


def officer_needed(view: View) -> View:
    """Let only an officer in, and only in a position."""
    return _needed(view, _officers_door)


def account_needed(view: View) -> View:
    """Let only somebody who is signed in in."""
    return _needed(view, lambda actor: "" if actor.account_id else "signin:choose")


def _officers_door(actor: Actor) -> str:
    if actor.kind is not ActorKind.OFFICER:
        return "signin:officer"
    return "" if actor.position_id else "signin:position"


def _needed(view: View, door: Callable[[Actor], str]) -> View:
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (name := door(actor_of(request))):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else request.headers.get("Referer", "")
        response: HttpResponse = redirect(f"{reverse(name)}?{urlencode({'next': back})}")
        return response

    return wrapped
