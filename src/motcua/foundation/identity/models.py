"""Tables of identity. Identity numbers and code secrets are encrypted; numbers are found by a blind index."""

from __future__ import annotations

from enum import StrEnum

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from motcua.foundation.identity.types import (
    UNIQUE_KINDS,
    AccountKind,
    AccountState,
    BirthPrecision,
    IdentifierKind,
    PartyKind,
    RepresentationKind,
    RepresentationSource,
    Sex,
    SignInMethod,
)
from motcua.foundation.kernel.tables import AppendOnly, Mutable


def one_of(field: str, words: type[StrEnum]) -> models.CheckConstraint:
    """Let the database refuse a word that the code does not know."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [str(word) for word in words]}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


class Party(Mutable):
    """A person or an organisation: one space of ids, the contact it declared last."""

    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=700)
    address = models.CharField(max_length=500, default="", blank=True)
    phone = models.CharField(max_length=30, default="", blank=True)
    email = models.CharField(max_length=254, default="", blank=True)
    registered_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("kind", PartyKind)]
        indexes = [
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="identity_party_name_trgm"),
            models.Index(fields=["phone"], name="identity_party_phone", condition=~Q(phone="")),
        ]


class Person(Mutable):
    """What a party is as a person. A new-born may have no number yet, an old person only a year of birth."""

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="person")
    birth_on = models.DateField(null=True)
    birth_precision = models.CharField(max_length=5, default=BirthPrecision.DAY)
    sex = models.CharField(max_length=8, default=Sex.UNKNOWN)
    nationality = models.CharField(max_length=2, default="VN")

    class Meta:
        constraints = [one_of("birth_precision", BirthPrecision), one_of("sex", Sex)]


class PartyIdentifier(Mutable):
    """A number of a party. An ended one was replaced (a re-established personal number) and still finds it."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="identifiers")
    kind = models.CharField(max_length=20)
    number_encrypted = models.BinaryField()
    number_index = models.BinaryField(max_length=32)
    source = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("kind", IdentifierKind),
            models.UniqueConstraint(
                fields=["kind", "number_index"],
                condition=Q(kind__in=[str(kind) for kind in UNIQUE_KINDS]),
                name="identity_identifier_names_one_party",
            ),
            models.UniqueConstraint(
                fields=["party", "kind"],
                condition=Q(ended_at__isnull=True),
                name="identity_identifier_one_living_of_a_kind",
            ),
        ]
        indexes = [models.Index(fields=["number_index"], name="identity_identifier_lookup")]


class KnownValue(AppendOnly):
    """What a database or an identity provider answered about a party; the last one per attribute counts."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="known_values")
    attribute = models.CharField(max_length=60)
    value = models.CharField(max_length=2000)
    source = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["party", "attribute", "-at"], name="identity_known_latest")]


class Representation(Mutable):
    """A person acts for a party, by a right, within a scope, for a time."""

    person = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="represents")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="represented_by")
    kind = models.CharField(max_length=24)
    scope = models.CharField(max_length=500, default="", blank=True)
    document_file_id = models.UUIDField(null=True)
    source = models.CharField(max_length=20)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            one_of("kind", RepresentationKind),
            one_of("source", RepresentationSource),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="identity_representation_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(person=F("party")), name="identity_representation_of_somebody_else"),
            models.UniqueConstraint(
                fields=["person", "party", "kind", "scope"],
                condition=Q(ended_at__isnull=True),
                name="identity_representation_once",
            ),
        ]


class Account(Mutable):
    """A way to sign in: the subject of an identity provider, or an officer's own name here."""

    kind = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    assurance = models.PositiveSmallIntegerField(default=0)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="accounts")
    created_at = models.DateTimeField()
    last_signed_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("kind", AccountKind),
            one_of("state", AccountState),
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_account_subject_once"),
            models.CheckConstraint(
                condition=Q(kind=AccountKind.OFFICER) | Q(party__isnull=False),
                name="identity_account_citizen_is_somebody",
            ),
        ]


class Credential(Mutable):
    """An officer's secrets. ``pending_…`` are those of an activation or reset that is not finished."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="credential")
    password_hash = models.CharField(max_length=200, default="", blank=True)
    password_set_at = models.DateTimeField(null=True)
    totp_secret = models.BinaryField(null=True)
    totp_last_step = models.BigIntegerField(default=0)
    pending_totp_secret = models.BinaryField(null=True)
    activation_index = models.BinaryField(max_length=32, null=True, unique=True)
    activation_until = models.DateTimeField(null=True)


class RecoveryCode(Mutable):
    """One of the codes an officer keeps for the day the telephone is lost; each works once."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="recovery_codes")
    code_index = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "code_index"], name="identity_recovery_code_once")]


class Patience(Mutable):
    """How many wrong attempts in a row one name or one address made, and until when it must wait.

    Names that do not exist are counted like those that do, so that the wait tells nobody which is which.
    """

    key = models.BinaryField(max_length=32, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_failed_at = models.DateTimeField(null=True)
    wait_until = models.DateTimeField(null=True)


class SignInLog(AppendOnly):
    """Every attempt to sign in, right or wrong; ``name_index`` finds attempts on a name that does not exist."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    name_index = models.BinaryField(max_length=32, null=True)
    method = models.CharField(max_length=16)
    passed = models.BooleanField()
    at = models.DateTimeField()
    address = models.CharField(max_length=60)
    device = models.CharField(max_length=200)

    class Meta:
        constraints = [one_of("method", SignInMethod)]
        indexes = [models.Index(fields=["account", "-at"], name="identity_signin_of_account")]


class Session(Mutable):
    """One sign-in on one device, from its beginning to its end."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sessions")
    method = models.CharField(max_length=16)
    provider = models.CharField(max_length=40, default="", blank=True)
    acting_for = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    position_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    idle_seconds = models.PositiveIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=40, default="", blank=True)
    address = models.CharField(max_length=60)
    device = models.CharField(max_length=200)

    class Meta:
        constraints = [one_of("method", SignInMethod)]
        indexes = [
            models.Index(
                fields=["account", "-opened_at"], name="identity_session_living", condition=Q(ended_at__isnull=True)
            )
        ]
