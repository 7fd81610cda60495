"""Keep what a database or an identity provider answered about a party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, queries
from motcua.foundation.identity.types import IdentifierKind
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.text import one_line


@transaction.atomic
def record_known(
    *, party_id: UUID, values: Mapping[str, str], source: str, actor: Actor, at: datetime
) -> tuple[str, ...]:
    """Keep the answers beside what was declared; return the attributes whose last known value changed.

    ``values`` maps an attribute to its text (dates in ISO form). Identity numbers do not belong here: they are
    identifiers. An answer equal to the last one of the same source adds no row.
    """
    if not models.Party.objects.filter(id=party_id).exists():
        raise Missing(_("Không tìm thấy người hoặc tổ chức này."))
    if wrong := values.keys() & set(map(str, IdentifierKind)):
        raise ValueError(f"identity numbers are identifiers, not known values: {sorted(wrong)}")
    last = queries.known_of(party_id)
    fresh = {name: one_line(value, 2000) for name, value in values.items() if value}
    changed = {
        name: value
        for name, value in fresh.items()
        if name not in last or (last[name].value, last[name].source) != (value, source)
    }
    models.KnownValue.objects.bulk_create(
        models.KnownValue(party_id=party_id, attribute=name, value=value, source=source, at=at)
        for name, value in changed.items()
    )
    if changed:
        data = {"source": source, "attributes": sorted(changed)}
        journal.record(kind="party.known", subject=Subject("party", party_id), actor=actor, at=at, data=data)
    return tuple(sorted(changed))
