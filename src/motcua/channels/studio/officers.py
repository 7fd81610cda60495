"""Officers: the list with its search and export, one officer's page, and what may be done to the account (TT11-1.2)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.channels.studio import forms, words
from motcua.channels.studio.guard import log_read, needs, officer_within, scope_of, today
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import queries as accounts
from motcua.foundation.identity.types import AccountState
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Invalid
from motcua.foundation.organisation import commands, queries
from motcua.foundation.organisation.types import Capability, OfficerRow

TO = Capability.ADMINISTER_ACCOUNTS
#: A spreadsheet takes a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
@needs(TO)
def officers(request: HttpRequest) -> HttpResponse:
    """List officers by name, user name or number, place and state."""
    found = _search(request)
    log_read(request, gettext_noop("Tra cứu danh sách cán bộ"), (row.officer.id for row in found))
    scope = scope_of(request, TO)
    places = [(depth, one) for depth, one in queries.tree() if scope.covers(agency_id=one.id)]
    context = {"found": found, "chosen": forms.search(request), "places": places, "query": request.GET.urlencode()}
    return render(request, "studio/officers.html", {**context, "words": words})


@require_safe
@needs(TO)
def officers_file(request: HttpRequest) -> HttpResponse:
    """Give the same list as a CSV file that spreadsheets open as it is (UTF-8 with its mark)."""
    found = _search(request)
    log_read(request, gettext_noop("Kết xuất danh sách cán bộ"), (row.officer.id for row in found))
    name = f'attachment; filename="can-bo-{today():%Y%m%d}.csv"'
    return HttpResponse(_csv(found), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(TO)
def new(request: HttpRequest) -> HttpResponse:
    """Create an officer; the invitation is shown once, to be handed over."""
    scope, typed = scope_of(request, TO), forms.NewOfficer.read(request)
    places = [one for _depth, one in queries.tree() if scope.covers(agency_id=one.id) and one.is_valid(today())]
    context = {"places": places, "typed": typed, "wrong": {}, "summary": ()}
    if request.method != "POST":
        return render(request, "studio/new_officer.html", context)
    try:
        made = commands.create_officer(**typed.values(), actor=actor_of(request), at=now())
    except Invalid as wrong:
        return render(request, "studio/new_officer.html", context | forms.told(wrong), status=422)
    return _invitation(request, made.officer_id, made.invitation)


@require_safe
@needs(TO)
def officer(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Show one officer: positions, groups, account, sessions, last attempts to sign in."""
    return _page(request, officer_id)


@require_POST
@needs(TO)
def lock(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Lock the account; every session ends."""
    commands.lock_officer(**_why(request, officer_id))
    return _done(request, officer_id, _("Đã khóa tài khoản và kết thúc mọi phiên đăng nhập."))


@require_POST
@needs(TO)
def unlock(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Unlock the account."""
    commands.unlock_officer(**_why(request, officer_id))
    return _done(request, officer_id, _("Đã mở khóa tài khoản."))


@require_POST
@needs(TO)
def invite(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Give a new invitation; password and code application of before end."""
    return _invitation(request, officer_id, commands.invite_officer_again(**_why(request, officer_id)))


@require_POST
@needs(TO)
def appoint(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """Let the officer hold a position from a day on."""
    officer_within(request, officer_id, TO)
    try:
        values = forms.appointment(request)
        commands.appoint(officer_id=officer_id, **values, actor=actor_of(request), at=now())
    except Invalid as wrong:
        return _page(request, officer_id, told=forms.told(wrong), status=422)
    return _done(request, officer_id, _("Đã giao chức danh."))


@require_POST
@needs(TO)
def relieve(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """End the officer's holding of a position with today."""
    officer_within(request, officer_id, TO)
    position = forms.uuid_of(request.POST.get("position", ""))
    commands.relieve(officer_id=officer_id, position_id=position, last_day=today(), actor=actor_of(request), at=now())
    return _done(request, officer_id, _("Từ ngày mai cán bộ không còn giữ chức danh này."))


@require_POST
@needs(TO)
def end_sessions(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    """End every session of the account at once (TT21-PL6-16)."""
    found = officer_within(request, officer_id, TO)
    actor, at = actor_of(request), now()
    identity.end_sessions(account_id=found.account_id, why="ended_by_administrator", actor=actor, at=at)
    return _done(request, officer_id, _("Đã kết thúc mọi phiên đăng nhập của cán bộ này."))


def _search(request: HttpRequest) -> list[OfficerRow]:
    chosen = forms.search(request)
    return queries.search_officers(
        on=today(),
        within=chosen.within,
        text=chosen.text,
        state=AccountState(chosen.state) if chosen.state else None,
        scope=scope_of(request, TO),
    )


def _page(
    request: HttpRequest, officer_id: UUID, *, told: Mapping[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    found, at = officer_within(request, officer_id, TO), now()
    log_read(request, gettext_noop("Xem thông tin cán bộ"), [officer_id])
    context = {
        "officer": found,
        "agency": queries.agency(found.agency_id),
        "positions": queries.positions_of(officer_id, today()),
        "open_positions": [row for row in queries.positions_at(found.agency_id, today()) if row.valid_to is None],
        "sessions": accounts.sessions_of(found.account_id, at),
        "attempts": accounts.sign_ins_of(found.account_id, limit=20),
        "today": today(),
        "words": words,
        **(told or {"wrong": {}, "summary": ()}),
    }
    return render(request, "studio/officer.html", context, status=status)


def _why(request: HttpRequest, officer_id: UUID) -> dict[str, Any]:
    officer_within(request, officer_id, TO)
    reason = request.POST.get("reason", "")
    return {"officer_id": officer_id, "reason": reason, "actor": actor_of(request), "at": now()}


def _done(request: HttpRequest, officer_id: UUID, sentence: str) -> HttpResponse:
    flash.say(request, sentence)
    return redirect("studio:officer", officer_id)


def _invitation(request: HttpRequest, officer_id: UUID, invitation: object) -> HttpResponse:
    """Show the secret now and never again; it is kept nowhere, so this page is the answer itself."""
    context = {"officer": queries.officer(officer_id), "invitation": invitation}
    return render(request, "studio/invitation.html", context)


def _csv(found: list[OfficerRow]) -> str:
    out = StringIO()
    out.write("\ufeff")
    heads = (
        _("Số hiệu"), _("Họ và tên"), _("Tên đăng nhập"), _("Cơ quan"), _("Chức danh"), _("Phòng, ban"), _("Vai trò"),
        _("Nhóm"), _("Điện thoại"), _("Thư điện tử"), _("Tài khoản"),
    )  # fmt: skip
    writer = csv.writer(out)
    writer.writerow(heads)
    for row in found:
        who, held = row.officer, row.positions
        cells = (
            who.employee_number, who.name, who.username, row.agency_name,
            "; ".join(one.title for one in held), "; ".join(one.department_name for one in held if one.department_name),
            "; ".join(one.role.words for one in held), "; ".join(row.groups), who.phone, who.email,
            str(words.ACCOUNTS[who.state]),
        )  # fmt: skip
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()
