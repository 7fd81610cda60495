"""The counter before there is a dossier: who came, for whom, through which channel, for which procedure."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.desk import words
from motcua.channels.desk.counter_typed import PersonTyped, RepresentedTyped
from motcua.channels.desk.people import facts_of, require_server
from motcua.channels.desk.visit import Visit, sentences, summary, visit_of
from motcua.channels.ui.signin.forms import uuid_of
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Procedure, ReceptionChannel
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import TYPED_AT_DESK
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.types import Party, RepresentationKind
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage.types import Limits

NO_CARD: dict[str, str] = {}


@require_safe
@officer_needed
def counter(request: HttpRequest) -> HttpResponse:
    """Show the counter: the scan box, then the person, for whom, and which procedure."""
    visit = visit_of(request)
    require_server(visit)
    return render(request, "desk/counter/counter.html", page_of(visit))


def page_of(visit: Visit, wrong: Invalid | None = None) -> dict[str, Any]:
    """Return everything the counter shows; with ``wrong`` what was typed stands there again."""
    query, post = visit.request.GET, visit.request.POST
    person = _person(query.get("nguoi", "") or post.get("nguoi", ""))
    problems = wrong.problems if wrong else ()
    context: dict[str, Any] = {
        "person": person,
        "facts": facts_of(person) if person else [],
        "typed": post if wrong else visit.request.session.get("card", NO_CARD),
        "is_new": "moi" in query or (wrong is not None and person is None),
        "wrong": sentences(problems),
        "summary": summary(problems),
        "kinds": {kind.value: kind.words for kind in RepresentationKind},
        "limits": Limits(),
    }
    if person is None:
        drafts = dossiers.drafts_of(actor=visit.actor, on=visit.on)
        visit.log_rows("desk:counter", gettext_noop("Tiếp nhận tại quầy"), drafts)
        return context | {"drafts": drafts}
    visit.log("desk:counter", gettext_noop("Tiếp nhận tại quầy"), parties=[person.id])
    return context | _choices(visit, person)


def _choices(visit: Visit, person: Party) -> dict[str, Any]:
    query = visit.request.GET
    text, channels = query.get("tim", "").strip()[:200], words.channel_words()
    recent = [catalog.procedure(code) for code in dossiers.recent_procedures(actor=visit.actor, on=visit.on)]
    return {
        "represented": identity.represented_by(person.id, visit.on),
        "owner": query.get("cho", str(person.id)),
        "channels": {channel.value: channels[channel] for channel in TYPED_AT_DESK},
        "channel": query.get("kenh", ReceptionChannel.COUNTER.value),
        "text": text,
        "recent": recent if not text else [],
        "procedures": _offered(text, visit),
    }


def _offered(text: str, visit: Visit) -> list[Procedure]:
    """The procedures a desk can take in, those of its own agency first."""
    own = catalog.search(text, agency_id=visit.actor.agency_id, limit=60)
    known = {one.id for one in own}
    return own + [one for one in catalog.search(text, limit=60) if one.id not in known]


def _person(text: str) -> Party | None:
    return identity.party(uuid_of(text)) if text else None


@require_POST
@officer_needed
def register(request: HttpRequest) -> HttpResponse:
    """Write down who came (TT21-PL2-5.7); who is known already is found instead."""
    visit = visit_of(request)
    typed = PersonTyped.read(request.POST)
    try:
        party_id = visit.once(
            "desk.register_person",
            lambda: commands.register_person(**typed.values(), actor=visit.actor, at=visit.at).id,
        )
    except Invalid as wrong:
        return render(request, "desk/counter/counter.html", page_of(visit, wrong), status=422)
    request.session.pop("card", None)
    return redirect(f"{reverse('desk:counter')}?nguoi={party_id}")


@require_POST
@officer_needed
def represent(request: HttpRequest) -> HttpResponse:
    """Write down for whom the person came, with the document that says so."""
    visit, typed = visit_of(request), RepresentedTyped.read(request.POST)
    require_server(visit)
    try:
        document = _document(visit)
        owner_id = visit.once(
            "desk.represent",
            lambda: commands.represent(**typed.values(), document_file_id=document, actor=visit.actor, at=visit.at),
        )
    except Invalid as wrong:
        return render(request, "desk/counter/counter.html", page_of(visit, wrong), status=422)
    return redirect(f"{reverse('desk:counter')}?nguoi={typed.person_id}&cho={owner_id}")


def _document(visit: Visit) -> UUID | None:
    file = visit.request.FILES.get("document_file_id")
    if file is None:
        return None
    try:
        return storage.receive(
            chunks=file.chunks(), name=file.name or "", limits=Limits(), actor=visit.actor, at=visit.at
        ).id
    except Invalid as wrong:
        raise Invalid(tuple(FieldProblem("document_file_id", one.sentence) for one in wrong.problems)) from None


@require_POST
@officer_needed
def start(request: HttpRequest) -> HttpResponse:
    """Begin the dossier; from here on everything typed is kept."""
    visit, post = visit_of(request), request.POST
    channel = post.get("kenh", "")
    if channel not in {one.value for one in TYPED_AT_DESK} or visit.actor.agency_id is None:
        raise Missing(_("Hãy chọn cách nộp hồ sơ."))
    submitter, owner = uuid_of(post.get("nguoi", "")), uuid_of(post.get("cho", ""))
    edition = catalog.current_edition(post.get("thu-tuc", ""), visit.on)
    dossier_id = visit.once(
        "desk.start_draft",
        lambda: commands.start_draft(
            edition_id=edition.id,
            channel=ReceptionChannel(channel),
            desk_agency_id=visit.actor.agency_id,  # type: ignore[arg-type]  # checked above
            submitter_id=submitter,
            owner_id=owner,
            actor=visit.actor,
            at=visit.at,
        ),
    )
    return redirect("desk:counter_draft", UUID(dossier_id))


def card_of(found: Any) -> dict[str, str]:
    """Return what an ID card says as the form of a new person takes it."""
    told = {name: "" if value is None else value for name, value in asdict(found).items()}
    return {
        "personal_number": told["personal_number"],
        "name": told["name"],
        "birth_on": f"{found.birth_on:%d/%m/%Y}",
        "sex": found.sex.value,
        "address": told["address"],
        "source": "card",
    }
