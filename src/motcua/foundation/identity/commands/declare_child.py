"""A parent names a child in order to act for it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models
from motcua.foundation.identity.commands.add_representation import write
from motcua.foundation.identity.commands.register_person import register_person
from motcua.foundation.identity.types import (
    Identifier,
    IdentifierKind,
    Representation,
    RepresentationKind,
    RepresentationSource,
    Sex,
)
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed


@transaction.atomic
def declare_child(
    *, name: str, birth_on: date, sex: Sex, actor: Actor, at: datetime, personal_number: str = ""
) -> Representation:
    """Register the actor's child and let the actor act for it, on the actor's word until somebody confirms it.

    A child whose number is already known here is never opened by a mere declaration, or anybody who knows a number
    could read a child's dossiers: an officer adds that right on the birth certificate. Raises Invalid, NotAllowed.
    """
    people = models.Party.objects.select_related("person")
    parent = people.filter(id=actor.party_id).first() if actor.party_id else None
    if parent is None or not hasattr(parent, "person"):
        raise NotAllowed(_("Hãy đăng nhập bằng tài khoản cá nhân để khai con."))
    if parent.person.birth_on is not None and birth_on <= parent.person.birth_on:
        raise Invalid((FieldProblem("birth_on", _("Ngày sinh của con phải sau ngày sinh của cha, mẹ.")),))
    numbered = [Identifier(IdentifierKind.PERSONAL_NUMBER, personal_number)] if personal_number.strip() else []
    try:
        child = register_person(name=name, birth_on=birth_on, sex=sex, identifiers=numbered, actor=actor, at=at)
    except Invalid as wrong:
        raise _worded(wrong) from wrong
    return write(
        models.Representation(
            person=parent,
            party=models.Party.objects.select_related("person").get(id=child.id),
            kind=RepresentationKind.PARENT,
            source=RepresentationSource.DECLARED,
            valid_from=local(at).date(),
            added_at=at,
        ),
        actor=actor,
        at=at,
    )


def _worded(wrong: Invalid) -> Invalid:
    """A parent cannot "find" a registered child: say where the right is added instead."""
    if not wrong.details.get("taken"):
        return wrong
    sentence = _("Số này đã có trong hệ thống. Hãy mang giấy khai sinh của con đến Bộ phận Một cửa để thêm quyền.")
    return Invalid((FieldProblem("personal_number", sentence),))
