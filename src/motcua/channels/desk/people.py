"""People: find somebody, how they are reached, their dossiers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_safe

from motcua.channels.desk import words
from motcua.channels.desk.visit import Visit, sentences, summary, visit_of
from motcua.channels.ui import flash, formats
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.dossiers import access, commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.queries import HANDED_IN, Filter
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import BirthPrecision, IdentifierKind, Party, PartyKind, Sex
from motcua.foundation.kernel.errors import Invalid, NotAllowed
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

MOST = 50
CONTACTS = ("phone", "email", "address")


@require_safe
@officer_needed
def search(request: HttpRequest) -> HttpResponse:
    """Find people and organisations by name, telephone or a whole number."""
    visit = visit_of(request)
    require_server(visit)
    text = request.GET.get("q", "").strip()[:200]
    found = identity.search_parties(text, limit=MOST) if text else []
    if found:
        visit.log("desk:people", gettext_noop("Tìm người nộp hồ sơ"), parties=[party.id for party in found])
    context = {"text": text, "found": [(party, facts_of(party)) for party in found], "most": MOST}
    return render(request, "desk/people/search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officer_needed
def person(request: HttpRequest, party_id: UUID) -> HttpResponse:
    """Show somebody with their dossiers; a post changes how they are reached (TT21-PL2-5.7)."""
    visit = visit_of(request)
    if request.method != "POST":
        return _page(visit, party_id)
    typed = {name: request.POST.get(name, "").strip()[:500] for name in CONTACTS}
    try:
        visit.once(
            "desk.change_contact",
            lambda: commands.change_contact(party_id=party_id, **typed, actor=visit.actor, at=visit.at).id,
        )
    except Invalid as wrong:
        return _page(visit, party_id, wrong)
    flash.say(request, _("Đã lưu thông tin liên hệ. Thông báo tiếp theo sẽ gửi đến nơi mới."))
    return redirect("desk:person", party_id)


def _page(visit: Visit, party_id: UUID, wrong: Invalid | None = None) -> HttpResponse:
    access.require_party(party_id, actor=visit.actor, on=visit.on)
    party = identity.party(party_id)
    chosen = Filter(party=party_id, states=HANDED_IN, order="newest")
    page = dossiers.find_many(chosen, actor=visit.actor, at=visit.at, on=visit.on, count=MOST)
    visit.log(
        "desk:person", gettext_noop("Xem người nộp hồ sơ"), parties=[party_id], subjects=[row.id for row in page.rows]
    )
    problems = wrong.problems if wrong else ()
    context = {
        "person": party,
        "facts": facts_of(party),
        "represents": identity.represented_by(party_id, visit.on),
        "rows": page.rows,
        "total": page.total,
        "channels": words.channel_words(),
        "now": visit.at,
        "typed": visit.request.POST if wrong else {name: getattr(party, name) for name in CONTACTS},
        "wrong": sentences(problems),
        "summary": summary(problems),
        "may_edit": bool(rights.scope(visit.actor, Capability.EDIT_CONTACTS, visit.on)),
        "serves": access.may_serve(visit.actor, visit.on),
    }
    return render(visit.request, "desk/people/person.html", context, status=422 if wrong else 200)


def facts_of(party: Party) -> list[dict[str, Any]]:
    """Return what is known of somebody as a card shows it, with the database that says so."""
    sexes = {Sex.MALE: _("Nam"), Sex.FEMALE: _("Nữ"), Sex.UNKNOWN: ""}
    numbers = number_words()
    facts = [
        {"label": numbers[one.kind], "value": one.number, "source": ""}
        for one in party.identifiers
        if one.kind in numbers
    ]
    if party.kind is PartyKind.PERSON:
        facts += [
            {"label": _("Ngày sinh"), "value": _born(party), "source": _known(party, "birth_on")},
            {"label": _("Giới tính"), "value": sexes[party.sex], "source": _known(party, "sex")},
        ]
    contacts = ((_("Điện thoại"), party.phone), (_("Thư điện tử"), party.email), (_("Địa chỉ"), party.address))
    facts += [{"label": label, "value": value, "source": ""} for label, value in contacts]
    return [fact for fact in facts if fact["value"]]


def number_words() -> dict[IdentifierKind, str]:
    """Return what the numbers of people are called."""
    return {
        IdentifierKind.PERSONAL_NUMBER: _("Số định danh"),
        IdentifierKind.OLD_ID: _("Số CMND"),
        IdentifierKind.PASSPORT: _("Số hộ chiếu"),
        IdentifierKind.TAX_CODE: _("Mã số thuế"),
        IdentifierKind.ENTERPRISE_CODE: _("Mã số doanh nghiệp"),
    }


def require_server(visit: Visit) -> None:
    """Raise NotAllowed unless the officer serves people at a desk."""
    if not access.may_serve(visit.actor, visit.on):
        raise NotAllowed(_("Trang này dành cho cán bộ tiếp nhận và trả kết quả."))


def _born(party: Party) -> str:
    if party.birth_on is None:
        return ""
    whole = formats.date(party.birth_on)
    return {BirthPrecision.YEAR: whole[6:], BirthPrecision.MONTH: whole[3:]}.get(party.birth_precision, whole)


def _known(party: Party, attribute: str) -> str:
    found = party.known.get(attribute)
    return found.source if found else ""
