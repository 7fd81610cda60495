"""Templates: an administrator's own version of a kind of paper, and the ones that come with the product."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.documents import kinds, models, papers, templates_of, views
from motcua.domain.documents.types import PaperSize, TemplateView
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Stale
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def replace_template(
    *,
    kind: str,
    source: str,
    actor: Actor,
    at: datetime,
    valid_from: date | None = None,
    title: str = "",
    symbol: str | None = None,
    size: PaperSize | None = None,
    sample: Mapping[str, Any] | None = None,
    note: str = "",
) -> TemplateView:
    """Add a version of a kind's template, or a new kind (title and size are then required).

    The source is typeset with the sample first; papers already issued keep their bytes. Raises BadTemplate, Invalid,
    Stale (somebody saved a version at the same moment).
    """
    templates_of.ensure_built_in(kind, at=at)
    newest = models.PaperTemplate.objects.filter(kind=kind).order_by("-version").first()
    whole = {
        "title": one_line(title, 300) or (newest.title if newest else ""),
        "symbol": one_line(symbol, 30) if symbol is not None else (newest.symbol if newest else ""),
        "size": size or (newest.size if newest else ""),
        "source": source,
    }
    if not whole["title"] or not whole["size"]:
        raise Invalid((FieldProblem("title", _("Loại giấy tờ mới cần có tên và khổ giấy.")),))
    shown = dict(sample) if sample is not None else (newest.sample if newest else {})
    papers.check(source, shown, papers.Face(whole["title"], kind, whole["symbol"], "01", local(at).date()), at=at)
    row = models.PaperTemplate(
        kind=one_line(kind, 60),
        version=newest.version + 1 if newest else 1,
        sample=shown,
        digest=kinds.template_digest(**whole),
        valid_from=valid_from or local(at).date(),
        note=one_line(note, 500),
        made_at=at,
        made_by=actor.principal,
        **whole,
    )
    return _saved(row, actor, at)


def _saved(row: models.PaperTemplate, actor: Actor, at: datetime) -> TemplateView:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise Stale(_("Người khác vừa lưu một phiên bản của mẫu này. Hãy xem lại rồi lưu.")) from None
    journal.record(
        kind="paper_template.replaced",
        subject=Subject("paper_template", row.id),
        actor=actor,
        at=at,
        data={"kind": row.kind, "version": row.version, "digest": row.digest, "note": row.note},
    )
    return views.template(row)


@transaction.atomic
def sync_templates(*, at: datetime) -> None:
    """Bring the built-in templates of this release into the table; those an administrator replaced stay theirs."""
    for kind in kinds.KINDS:
        templates_of.ensure_built_in(kind, at=at)
