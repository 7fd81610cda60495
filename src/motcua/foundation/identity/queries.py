"""What can be asked about parties, representation, accounts and sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import DurationField, ExpressionWrapper, F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import identifying, models
from motcua.foundation.identity.access import may_act_for, representations
from motcua.foundation.identity.types import (
    LOCAL_ISSUER,
    Account,
    AccountKind,
    AccountState,
    BirthPrecision,
    Identifier,
    IdentifierKind,
    Known,
    Party,
    PartyKind,
    Representation,
    RepresentationKind,
    RepresentationSource,
    Session,
    Sex,
    SignInAttempt,
    SignInMethod,
)
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.kernel.text import search_key

SEARCH_LIMIT = 50


def party(party_id: UUID) -> Party:
    """Return the party with its numbers and known values. Raises Missing."""
    found = parties([party_id])
    if not found:
        raise Missing(_("Không tìm thấy người hoặc tổ chức này."))
    return found[0]


def parties(party_ids: Iterable[UUID]) -> list[Party]:
    """Return the parties that exist among these, in the order given, in four queries."""
    wanted = list(party_ids)
    rows = _with_parts(models.Party.objects.filter(id__in=wanted))
    by_id = {row.id: _as_party(row) for row in rows}
    return [by_id[party_id] for party_id in wanted if party_id in by_id]


def names(party_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names only: for lists."""
    return dict(models.Party.objects.filter(id__in=set(party_ids)).values_list("id", "name"))


def find_party(identifier: Identifier) -> Party | None:
    """Return the one party with this number; None when nobody has it, or an old number names several."""
    found = identifying.holder(_normal(identifier))
    return party(found.id) if found else None


def find_parties(identifier: Identifier) -> list[Party]:
    """Return every party with this number: old identity cards and passports may name several."""
    index = identifying.index_of(_normal(identifier))
    rows = models.PartyIdentifier.objects.filter(kind=identifier.kind, number_index=index)
    return parties(sorted(set(rows.values_list("party_id", flat=True))))


def search_parties(text: str, *, kind: PartyKind | None = None, limit: int = SEARCH_LIMIT) -> list[Party]:
    """Find by name (without marks), telephone number or any whole identity number; in Vietnamese order."""
    key = search_key(text)
    if len(key) < 2:
        return []
    digits = "".join(char for char in text if char.isalnum())
    indexes = [identifying.index_of(Identifier(found, digits.upper())) for found in IdentifierKind]
    matches = Q(name_key__contains=key) | Q(phone=digits) | Q(identifiers__number_index__in=indexes)
    rows = models.Party.objects.filter(matches)
    if kind is not None:
        rows = rows.filter(kind=kind)
    ids = rows.order_by("sort_key").values_list("id", "sort_key").distinct()[:limit]
    return parties(found for found, _key in ids)


def known_of(party_id: UUID) -> dict[str, Known]:
    """Return the last answer per attribute."""
    rows = models.KnownValue.objects.filter(party_id=party_id).order_by("attribute", "-at").distinct("attribute")
    return {row.attribute: Known(row.value, row.source, row.at) for row in rows}


def represented_by(person_id: UUID, on: date) -> list[Representation]:
    """Return for whom the person may act on that day, by name."""
    rows = representations(on).filter(person_id=person_id).select_related("party").order_by("party__sort_key", "kind")
    return [_as_representation(row) for row in rows]


def representatives_of(party_id: UUID, on: date) -> list[tuple[UUID, Representation]]:
    """Return who may act for the party on that day: the person's id and the right."""
    rows = representations(on).filter(party_id=party_id).select_related("party").order_by("person__sort_key", "kind")
    return [(row.person_id, _as_representation(row)) for row in rows]


def representation(representation_id: UUID) -> Representation:
    """Return one right, ended or not. Raises Missing."""
    row = models.Representation.objects.select_related("party").filter(id=representation_id).first()
    if row is None:
        raise Missing(_("Không tìm thấy quyền đại diện này."))
    return _as_representation(row)


def account(account_id: UUID) -> Account:
    """Return the account. Raises Missing."""
    return accounts([account_id])[0]


def accounts(account_ids: Iterable[UUID]) -> list[Account]:
    """Return the accounts, in the order given. Raises Missing when one does not exist."""
    wanted = list(account_ids)
    rows = models.Account.objects.select_related("credential").in_bulk(wanted)
    if len(rows) < len(set(wanted)):
        raise Missing(_("Không tìm thấy tài khoản này."))
    return [_as_account(rows[account_id]) for account_id in wanted]


def account_ids(*, state: AccountState | None = None, username_contains: str = "") -> QuerySet[models.Account, UUID]:
    """Return ids of officers' accounts, for the subqueries of rooms above."""
    rows = models.Account.objects.filter(kind=AccountKind.OFFICER, subject__contains=username_contains)
    return (rows.filter(state=state) if state else rows).values_list("id", flat=True)


def account_by_username(username: str) -> Account | None:
    """Return the officer's account with this name."""
    row = (
        models.Account.objects.select_related("credential")
        .filter(issuer=LOCAL_ISSUER, subject=username.strip().lower())
        .first()
    )
    return _as_account(row) if row else None


def session(session_id: UUID, at: datetime) -> Session | None:
    """Return the session when it still lives: not ended, not too old, not idle too long, account active.

    A party that is no longer represented falls away: the person then acts for themself.
    """
    row = (
        living_sessions(at).select_related("account").filter(id=session_id, account__state=AccountState.ACTIVE).first()
    )
    if row is None:
        return None
    found = as_session(row)
    if row.acting_for_id and not may_act_for(found.party_id, row.acting_for_id, local(at).date()):
        return replace(found, acting_for_id=found.party_id)
    return found


def sessions_of(account_id: UUID, at: datetime) -> list[Session]:
    """Return the account's living sessions, the newest first (TT21-PL6-16)."""
    rows = living_sessions(at).select_related("account").filter(account_id=account_id).order_by("-opened_at")
    return [as_session(row) for row in rows]


def living_sessions(at: datetime) -> QuerySet[models.Session]:
    """Return the sessions that are neither ended, too old nor idle too long; inside the room only."""
    idle = ExpressionWrapper(F("idle_seconds") * Value(timedelta(seconds=1)), output_field=DurationField())
    return models.Session.objects.annotate(idle_ends_at=F("last_seen_at") + idle).filter(
        ended_at__isnull=True, ends_at__gt=at, idle_ends_at__gt=at
    )


def sign_ins_of(account_id: UUID, *, limit: int = 50) -> list[SignInAttempt]:
    """Return the last attempts to sign in to the account, the newest first."""
    rows = models.SignInLog.objects.filter(account_id=account_id).order_by("-at")[:limit]
    return [SignInAttempt(row.at, SignInMethod(row.method), row.passed, row.address, row.device) for row in rows]


def as_session(row: models.Session) -> Session:
    """Return the row as a value; inside the room only."""
    return Session(
        id=row.id,
        account_id=row.account_id,
        account_kind=AccountKind(row.account.kind),
        party_id=row.account.party_id,
        acting_for_id=row.acting_for_id or row.account.party_id,
        position_id=row.position_id,
        method=SignInMethod(row.method),
        provider=row.provider,
        opened_at=row.opened_at,
        last_seen_at=row.last_seen_at,
        ends_at=row.ends_at,
        address=row.address,
        device=row.device,
    )


def _normal(identifier: Identifier) -> Identifier:
    return identifying.normal([identifier], nationality="")[0]


def _with_parts(rows: QuerySet[models.Party]) -> QuerySet[models.Party]:
    return rows.select_related("person").prefetch_related("identifiers", "known_values")


def _as_party(row: models.Party) -> Party:
    person = getattr(row, "person", None)
    known = sorted(row.known_values.all(), key=lambda value: value.at)
    return Party(
        id=row.id,
        kind=PartyKind(row.kind),
        name=row.name,
        birth_on=person.birth_on if person else None,
        birth_precision=BirthPrecision(person.birth_precision) if person else BirthPrecision.DAY,
        sex=Sex(person.sex) if person else Sex.UNKNOWN,
        nationality=person.nationality if person else "VN",
        identifiers=identifying.living(row),
        address=row.address,
        phone=row.phone,
        email=row.email,
        known={value.attribute: Known(value.value, value.source, value.at) for value in known},
    )


def _as_representation(row: models.Representation) -> Representation:
    return Representation(
        id=row.id,
        party_id=row.party_id,
        name=row.party.name,
        kind=RepresentationKind(row.kind),
        scope=row.scope,
        until=row.valid_to,
        source=RepresentationSource(row.source),
        document_file_id=row.document_file_id,
    )


def _as_account(row: models.Account) -> Account:
    credential = getattr(row, "credential", None)
    return Account(
        id=row.id,
        kind=AccountKind(row.kind),
        state=AccountState(row.state),
        issuer=row.issuer,
        subject=row.subject,
        assurance=row.assurance,
        party_id=row.party_id,
        has_second_factor=credential is not None and credential.totp_secret is not None,
        last_signed_in_at=row.last_signed_in_at,
    )
