"""The words of identity, the frozen shapes its queries return, and the kinds of event it records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.text import search_key

PartyId = UUID
AccountId = UUID
SessionId = UUID

EVENTS = (
    "party.registered",
    "party.identifier_added",
    "party.contact_changed",
    "party.known",
    "representation.added",
    "representation.confirmed",
    "representation.ended",
    "account.created",
    "account.edited",
    "account.activated",
    "account.locked",
    "account.unlocked",
    "account.second_factor_reset",
    "account.recovery_code_used",
    "account.password_changed",
    "account.signed_in",
    "account.signed_out",
    "account.sessions_ended",
    "account.delayed",
)

LOCAL_ISSUER = "local"  # the issuer of officers' accounts: this installation


class PartyKind(StrEnum):
    """The two kinds of party."""

    PERSON = "person"
    ORGANISATION = "organisation"


class IdentifierKind(StrEnum):
    """The numbers by which the law knows a party."""

    PERSONAL_NUMBER = "personal_number"
    OLD_ID = "old_id"
    PASSPORT = "passport"
    TAX_CODE = "tax_code"
    ENTERPRISE_CODE = "enterprise_code"


# One living number, one party. Old identity cards were issued by 63 provinces with collisions, and passport
# numbers repeat between countries: those two only help to find somebody.
UNIQUE_KINDS = (
    IdentifierKind.PERSONAL_NUMBER,
    IdentifierKind.TAX_CODE,
    IdentifierKind.ENTERPRISE_CODE,
)


class Sex(StrEnum):
    """As identity papers write it."""

    MALE = "male"
    FEMALE = "female"
    UNKNOWN = "unknown"

    @classmethod
    def read(cls, text: str) -> Sex:
        """Read "Nam", "Nữ" and the codes of national systems (1 male, 2 female)."""
        return _SEXES.get(search_key(text), cls.UNKNOWN)


_SEXES = {"nam": Sex.MALE, "1": Sex.MALE, "male": Sex.MALE, "nu": Sex.FEMALE, "2": Sex.FEMALE, "female": Sex.FEMALE}


class BirthPrecision(StrEnum):
    """How much of the birth date papers know; what is not known is 1 in ``birth_on``."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class RepresentationKind(StrEnum):
    """By what right somebody acts for somebody else (BLDS 2015 Điều 134–138)."""

    LEGAL_REPRESENTATIVE = "legal_representative"
    PARENT = "parent"
    GUARDIAN = "guardian"
    AUTHORISED = "authorised"

    @property
    def words(self) -> str:
        """The words shown beside the represented party's name."""
        return str(_REPRESENTATION_WORDS[self])


_REPRESENTATION_WORDS = {
    RepresentationKind.LEGAL_REPRESENTATIVE: _("Người đại diện theo pháp luật"),
    RepresentationKind.PARENT: _("Cha, mẹ của con chưa thành niên"),
    RepresentationKind.GUARDIAN: _("Người giám hộ"),
    RepresentationKind.AUTHORISED: _("Người được ủy quyền"),
}


class RepresentationSource(StrEnum):
    """Who says so. ``DECLARED`` is the representative's own word, until somebody confirms it."""

    IDENTITY_PROVIDER = "identity_provider"
    OFFICER = "officer"
    DATABASE = "database"
    DECLARED = "declared"


class AccountKind(StrEnum):
    """Who signs in."""

    CITIZEN = "citizen"
    OFFICER = "officer"


class AccountState(StrEnum):
    """``INVITED`` cannot sign in yet; ``LOCKED`` cannot any more until an administrator unlocks it."""

    INVITED = "invited"
    ACTIVE = "active"
    LOCKED = "locked"


class ClaimsProfile(StrEnum):
    """Whose words the claims are written in (``law/facts`` §9)."""

    VNEID = "vneid"
    NATIONAL_PORTAL = "national_portal"


class SignInMethod(StrEnum):
    """How somebody proved to be who they are."""

    OPENID = "openid"
    PASSWORD = "password"  # noqa: S105 – a word, not a secret
    CODE = "code"
    RECOVERY_CODE = "recovery_code"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number by which the law knows a party, in its normal form."""

    kind: IdentifierKind
    number: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a database or an identity provider answered, kept apart from what was declared."""

    value: str
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation. ``known`` maps an attribute (``name``, ``birth_on`` …) to the last answer."""

    id: PartyId
    kind: PartyKind
    name: str
    birth_on: date | None
    birth_precision: BirthPrecision
    sex: Sex
    nationality: str
    identifiers: tuple[Identifier, ...]
    address: str
    phone: str
    email: str
    known: Mapping[str, Known] = field(default_factory=dict)

    @property
    def reached_at_phone(self) -> str:
        """The telephone number they gave, else the one that somebody answered for them."""
        return self.phone or self._answered("phone")

    @property
    def reached_at_email(self) -> str:
        """The e-mail address they gave, else the one that somebody answered for them."""
        return self.email or self._answered("email")

    @property
    def lives_at(self) -> str:
        """The address they gave, else the permanent, the present or the head office's that somebody answered."""
        return self.address or self._answered("permanent_address", "present_address", "head_office")

    def _answered(self, *attributes: str) -> str:
        return next((self.known[name].value for name in attributes if name in self.known), "")

    def number(self, kind: IdentifierKind) -> str:
        """Return the party's living number of this kind, or an empty text."""
        return next((found.number for found in self.identifiers if found.kind is kind), "")


@dataclass(frozen=True, slots=True)
class Representation:
    """Somebody acts for ``party_id``. ``scope`` is empty for everything, ``until`` is the last day or None."""

    id: UUID
    party_id: PartyId
    name: str
    kind: RepresentationKind
    scope: str
    until: date | None
    source: RepresentationSource
    document_file_id: UUID | None = None

    @property
    def is_confirmed(self) -> bool:
        """Somebody other than the representative said so."""
        return self.source is not RepresentationSource.DECLARED


@dataclass(frozen=True, slots=True)
class Account:
    """A way to sign in. ``username`` is the subject of an officer's account."""

    id: AccountId
    kind: AccountKind
    state: AccountState
    issuer: str
    subject: str
    assurance: int
    party_id: PartyId | None
    has_second_factor: bool
    last_signed_in_at: datetime | None

    @property
    def username(self) -> str:
        """The officer's own name for signing in."""
        return self.subject if self.kind is AccountKind.OFFICER else ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in through an identity provider; ``acting_for_id`` is the company of a company's account."""

    account_id: AccountId
    party_id: PartyId
    acting_for_id: PartyId
    first_time: bool


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a password or code: the same sentence for every reason; ``wait`` only with delay."""

    account_id: AccountId | None
    wait_until: datetime | None = None

    @property
    def passed(self) -> bool:
        """The secret was right and the account may go on."""
        return self.account_id is not None


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an administrator hands to a new officer; ``secret`` exists nowhere else in readable form."""

    account_id: AccountId
    username: str
    secret: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an officer puts into the code application while activating an account."""

    account_id: AccountId
    username: str
    secret: str
    uri: str


@dataclass(frozen=True, slots=True)
class SessionRules:
    """How long a session lives: ``fixed`` from sign-in, ``idle`` from the last request, how many at once."""

    fixed: timedelta
    idle: timedelta
    at_most: int


SESSION_RULES = {
    AccountKind.CITIZEN: SessionRules(timedelta(hours=8), timedelta(minutes=30), at_most=5),
    AccountKind.OFFICER: SessionRules(timedelta(hours=10), timedelta(minutes=30), at_most=2),
}


@dataclass(frozen=True, slots=True)
class Session:
    """A living session: who, for whom, in which position, from where."""

    id: SessionId
    account_id: AccountId
    account_kind: AccountKind
    party_id: PartyId | None
    acting_for_id: PartyId | None
    position_id: UUID | None
    method: SignInMethod
    provider: str
    opened_at: datetime
    last_seen_at: datetime
    ends_at: datetime
    address: str
    device: str


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """One line of the log of sign-ins; ``passed`` says whether this step was right."""

    at: datetime
    method: SignInMethod
    passed: bool
    address: str
    device: str
