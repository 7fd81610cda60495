"""Publish a process: a version that never changes."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from motcua.domain.workflow import bpmn as reader
from motcua.domain.workflow import linter, models
from motcua.domain.workflow.graph import Graph
from motcua.domain.workflow.linter import Severity
from motcua.domain.workflow.types import BadProcess, ProcessVersionId
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@transaction.atomic
def publish_process(
    *, key: str, bpmn: bytes, actor: Actor, at: datetime, limit_minutes: int | None = None
) -> ProcessVersionId:
    """Read, check and keep a BPMN file as the next version of ``key``; the same bytes again are the same version.

    ``limit_minutes`` is the procedure's limit, against which the steps' limits are summed up (TT11-7.2).
    Raises Invalid with one problem per error of the linter (field: the element's id), or for an unreadable file.
    """
    with connection.cursor() as cursor:  # two administrators publishing at once come one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [f"process:{key}"])
    digest = hashlib.sha256(bpmn).hexdigest()
    last = models.ProcessVersion.objects.filter(key=key).order_by("-version").first()
    if last is not None and last.digest == digest:
        return last.id
    graph = _checked(bpmn, limit_minutes)
    row = models.ProcessVersion.objects.create(
        key=key,
        version=last.version + 1 if last else 1,
        name=graph.name,
        bpmn=bpmn,
        graph=shapes.to_json(graph),
        digest=digest,
        published_at=at,
    )
    data = {"key": key, "version": row.version, "digest": digest}
    journal.record(kind="process.published", subject=Subject("process", row.id), actor=actor, at=at, data=data)
    return row.id


def _checked(bpmn: bytes, limit_minutes: int | None) -> Graph:
    try:
        graph = reader.read(bpmn)
    except BadProcess as bad:
        where = _("Dòng %(line)s: %(what)s") % {"line": bad.line, "what": bad.sentence} if bad.line else bad.sentence
        raise Invalid((FieldProblem("bpmn", where),)) from bad
    errors = [f for f in linter.problems(graph, limit_minutes) if f.severity is Severity.ERROR]
    if errors:
        raise Invalid(tuple(FieldProblem(f.place or "process", f"{f.sentence} {f.mend}") for f in errors))
    return graph
