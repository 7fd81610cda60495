"""The papers of a dossier for its applicant: which there are, and handing them over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from motcua.channels.portal.seeing import dossier_of
from motcua.channels.portal.story import TITLES
from motcua.channels.ui.serving import serve
from motcua.channels.ui.signin.middleware import actor_of
from motcua.channels.ui.signin.needed import person_needed
from motcua.domain.catalog import queries as catalog
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Paper, PaperState, Validity
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.forms import printing
from motcua.domain.forms import queries as forms
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.storage import queries as storage

#: Papers that are written to the applicant; control slips, letters and minutes are the office's own.
THEIRS: Final = frozenset(
    {
        "receipt",
        "receipt_updated",
        "supplement_request",
        "reception_refusal",
        "not_competent_notice",
        "resolution_refusal",
        "stop_notice",
        "fee_receipt",
        "apology",
    }
)
GIVEN_BACK: Final = frozenset({State.DECIDED, State.READY_FOR_COLLECTION, State.RETURNED, State.STOPPED})


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper the applicant may open."""

    paper: Paper
    is_result: bool
    is_in_force: bool


def papers_for(found: DossierView, *, actor: Actor, on: date) -> list[Shown]:
    """Return the issued papers of the applicant, the newest first; the result once it is decided."""
    result = dossiers.result(found.id, actor=actor, on=on) if found.state in GIVEN_BACK else None
    listed = [
        Shown(
            paper,
            result is not None and paper.id == result.paper_id,
            paper.validity in {Validity.IN_FORCE, Validity.CORRECTED},
        )
        for paper in documents.papers_of(found.id)
        if paper.state is PaperState.ISSUED and (paper.kind in THEIRS or (result and paper.id == result.paper_id))
    ]
    return listed[::-1]


@require_safe
@never_cache
@person_needed
def file(request: HttpRequest, dossier_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Hand a file of the dossier over: what the applicant gave, or a paper written to them.

    The first download of the result is its return, and is recorded as such.
    """
    at, actor = now(), actor_of(request)
    found = dossier_of(request, dossier_id, at=at, page="tep")
    own = {use.file_id for use in documents.uses_of(found.id)}
    paper = next(
        (one for one in papers_for(found, actor=actor, on=local(at).date()) if one.paper.file_id == file_id), None
    )
    if paper is None and file_id not in own:
        raise Missing(_("Không tìm thấy tệp này."))
    if paper is not None and paper.is_result:
        commands.return_online(dossier_id=found.id, actor=actor, at=at)
    return serve(request, storage.file(file_id), as_attachment="tai" in request.GET)


@require_safe
@never_cache
@person_needed
def fee_receipt(request: HttpRequest, dossier_id: UUID, receipt_id: UUID) -> HttpResponse:
    """Lead to the fee receipt as a paper; it is typeset the first time somebody asks for it."""
    at = now()
    dossier_of(request, dossier_id, at=at, page="bien-lai")
    paper_id = commands.print_fee_receipt(dossier_id=dossier_id, receipt_id=receipt_id, actor=actor_of(request), at=at)
    return redirect("portal:file", dossier_id, documents.paper(paper_id).file_id)


@require_safe
@never_cache
@person_needed
def history(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Give the history with its proof, for the stand-alone verifier; what the office said to itself is kept back."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="lich-su")
    proof = dossiers.proof(found.id, actor=actor_of(request), on=local(at).date())
    for event in proof["events"]:
        if not TITLES.get(event["header"]["kind"]):
            event.pop("salt", None)
            event.pop("payload", None)
    response = JsonResponse(proof, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = (
        f'attachment; filename="lich-su-{found.code or found.procedure_code}.json"'
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@never_cache
@person_needed
def filled_form(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """Give the form with the person's answers as it stands on paper."""
    at = now()
    found = dossier_of(request, dossier_id, at=at, page="to-khai")
    edition = catalog.edition(found.edition_id)
    content = printing.sections(edition.form, forms.answers(found.id).values) | {
        "applicant": {"name": found.submitter_name}
    }
    response = HttpResponse(documents.print_form(content, at=found.submitted_at or at), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="to-khai-{found.code or found.procedure_code}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
