"""Draft a paper that will be signed: its text is frozen, number, date and signatures are open fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.domain.documents import keeping, models, papers, templates_of, views, wording
from motcua.domain.documents.commands.issue_paper import TOKEN_LENGTH
from motcua.domain.documents.types import Paper, PaperState
from motcua.domain.signing import fields
from motcua.domain.signing.types import FieldLayout, FormLayout
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.identifiers import new_secret
from motcua.foundation.kernel.shapes import digest
from motcua.foundation.kernel.text import one_line
from motcua.foundation.typesetting import Place

LETTERS = 13.0  # points, as the number and the date beside them (NĐ 30/2020)


@transaction.atomic
def draft_result(
    *,
    subject_id: UUID,
    agency_id: UUID,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    kind: str = "result",
    title: str = "",
    symbol: str | None = None,
    number_book: str | None = None,
    valid_until: date | None = None,
    scope: str = "",
) -> Paper:
    """Typeset a result, or another paper an agency signs, and prepare its fields; return it as a draft.

    The file is ready for ``signing.request_signature`` with the fields ``person`` and ``agency``; ``number_result``
    fills ``number`` and ``issued_on``. Raises Missing (no template), BadTemplate.
    """
    template = templates_of.current(kind, at=at)
    token = new_secret(TOKEN_LENGTH)
    mark = template.symbol if symbol is None else symbol
    face = papers.Face(one_line(title, 300) or template.title, kind, mark, token=token)
    whole = papers.composed(data, face, at=at)
    open_fields = _layout(papers.places(template.source, whole))
    pdf = fields.prepare(papers.typeset(template.source, whole, at=at), open_fields)
    file = keeping.keep(pdf, kind=kind, number="", actor=actor, at=at)
    row = models.Paper.objects.create(
        kind=kind,
        title=face.title,
        subject_id=subject_id,
        agency_id=agency_id,
        template=template,
        data_digest=digest(wording.printable(data)),
        state=PaperState.DRAFT,
        book_key=number_book or kind,
        symbol=mark,
        drafted_at=at,
        file_id=file.id,
        sha256=file.sha256,
        token=token,
        valid_until=valid_until,
        scope=one_line(scope, 300),
    )
    keeping.tell("paper.drafted", row, actor=actor, at=at, data={"template_version": template.version})
    return views.paper(row)


def _layout(places: Mapping[str, Place]) -> FormLayout:
    names = ("number", "issued_on", "person", "agency")
    return FormLayout(**{name: _field(places[name], name) for name in names if name in places})


def _field(place: Place, name: str) -> FieldLayout:
    return FieldLayout(place.page, place.box, LETTERS, "right" if name == "number" else "left")
