"""The words of organisation, the frozen shapes its queries return, and the kinds of event it records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.types import AccountState, Invitation

EVENTS = (
    "agency.created",
    "agency.edited",
    "agency.closed",
    "department.created",
    "position.created",
    "position.edited",
    "desk.opened",
    "officer.created",
    "officer.edited",
    "officer.invited_again",
    "officer.locked",
    "officer.unlocked",
    "officer.appointed",
    "officer.relieved",
    "group.created",
    "group.joined",
    "group.left",
    "right.granted",
    "right.revoked",
)


class AgencyKind(StrEnum):
    """What an agency is."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DEPARTMENT = "department"
    COMMUNE = "commune"
    CENTRE = "centre"
    UNIT = "unit"
    BRANCH = "branch"
    TAX = "tax"


class Role(StrEnum):
    """The parts that officers play in every procedure; a position has exactly one."""

    DESK_OFFICER = "desk_officer"
    APPRAISER = "appraiser"
    HEAD = "head"
    CLERK = "clerk"
    LEADER = "leader"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"

    @property
    def words(self) -> str:
        """The role as screens name it."""
        return str(_ROLE_WORDS[self])


_ROLE_WORDS = {
    Role.DESK_OFFICER: _("Cán bộ tiếp nhận và trả kết quả"),
    Role.APPRAISER: _("Cán bộ thẩm định"),
    Role.HEAD: _("Trưởng phòng"),
    Role.CLERK: _("Văn thư"),
    Role.LEADER: _("Lãnh đạo"),
    Role.DIRECTOR: _("Giám đốc Trung tâm"),
    Role.ADMINISTRATOR: _("Người quản trị"),
}


class Capability(StrEnum):
    """What one may be allowed to do."""

    SEE_DOSSIERS = "see_dossiers"
    RECEIVE = "receive"
    ASK_COMPLETION = "ask_completion"
    REFUSE = "refuse"
    RETURN_NOT_COMPETENT = "return_not_competent"
    FORWARD = "forward"
    DIGITISE = "digitise"
    EDIT_CONTACTS = "edit_contacts"
    TAKE_MONEY = "take_money"
    APPROVE_REFUND = "approve_refund"
    ASSIGN = "assign"
    APPRAISE = "appraise"
    ASK_SUPPLEMENT = "ask_supplement"
    CONSULT = "consult"
    GIVE_OPINION = "give_opinion"
    APPROVE = "approve"
    ALLOW_EXCEPTION = "allow_exception"  # a second completion, a later supplement, an undo: the head's word
    DECIDE_STOP = "decide_stop"
    EXTEND = "extend"
    SIGN = "sign"
    NUMBER = "number"
    SEAL = "seal"
    RETURN_RESULTS = "return_results"
    SEE_REPORTS = "see_reports"
    READ_LOG = "read_log"
    ADMINISTER_ORGANISATION = "administer_organisation"
    ADMINISTER_ACCOUNTS = "administer_accounts"
    ADMINISTER_EDITIONS = "administer_editions"
    OPERATE = "operate"  # the cockpit: messages, jobs, parked lanes


class ScopeKind(StrEnum):
    """How far a right reaches. A position without department stands over its whole agency."""

    AGENCY = "agency"
    SUBTREE = "subtree"
    DEPARTMENT = "department"
    OWN = "own"


class HolderKind(StrEnum):
    """Through what a right is held."""

    ROLE = "role"
    POSITION = "position"
    GROUP = "group"
    OFFICER = "officer"


class SigningForm(StrEnum):
    """How somebody signs who is not the head (NĐ 30/2020 Điều 13); empty for the head."""

    HEAD = ""
    DEPUTY = "KT."
    BY_ORDER = "TL."
    BY_MANDATE = "TUQ."
    ON_BEHALF = "TM."


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as it is now; ``valid_to`` is its last day."""

    id: UUID
    code: str
    name: str
    kind: AgencyKind
    parent_id: UUID | None
    valid_from: date
    valid_to: date | None
    successor_id: UUID | None
    address: str
    phone: str

    def is_valid(self, on: date) -> bool:
        """Say whether the agency exists on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Department:
    """A division of an agency."""

    id: UUID
    agency_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who works for an agency; ``state`` is that of the account."""

    id: UUID
    account_id: UUID
    agency_id: UUID
    username: str
    name: str
    employee_number: str
    phone: str
    email: str
    state: AccountState


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """A position that an officer holds."""

    position_id: UUID
    officer_id: UUID
    officer_name: str
    title: str
    role: Role
    agency_id: UUID
    agency_name: str
    department_id: UUID | None
    department_name: str
    signing_form: SigningForm
    delegation: str
    until: date | None


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One line of the officers' list and of its export (TT11-1.2a)."""

    officer: Officer
    agency_name: str
    positions: tuple[HeldPosition, ...]
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position of an agency with who holds it now; ``valid_to`` is its last day."""

    id: UUID
    title: str
    role: Role
    department_id: UUID | None
    department_name: str
    valid_from: date
    valid_to: date | None
    holders: tuple[HeldPosition, ...]


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A right as the table of rights shows it (TT11-1.2c): through what it is held, by whom, what, where.

    ``holder`` is a role's key, or the name of the position, group or officer. Without ``agency_name`` the place is
    where the acting position stands; ``procedures`` None means every procedure.
    """

    id: UUID
    holder_kind: HolderKind
    holder: str
    capability: Capability
    scope: ScopeKind
    agency_name: str
    department_name: str
    procedures: tuple[str, ...] | None
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """An officer just created, with the invitation to hand over."""

    officer_id: UUID
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class Desk:
    """A one-stop desk: where people come, when it is open."""

    id: UUID
    agency_id: UUID
    agency_name: str
    name: str
    address: str
    hours: str
    phone: str


@dataclass(frozen=True, slots=True)
class Area:
    """What one right reaches; None means no limit in that direction."""

    agencies: frozenset[UUID] | None
    departments: frozenset[UUID] | None = None
    procedures: frozenset[str] | None = None
    own_only: bool = False

    def covers(self, *, agency_id: UUID | None, department_id: UUID | None, procedure: str | None, own: bool) -> bool:
        """Say whether an object with these marks lies inside; what an object does not have is outside a limit."""
        return (
            (self.agencies is None or agency_id in self.agencies)
            and (self.departments is None or department_id in self.departments)
            and (self.procedures is None or procedure in self.procedures)
            and (own or not self.own_only)
        )

    def condition(self, *, agency: str, department: str | None, procedure: str | None, own: Q | None) -> Q:
        """Return the same as a condition on columns; a limit on a column that is not named lets nothing through."""
        found = Q() if self.agencies is None else Q(**{f"{agency}__in": self.agencies})
        for limit, column in ((self.departments, department), (self.procedures, procedure)):
            if limit is not None:
                found &= Q(**{f"{column}__in": limit}) if column else NOTHING
        if self.own_only:
            found &= own if own is not None else NOTHING
        return found


NOTHING = Q(pk__in=[])


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an actor has a capability: the union of its areas. Use ``condition`` in queries, ``covers`` on one object.

    The four properties are the hull of the areas, for choosing what a filter offers; they are wider than the union
    and must never decide who sees what.
    """

    areas: tuple[Area, ...]

    def __bool__(self) -> bool:
        return bool(self.areas)

    def covers(
        self,
        *,
        agency_id: UUID | None,
        department_id: UUID | None = None,
        procedure: str | None = None,
        own: bool = False,
    ) -> bool:
        """Say whether the object lies in one of the areas."""
        marks = {"agency_id": agency_id, "department_id": department_id, "procedure": procedure, "own": own}
        return any(area.covers(**marks) for area in self.areas)  # type: ignore[arg-type]

    def condition(
        self, *, agency: str, department: str | None = None, procedure: str | None = None, own: Q | None = None
    ) -> Q:
        """Return the condition that lets exactly the covered rows through.

        ``agency``, ``department`` and ``procedure`` are the columns (a procedure's code) of the table asked; ``own``
        is the condition under which a row is the actor's own work.
        """
        found = NOTHING
        for area in self.areas:
            found |= area.condition(agency=agency, department=department, procedure=procedure, own=own)
        return found

    @property
    def agencies(self) -> frozenset[UUID]:
        """Every agency that some area names."""
        return frozenset[UUID]().union(*(area.agencies or frozenset() for area in self.areas))

    @property
    def departments(self) -> frozenset[UUID] | None:
        """Every department that some area names, or None when one area has no such limit."""
        limits = [area.departments for area in self.areas]
        return None if None in limits else frozenset[UUID]().union(*(limit or frozenset() for limit in limits))

    @property
    def procedures(self) -> frozenset[str] | None:
        """Every procedure that some area names, or None when one area has no such limit."""
        limits = [area.procedures for area in self.areas]
        return None if None in limits else frozenset[str]().union(*(limit or frozenset() for limit in limits))

    @property
    def own_only(self) -> bool:
        """Nothing but the actor's own work."""
        return all(area.own_only for area in self.areas)


NOWHERE = Scope(())
EVERYWHERE = Scope((Area(None),))
