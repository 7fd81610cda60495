"""Fill a draft: answers saved at once, files and papers against the components."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.editions import Edition
from motcua.domain.documents import commands as documents
from motcua.domain.documents import queries as documents_of
from motcua.domain.documents.types import Component, Form
from motcua.domain.dossiers import access
from motcua.domain.dossiers.lifecycle import note
from motcua.domain.dossiers.models import Ask, Dossier
from motcua.domain.forms import commands as forms
from motcua.domain.forms import queries as answers_of
from motcua.domain.forms.types import AnswerSet
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Invalid, Missing, WrongState

OPEN_FOR_CHANGES = frozenset({State.DRAFT, State.RETURNED_FOR_COMPLETION, State.SUPPLEMENT_ASKED})
CLOSED = _("Hồ sơ đã nộp nên không sửa được nữa.")
NO_COMPONENT = _("Thủ tục này không có thành phần hồ sơ đó.")
NOT_ASKED = _("Cơ quan không yêu cầu bổ sung giấy tờ này.")


@transaction.atomic
def save_answers(
    *,
    dossier_id: UUID,
    changes: Mapping[str, Any],
    expected: int | None,
    actor: Actor,
    at: datetime,
    sources: Mapping[str, str] | None = None,
) -> AnswerSet:
    """Save some answers of a draft (or of a dossier returned for completion). ``expected`` is the answers' version.

    Raises Missing, NotAllowed, WrongState, Stale.
    """
    dossier = open_for(dossier_id, "save", actor, at)
    return forms.save_answers(
        subject_id=dossier.id,
        form_version_id=dossier.edition.form_version_id,
        changes=changes,
        sources=sources or {},
        expected=expected,
        actor=actor,
        at=at,
    )


@transaction.atomic
def attach_file(*, dossier_id: UUID, component_key: str, file_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Give a stored file for a component; returns the use's id. Raises Missing, WrongState."""
    dossier = open_for(dossier_id, "attach", actor, at)
    component = component_of(dossier, component_key)
    use = documents.attach(
        subject_id=dossier.id,
        component_key=component.key,
        type_code=component.type_code,
        file_id=file_id,
        owner_id=dossier.owner_id,
        source="uploaded",
        actor=actor,
        at=at,
    )
    note(dossier, "dossier.file_attached", actor=actor, at=at, data={"component": component_key, "file": str(file_id)})
    return use.id


@transaction.atomic
def detach_file(*, dossier_id: UUID, use_id: UUID, actor: Actor, at: datetime) -> None:
    """Take a file back out. Raises Missing, WrongState."""
    dossier = open_for(dossier_id, "attach", actor, at)
    if documents_of.use(use_id).subject_id != dossier.id:
        raise Missing(NO_COMPONENT)
    documents.detach(use_id=use_id, reason=gettext_noop("Người nộp gỡ ra"), actor=actor, at=at)
    note(dossier, "dossier.file_detached", actor=actor, at=at, data={"use": str(use_id)})


@transaction.atomic
def hand_over_paper(
    *, dossier_id: UUID, component_key: str, form: Form, quantity: int, actor: Actor, at: datetime
) -> UUID:
    """Record a paper that came over the counter (``form``: original, certified, photocopy)."""
    dossier = open_for(dossier_id, "attach", actor, at)
    component = component_of(dossier, component_key)
    return documents.hand_over_paper(
        subject_id=dossier.id,
        component_key=component.key,
        type_code=component.type_code,
        form=form,
        quantity=quantity,
        source="counter",
        actor=actor,
        at=at,
    ).id


@transaction.atomic
def discard_draft(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """Cancel a draft; it can be restored with its data intact (TT21-PL2-5.8)."""
    dossier = open_for(dossier_id, "discard", actor, at, only_draft=True)
    dossier.discarded_at = at
    note(dossier, "dossier.draft_discarded", actor=actor, at=at)


@transaction.atomic
def restore_draft(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """Bring a cancelled draft back as it was."""
    dossier = open_for(dossier_id, "discard", actor, at, only_draft=True)
    dossier.discarded_at = None
    note(dossier, "dossier.draft_restored", actor=actor, at=at)


def open_for(dossier_id: UUID, verb: str, actor: Actor, at: datetime, *, only_draft: bool = False) -> Dossier:
    """Return the dossier locked while it may be changed; inside the room only."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to=verb)
    if dossier.state not in OPEN_FOR_CHANGES or (only_draft and dossier.state != State.DRAFT):
        raise WrongState(CLOSED, state=dossier.state)
    return dossier


def component_of(dossier: Dossier, key: str) -> Component:
    """Return a component of the dossier's edition that may be given now; inside the room only."""
    edition: Edition = catalog.edition(dossier.edition_id)
    rule = edition.component_rule(key)
    if rule is None:
        raise Missing(NO_COMPONENT)
    if dossier.state == State.SUPPLEMENT_ASKED:
        asked = Ask.objects.get(dossier=dossier, answered_at__isnull=True)
        if asked.items and key not in asked.items:
            raise WrongState(NOT_ASKED)
    return rule.component


def components_now(dossier: Dossier, edition: Edition) -> tuple[Component, ...]:
    """Return what the answers so far ask for; before the case is known, what every case asks."""
    values = answers_of.answers(dossier.id).values
    if dossier.case_key:
        return edition.components_for(dossier.case_key, values)
    try:
        return edition.components_for(edition.case_for(values).key, values)
    except Invalid:
        return edition.components_for("", values)
