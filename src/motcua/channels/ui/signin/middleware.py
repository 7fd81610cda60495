"""Who makes this request: ``request.actor`` for the commands, the visitor for the pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from motcua.channels.ui.signin.coming import KEY, session_id_of
from motcua.channels.ui.visitor import Position, Visitor, remember
from motcua.domain.notices.queries import unread
from motcua.foundation.identity import commands, queries
from motcua.foundation.identity.types import AccountKind, Session
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.organisation import access
from motcua.foundation.organisation import queries as organisation

CHANNELS = {"portal": Channel.PORTAL, "desk": Channel.DESK, "studio": Channel.STUDIO, "api": Channel.API}
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{8,80}")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts; for views, with its type."""
    return cast("Actor", request.actor)  # type: ignore[attr-defined]


def session_of(request: HttpRequest) -> Session | None:
    """Return the living session of the request, None for an anonymous one."""
    return cast("Session | None", request.signed_in)  # type: ignore[attr-defined]


class ActorMiddleware:
    """Puts ``actor``, ``signed_in`` and the visitor on every request that reaches a view.

    Stands after the session's and CSRF's middleware. A session that ended, was ended elsewhere, or stood idle too
    long makes an anonymous request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Begin as nobody; who it is comes with the view, after CSRF was checked."""
        request.signed_in = None  # type: ignore[attr-defined]
        request.actor = _nobody(request, Channel.PORTAL)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Look the session up and say who acts, through which channel, under which request id."""
        match = request.resolver_match
        channel = CHANNELS.get(match.namespaces[0] if match and match.namespaces else "")
        session = _living(request)
        request.signed_in = session  # type: ignore[attr-defined]
        actor = _actor(request, session, channel)
        request.actor = actor.under(_request_id(request))  # type: ignore[attr-defined]
        if session is not None:
            remember(request, cast("Visitor", SimpleLazyObject(lambda: visitor(session, actor))))


def visitor(session: Session, actor: Actor) -> Visitor:
    """Return the signed-in person as header and menus show them."""
    on = local(now()).date()
    if session.account_kind is AccountKind.OFFICER and actor.officer_id is not None:
        return _officer(actor.officer_id, actor, on)
    ids = [found for found in (session.party_id, session.acting_for_id) if found is not None]
    names = queries.names(ids)
    other = session.acting_for_id if session.acting_for_id != session.party_id else None
    return Visitor(name=names.get(ids[0], ""), acting_for=names.get(other, "") if other else "", unread=unread(actor))


def _officer(officer_id: UUID, actor: Actor, on: date) -> Visitor:
    switch = reverse("signin:position")
    positions = tuple(
        Position(held.title, held.agency_name, switch, held.position_id == actor.position_id)
        for held in organisation.positions_of(officer_id, on)
    )
    may = frozenset(map(str, access.capabilities(actor, on)))
    return Visitor(
        organisation.officer(officer_id).name,
        is_officer=True,
        positions=positions,
        capabilities=may,
        unread=unread(actor),
    )


def _living(request: HttpRequest) -> Session | None:
    session_id = session_id_of(request)
    if session_id is None:
        return None
    at = now()
    session = queries.session(session_id, at)
    if session is None:
        del request.session[KEY]
        return None
    commands.touch_session(session=session, at=at)
    return session


def _actor(request: HttpRequest, session: Session | None, channel: Channel | None) -> Actor:
    if session is None:
        return _nobody(request, channel or Channel.PORTAL)
    request_id = str(new_id())
    if session.account_kind is AccountKind.OFFICER:
        try:
            return organisation.actor_of_account(
                session.account_id,
                session.position_id,
                channel or Channel.DESK,
                request_id,
                on=local(now()).date(),
            )
        except Missing:
            return replace(_nobody(request, channel or Channel.DESK), account_id=session.account_id)
    return Actor(
        kind=ActorKind.PERSON,
        principal=f"account:{session.account_id}",
        channel=channel or Channel.PORTAL,
        request_id=request_id,
        account_id=session.account_id,
        party_id=session.party_id,
        acting_for_id=session.acting_for_id,
    )


def _nobody(request: HttpRequest, channel: Channel) -> Actor:
    """An anonymous session is named by a digest of its key; a request without one stands for itself."""
    key = request.session.session_key or str(new_id())
    principal = f"session:{sha256(key.encode()).hexdigest()[:40]}"
    return Actor(ActorKind.ANONYMOUS, principal, channel, str(new_id()))


def _request_id(request: HttpRequest) -> str:
    given = request.POST.get("request_id", "") if request.method == "POST" else ""
    return given if REQUEST_ID.fullmatch(given) else str(new_id())
