"""The dossier of a request: found through the actor's rights, its reading logged in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from motcua.channels.ui.navigation import Place, url_of
from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import DossierView
from motcua.foundation.journal.commands import log_read
from motcua.foundation.kernel import clocks
from motcua.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier before an officer, now."""

    request: HttpRequest
    actor: Actor
    at: datetime
    dossier: DossierView

    @property
    def on(self) -> date:
        """Today in Vietnam."""
        return clocks.local(self.at).date()

    @property
    def id(self) -> UUID:
        return self.dossier.id

    @property
    def url(self) -> str:
        """The dossier's page."""
        return reverse("desk:dossier", args=[self.id])

    def crumbs(self, here: str = "") -> tuple[tuple[str, str], ...]:
        """Return the way to this page; ``here`` names a page below the dossier's own."""
        named = _("Hồ sơ %(code)s") % {"code": self.dossier.code}
        way = ((_("Việc của tôi"), url_of(Place.DESK) or "/"), (named, self.url if here else ""))
        return (*way, (here, "")) if here else way

    def log(self, page: str, purpose: str = "") -> None:
        """Note that this officer reads this dossier; the page is shown only after that (domain.md, log of reads)."""
        people = {self.dossier.owner_id, self.dossier.submitter_id}
        people |= {one.party_id for one in self.dossier.participants if one.party_id}
        log_read(
            actor=self.actor,
            at=self.at,
            page=page,
            purpose=purpose or gettext_noop("Giải quyết hồ sơ"),
            parties=sorted(people),
            subjects=[self.id],
        )


def case_of(request: HttpRequest, dossier_id: UUID) -> Case:
    """Return the dossier as the signed-in officer may see it. Raises Missing."""
    actor, at = actor_of(request), clocks.now()
    return Case(request, actor, at, dossiers.dossier(dossier_id, actor=actor, on=clocks.local(at).date()))
