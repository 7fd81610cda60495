"""My dossiers: list, search, filter; drafts to go on with, cancelled ones to bring back."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.portal.standing import status_in_list
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as found
from motcua.domain.dossiers.types import Row
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.types import State
from motcua.foundation.journal.commands import log_read
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local, now

PAGE: Final = 20
S = State
GROUPS: Final = {
    "can-lam": (gettext_lazy("Cần bạn làm"), (S.RETURNED_FOR_COMPLETION, S.SUPPLEMENT_ASKED, S.PAYMENT_DUE)),
    "dang-xu-ly": (
        gettext_lazy("Đang xử lý"),
        (S.SUBMITTED, S.COMPLETED, S.RECEIVED, S.IN_PROGRESS, S.SUPPLEMENTED, S.STOP_ASKED),
    ),
    "co-ket-qua": (gettext_lazy("Có kết quả"), (S.DECIDED, S.READY_FOR_COLLECTION)),
    "da-xong": (gettext_lazy("Đã xong"), (S.RETURNED, S.REFUSED, S.NOT_COMPETENT, S.WITHDRAWN, S.STOPPED)),
}
ALL: Final = tuple(state for _words, states in GROUPS.values() for state in states)


@require_safe
@never_cache
@person_needed
def dossiers(request: HttpRequest) -> HttpResponse:
    """List what the person owns, handed in, or may act on for others."""
    at, actor = now(), actor_of(request)
    on = local(at).date()
    text, group = request.GET.get("tim", "").strip()[:100].replace("\x00", ""), request.GET.get("nhom", "")
    start = int(request.GET["tu"]) if request.GET.get("tu", "").isdecimal() and len(request.GET["tu"]) < 6 else 0
    chosen = found.Filter(text=text, states=GROUPS[group][1] if group in GROUPS else ALL, order="newest")
    page = found.find_many(chosen, actor=actor, at=at, on=on, start=start, count=PAGE)
    catalogue = statuses.current_catalogue()
    context: dict[str, Any] = {
        "rows": [(row, status_in_list(row.state, catalogue)) for row in page.rows],
        "total": page.total,
        "text": text,
        "chips": [_chip(key, name, group, text) for key, (name, _states) in GROUPS.items()],
        "narrowed": bool(text or group),
        "drafts": found.drafts_of(actor=actor, on=on) if not start else [],
        "cancelled": found.cancelled_drafts_of(actor=actor, on=on) if not start else [],
        "previous": _address(text, group, start - PAGE) if start else "",
        "next": _address(text, group, start + PAGE) if start + PAGE < page.total else "",
    }
    _note(actor, at, [*page.rows, *context["drafts"], *context["cancelled"]])
    return render(request, "portal/mine.html", context)


@require_POST
@person_needed
def discard(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Cancel a draft; it can be brought back."""
    commands.discard_draft(dossier_id=dossier_id, actor=actor_of(request), at=now())
    flash.say(request, _("Đã hủy bản nháp. Bạn khôi phục được ở cuối trang này."))
    return redirect("portal:dossiers")


@require_POST
@person_needed
def restore(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Bring a cancelled draft back with everything in it."""
    commands.restore_draft(dossier_id=dossier_id, actor=actor_of(request), at=now())
    flash.say(request, _("Đã khôi phục bản nháp."))
    return redirect("portal:dossier", dossier_id)


def _note(actor: Actor, at: datetime, rows: list[Row]) -> None:
    """A list names those one acts for: a read of theirs."""
    others = {row.owner_id for row in rows if row.owner_id and row.owner_id != actor.party_id}
    if others:
        log_read(
            actor=actor,
            at=at,
            page="ho-so",
            purpose=gettext_noop("Người nộp, người đại diện xem hồ sơ"),
            parties=others,
        )


def _chip(key: str, name: Any, group: str, text: str) -> dict[str, Any]:
    return {"words": name, "url": _address(text, "" if key == group else key, 0), "on": key == group}


def _address(text: str, group: str, start: int) -> str:
    parts = {"tim": text, "nhom": group, "tu": str(start) if start > 0 else ""}
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"{reverse('portal:dossiers')}?{query}" if query else reverse("portal:dossiers")
