"""Who comes in: one decorator for every page, and the two questions pages ask about where a right reaches."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import officer_needed
from motcua.foundation.journal import commands as journal
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import access, queries
from motcua.foundation.organisation.types import Capability, Officer, Scope

View = Callable[..., HttpResponseBase]

#: Who may look at what is published and how the house is built: makers, and those who answer for the work.
LOOKING = (Capability.ADMINISTER_EDITIONS, Capability.ADMINISTER_ORGANISATION, Capability.SEE_REPORTS)


def needs(*capabilities: Capability, everywhere: bool = False) -> Callable[[View], View]:
    """Let in an officer whose position has one of the capabilities somewhere, or over the whole installation.

    Nobody signed in is sent to the officers' door; anybody else gets NotAllowed (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _require(request, capabilities, everywhere)
            return view(request, *args, **kwargs)

        return never_cache(officer_needed(wrapped))

    return decorate


def today() -> date:
    """Return the date in Vietnam."""
    return local(now()).date()


def scope_of(request: HttpRequest, capability: Capability) -> Scope:
    """Return where the acting position has the capability."""
    return access.scope(actor_of(request), capability, today())


def officer_within(request: HttpRequest, officer_id: UUID, capability: Capability) -> Officer:
    """Return the officer; one that works where the capability does not reach is not there. Raises Missing."""
    found = queries.officer(officer_id)
    if not scope_of(request, capability).covers(agency_id=found.agency_id):
        raise Missing(_("Không tìm thấy cán bộ này."))
    return found


def log_read(request: HttpRequest, purpose: str, officers: Iterable[UUID]) -> None:
    """Write down that these officers' personal data were shown; before they are."""
    page = request.resolver_match.view_name if request.resolver_match else request.path
    journal.log_read(
        actor=actor_of(request), at=now(), page=page, purpose=purpose, parties=(), subjects=tuple(officers)
    )


def _require(request: HttpRequest, capabilities: tuple[Capability, ...], everywhere: bool) -> None:
    actor, on = actor_of(request), today()
    where = queries.root(on).id if everywhere else None
    if not any(access.can(actor, capability, agency_id=where, on=on) for capability in capabilities):
        access.require(actor, capabilities[-1], agency_id=where, on=on)
