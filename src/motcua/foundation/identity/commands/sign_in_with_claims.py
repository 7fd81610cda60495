"""Let in who an identity provider vouches for; the only way in for citizens and organisations (TT11-1.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import claims as words
from motcua.foundation.identity import identifying, models
from motcua.foundation.identity.commands.add_representation import add_representation
from motcua.foundation.identity.commands.record_known import record_known
from motcua.foundation.identity.commands.register_organisation import register_organisation
from motcua.foundation.identity.commands.register_person import register_person
from motcua.foundation.identity.types import (
    UNIQUE_KINDS,
    AccountKind,
    AccountState,
    ClaimsProfile,
    RepresentationKind,
    RepresentationSource,
    SignedIn,
)
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed

# A company's account proves who represents it on the day it is used; after this long it must prove it again.
FRESH = timedelta(days=90)


@transaction.atomic
def sign_in_with_claims(
    *,
    issuer: str,
    profile: ClaimsProfile,
    claims: Mapping[str, Any],
    minimum_assurance: int = 2,
    actor: Actor,
    at: datetime,
) -> SignedIn:
    """Return the account of verified claims, made at the first sign-in, with what they say kept as known values.

    A person met before (at the counter, by the same personal number) is the same party. A company's account acts
    for the company from the start. Raises NotAllowed for claims without a number the law knows, a level that is
    too low, and a locked account.
    """
    identity = words.read(claims, profile, minimum_assurance=minimum_assurance)
    source = words.SOURCES[profile]
    _hold_subject(issuer, identity.subject)
    before = models.Party.objects.filter(accounts__issuer=issuer, accounts__subject=identity.subject).first()
    person = _party(identity.person, before, source, is_person=True, actor=actor, at=at)
    organisation = _party(identity.organisation, None, source, is_person=False, actor=actor, at=at)
    if person is not None and organisation is not None:
        add_representation(
            person_id=person.id,
            party_id=organisation.id,
            kind=RepresentationKind.LEGAL_REPRESENTATIVE,
            source=RepresentationSource.IDENTITY_PROVIDER,
            valid_to=local(at + FRESH).date(),
            actor=actor,
            at=at,
        )
    claimed = [party for party in (person, organisation) if party is not None]  # never empty: ``words.read`` refuses
    account, first_time = _account(issuer, identity, claimed[0], actor=actor, at=at)
    return SignedIn(account.id, claimed[0].id, claimed[-1].id, first_time)


def _hold_subject(issuer: str, subject: str) -> None:
    """A double click brings the same subject twice at once: the second waits and finds the account."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"identity.account|{issuer}|{subject}"]
        )


def _party(
    claimed: words.ClaimedParty | None,
    before: models.Party | None,
    source: str,
    *,
    is_person: bool,
    actor: Actor,
    at: datetime,
) -> models.Party | None:
    """Find who is claimed, or register them; keep what the provider said.

    A number that the law gives once finds the party. A passport does not (two countries may give the same number):
    its holder is whoever came with this account ``before``, or somebody new.
    """
    if claimed is None:
        return None
    strong = [identifier for identifier in claimed.identifiers if identifier.kind in UNIQUE_KINDS]
    identifying.hold(strong)
    party = next((found for found in map(identifying.holder, strong) if found is not None), None if strong else before)
    if party is None:
        party = models.Party.objects.get(id=_register(claimed, source, is_person=is_person, actor=actor, at=at))
    for identifier in claimed.identifiers:
        if identifier not in identifying.living(party) and identifying.holder(identifier) is None:
            identifying.add(party, identifier, source=source, at=at)
    record_known(party_id=party.id, values=claimed.known, source=source, actor=actor, at=at)
    return party


def _register(claimed: words.ClaimedParty, source: str, *, is_person: bool, actor: Actor, at: datetime) -> UUID:
    if not is_person:
        made = register_organisation(
            name=claimed.name, identifiers=claimed.identifiers, source=source, actor=actor, at=at
        )
        return made.id
    made = register_person(
        name=claimed.name,
        birth_on=claimed.birth_on,
        sex=claimed.sex,
        nationality=claimed.nationality,
        identifiers=claimed.identifiers,
        source=source,
        actor=actor,
        at=at,
    )
    return made.id


def _account(
    issuer: str, identity: words.ClaimedIdentity, party: models.Party, *, actor: Actor, at: datetime
) -> tuple[models.Account, bool]:
    account, first_time = models.Account.objects.select_for_update().get_or_create(
        issuer=issuer,
        subject=identity.subject,
        defaults={
            "kind": AccountKind.CITIZEN,
            "state": AccountState.ACTIVE,
            "party": party,
            "assurance": identity.assurance,
            "created_at": at,
        },
    )
    if account.state != AccountState.ACTIVE:
        raise NotAllowed(_("Tài khoản này đang bị khóa. Hãy liên hệ cơ quan quản trị hệ thống."))
    if account.party_id != party.id:
        raise NotAllowed(_("Tài khoản định danh này đã gắn với người khác. Hãy liên hệ Bộ phận Một cửa."))
    account.assurance = identity.assurance
    account.save(update_fields=["assurance"])
    if first_time:
        data = {"issuer": issuer, "party": str(party.id), "assurance": identity.assurance}
        journal.record(kind="account.created", subject=Subject("account", account.id), actor=actor, at=at, data=data)
    return account, first_time
