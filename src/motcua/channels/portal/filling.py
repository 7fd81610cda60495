"""Filling the form: one page of it on the screen, every answer saved at once, nothing ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.channels.portal.keeping import answers_kept, typed_before
from motcua.channels.portal.seeing import dossier_of, open_for_changes
from motcua.channels.ui import formats
from motcua.channels.ui.eform.sheet import Sheet
from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.types import DossierView
from motcua.domain.forms import queries as forms
from motcua.domain.forms.looking import look
from motcua.domain.forms.parsing import from_post
from motcua.domain.forms.types import AnswerSet, Form, Page
from motcua.domain.forms.validation import check
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import FieldProblem, Missing, Stale

FILLABLE = (State.DRAFT, State.RETURNED_FOR_COMPLETION)
BACK = "ve"  # ?ve=xem-lai: after this page back to the review
REVIEW = "xem-lai"


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of a draft on somebody's table."""

    dossier: DossierView
    edition: Edition
    page: Page
    at: datetime

    @property
    def form(self) -> Form:
        return self.edition.form

    @property
    def answers(self) -> AnswerSet:
        """The answers as they are now."""
        return forms.answers(self.dossier.id)


@require_http_methods(["GET", "POST"])
@never_cache
@answers_kept
def page(request: HttpRequest, dossier_id: UUID, page: str) -> HttpResponse:
    """Show a page of the form, or take its answers and go on to the next."""
    desk = _desk(request, dossier_id, page)
    if request.method == "GET":
        typed = typed_before(request)
        return _shown(
            request,
            desk,
            typed=typed,
            note=_("Câu trả lời bạn gõ trước khi hết phiên vẫn còn. Hãy kiểm tra rồi lưu.") if typed else "",
        )
    if "add" in request.POST or "remove" in request.POST:
        return _rearranged(request, desk)
    values, unread = from_post(desk.form, page, _lists(request.POST))
    try:
        saved = _save(request, desk, values, _version(request.POST.get("version", "")))
    except Stale as stale:
        return _shown(request, desk, typed=request.POST, note=str(stale), status=409)
    problems = check(desk.form, saved.values, page=page, on=local(desk.at).date(), already=unread)
    if problems:
        return _shown(request, desk, typed=request.POST, problems=problems, status=422)
    return redirect(_next(request, desk, saved))


@require_POST
@never_cache
@answers_kept
def autosave(request: HttpRequest, dossier_id: UUID, page: str) -> JsonResponse:
    """Keep what can be read of the page; says the new version and whether other questions are asked now."""
    desk = _desk(request, dossier_id, page)
    before = _questions(desk.form, desk.answers.values, page)
    values, _unread = from_post(desk.form, page, _lists(request.POST))
    saved = _save(request, desk, values, _version(request.headers.get("X-Draft-Version", "")))
    reload = _questions(desk.form, saved.values, page) != before
    return JsonResponse({"version": saved.version, "saved_at": formats.clock(saved.saved_at), "reload": reload})


@require_safe
@never_cache
@answers_kept
def dispute(request: HttpRequest, dossier_id: UUID, answer: str) -> HttpResponse:
    """Say what to do when a known value is wrong: answer rightly here, have the source corrected there."""
    at = now()
    found = open_for_changes(dossier_of(request, dossier_id, at=at, page="bao-sai"), *FILLABLE)
    edition = _edition(found)
    answers = forms.answers(found.id)
    shown = next((one for one in _flat(edition.form, answers.values) if one.path == answer), None)
    if shown is None or answer not in answers.sources:
        raise Missing(_("Câu trả lời này không lấy từ nguồn nào."))
    context = {
        "dossier": found,
        "question": shown.field.label,
        "source": answers.sources[answer],
        "page": shown.page,
        "answer": answer,
    }
    return render(request, "portal/dispute.html", context)


def _desk(request: HttpRequest, dossier_id: UUID, key: str) -> Desk:
    at = now()
    found = open_for_changes(dossier_of(request, dossier_id, at=at, page="khai"), *FILLABLE)
    edition = _edition(found)
    page = edition.form.page(key)
    if page is None:
        raise Missing(_("Tờ khai không có trang này."))
    return Desk(found, edition, page, at)


def _edition(found: DossierView) -> Edition:
    return catalog.edition(found.edition_id).in_language((get_language() or "vi")[:2])


def _save(request: HttpRequest, desk: Desk, values: Mapping[str, Any], version: int | None) -> AnswerSet:
    return commands.save_answers(
        dossier_id=desk.dossier.id, changes=values, expected=version, actor=actor_of(request), at=desk.at
    )


def _shown(
    request: HttpRequest,
    desk: Desk,
    *,
    typed: QueryDict | None = None,
    problems: tuple[FieldProblem, ...] = (),
    added: Mapping[str, int] | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    answers = desk.answers
    url = reverse("portal:dispute", args=[desk.dossier.id, "path"]).replace("path", "{path}")
    sheet = Sheet(
        desk.form, answers.values, problems=problems, sources=answers.sources, typed=typed, added=added, dispute_url=url
    )
    if desk.page.key not in {one.key for one in sheet.pages}:
        return redirect("portal:dossier", desk.dossier.id)
    draft = {
        "url": reverse("portal:autosave", args=[desk.dossier.id, desk.page.key]),
        "version": answers.version,
        "saved_at": answers.saved_at,
    }
    context = {
        "dossier": desk.dossier,
        "sheet": sheet,
        "page": desk.page,
        "draft": draft,
        "note": note,
        "previous": _previous(desk, sheet),
    }
    return render(request, "portal/fill.html", context, status=status)


def _rearranged(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Add an empty entry to a repeated group, or take one out; everything else typed is saved on the way."""
    posted = _lists(request.POST)
    group, _dash, index = request.POST.get("remove", "").rpartition("-")
    if group:
        posted = {name: texts for name, texts in posted.items() if not name.startswith(f"{group}-{index}-")}
    values, _unread = from_post(desk.form, desk.page.key, posted)
    _save(request, desk, values, None)
    adding = request.POST.get("add", "")
    typed = None if group else request.POST
    return _shown(request, desk, typed=typed, added={adding: 1} if adding else None)


def _next(request: HttpRequest, desk: Desk, saved: AnswerSet) -> str:
    if request.GET.get(BACK) == REVIEW:
        return reverse("portal:review", args=[desk.dossier.id])
    pages = [one.key for one in look(desk.form, saved.values).pages]
    here = pages.index(desk.page.key) if desk.page.key in pages else -1
    if here + 1 < len(pages):
        return reverse("portal:fill", args=[desk.dossier.id, pages[here + 1]])
    return reverse("portal:components", args=[desk.dossier.id])


def _previous(desk: Desk, sheet: Sheet) -> str:
    keys = [one.key for one in sheet.pages]
    here = keys.index(desk.page.key)
    return (
        reverse("portal:fill", args=[desk.dossier.id, keys[here - 1]])
        if here
        else reverse("portal:dossier", args=[desk.dossier.id])
    )


def _questions(form: Form, values: Mapping[str, Any], page: str) -> list[tuple[str, bool, Any]]:
    """What the page asks, and what it works out itself; entries of repeated groups come and go by their own buttons."""
    shown = [one for one in look(form, values).on(page) if one.index is None]
    return [(one.path, one.required, one.value if one.field.kind.value == "computed" else None) for one in shown]


def _flat(form: Form, values: Mapping[str, Any]) -> list[Any]:
    return [part for one in look(form, values).shown for part in (one, *one.parts)]


def _lists(post: QueryDict) -> dict[str, list[str]]:
    return {name: [str(text) for text in post.getlist(name)] for name in post}


def _version(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
