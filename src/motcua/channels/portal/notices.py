"""What happened since: the person's notices, each leading to its dossier (TT 21/2023 PL1-5.1)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.notices import commands, queries
from motcua.foundation.kernel.clocks import now


@require_safe
@never_cache
@person_needed
def notices(request: HttpRequest) -> HttpResponse:
    """List the notices, the newest first."""
    return render(request, "portal/notices.html", {"notices": queries.mine(actor_of(request))})


@require_POST
@person_needed
def mark_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    commands.mark_read(actor=actor_of(request), at=now())
    return redirect("portal:notices")
