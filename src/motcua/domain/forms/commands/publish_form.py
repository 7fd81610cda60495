"""Publish a version of a form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import connection, transaction

from motcua.domain.forms import linter, models, types
from motcua.domain.forms.types import Form, FormVersionId
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def publish_form(*, key: str, content: Any, actor: Actor, at: datetime) -> FormVersionId:
    """Publish ``content`` (a Form or its JSON) as the next version of ``key``.

    Content equal to the newest version is that version again. Raises Invalid with every problem of the form at once.
    """
    form = content if isinstance(content, Form) else types.from_json(content)
    problems = linter.problems(form)
    if form.key != key:
        problems += (FieldProblem("key", f"{form.key} ≠ {key}"),)
    if problems:
        raise Invalid(problems)
    with connection.cursor() as cursor:  # one publisher of this key at a time; rows cannot be locked by the app's role
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"forms:{key}"])
    newest = models.FormVersion.objects.filter(key=key).order_by("-version").first()
    digest = shapes.digest(form)
    if newest is not None and newest.digest == digest:
        return newest.id
    row = models.FormVersion.objects.create(
        key=key,
        version=newest.version + 1 if newest else 1,
        title=form.title,
        content=types.to_json(form),
        digest=digest,
        published_at=at,
    )
    journal.record(
        kind="form.published",
        subject=Subject("form", row.id),
        actor=actor,
        at=at,
        data={"key": key, "version": row.version, "digest": digest},
    )
    return row.id
