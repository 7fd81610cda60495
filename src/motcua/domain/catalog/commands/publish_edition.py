"""Publish an edition of a procedure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import linter, models, queries
from motcua.domain.catalog.policy import POLICY
from motcua.domain.catalog.types import EditionContent, EditionId
from motcua.domain.forms import queries as forms
from motcua.domain.forms.types import FormVersionId
from motcua.domain.workflow import queries as workflow
from motcua.domain.workflow.types import ProcessVersionId
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing


@transaction.atomic
def publish_edition(
    *,
    content: EditionContent | Mapping[str, Any],
    form_version_id: FormVersionId,
    process_version_id: ProcessVersionId,
    actor: Actor,
    at: datetime,
) -> EditionId:
    """Publish what was decided about a procedure as its next edition (TT 11/2025; Quyết định công bố TTHC).

    The same content with the same form and process as the newest edition is that edition again. Raises Invalid with
    every problem at once, Missing when the procedure is not registered.
    """
    told = content if isinstance(content, EditionContent) else shapes.from_json(EditionContent, content)
    procedure = _lock(told.procedure)
    _refuse_problems(told, form_version_id, process_version_id, at)
    newest = procedure.editions.order_by("-number").first()
    digest = shapes.digest(told)
    published = (digest, form_version_id, process_version_id)
    if newest and (newest.digest, newest.form_version_id, newest.process_version_id) == published:
        return newest.id
    row = models.Edition.objects.create(
        procedure=procedure,
        number=newest.number + 1 if newest else 1,
        content=shapes.to_json(told),
        digest=digest,
        form_version_id=form_version_id,
        process_version_id=process_version_id,
        valid_from=told.valid_from,
        published_at=at,
    )
    procedure.level = queries.edition(row.id).level
    procedure.save(update_fields=["level"])
    _record(row, told, actor, at)
    return row.id


def _lock(code: str) -> models.Procedure:
    """One publisher of a procedure at a time."""
    procedure = models.Procedure.objects.select_for_update().filter(code=code).first()
    if procedure is None:
        raise Missing(_("Hãy đăng ký thủ tục này trước khi công bố."))
    return procedure


def _record(row: models.Edition, told: EditionContent, actor: Actor, at: datetime) -> None:
    journal.record(
        kind="edition.published",
        subject=Subject("procedure", row.procedure_id),
        actor=actor,
        at=at,
        data={
            "edition": str(row.id),
            "number": row.number,
            "digest": row.digest,
            "form_version": str(row.form_version_id),
            "process_version": str(row.process_version_id),
            "decisions": [decision.number for decision in told.decisions],
        },
    )


def _refuse_problems(
    told: EditionContent, form_version_id: FormVersionId, process_version_id: ProcessVersionId, at: datetime
) -> None:
    found = linter.problems(
        told,
        forms.form(form_version_id),
        workflow.graph(process_version_id),
        queries.grounds(told.grounds, max(told.valid_from, local(at).date())),
        checked_grounds_only=POLICY.checked_grounds_only,
    )
    if found:
        raise Invalid(found)
