"""The cockpit: what waits for outside systems and for our own handlers, and what somebody decides about what is stuck."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.studio import words
from motcua.channels.studio.forms import uuid_of
from motcua.channels.studio.guard import needs
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.workflow import queries as workflow
from motcua.foundation.exchange import commands, queries
from motcua.foundation.journal import commands as journal_commands
from motcua.foundation.journal import queries as journal
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.organisation.types import Capability

#: The queues carry everybody's dossiers, so operating them is a matter of the whole installation.
operators = needs(Capability.OPERATE, everywhere=True)


@require_safe
@operators
def systems(request: HttpRequest) -> HttpResponse:
    """Show every system and every handler: what waits, how long, what is parked, the last failure."""
    context = {
        "systems": queries.systems(),
        "handlers": sorted(journal.waiting_by_handler().items()),
        "parked_lanes": journal.parked_lanes(),
        "parked_runs": workflow.parked(),
        "now": now(),
    }
    return render(request, "studio/systems.html", context)


@require_safe
@operators
def system(request: HttpRequest, name: str) -> HttpResponse:
    """Show one system: parked messages to decide about, the log of connections."""
    found = next((one for one in queries.systems() if one.system == name), None)
    log = queries.connections(name)
    if found is None and not log:
        raise Missing(_("Không có hệ thống nào mang tên này."))
    context = {"name": name, "system": found, "parked": queries.parked(name), "log": log, "words": words}
    return render(request, "studio/system.html", {**context, "now": now()})


@require_POST
@operators
def retry(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Send a parked message again."""
    commands.retry(message_id=message_id, actor=actor_of(request), at=now())
    flash.say(request, _("Bản tin sẽ được gửi lại ngay."))
    return _back(request)


@require_POST
@operators
def skip(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Give a parked message up, with a reason, so that what follows can leave."""
    reason = request.POST.get("reason", "").strip()[:1000]
    if not reason:
        raise Invalid((FieldProblem("reason", _("Hãy ghi lý do bỏ qua bản tin này.")),))
    commands.skip(message_id=message_id, reason=reason, actor=actor_of(request), at=now())
    flash.say(request, _("Đã bỏ qua bản tin; các bản tin sau được gửi tiếp."))
    return _back(request)


@require_POST
@operators
def release(request: HttpRequest) -> HttpResponse:
    """Let a handler that gave up try again."""
    subject = uuid_of(request.POST.get("subject", ""))
    journal_commands.release_lane(handler=request.POST.get("handler", "")[:80], subject_id=subject, at=now())
    flash.say(request, _("Sự kiện sẽ được xử lý lại ngay."))
    return redirect("studio:systems")


def _back(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("system", "")
    known = name in {one.system for one in queries.systems()}
    return redirect("studio:system", name) if known else redirect("studio:systems")
