"""Citizens and organisations: through an identity provider, and for whom they act."""

from __future__ import annotations

from dataclasses import asdict
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from motcua.channels.ui import flash
from motcua.channels.ui.signin import forms
from motcua.channels.ui.signin.coming import come_in, onward, safe, visit_of
from motcua.channels.ui.signin.middleware import actor_of, session_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.foundation.exchange.asking import ask
from motcua.foundation.identity import commands, ports, queries
from motcua.foundation.identity.types import Party, SignInMethod
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Invalid, Missing, Problem, WrongState

UNDERWAY = "sign_in_underway"


@require_GET
@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """Show the ways to sign in."""
    context = {"providers": ports.providers(), "next": safe(request.GET.get("next", ""), "")}
    return render(request, "ui/signin/choose.html", context)


@require_GET
@never_cache
def start(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the browser to the identity provider."""
    ports.provider(provider)
    try:
        begun = ask(provider, ports.BEGIN, return_to=_return_to(provider))
    except Problem as problem:
        flash.say(request, problem.sentence, tone="bad")
        return redirect("signin:choose")
    request.session[UNDERWAY] = {
        **asdict(begun),
        "provider": provider,
        "next": safe(request.GET.get("next", ""), ""),
    }
    return redirect(begun.url)


@require_GET
@never_cache
def finish(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the browser back from the identity provider; whatever goes wrong leads to the choice with one sentence."""
    underway = request.session.pop(UNDERWAY, {})
    try:
        _come_back(request, provider, underway)
    except Problem as problem:
        flash.say(request, problem.sentence, tone="bad")
        return redirect("signin:choose")
    return onward(underway.get("next", ""))


def _come_back(request: HttpRequest, name: str, underway: dict[str, str]) -> None:
    provider, visit = ports.provider(name), visit_of(request)
    is_ours = underway.get("provider") == name and compare_digest(underway["state"], request.GET.get("state", ""))
    code = request.GET.get("code", "")
    if not is_ours or not code:
        raise WrongState(_("Chưa đăng nhập được. Hãy thử lại."))
    begun = ports.SignInRequest(underway["url"], underway["state"], underway["nonce"], underway["verifier"])
    at = now()
    verified = ask(name, ports.FINISH, request=begun, code=code, return_to=_return_to(name), at=at)
    signed_in = commands.sign_in_with_claims(
        issuer=verified.issuer,
        profile=provider.profile,
        claims=verified.claims,
        minimum_assurance=provider.minimum_assurance,
        actor=actor_of(request),
        at=at,
    )
    session = commands.open_session(
        account_id=signed_in.account_id,
        method=SignInMethod.OPENID,
        provider=name,
        acting_for_id=signed_in.acting_for_id,
        address=visit.address,
        device=visit.device,
        actor=actor_of(request),
        at=at,
    )
    come_in(request, session, at)


@require_GET
@never_cache
@person_needed
def acting_for(request: HttpRequest) -> HttpResponse:
    """Show for whom one may act."""
    me = signed_in_party(request)
    context = {
        "me": me,
        "current": actor_of(request).acting_for_id,
        "others": queries.represented_by(me.id, local(now()).date()),
        "next": safe(request.GET.get("next", ""), ""),
    }
    return render(request, "ui/signin/acting_for.html", context)


@require_POST
@person_needed
def act_for(request: HttpRequest) -> HttpResponse:
    """Act for somebody from now on."""
    session = session_of(request)
    if session is None:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    party_id = forms.uuid_of(request.POST.get("party", ""))
    commands.choose_acting_for(session_id=session.id, party_id=party_id, actor=actor_of(request), at=now())
    return onward(request.POST.get("next", ""), reverse("signin:acting_for"))


@require_http_methods(["GET", "POST"])
@never_cache
@person_needed
def child(request: HttpRequest) -> HttpResponse:
    """Name a child in order to act for it."""
    typed = forms.ChildForm.read(request.POST)
    if request.method == "POST":
        try:
            commands.declare_child(**typed.values(), actor=actor_of(request), at=now())
        except Invalid as wrong:
            return forms.again(request, "ui/signin/child.html", {"typed": typed}, wrong)
        flash.say(request, _("Đã thêm con. Hãy chọn để làm thủ tục thay."))
        return redirect("signin:acting_for")
    return render(request, "ui/signin/child.html", {"typed": typed, "wrong": {}})


def signed_in_party(request: HttpRequest) -> Party:
    """Return the person or organisation that signed in. Raises Missing for nobody."""
    party_id = actor_of(request).party_id
    if party_id is None:
        raise Missing(_("Phiên đăng nhập đã kết thúc. Hãy đăng nhập lại."))
    return queries.party(party_id)


def _return_to(provider: str) -> str:
    address: str = settings.MOTCUA.public_url + reverse("signin:finish", args=[provider])
    return address
