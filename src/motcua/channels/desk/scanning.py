"""One box for everything: a code, a card, a receipt, a name; typed or scanned anywhere, it goes to the right place."""

from __future__ import annotations

import re
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.desk.counter import card_of
from motcua.channels.desk.visit import Visit, visit_of
from motcua.channels.ui import flash
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.documents import queries as documents
from motcua.domain.dossiers import access
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.identity import numbers
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import Identifier, IdentifierKind
from motcua.foundation.kernel.errors import Invalid

# A dossier code by itself or among the lines of a paper's QR code (NĐ 118/2025 Điều 28 khoản 2).
CODE = re.compile(r"\b[A-Z][0-9A-Z]*(?:\.[0-9A-Z]+)*-\d{6}-\d{4,}\b")
TOKEN = re.compile(r"^[0-9A-Z]{8,40}$")
LONGEST = 2000


@require_safe
@officer_needed
def find(request: HttpRequest) -> HttpResponse:
    """Lead what was typed into the search box to its place (TT 11/2025 8.2, 26.1)."""
    return lead(visit_of(request), request.GET.get("q", ""), to_counter=False)


@require_POST
@officer_needed
def scan(request: HttpRequest) -> HttpResponse:
    """Lead what was scanned to its place; posted, because a card's code is personal data."""
    return lead(visit_of(request), request.POST.get("text", ""), to_counter="quay" in request.POST)


def lead(visit: Visit, text: str, *, to_counter: bool) -> HttpResponse:
    """Return the way to a dossier, a person, or the list of what was found."""
    text = text.strip()[:LONGEST]
    if (address := _dossier(visit, text)) is not None:
        return redirect(address)
    if access.may_serve(visit.actor, visit.on):
        if "|" in text:
            return _card(visit, text, to_counter)
        if (party := _by_number(text)) is not None:
            return redirect(_place(str(party), to_counter))
        if to_counter or _is_number(text):
            return _nobody(visit, text)
    return redirect(f"{reverse('desk:dossiers')}?{urlencode({'q': text})}")


def _dossier(visit: Visit, text: str) -> str | None:
    found = CODE.search(text.upper())
    dossier_id = dossiers.by_code(found.group(), actor=visit.actor, on=visit.on) if found else None
    if dossier_id is None and (token := _token(text)):
        verdict = documents.subject_of_token(token)
        visible = dossiers.rows_of([verdict], actor=visit.actor, on=visit.on) if verdict else {}
        dossier_id = next(iter(visible), None)
    return reverse("desk:dossier", args=[dossier_id]) if dossier_id else None


def _token(text: str) -> str:
    """The token at the end of a verification address, empty for anything else."""
    last = (
        urlsplit(text).path.rstrip("/").rsplit("/", 1)[-1].upper() if text.startswith(("http://", "https://")) else ""
    )
    return last if TOKEN.match(last) else ""


def _card(visit: Visit, text: str, to_counter: bool) -> HttpResponse:
    try:
        card = numbers.parse_card_qr(text)
    except Invalid as wrong:
        flash.say(visit.request, wrong.problems[0].sentence, tone="bad")
        return redirect("desk:counter")
    party = identity.find_party(Identifier(IdentifierKind.PERSONAL_NUMBER, card.personal_number))
    if party is not None:
        return redirect(_place(str(party.id), to_counter))
    visit.request.session["card"] = card_of(card)
    flash.say(
        visit.request, _("Người này chưa có trong hệ thống. Hãy kiểm tra thông tin đọc từ thẻ rồi lưu."), tone="news"
    )
    return redirect(f"{reverse('desk:counter')}?moi=1")


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d{12}|\d{9}", text.replace(" ", ""), re.ASCII))


def _by_number(text: str) -> object | None:
    kinds = {12: IdentifierKind.PERSONAL_NUMBER, 10: IdentifierKind.TAX_CODE, 9: IdentifierKind.OLD_ID}
    digits = text.replace(" ", "")
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in kinds:
        return None
    try:
        party = identity.find_party(Identifier(kinds[len(digits)], digits))
    except Invalid:
        return None
    return party.id if party else None


def _nobody(visit: Visit, text: str) -> HttpResponse:
    if not _is_number(text):
        return redirect(f"{reverse('desk:people')}?{urlencode({'q': text})}")
    number = text.replace(" ", "")
    visit.request.session["card"] = {"personal_number" if len(number) == 12 else "old_id": number}
    flash.say(visit.request, _("Chưa có ai với số này. Hãy nhập thông tin theo giấy tờ."), tone="news")
    return redirect(f"{reverse('desk:counter')}?moi=1")


def _place(party_id: str, to_counter: bool) -> str:
    return f"{reverse('desk:counter')}?nguoi={party_id}" if to_counter else reverse("desk:person", args=[party_id])
