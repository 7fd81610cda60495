"""Reading forms and answers."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from motcua.domain.forms import models, types
from motcua.domain.forms.types import AnswerSet, Form, FormVersion, FormVersionId
from motcua.foundation.kernel.errors import Missing


@lru_cache(maxsize=256)
def form(form_version_id: FormVersionId) -> Form:
    """Return a published form. It never changes, so it is read once per process. Raises Missing."""
    found = models.FormVersion.objects.filter(id=form_version_id).first()
    if found is None:
        raise Missing(_("Không có biểu mẫu này."))
    return types.from_json(found.content)


def form_version(form_version_id: FormVersionId) -> FormVersion:
    """Return which form and version that is. Raises Missing."""
    found = models.FormVersion.objects.filter(id=form_version_id).first()
    if found is None:
        raise Missing(_("Không có biểu mẫu này."))
    return _version(found)


def latest_versions() -> list[FormVersion]:
    """Return the newest version of every form, by key."""
    newest = models.FormVersion.objects.values("key").annotate(newest=Max("version"))
    wanted = {row["key"]: row["newest"] for row in newest}
    rows = models.FormVersion.objects.order_by("key", "version")
    return [_version(row) for row in rows if wanted[row.key] == row.version]


def latest(key: str) -> FormVersion | None:
    """Return the newest version of one form."""
    found = models.FormVersion.objects.filter(key=key).order_by("-version").first()
    return _version(found) if found else None


def answers(subject_id: UUID) -> AnswerSet:
    """Return what the subject answered so far. Raises Missing when nothing was ever saved."""
    found = models.AnswerSet.objects.filter(subject_id=subject_id).first()
    if found is None:
        raise Missing(_("Hồ sơ này chưa có tờ khai."))
    return answer_set(found)


def answers_or_none(subject_id: UUID) -> AnswerSet | None:
    """Return what the subject answered so far, or None."""
    found = models.AnswerSet.objects.filter(subject_id=subject_id).first()
    return answer_set(found) if found else None


def answer_set(row: models.AnswerSet) -> AnswerSet:
    """Return the row as the frozen shape that leaves the room."""
    values: dict[str, Any] = row.values
    return AnswerSet(
        subject_id=row.subject_id,
        form_version_id=row.form_version_id,
        version=row.version,
        values=values,
        sources=row.sources,
        saved_at=row.saved_at,
        frozen_at=row.frozen_at,
        digest=row.digest,
    )


def _version(row: models.FormVersion) -> FormVersion:
    return FormVersion(row.id, row.key, row.version, row.title, row.published_at)
