"""Giving the papers a dossier asks for: limits told before, one upload call per file, names and sizes shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.portal import words
from motcua.channels.portal.keeping import answers_kept
from motcua.channels.portal.seeing import dossier_of, open_for_changes
from motcua.channels.ui import flash
from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.catalog import queries as catalog
from motcua.domain.documents.types import ChecklistItem, Component, Form, Use
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import AskView, DossierView
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Invalid, Missing
from motcua.foundation.storage import commands as storage
from motcua.foundation.storage import queries as files
from motcua.foundation.storage.types import USUAL, FileState, Limits, StoredFile

GIVABLE = (State.DRAFT, State.RETURNED_FOR_COMPLETION, State.SUPPLEMENT_ASKED)


@dataclass(frozen=True, slots=True)
class Given:
    """Something given for a component; ``file`` is None for paper and data."""

    use: Use
    file: StoredFile | None
    is_new: bool

    @property
    def waits(self) -> bool:
        """Whether the file is still being checked."""
        return self.file is not None and self.file.state is FileState.QUARANTINED


@dataclass(frozen=True, slots=True)
class Place:
    """One component with what it asks and what is there."""

    item: ChecklistItem
    quantity: str
    limits: Limits
    given: tuple[Given, ...]
    takes_files: bool

    @property
    def component(self) -> Component:
        return self.item.component

    @property
    def types(self) -> tuple[str, ...]:
        """The endings a person may choose."""
        return tuple(f".{ending}" for ending in self.limits.extensions)


@require_safe
@never_cache
@answers_kept
def components(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Show every component with its files and its limits."""
    at = now()
    found = open_for_changes(dossier_of(request, dossier_id, at=at, page="giay-to"), *GIVABLE)
    if found.state is State.SUPPLEMENT_ASKED:
        return redirect("portal:supplement", dossier_id)
    return render(request, "portal/components.html", {"dossier": found, **asked_of(request, found, at=at), "wrong": {}})


@require_POST
@never_cache
@answers_kept
def attach(request: HttpRequest, dossier_id: UUID, component: str) -> HttpResponse:
    """Take files for a component; each stands for itself: a bad one is named, the good ones stay."""
    at = now()
    found = open_for_changes(dossier_of(request, dossier_id, at=at, page="giay-to"), *GIVABLE)
    sentences = _take(request, found, component, at)
    back = "portal:supplement" if found.state is State.SUPPLEMENT_ASKED else "portal:components"
    if not sentences:
        return redirect(f"{reverse(back, args=[dossier_id])}#co-{component}")
    page = "portal/supplement.html" if found.state is State.SUPPLEMENT_ASKED else "portal/components.html"
    context = {
        "dossier": found,
        **asked_of(request, found, at=at),
        "wrong": {component: " ".join(sentences)},
        "words": "",
    }
    return render(request, page, context, status=422)


@require_POST
@never_cache
@answers_kept
def detach(request: HttpRequest, dossier_id: UUID, use: UUID) -> HttpResponse:
    """Take a file back out."""
    at = now()
    found = open_for_changes(dossier_of(request, dossier_id, at=at, page="giay-to"), *GIVABLE)
    commands.detach_file(dossier_id=dossier_id, use_id=use, actor=actor_of(request), at=at)
    flash.say(request, _("Đã bỏ tệp khỏi hồ sơ."))
    return redirect("portal:supplement" if found.state is State.SUPPLEMENT_ASKED else "portal:components", dossier_id)


def asked_of(request: HttpRequest, found: DossierView, *, at: datetime) -> dict[str, Any]:
    """Return the components to show, and what was asked of the applicant if anything is open."""
    actor, on = actor_of(request), local(at).date()
    ask = open_ask(dossiers.asks(found.id, actor=actor, on=on))
    listed = dossiers.checklist(found.id, actor=actor, on=on)
    if ask and found.state is State.SUPPLEMENT_ASKED and ask.items:
        listed = [item for item in listed if item.component.key in ask.items]
    stored = files.files(use.file_id for item in listed for use in item.uses if use.file_id)
    return {"places": [_place(item, stored, ask) for item in _in_language(found, listed)], "ask": ask}


def open_ask(asks: list[AskView]) -> AskView | None:
    """Return what waits for an answer."""
    return next((one for one in asks if one.answered_at is None), None)


def limits_of(component: Component) -> Limits:
    """Return what one upload for this component may be: the same that is told and that is enforced."""
    return Limits(component.max_bytes, frozenset(component.media_types) or USUAL)


def _take(request: HttpRequest, found: DossierView, key: str, at: datetime) -> list[str]:
    rule = catalog.edition(found.edition_id).component_rule(key)
    if rule is None:
        raise Missing(_("Thủ tục này không có thành phần hồ sơ đó."))
    given = request.FILES.getlist(f"file-{key}")
    sentences = [] if given else [_("Hãy chọn tệp trước khi bấm Tải lên.")]
    for one in given:
        try:
            _keep(request, found, rule.component, one, at)
        except Invalid as wrong:
            sentences.append(f"“{one.name}”: {wrong}")
    return sentences


def _keep(
    request: HttpRequest, found: DossierView, component: Component, given: UploadedFile[Any], at: datetime
) -> None:
    actor = actor_of(request)
    stored = storage.receive(
        chunks=given.chunks(), name=given.name or "", limits=limits_of(component), actor=actor, at=at
    )
    commands.attach_file(dossier_id=found.id, component_key=component.key, file_id=stored.id, actor=actor, at=at)


def _place(item: ChecklistItem, stored: Any, ask: AskView | None) -> Place:
    given = tuple(
        Given(use, stored.get(use.file_id), ask is not None and use.given_at > ask.asked_at) for use in item.uses
    )
    takes_files = Form.ELECTRONIC in item.component.accepts
    return Place(item, words.quantity(item.component), limits_of(item.component), given, takes_files)


def _in_language(found: DossierView, listed: list[ChecklistItem]) -> list[ChecklistItem]:
    """Name components as the page's language does."""
    if (get_language() or "vi")[:2] == "vi":
        return listed
    edition = catalog.edition(found.edition_id).in_language("en")
    named = {rule.component.key: rule.component for rule in edition.content.components}
    return [
        ChecklistItem(named.get(i.component.key, i.component), i.state, i.uses, i.lacking, i.awaits_digitisation)
        for i in listed
    ]
