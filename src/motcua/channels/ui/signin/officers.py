"""Officers: password, then code; the first time an invitation; and in which position they act."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from motcua.channels.ui.formats import moment
from motcua.channels.ui.signin import forms
from motcua.channels.ui.signin.coming import HALF, come_in, onward, safe, visit_of
from motcua.channels.ui.signin.middleware import actor_of, session_of
from motcua.channels.ui.signin.needed import account_needed
from motcua.foundation.identity import commands
from motcua.foundation.identity.types import Check, Session, SignInMethod
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.organisation import commands as organisation
from motcua.foundation.organisation import queries as offices
from motcua.foundation.typesetting import qr_svg

HALF_LIFE = timedelta(minutes=5)
INVITATION = "invitation"

DESK = "/can-bo/"  # where officers begin when they asked for no page


@require_http_methods(["GET", "POST"])
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if request.method == "GET":
        return render(request, "ui/signin/officer.html", {"next": safe(request.GET.get("next", ""), "")})
    username, going = request.POST.get("username", ""), safe(request.POST.get("next", ""), "")
    at, visit = now(), visit_of(request)
    password = request.POST.get("password", "")[:1000]
    check = commands.check_password(
        username=username, password=password, address=visit.address, device=visit.device, actor=actor_of(request), at=at
    )
    if not check.passed:
        context = {"next": going, "username": username, "sentence": _refusal(check)}
        return render(request, "ui/signin/officer.html", context, status=422)
    request.session.cycle_key()
    request.session[HALF] = {"account": str(check.account_id), "until": (at + HALF_LIFE).isoformat(), "next": going}
    return redirect("signin:code")


@require_http_methods(["GET", "POST"])
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code; after five minutes the password is asked again."""
    half, at, visit = request.session.get(HALF), now(), visit_of(request)
    if half is None or datetime.fromisoformat(half["until"]) <= at:
        return redirect("signin:officer")
    if request.method == "GET":
        return render(request, "ui/signin/code.html")
    typed, account_id = request.POST.get("code", "")[:40], UUID(half["account"])
    check = commands.check_code(
        account_id=account_id, code=typed, address=visit.address, device=visit.device, actor=actor_of(request), at=at
    )
    if not check.passed:
        return render(request, "ui/signin/code.html", {"sentence": _refusal(check)}, status=422)
    session = _open(request, account_id, typed, at)
    come_in(request, session, at)
    return onward(half["next"] or DESK) if session.position_id else redirect("signin:position")


@require_http_methods(["GET", "POST"])
@never_cache
@account_needed
def position(request: HttpRequest) -> HttpResponse:
    """Choose the position to act in."""
    actor, session = actor_of(request), session_of(request)
    if session is None or actor.officer_id is None:
        raise Missing(_("Trang này dành cho cán bộ."))
    if request.method == "POST":
        chosen = forms.uuid_of(request.POST.get("position", ""))
        organisation.act_in(session_id=session.id, position_id=chosen, actor=actor, at=now())
        return onward(request.POST.get("next", "") or DESK)
    held = offices.positions_of(actor.officer_id, local(now()).date())
    context = {"held": held, "current": actor.position_id, "next": safe(request.GET.get("next", ""), "")}
    return render(request, "ui/signin/position.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
def activate(request: HttpRequest) -> HttpResponse:
    """Take the invitation, then go on to password and code application."""
    if request.method == "GET":
        return render(request, "ui/signin/activate.html")
    secret = request.POST.get("secret", "")[:60]
    try:
        commands.begin_activation(secret=secret, installation=_installation(), at=now())
    except Missing as wrong:
        return render(request, "ui/signin/activate.html", {"sentence": wrong.sentence}, status=422)
    request.session.cycle_key()
    request.session[INVITATION] = secret
    return redirect("signin:enrol")


@require_http_methods(["GET", "POST"])
@never_cache
def enrol(request: HttpRequest) -> HttpResponse:
    """Show the code application's QR, take password and first code, then show the recovery codes once."""
    secret, at = request.session.get(INVITATION, ""), now()
    enrolment = commands.begin_activation(secret=secret, installation=_installation(), at=at)
    context = {"enrolment": enrolment, "qr": qr_svg(enrolment.uri), "wrong": {}}
    if request.method == "GET":
        return render(request, "ui/signin/enrol.html", context)
    try:
        password = _twice(request.POST.get("password", ""), request.POST.get("again", ""))
        given = request.POST.get("code", "")[:40]
        codes = commands.activate_account(secret=secret, password=password, code=given, actor=actor_of(request), at=at)
    except Invalid as wrong:
        return forms.again(request, "ui/signin/enrol.html", context, wrong)
    del request.session[INVITATION]
    return render(request, "ui/signin/recovery_codes.html", {"codes": codes})


def _installation() -> str:
    """Our host's name: what the code application lists, and short enough for a QR that cheap cameras read."""
    return urlsplit(settings.MOTCUA.public_url).hostname or "motcua"


def _twice(password: str, again: str) -> str:
    if password != again:
        raise Invalid((FieldProblem("again", _("Hai lần gõ mật khẩu không giống nhau.")),))
    return password[:1000]


def _open(request: HttpRequest, account_id: UUID, typed: str, at: datetime) -> Session:
    """Open the session; who holds exactly one position acts in it at once."""
    visit = visit_of(request)
    session = commands.open_session(
        account_id=account_id,
        method=SignInMethod.CODE if typed.strip().isdigit() else SignInMethod.RECOVERY_CODE,
        address=visit.address,
        device=visit.device,
        actor=actor_of(request),
        at=at,
    )
    held = offices.positions_of(offices.officer_of_account(account_id).id, local(at).date())
    if len(held) != 1:
        return session
    nobody = actor_of(request)
    actor = offices.actor_of_account(account_id, None, nobody.channel, nobody.request_id, on=local(at).date())
    return organisation.act_in(session_id=session.id, position_id=held[0].position_id, actor=actor, at=at)


def _refusal(check: Check) -> str:
    if check.wait_until is None:
        return _("Thông tin đăng nhập không đúng. Hãy kiểm tra và thử lại.")
    return _("Đã sai nhiều lần. Hãy thử lại sau %(time)s.") % {"time": moment(check.wait_until)}
