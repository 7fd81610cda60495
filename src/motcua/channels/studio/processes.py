"""Published processes: the list, one with drawing, steps and findings, and its file."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from motcua.channels.studio import words
from motcua.channels.studio.guard import LOOKING, needs
from motcua.domain.workflow import drawing, linter, queries
from motcua.foundation.organisation.types import Role


@require_safe
@needs(*LOOKING)
def processes(request: HttpRequest) -> HttpResponse:
    """List every published version."""
    return render(request, "studio/processes.html", {"processes": queries.processes()})


@require_safe
@needs(*LOOKING)
def process(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Show one version: drawing, steps, what the linter says."""
    graph = queries.graph(version_id)
    context = {
        "process": queries.process(version_id),
        "graph": graph,
        "drawing": Markup(drawing.svg(graph)),  # noqa: S704 - our own SVG, its texts escaped
        "findings": linter.problems(graph),
        "roles": {role.value: role.words for role in Role},
        "places": {place.name: place.label or place.name for place in graph.places},
        "words": words,
    }
    return render(request, "studio/process.html", context)


@require_safe
@needs(*LOOKING)
def bpmn(_request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Give the file as it was published, byte for byte."""
    found = queries.process(version_id)
    name = f'attachment; filename="{found.key}-{found.version}.bpmn"'
    return HttpResponse(queries.bpmn(version_id), content_type="application/xml", headers={"Content-Disposition": name})
