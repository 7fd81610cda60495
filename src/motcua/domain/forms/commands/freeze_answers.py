"""Freeze answers when they are handed in, and open them again when a correction was asked for."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.forms import models, queries, validation
from motcua.domain.forms.looking import look
from motcua.domain.forms.types import AnswerSet
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Invalid, Missing, Stale, WrongState


@transaction.atomic
def freeze_answers(*, subject_id: UUID, actor: Actor, at: datetime, expected: int | None = None) -> AnswerSet:
    """Check the whole form and freeze it: hidden answers are dropped, computed ones filled in.

    The frozen values are kept in the subject's history too, so a later correction loses nothing. Raises Invalid with
    every problem, Stale when the answers are not those the person saw, WrongState when frozen already.
    """
    row = _lock(subject_id)
    if row.frozen_at is not None:
        raise WrongState(_("Tờ khai đã nộp, không nộp lại được."))
    if expected is not None and expected != row.version:
        newer = {key: row.values.get(key) for key, version in row.touched.items() if version > expected}
        raise Stale(_("Tờ khai vừa được sửa. Hãy xem lại trước khi nộp."), changed=newer, version=row.version)
    form = queries.form(row.form_version_id)
    problems = validation.check(form, row.values, on=local(at).date())
    if problems:
        raise Invalid(problems)
    row.values = dict(look(form, row.values).values)
    row.sources = {path: source for path, source in row.sources.items() if path.split("-")[0] in row.values}
    row.frozen_at, row.digest, row.saved_at = at, shapes.digest(row.values), at
    row.save()
    journal.record(
        kind="answers.frozen",
        subject=Subject("dossier", subject_id),
        actor=actor,
        at=at,
        data={
            "form_version": str(row.form_version_id),
            "version": row.version,
            "digest": row.digest,
            "values": row.values,
            "sources": row.sources,
        },
    )
    return queries.answer_set(row)


@transaction.atomic
def reopen_answers(*, subject_id: UUID, reason: str, actor: Actor, at: datetime) -> AnswerSet:
    """Open frozen answers for a correction that was asked for. Raises WrongState when they are open already."""
    row = _lock(subject_id)
    if row.frozen_at is None:
        raise WrongState(_("Tờ khai đang mở, có thể sửa ngay."))
    was, row.frozen_at, row.digest = row.digest, None, ""
    row.save()
    journal.record(
        kind="answers.reopened",
        subject=Subject("dossier", subject_id),
        actor=actor,
        at=at,
        data={"reason": reason, "digest": was},
    )
    return queries.answer_set(row)


def _lock(subject_id: UUID) -> models.AnswerSet:
    row = models.AnswerSet.objects.select_for_update().filter(subject_id=subject_id).first()
    if row is None:
        raise Missing(_("Hồ sơ này chưa có tờ khai."))
    return row
