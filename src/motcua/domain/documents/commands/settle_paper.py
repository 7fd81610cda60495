"""Say what an issued paper is worth from now on: corrected, replaced, revoked, expired."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import keeping, models, views
from motcua.domain.documents.types import Paper, PaperState, Validity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.kernel.text import one_line

FINAL = frozenset({Validity.REPLACED, Validity.REVOKED})


@transaction.atomic
def settle_paper(
    *,
    paper_id: UUID,
    validity: Validity,
    reason: str,
    actor: Actor,
    at: datetime,
    replaced_by_id: UUID | None = None,
) -> Paper:
    """Set the validity of an issued paper, with the reason and, for a replacement, the paper that takes its place.

    A replaced or revoked paper never comes back into force. Raises Missing, Invalid, WrongState.
    """
    row = keeping.locked(paper_id)
    if row.state != PaperState.ISSUED or row.validity in FINAL:
        raise WrongState(_("Giấy tờ này không còn hiệu lực hoặc chưa phát hành."), state=row.state)
    if validity is Validity.REPLACED:
        _check_replacement(row, replaced_by_id)
    before = row.validity
    row.validity, row.replaced_by_id = validity, replaced_by_id
    row.save(update_fields=["validity", "replaced_by"])
    keeping.tell(
        "paper.settled",
        row,
        actor=actor,
        at=at,
        data={
            "before": before,
            "after": validity.value,
            "reason": one_line(reason, 500),
            "replaced_by": str(replaced_by_id) if replaced_by_id else None,
        },
    )
    return views.paper(row)


def _check_replacement(row: models.Paper, replaced_by_id: UUID | None) -> None:
    issued = models.Paper.objects.filter(state=PaperState.ISSUED).exclude(id=row.id)
    if replaced_by_id is None or not issued.filter(id=replaced_by_id).exists():
        raise Invalid((FieldProblem("replaced_by", _("Hãy chọn giấy tờ đã phát hành thay cho giấy tờ này.")),))
