"""Register procedures, and the fields and topics they are found under."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import models
from motcua.domain.catalog.types import AgencyLevel, SubjectKind
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.text import one_line, search_key, sort_key


@transaction.atomic
def name_field(*, code: str, name: str, actor: Actor, at: datetime) -> UUID:
    """Name a field (lĩnh vực) under its code, or rename it."""
    return _name(models.Field, code, name, actor, at)


@transaction.atomic
def name_topic(*, code: str, name: str, actor: Actor, at: datetime) -> UUID:
    """Name a topic under its code, or rename it."""
    return _name(models.Topic, code, name, actor, at)


@transaction.atomic
def register_procedure(
    *,
    code: str,
    name: str,
    field: str,
    agency_level: AgencyLevel,
    subjects: Iterable[SubjectKind],
    agency_ids: Iterable[UUID] = (),
    topics: Iterable[str] = (),
    actor: Actor,
    at: datetime,
) -> UUID:
    """Register a procedure under its national code, or state it anew. ``field`` and ``topics`` are codes,
    ``agency_ids`` the agencies that provide it. Raises Missing for a field or topic nobody named.
    """
    found_field = models.Field.objects.filter(code=field).first()
    wanted_topics = sorted(set(topics))
    if found_field is None or models.Topic.objects.filter(code__in=wanted_topics).count() != len(wanted_topics):
        raise Missing(_("Lĩnh vực hoặc chủ đề này chưa có trong danh mục."))
    title = one_line(name, 1000)
    if not title or not code.strip():
        raise Invalid((FieldProblem("name", _("Nhập mã và tên thủ tục.")),))
    row, created = models.Procedure.objects.update_or_create(
        code=code,
        defaults={
            "name": title,
            "search_key": search_key(title),
            "sort_key": sort_key(title),
            "field": found_field,
            "topics": wanted_topics,
            "agency_level": agency_level,
            "subjects": sorted(set(subjects)),
            "agency_ids": sorted(set(agency_ids)),
        },
    )
    kind = "procedure.registered" if created else "procedure.changed"
    data = {"code": code, "name": title, "field": field, "agencies": [str(one) for one in row.agency_ids]}
    journal.record(kind=kind, subject=Subject("procedure", row.id), actor=actor, at=at, data=data)
    return row.id


@transaction.atomic
def change_procedure(
    *,
    code: str,
    actor: Actor,
    at: datetime,
    agency_ids: Iterable[UUID] | None = None,
    is_active: bool | None = None,
    reason: str = "",
) -> None:
    """Change who provides a procedure, or take it out of use and back. Raises Missing."""
    row = models.Procedure.objects.select_for_update().filter(code=code).first()
    if row is None:
        raise Missing(_("Không có thủ tục này."))
    if agency_ids is not None:
        row.agency_ids = sorted(set(agency_ids))
    if is_active is not None:
        row.is_active = is_active
    row.save(update_fields=["agency_ids", "is_active"])
    journal.record(
        kind="procedure.changed",
        subject=Subject("procedure", row.id),
        actor=actor,
        at=at,
        data={"agencies": [str(one) for one in row.agency_ids], "is_active": row.is_active, "reason": reason},
    )


def _name(table: type[models.Field] | type[models.Topic], code: str, name: str, actor: Actor, at: datetime) -> UUID:
    title = one_line(name, 300)
    row, created = table.objects.update_or_create(code=code, defaults={"name": title, "sort_key": sort_key(title)})
    kind = "heading.named" if created else "heading.renamed"
    data = {"table": table.__name__.lower(), "code": code, "name": title}
    journal.record(kind=kind, subject=Subject("heading", row.id), actor=actor, at=at, data=data)
    return row.id
