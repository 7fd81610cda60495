"""One's own sessions: see them, end them, go out (TT21-PL6-16)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.channels.ui import flash
from motcua.channels.ui.signin import forms
from motcua.channels.ui.signin.middleware import actor_of, session_of
from motcua.channels.ui.signin.needed import account_needed
from motcua.foundation.identity import commands, queries
from motcua.foundation.identity.types import AccountKind
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Invalid, Missing


@require_GET
@never_cache
@account_needed
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in now, and the last attempts."""
    session = session_of(request)
    if session is None:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    context = {
        "sessions": queries.sessions_of(session.account_id, now()),
        "current": session.id,
        "attempts": queries.sign_ins_of(session.account_id, limit=20),
        "is_officer": session.account_kind is AccountKind.OFFICER,
    }
    return render(request, "ui/signin/sessions.html", context)


@require_POST
@account_needed
def end(request: HttpRequest) -> HttpResponse:
    """End one other session, or all others."""
    session, actor = session_of(request), actor_of(request)
    if session is None:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    if chosen := request.POST.get("session", ""):
        commands.end_session(session_id=forms.uuid_of(chosen), why="ended_elsewhere", actor=actor, at=now())
    else:
        account, kept = session.account_id, session.id
        commands.end_sessions(account_id=account, why="ended_elsewhere", keep_session_id=kept, actor=actor, at=now())
    flash.say(request, _("Đã kết thúc phiên đăng nhập."))
    return redirect("signin:sessions")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and forget the cookie."""
    session = session_of(request)
    if session is not None:
        actor = actor_of(request)
        commands.end_session(session_id=session.id, actor=actor, at=now())
    request.session.flush()
    return redirect("/")


@require_http_methods(["GET", "POST"])
@never_cache
@account_needed
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other sessions end."""
    session = session_of(request)
    if session is None or session.account_kind is not AccountKind.OFFICER:
        raise Missing(_("Trang này dành cho cán bộ."))
    if request.method == "GET":
        return render(request, "ui/signin/password.html", {"wrong": {}})
    old, new = (request.POST.get(name, "")[:1000] for name in ("old", "password"))
    account, kept, actor = session.account_id, session.id, actor_of(request)
    try:
        commands.change_password(account_id=account, old=old, new=new, keep_session_id=kept, actor=actor, at=now())
    except Invalid as wrong:
        return forms.again(request, "ui/signin/password.html", {}, wrong)
    flash.say(request, _("Đã đổi mật khẩu; các phiên khác đã kết thúc."))
    return redirect("signin:sessions")
