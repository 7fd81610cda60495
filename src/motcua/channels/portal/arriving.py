"""Coming to file: from a procedure's page, or handed over by the national portal."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from motcua.channels.ui import flash
from motcua.channels.ui.signin.forms import uuid_of
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition, ReceptionChannel, Way
from motcua.domain.dossiers import commands
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing, WrongState
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Agency

FROM_NATIONAL_PORTAL = "dvcqg"


@require_safe
def hand_over(request: HttpRequest) -> HttpResponse:
    """Take a citizen over from the national portal: ``MaTTHCDP`` names the procedure, ``MaCoQuanThucHien`` the agency.

    What cannot be found is said, and the search stands open: nobody is left before a closed door.
    """
    code, agency = (request.GET.get(name, "").strip()[:60] for name in ("MaTTHCDP", "MaCoQuanThucHien"))
    try:
        catalog.current_edition(code.replace("\x00", ""), local(now()).date())
    except Missing:
        flash.say(
            request,
            _("Cổng Dịch vụ công quốc gia chuyển đến một thủ tục chưa có ở đây. Hãy tìm thủ tục theo tên."),
            tone="news",
        )
        return redirect("portal:procedures")
    query = urlencode({"co-quan": agency, "kenh": FROM_NATIONAL_PORTAL})
    return redirect(f"{reverse('portal:start', args=[code])}?{query}")


@require_http_methods(["GET", "POST"])
@never_cache
@person_needed
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for whom and where to hand in, then open the draft."""
    at, actor = now(), actor_of(request)
    edition = catalog.current_edition(code, local(at).date())
    if edition.channel(Way.ONLINE) is None:
        raise WrongState(_("Thủ tục này chưa nhận hồ sơ trực tuyến. Hãy nộp tại Bộ phận Một cửa."))
    agencies = places(edition, local(at).date())
    if request.method == "GET" or not request.POST.get("agency"):
        return _asked(request, edition, agencies, actor)
    handed_over = request.POST.get("channel") == FROM_NATIONAL_PORTAL
    dossier_id = commands.start_draft(
        edition_id=edition.id,
        channel=ReceptionChannel.NATIONAL_PORTAL if handed_over else ReceptionChannel.OWN_PORTAL,
        desk_agency_id=_chosen(request.POST["agency"], agencies),
        submitter_id=_signed_in(actor),
        owner_id=actor.acting_for_id or _signed_in(actor),
        actor=actor,
        at=at,
    )
    return redirect("portal:dossier", dossier_id)


def places(edition: Edition, on: date) -> list[Agency]:
    """Return where the procedure is received, by name."""
    found = organisation.agencies(edition.procedure.agency_ids).values()
    return sorted((one for one in found if one.is_valid(on)), key=lambda one: one.name)


def _asked(request: HttpRequest, edition: Edition, agencies: list[Agency], actor: Actor) -> HttpResponse:
    told = request.GET.get("co-quan", "")
    chosen = next(
        (one for one in agencies if told in (one.code, str(one.id))), agencies[0] if len(agencies) == 1 else None
    )
    wrong = _("Hãy chọn nơi nộp hồ sơ.") if request.method == "POST" else ""
    context: dict[str, Any] = {
        "procedure": edition.procedure,
        "agencies": agencies,
        "chosen": chosen,
        "channel": request.POST.get("channel") or request.GET.get("kenh", ""),
        "owner": identity.party(actor.acting_for_id or _signed_in(actor)),
        "is_self": actor.acting_for_id in (None, actor.party_id),
        "here": request.get_full_path(),
        "wrong": wrong,
        "elsewhere": bool(told) and chosen is None,
    }
    return render(request, "portal/start.html", context, status=422 if wrong else 200)


def _chosen(text: str, agencies: list[Agency]) -> UUID:
    wanted = uuid_of(text)
    if wanted not in {one.id for one in agencies}:
        raise Missing(_("Cơ quan đã chọn không tiếp nhận thủ tục này. Hãy chọn lại."))
    return wanted


def _signed_in(actor: Actor) -> UUID:
    if actor.party_id is None:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    return actor.party_id
