"""Register a person: at the counter, from an identity card, or because somebody names them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import contact, identifying, models, numbers, queries
from motcua.foundation.identity.types import BirthPrecision, Identifier, IdentifierKind, Party, PartyKind, Sex
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import one_line, search_key, sort_key


@transaction.atomic
def register_person(
    *,
    name: str,
    actor: Actor,
    at: datetime,
    birth_on: date | None = None,
    birth_precision: BirthPrecision = BirthPrecision.DAY,
    sex: Sex = Sex.UNKNOWN,
    nationality: str = "VN",
    identifiers: Iterable[Identifier] = (),
    address: str = "",
    phone: str = "",
    email: str = "",
    source: str = "declared",
) -> Party:
    """Register a person; one without a number (a new-born) is fine.

    Raises Invalid for a wrong number, a number that contradicts birth or sex, and a number that already names
    somebody: then find that party instead.
    """
    name = one_line(name, 300)
    _check_words(name, birth_on, at)
    reached = contact.check(address=address, phone=phone, email=email)
    numbered = identifying.normal(identifiers, nationality=nationality)
    for identifier in numbered:
        if identifier.kind is IdentifierKind.PERSONAL_NUMBER:
            numbers.check_personal_number(identifier.number, birth_on=birth_on, sex=sex)
    identifying.hold(numbered)
    identifying.refuse_taken(numbered)
    party = models.Party.objects.create(
        kind=PartyKind.PERSON,
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name)[:700],
        registered_at=at,
        changed_at=at,
        **reached,
    )
    models.Person.objects.create(
        party=party, birth_on=birth_on, birth_precision=birth_precision, sex=sex, nationality=nationality
    )
    for identifier in numbered:
        identifying.add(party, identifier, source=source, at=at)
    data = {"name": name, "source": source, "kinds": [str(identifier.kind) for identifier in numbered]}
    journal.record(kind="party.registered", subject=Subject("party", party.id), actor=actor, at=at, data=data)
    return queries.party(party.id)


def _check_words(name: str, birth_on: date | None, at: datetime) -> None:
    problems: list[FieldProblem] = []
    if not name:
        problems.append(FieldProblem("name", _("Hãy nhập họ và tên.")))
    if birth_on is not None and birth_on > local(at).date():
        problems.append(FieldProblem("birth_on", _("Ngày sinh không thể sau hôm nay.")))
    if problems:
        raise Invalid(tuple(problems))
