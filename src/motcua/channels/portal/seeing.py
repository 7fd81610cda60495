"""Who sees which dossier on a page, and the log row that a page about somebody else owes before it is shown."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.domain.statuses.types import State
from motcua.foundation.journal.commands import log_read
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import WrongState


def dossier_of(request: HttpRequest, dossier_id: UUID, *, at: datetime, page: str) -> DossierView:
    """Return the dossier for a page; when it is somebody else's, write who looked at it. Raises Missing."""
    actor = actor_of(request)
    found = dossiers.dossier(dossier_id, actor=actor, on=local(at).date())
    note_read(actor, found, at=at, page=page)
    return found


def note_read(actor: Actor, found: DossierView, *, at: datetime, page: str) -> None:
    """Write a row for a representative who sees the owner's data; one's own need none."""
    others = {found.owner_id, found.submitter_id} - {actor.party_id}
    if others:
        purpose = gettext_noop("Người nộp, người đại diện xem hồ sơ")
        log_read(actor=actor, at=at, page=page, purpose=purpose, parties=others, subjects=[found.id])


def open_for_changes(found: DossierView, *states: State) -> DossierView:
    """Return the dossier if the applicant may work on it now. Raises WrongState."""
    if found.state not in states:
        raise WrongState(_("Hồ sơ đã nộp nên không sửa được nữa. Hãy xem trang hồ sơ để biết việc cần làm."))
    return found
