"""Joining a session of ``identity`` to the browser's cookie: coming in rotates it, going out forgets it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.foundation.identity.types import Session

KEY = "signed_in"
HALF = "half_signed_in"
TYPED = "typed_before"  # an unfinished page of a form, so that an ended session loses no answer


@dataclass(frozen=True, slots=True)
class Visit:
    """From where a request comes, as the log of sign-ins keeps it."""

    address: str
    device: str


def visit_of(request: HttpRequest) -> Visit:
    """Return the address (the one our own proxy saw, if there is a proxy) and the device's own description."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.MOTCUA.behind_proxy:
        address = request.headers.get("X-Forwarded-For", address).rsplit(",", 1)[-1].strip()
    return Visit(address[:60], request.headers.get("User-Agent", "")[:200])


def come_in(request: HttpRequest, session: Session, at: datetime) -> None:
    """Give the browser a fresh cookie for this session; of an earlier visitor only an unfinished page of a form stays,
    which the page it belongs to gives back to nobody but those who may see it.
    """
    typed = request.session.get(TYPED)
    request.session.flush()
    request.session[KEY] = str(session.id)
    if typed:
        request.session[TYPED] = typed
    request.session.set_expiry(int((session.ends_at - at).total_seconds()))
    rotate_token(request)


def session_id_of(request: HttpRequest) -> UUID | None:
    """Return the id of the session that the cookie names, whether it still lives or not."""
    kept = request.session.get(KEY)
    return UUID(kept) if kept else None


def safe(address: str, default: str = "/") -> str:
    """Return an address inside this installation; anything else becomes the default."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else default


def onward(address: str, default: str = "/") -> HttpResponseRedirect:
    """Send the browser to where it wanted to go."""
    return redirect(safe(address, default))
