"""Published procedures: the list, an edition with everything it says, its electronic form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.channels.studio import words
from motcua.channels.studio.guard import LOOKING, needs, today
from motcua.channels.ui.eform.sheet import Sheet
from motcua.domain.catalog import queries
from motcua.domain.catalog.types import Edition, LegalGround
from motcua.domain.deadlines.queries import limit_words
from motcua.domain.documents import queries as documents
from motcua.domain.workflow import queries as workflow
from motcua.foundation.kernel.errors import Missing


@require_safe
@needs(*LOOKING)
def procedures(request: HttpRequest) -> HttpResponse:
    """List the published procedures."""
    text = request.GET.get("q", "")[:200].strip()
    return render(request, "studio/procedures.html", {"found": queries.search(text), "text": text, "words": words})


@require_safe
@needs(*LOOKING)
def edition(request: HttpRequest, code: str, number: int | None = None) -> HttpResponse:
    """Show what an edition says; without a number the newest one."""
    found = _edition(code, number)
    context = {
        "edition": found,
        "content": found.content,
        "editions": queries.editions_of(code),
        "grounds": _grounds(found),
        "process": workflow.process(found.process_version_id),
        "papers": sorted(
            {use.kind for use in found.content.papers} | {result.paper for result in found.content.results}
        ),
        "paper_titles": {template.kind: template.title for template in reversed(documents.templates())},
        "limit_words": limit_words,
        "words": words,
    }
    return render(request, "studio/edition.html", context)


@require_safe
@needs(*LOOKING)
def form(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show the edition's electronic form as an officer sees it, empty."""
    found = _edition(code, number)
    return render(request, "studio/form.html", {"edition": found, "sheet": Sheet(found.form, {})})


def _edition(code: str, number: int | None) -> Edition:
    rows = queries.editions_of(code)
    row = next((row for row in rows if number in (None, row.number)), None)
    if row is None:
        raise Missing(_("Không có phiên bản thủ tục này."))
    return queries.edition(row.id)


def _grounds(found: Edition) -> list[tuple[str, LegalGround | None]]:
    """Pair every citation with what is known of it; None for an act nobody has entered."""
    stated = queries.grounds(found.content.grounds, today())
    return [(ground.citation, stated.get(ground)) for ground in found.content.grounds]
