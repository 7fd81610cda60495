"""Register an organisation: an enterprise, a cooperative, an agency that files for itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import contact, identifying, models, queries
from motcua.foundation.identity.types import Identifier, Party, PartyKind
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line, search_key, sort_key


@transaction.atomic
def register_organisation(
    *,
    name: str,
    actor: Actor,
    at: datetime,
    identifiers: Iterable[Identifier] = (),
    address: str = "",
    phone: str = "",
    email: str = "",
    source: str = "declared",
) -> Party:
    """Register an organisation; one that is still to be founded has no number yet.

    Raises Invalid for a wrong number and for one that already names an organisation.
    """
    name = one_line(name, 300)
    if not name:
        raise Invalid((FieldProblem("name", _("Hãy nhập tên tổ chức.")),))
    reached = contact.check(address=address, phone=phone, email=email)
    numbered = identifying.normal(identifiers)
    identifying.hold(numbered)
    identifying.refuse_taken(numbered)
    party = models.Party.objects.create(
        kind=PartyKind.ORGANISATION,
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name)[:700],
        registered_at=at,
        changed_at=at,
        **reached,
    )
    for identifier in numbered:
        identifying.add(party, identifier, source=source, at=at)
    data = {"name": name, "source": source, "kinds": [str(identifier.kind) for identifier in numbered]}
    journal.record(kind="party.registered", subject=Subject("party", party.id), actor=actor, at=at, data=data)
    return queries.party(party.id)
