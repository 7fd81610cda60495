"""Issue a paper: number it, typeset it, keep its bytes, tell the history, in one act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.domain.documents import keeping, models, numbering, papers, templates_of, views, wording
from motcua.domain.documents.types import Paper, PaperState
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.identifiers import new_secret
from motcua.foundation.kernel.shapes import digest
from motcua.foundation.kernel.text import one_line

TOKEN_LENGTH = 20  # 96 bits: nobody finds a paper by guessing


@transaction.atomic
def issue_paper(
    *,
    kind: str,
    subject_id: UUID,
    agency_id: UUID,
    data: Mapping[str, Any],
    actor: Actor,
    at: datetime,
    numbered: bool = True,
    number_book: str | None = None,
    title: str = "",
    symbol: str | None = None,
    valid_until: date | None = None,
    scope: str = "",
) -> Paper:
    """Issue a paper of the kind with the data and return it, in force.

    ``data`` is what the kind's sample shows (``templates/<kind>.json``); dates and moments may stand as such, money as
    text. ``data["qr"]`` (dossier_code, procedure_code, owner_identifier, promised_at …) makes the QR code. ``symbol``
    and ``title`` overrule the template's. Numbers are taken from the agency's book of the year named by
    ``number_book``, or by the kind. Raises Missing (no template), BadTemplate.
    """
    template = templates_of.current(kind, at=at)
    on = local(at).date()
    mark = template.symbol if symbol is None else symbol
    book, number = (None, None)
    if numbered:
        book, number = numbering.take(agency_id=agency_id, key=number_book or kind, on=on)
    full = numbering.full_number(number, mark) if number else ""
    token = new_secret(TOKEN_LENGTH)
    face = papers.Face(one_line(title, 300) or template.title, kind, mark if numbered else "", full, on, token)
    pdf = papers.typeset(template.source, papers.composed(data, face, at=at), at=at)
    file = keeping.keep(pdf, kind=kind, number=full, actor=actor, at=at)
    row = models.Paper.objects.create(
        kind=kind,
        title=face.title,
        subject_id=subject_id,
        agency_id=agency_id,
        template=template,
        data_digest=digest(wording.printable(data)),
        state=PaperState.ISSUED,
        book=book,
        book_key=number_book or kind,
        symbol=mark,
        number=number,
        number_text=full,
        drafted_at=at,
        issued_at=at,
        issued_on=on,
        file_id=file.id,
        sha256=file.sha256,
        token=token,
        valid_until=valid_until,
        scope=one_line(scope, 300),
    )
    keeping.tell("paper.issued", row, actor=actor, at=at, data={"template_version": template.version})
    return views.paper(row)
