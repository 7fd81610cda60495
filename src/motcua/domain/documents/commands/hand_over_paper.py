"""Take a paper at the counter or from the post."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import giving
from motcua.domain.documents.types import Form, Use, UseKind
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line

MOST = 999


@transaction.atomic
def hand_over_paper(
    *,
    subject_id: UUID,
    component_key: str,
    type_code: str,
    form: Form,
    quantity: int,
    source: str,
    actor: Actor,
    at: datetime,
    note: str = "",
) -> Use:
    """Record a paper handed over: original, certified copy or photocopy, and how many. Raises Missing, Invalid."""
    if form is Form.ELECTRONIC:
        raise Invalid(
            (FieldProblem("form", _("Giấy tờ nộp bản giấy phải là bản chính, bản chứng thực hoặc bản chụp.")),)
        )
    if not 1 <= quantity <= MOST:
        raise Invalid((FieldProblem("quantity", _("Số lượng phải từ 1 đến 999.")),))
    return giving.give(
        "document.handed_over",
        subject_id=subject_id,
        component_key=component_key,
        type_row=giving.document_type(type_code),
        source=source,
        actor=actor,
        at=at,
        kind=UseKind.PAPER,
        form=form,
        quantity=quantity,
        note=one_line(note, 500),
    )
