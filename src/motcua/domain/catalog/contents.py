"""What an edition says, as frozen dataclasses ↔ JSON (``kernel.shapes``).

Expressions are CEL over the form's keys. A ``ground`` is a citation such as ``Điều 17 Nghị định 118/2025/NĐ-CP`` and
must be one of the edition's ``grounds``. ``case`` and ``way`` left empty mean: every case, every way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias
from uuid import UUID

from motcua.domain.catalog.kinds import (
    AfterSupplement,
    AgencyLevel,
    CollectedAt,
    DecisionKind,
    DueKind,
    PlaceKind,
    ReceiptPolicy,
    ServiceLevel,
    SubjectKind,
    Way,
)
from motcua.domain.deadlines.types import LimitRule, Unit
from motcua.domain.documents.types import Component

EditionId: TypeAlias = UUID

_THREE_DAYS = LimitRule(3, Unit.WORKING_DAYS)
_SEVEN_DAYS = LimitRule(7, Unit.WORKING_DAYS)
_EIGHT_HOURS = LimitRule(8, Unit.WORKING_HOURS)


@dataclass(frozen=True, slots=True)
class Ground:
    """An article of an act that the edition names."""

    act: str
    article: str = ""

    @property
    def citation(self) -> str:
        """The words that rules and papers use: ``Điều 17 Nghị định 118/2025/NĐ-CP``."""
        return f"{self.article} {self.act}".strip()


@dataclass(frozen=True, slots=True)
class Case:
    """A variant of the procedure. Without ``condition`` it is the one that remains, or the one chosen. ``receipt``
    overrules the edition's policy for this case.
    """

    key: str
    name: str
    condition: str = ""
    hint: str = ""
    receipt: ReceiptPolicy | None = None


@dataclass(frozen=True, slots=True)
class ComponentRule:
    """A component, and when it is asked: in these cases (none: in all), and if ``condition`` holds."""

    component: Component
    cases: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True)
class ChannelOffer:
    """A way of handing in that is open, and how far it goes."""

    way: Way
    level: ServiceLevel
    note: str = ""


@dataclass(frozen=True, slots=True)
class LimitOffer:
    """A limit for a case and a way: the law's, and the province's shortened one if there is one."""

    law: LimitRule
    shortened: LimitRule | None = None
    case: str = ""
    way: Way | None = None
    note: str = ""

    @property
    def rule(self) -> LimitRule:
        """The rule the promise is made by: the shortened one."""
        return self.shortened or self.law


@dataclass(frozen=True, slots=True)
class Exemption:
    """A reduction: ``percent`` of the amount is waived when ``condition`` holds; ``document`` proves it."""

    key: str
    name: str
    condition: str
    percent: int = 100
    ground: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A due: ``amount`` is CEL giving whole đồng. With ``each`` (a repeated group) it is computed per item, whose
    questions it may then name, and summed. ``code`` is the code of the national portal.
    """

    key: str
    name: str
    kind: DueKind
    amount: str
    ground: str
    collected_at: CollectedAt = CollectedAt.ACCEPTANCE
    case: str = ""
    way: Way | None = None
    each: str = ""
    explanation: str = ""
    code: str = ""
    exemptions: tuple[Exemption, ...] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed, computed: ``amount`` after the exemption, ``full_amount`` before it."""

    key: str
    name: str
    kind: DueKind
    amount: int
    collected_at: CollectedAt
    ground: str
    full_amount: int
    exemption: str = ""
    exemption_ground: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class PaperUse:
    """A paper that this procedure prints, from its own template when ``template`` names one."""

    kind: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class ResultType:
    """A result: the national code, the paper it is, how long it is valid (months; 0: without end), its book."""

    key: str
    name: str
    code: str = ""
    paper: str = "result"
    template: str = ""
    number_book: str = ""
    valid_months: int = 0
    scope: str = ""
    cases: tuple[str, ...] = ()
    each: str = ""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """A role of participants beside submitter and owner, and how many there may be."""

    key: str
    name: str
    minimum: int = 0
    maximum: int = 1
    may_lack_identifier: bool = False


@dataclass(frozen=True, slots=True)
class SupplementRule:
    """Supplements after reception: asked within, how often, what the clock does then."""

    within: LimitRule = _THREE_DAYS
    times: int = 1
    then: AfterSupplement = AfterSupplement.RESTART
    window: LimitRule = _SEVEN_DAYS
    ground: str = ""


@dataclass(frozen=True, slots=True)
class PauseRule:
    """Time that is not counted, and the paper that ends it."""

    key: str
    name: str
    ground: str
    closing_document: str = ""


@dataclass(frozen=True, slots=True)
class ExtensionRule:
    """An extension that a sector law grants: by how much at most, how often."""

    by: LimitRule
    ground: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the dossier is kept: years, 0 for ever."""

    years: int
    ground: str = ""


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """Which agency a place of the process is. ``competent`` is the one that resolves.

    ``receiving_agency``: the agency where it was handed in · ``desk_authority``: the authority whose desk that is (the
    agency above a centre, any other agency itself) · ``agency_code``: the one with ``code`` · ``answer``:
    the one whose code ``codes`` gives for the answer to ``area``, or, without ``codes``, whose code the answer is ·
    ``area_service``: the one that gives ``service`` for the area that the answer to ``area`` names (a commune).
    """

    name: str
    kind: PlaceKind
    code: str = ""
    service: str = ""
    area: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    department: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định công bố TTHC · Quyết định phê duyệt quy trình nội bộ, quy trình điện tử."""

    kind: DecisionKind
    number: str
    issued_on: date
    effective_on: date
    title: str = ""


@dataclass(frozen=True)
class EditionContent:
    """All that is published together."""

    procedure: str
    valid_from: date
    cases: tuple[Case, ...]
    components: tuple[ComponentRule, ...]
    channels: tuple[ChannelOffer, ...]
    limits: tuple[LimitOffer, ...]
    results: tuple[ResultType, ...]
    places: tuple[PlaceRule, ...]
    grounds: tuple[Ground, ...]
    decisions: tuple[Decision, ...]
    retention: Retention
    summary: str = ""
    conditions_text: str = ""
    case_field: str = ""
    fees: tuple[FeeRule, ...] = ()
    papers: tuple[PaperUse, ...] = ()
    receipt: ReceiptPolicy = ReceiptPolicy.ALWAYS
    roles: tuple[RoleRule, ...] = ()
    supplement: SupplementRule = SupplementRule()
    reception_limit: LimitRule = _EIGHT_HOURS
    completion_window: LimitRule = _SEVEN_DAYS
    pauses: tuple[PauseRule, ...] = ()
    extension: ExtensionRule | None = None
    process_data: Mapping[str, str] = field(default_factory=dict)
    step_words: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def place(self, name: str) -> PlaceRule | None:
        """Return the rule of a place of the process."""
        return next((place for place in self.places if place.name == name), None)


@dataclass(frozen=True, slots=True)
class LegalGround:
    """An article with its validity, and whether somebody has read it in full."""

    id: UUID
    act: str
    act_name: str
    article: str
    text: str
    valid_from: date | None
    valid_to: date | None
    is_checked: bool

    @property
    def citation(self) -> str:
        """As ``Ground.citation``."""
        return f"{self.article} {self.act}".strip()


@dataclass(frozen=True, slots=True)
class Named:
    """A field or a topic."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure as lists show it; ``level`` is that of its newest edition, None when it has none."""

    id: UUID
    code: str
    name: str
    field: Named
    agency_level: AgencyLevel
    subjects: frozenset[SubjectKind]
    agency_ids: frozenset[UUID]
    level: ServiceLevel | None
    is_active: bool


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An edition in a list."""

    id: EditionId
    procedure: str
    number: int
    valid_from: date
    published_at: datetime
