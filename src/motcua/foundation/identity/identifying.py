"""How a party's numbers are stored, found and shown again; inside the room only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import numbers
from motcua.foundation.identity.models import Party, PartyIdentifier
from motcua.foundation.identity.types import UNIQUE_KINDS, Identifier, IdentifierKind
from motcua.foundation.kernel.encryption import blind_index, decrypt, encrypt
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import nfc

PURPOSE = "identity.number"


def index_of(identifier: Identifier) -> bytes:
    """Return the blind index by which this number is found."""
    return blind_index(PURPOSE, f"{identifier.kind}:{identifier.number}")


def hold(identifiers: Iterable[Identifier]) -> None:
    """Make whoever registers or signs in with one of these numbers wait until this transaction ends."""
    with connection.cursor() as cursor:
        for index in sorted(index_of(identifier) for identifier in identifiers):
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(index[:8], "big", signed=True)])


def holder(identifier: Identifier) -> Party | None:
    """Return the only party with this number; None when there is none, or when an old number names several."""
    rows = PartyIdentifier.objects.select_related("party").filter(
        kind=identifier.kind, number_index=index_of(identifier)
    )
    parties = {row.party_id: row.party for row in rows}
    return next(iter(parties.values())) if len(parties) == 1 else None


def normal(identifiers: Iterable[Identifier], *, nationality: str = "VN") -> tuple[Identifier, ...]:
    """Return the identifiers in their normal form; raises Invalid with one problem per wrong number."""
    good: list[Identifier] = []
    problems: list[FieldProblem] = []
    for identifier in identifiers:
        try:
            kind = IdentifierKind(identifier.kind)
            good.append(Identifier(kind, numbers.check(kind, nfc(identifier.number), nationality=nationality)))
        except Invalid as wrong:
            problems += wrong.problems
    if problems:
        raise Invalid(tuple(problems))
    return tuple(good)


def refuse_taken(identifiers: Iterable[Identifier]) -> None:
    """Raise Invalid when a number that names one party is already somebody's."""
    for identifier in identifiers:
        if identifier.kind in UNIQUE_KINDS and holder(identifier) is not None:
            sentence = _("Số này đã có trong hệ thống. Hãy tìm theo số đó thay vì tạo mới.")
            raise Invalid((FieldProblem(identifier.kind, sentence),), {"taken": True})


def add(party: Party, identifier: Identifier, *, source: str, at: datetime) -> None:
    """Give the party this number; a living number of the same kind ends."""
    party.identifiers.filter(kind=identifier.kind, ended_at__isnull=True).update(ended_at=at)
    PartyIdentifier.objects.create(
        party=party,
        kind=identifier.kind,
        number_encrypted=encrypt(PURPOSE, identifier.number.encode(), bound_to=party.id.bytes),
        number_index=index_of(identifier),
        source=source,
        added_at=at,
    )


def living(party: Party) -> tuple[Identifier, ...]:
    """Return the party's numbers that have not ended, in the order in which the kinds are named."""
    order = list(IdentifierKind)
    found = [
        Identifier(
            IdentifierKind(row.kind), decrypt(PURPOSE, bytes(row.number_encrypted), bound_to=party.id.bytes).decode()
        )
        for row in party.identifiers.all()
        if row.ended_at is None
    ]
    return tuple(sorted(found, key=lambda identifier: order.index(identifier.kind)))
