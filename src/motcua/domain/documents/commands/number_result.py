"""The clerk numbers and dates a signed draft; the signature on it stays valid."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import keeping, numbering, views, wording
from motcua.domain.documents.types import Paper, PaperState
from motcua.domain.signing import fields
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import WrongState
from motcua.foundation.storage import queries as files


@transaction.atomic
def number_result(*, paper_id: UUID, actor: Actor, at: datetime) -> Paper:
    """Take the next number of the agency's book, write number and date into the draft's fields, return the draft.

    Raises Missing, WrongState (not a draft, or numbered already).
    """
    row = keeping.locked(paper_id, state=PaperState.DRAFT)
    if row.number is not None:
        raise WrongState(_("Văn bản này đã có số %(number)s.") % {"number": row.number_text})
    on = local(at).date()
    row.book, row.number = numbering.take(agency_id=row.agency_id, key=row.book_key, on=on)
    row.number_text = numbering.full_number(row.number, row.symbol)
    row.issued_on = on
    values = {"number": numbering.figures(row.number), "issued_on": wording.written_day(on)}
    pdf = fields.fill(files.read(row.file_id), values)
    file = keeping.keep(pdf, kind=row.kind, number=row.number_text, actor=actor, at=at)
    row.file_id, row.sha256 = file.id, file.sha256
    row.save(update_fields=["book", "number", "number_text", "issued_on", "file_id", "sha256"])
    keeping.tell("paper.numbered", row, actor=actor, at=at)
    return views.paper(row)
