"""Save answers as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.forms import models, queries, validation
from motcua.domain.forms.types import AnswerSet, Form, FormVersionId
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Invalid, Stale, WrongState
from motcua.foundation.kernel.text import nfc


@transaction.atomic
def save_answers(
    *,
    subject_id: UUID,
    form_version_id: FormVersionId,
    changes: Mapping[str, Any],
    sources: Mapping[str, str],
    expected: int | None,
    actor: Actor,
    at: datetime,
) -> AnswerSet:
    """Keep these answers; ``None`` clears one. Unfinished and hidden answers are kept as they are.

    ``sources`` says, by path, where a value comes from that nobody typed. ``expected`` is the version the person
    saw (0: none yet; None: whatever it is). Somebody else's answers to *other* questions are no hindrance. Raises
    Stale (``details["changed"]``: key → answer now) when one of these questions was answered anew since, WrongState
    when the answers are frozen, Invalid for questions that the form does not have and values of the wrong type.
    """
    form = queries.form(form_version_id)
    cleaned = {key: _clean(value) for key, value in changes.items()}
    problems = validation.check_shapes(form, {k: v for k, v in cleaned.items() if v is not None})
    if problems:
        raise Invalid(problems)
    row = _lock(subject_id, form_version_id, at)
    if row.frozen_at is not None:
        raise WrongState(_("Tờ khai đã nộp, không sửa được nữa."))
    _refuse_stale(row, cleaned, expected)
    if row.form_version_id != form_version_id:
        _carry_over(row, form, form_version_id)
    row.version += 1
    for key, value in cleaned.items():
        if row.values.get(key) != value:
            _put(row, key, value)
    row.sources |= {path: source for path, source in sources.items() if path.split("-")[0] in cleaned}
    row.saved_at, row.saved_by = at, actor.principal
    row.save()
    return queries.answer_set(row)


def _lock(subject_id: UUID, form_version_id: FormVersionId, at: datetime) -> models.AnswerSet:
    """Get or make the row, locked; of two first savings at once the second waits for the first."""
    fresh = models.AnswerSet(subject_id=subject_id, form_version_id=form_version_id, saved_at=at)
    models.AnswerSet.objects.bulk_create([fresh], ignore_conflicts=True)
    return models.AnswerSet.objects.select_for_update().get(subject_id=subject_id)


def _refuse_stale(row: models.AnswerSet, changes: Mapping[str, Any], expected: int | None) -> None:
    if expected is None or expected == row.version:
        return
    newer = {key for key, version in row.touched.items() if version > expected}
    changed = {key: row.values.get(key) for key in changes if key in newer and row.values.get(key) != changes[key]}
    if changed:
        raise Stale(
            _("Có người vừa sửa cùng câu hỏi này. Hãy xem lại rồi lưu."),
            changed=changed,
            version=row.version,
            by=row.saved_by,
        )


def _put(row: models.AnswerSet, key: str, value: Any) -> None:
    before = row.values.get(key)
    if value is None:
        row.values.pop(key, None)
    else:
        row.values[key] = value
    row.touched[key] = row.version
    row.sources = {path: source for path, source in row.sources.items() if not _changed(path, key, before, value)}


def _changed(path: str, key: str, before: Any, after: Any) -> bool:
    """Whether the value at this path is no longer the one its source gave; other parts of a composite keep theirs."""
    head, _dash, part = path.partition("-")
    if head != key:
        return False
    if part and isinstance(before, Mapping) and isinstance(after, Mapping):
        return bool(before.get(part) != after.get(part))
    return True


def _carry_over(row: models.AnswerSet, form: Form, form_version_id: FormVersionId) -> None:
    """A draft begun under an older version keeps what the newer one still asks."""
    fits = {key: value for key, value in row.values.items() if not validation.check_shapes(form, {key: value})}
    row.values, row.form_version_id = fits, form_version_id
    row.sources = {path: source for path, source in row.sources.items() if path.split("-")[0] in fits}


def _clean(value: Any) -> Any:
    """Every text in NFC; raises Invalid for what cannot be kept (NUL, half a surrogate pair)."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, Mapping):
        return {str(key): _clean(part) for key, part in value.items()}
    return [_clean(part) for part in value] if isinstance(value, list | tuple) else value
