"""The published API, version 1: look-up by code and the catalogue of procedures, open to everybody.

OpenAPI 3.1 at `/api/v1/openapi.json`. Nothing here tells whose a dossier is.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Query
from ninja.errors import Throttled

from motcua.channels.api.shapes import (
    Asked,
    Completion,
    Component,
    Fee,
    Limit,
    Named,
    ProcedureDetail,
    ProcedureLine,
    ProcedurePage,
    Trouble,
)
from motcua.channels.api.throttling import PerAddress
from motcua.channels.ui.failing import status_of
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition, Procedure
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Problem

api = NinjaAPI(
    title="motcua",
    version="1",
    description="Tra cứu mức hoàn thành của hồ sơ và danh mục thủ tục hành chính.",
    docs_url=None,  # its page needs scripts that the Content Security Policy forbids
    urls_namespace="api:v1",
    throttle=[PerAddress("catalogue", "300/m")],
)


@api.get(
    "/dossiers/{code}",
    response={200: Completion, 404: Trouble, 429: Trouble},
    throttle=[PerAddress("look-up", "30/m")],
    tags=["dossiers"],
    summary="How far a dossier is",
)
def dossier(request: HttpRequest, code: str) -> Completion:  # noqa: ARG001 - ninja hands it over
    """Completion only: who filed it, what for and where it lies are for those who know the secret, on the pages."""
    found = dossiers.look_up(code)
    return Completion.model_validate({"code": found.code, "completion": found.completion})


@api.get("/procedures", response=ProcedurePage, tags=["procedures"], summary="Procedures in force")
def procedures(request: HttpRequest, asked: Query[Asked]) -> ProcedurePage:  # noqa: ARG001 - ninja hands it over
    """Search by words of code or name, without marks, and by field."""
    found = catalog.search(asked.text, field=asked.field or None, limit=asked.start + asked.count + 1)[asked.start :]
    lines = [ProcedureLine(**_line(one)) for one in found[: asked.count]]
    return ProcedurePage(items=lines, more=len(found) > asked.count)


@api.get(
    "/procedures/{code}",
    response={200: ProcedureDetail, 404: Trouble},
    tags=["procedures"],
    summary="A procedure as it is today",
)
def procedure(request: HttpRequest, code: str) -> ProcedureDetail:  # noqa: ARG001 - ninja hands it over
    """The edition in force today: cases, components, limits and fees, results, legal grounds."""
    return _detail(catalog.current_edition(code, local(now()).date()))


@api.exception_handler(Problem)
def problem(request: HttpRequest, found: Problem) -> HttpResponse:
    """One sentence, under the same status as pages use."""
    return api.create_response(request, {"sentence": str(found)}, status=status_of(found))


@api.exception_handler(Throttled)
def throttled(request: HttpRequest, found: Throttled) -> HttpResponse:
    """Too many requests; Retry-After says when to come back."""
    sentence = _("Bạn đã hỏi quá nhiều lần. Hãy thử lại sau ít phút.")
    answer = api.create_response(request, {"sentence": sentence}, status=429)
    if found.wait:
        answer["Retry-After"] = str(int(found.wait) + 1)
    return answer


def _line(found: Procedure) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "field": Named(code=found.field.code, name=found.field.name),
        "agency_level": found.agency_level.value,
        "level": found.level.value if found.level else "",
    }


def _detail(found: Edition) -> ProcedureDetail:
    content = found.content
    return ProcedureDetail(
        **_line(found.procedure),
        edition=found.number,
        valid_from=content.valid_from,
        ways=[offer.way.value for offer in content.channels],
        cases=[Named(code=case.key, name=case.name) for case in content.cases],
        components=_components(found),
        limits=[
            Limit(
                case=offer.case,
                way=offer.way.value if offer.way else "",
                amount=offer.rule.amount,
                unit=offer.rule.unit.value,
                ground=offer.rule.ground,
            )
            for offer in content.limits
        ],
        fees=_fees(found),
        results=[Named(code=result.code or result.key, name=result.name) for result in content.results],
        grounds=[ground.citation for ground in content.grounds],
    )


def _components(found: Edition) -> list[Component]:
    return [
        Component(
            key=rule.component.key,
            name=rule.component.name,
            type_code=rule.component.type_code,
            is_required=rule.component.required,
            original=rule.component.original,
            copies=rule.component.copies,
            condition=rule.component.condition_text,
            cases=list(rule.cases),
        )
        for rule in found.content.components
    ]


def _fees(found: Edition) -> list[Fee]:
    return [
        Fee(
            key=fee.key,
            name=fee.name,
            case=fee.case,
            way=fee.way.value if fee.way else "",
            explanation=fee.explanation,
            ground=fee.ground,
        )
        for fee in found.content.fees
    ]
