"""State a legal ground."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import models
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def state_ground(
    *,
    act: str,
    article: str = "",
    act_name: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    actor: Actor,
    at: datetime,
) -> UUID:
    """State an article and its validity; it is "chưa đối chiếu" until somebody has read it. The same article with
    the same start is stated anew. Raises Invalid.
    """
    if not act.strip():
        raise Invalid((FieldProblem("act", _("Nhập số, ký hiệu văn bản.")),))
    if valid_from and valid_to and valid_to < valid_from:
        raise Invalid((FieldProblem("valid_to", _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")),))
    row, _created = models.LegalGround.objects.update_or_create(
        act=act.strip(),
        article=article.strip(),
        valid_from=valid_from,
        defaults={"act_name": act_name, "valid_to": valid_to},
    )
    journal.record(
        kind="ground.stated",
        subject=Subject("ground", row.id),
        actor=actor,
        at=at,
        data={
            "act": row.act,
            "article": row.article,
            "valid_from": valid_from.isoformat() if valid_from else None,
            "valid_to": valid_to.isoformat() if valid_to else None,
        },
    )
    return row.id
