"""What documents are made of, and what the room hands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

EVENTS = (
    "document.attached",
    "document.reused",
    "document.handed_over",
    "document.met_by_data",
    "document.detached",
    "document_type.registered",
    "paper.issued",
    "paper.drafted",
    "paper.numbered",
    "paper.file_replaced",
    "paper.reprinted",
    "paper.settled",
    "paper.voided",
    "paper_template.replaced",
)


class Form(StrEnum):
    """In which form a component may be given."""

    ELECTRONIC = "electronic"
    ORIGINAL = "original"
    CERTIFIED = "certified"
    PHOTOCOPY = "photocopy"


@dataclass(frozen=True, slots=True)
class Component:
    """One line of what an edition asks for (TT 11/2025/TT-BKHCN 12.1c).

    ``original`` and ``copies`` are quantities on paper; a file in an accepted electronic form stands for all of
    them. ``condition_text`` says in words when a component that is not required is needed. ``max_bytes`` and
    ``media_types`` are told before an upload; empty ``media_types`` means the usual ones. ``digitise`` asks the desk
    to scan a paper before the dossier is forwarded.
    """

    key: str
    name: str
    type_code: str
    original: int = 1
    copies: int = 0
    required: bool = True
    condition_text: str = ""
    accepts: tuple[Form, ...] = (Form.ELECTRONIC, Form.ORIGINAL, Form.CERTIFIED, Form.PHOTOCOPY)
    digitise: bool = True
    ground: str = ""
    max_bytes: int = 20 * 1024 * 1024
    media_types: tuple[str, ...] = ()


class UseKind(StrEnum):
    """How a component was met."""

    FILE = "file"
    REUSED = "reused"
    PAPER = "paper"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The least that is known of an electronic document (TT 11/2025/TT-BKHCN 5.1b); all may come later."""

    name: str = ""
    summary: str = ""
    number: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """Something given for a component of a subject, with where it came from and who gave it when."""

    id: UUID
    subject_id: UUID
    component_key: str
    kind: UseKind
    type_code: str
    name: str
    source: str
    given_at: datetime
    given_by: str
    form: Form
    quantity: int
    note: str
    document_id: UUID | None
    version_id: UUID | None
    version: int | None
    file_id: UUID | None
    removed_at: datetime | None = None
    removed_why: str = ""


class ItemState(StrEnum):
    """How a component stands. ``OPTIONAL``: not given, and nobody has to."""

    MISSING = "missing"
    GIVEN = "given"
    MET_BY_DATA = "met_by_data"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """A component, what was given for it, and what is still lacking (sentences in Vietnamese)."""

    component: Component
    state: ItemState
    uses: tuple[Use, ...]
    lacking: tuple[str, ...] = ()
    awaits_digitisation: bool = False

    @property
    def given(self) -> tuple[Use, ...]:
        """Files and papers among the uses: what a receipt lists."""
        return tuple(use for use in self.uses if use.kind is not UseKind.DATA)

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it stands in the way of reception."""
        return self.state is not ItemState.MISSING


class PaperState(StrEnum):
    """A draft may still change; an issued paper keeps its bytes; a void one explains its number."""

    DRAFT = "draft"
    ISSUED = "issued"
    VOID = "void"


class Validity(StrEnum):
    """What an issued paper is worth today."""

    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"


class PaperSize(StrEnum):
    """ISO 216 sizes of papers."""

    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as other rooms see it. ``number`` is the full number with its symbol, e.g. ``12/QĐ-VPĐK``.

    ``token`` opens the verification page.
    """

    id: UUID
    kind: str
    title: str
    subject_id: UUID
    agency_id: UUID
    state: PaperState
    validity: Validity
    number: str
    issued_on: date | None
    issued_at: datetime | None
    drafted_at: datetime
    file_id: UUID
    token: str
    template_version: int
    data_digest: str
    valid_until: date | None
    scope: str
    replaced_by_id: UUID | None
    void_why: str


class Standing(StrEnum):
    """The answer of the verification page."""

    UNKNOWN = "unknown"
    VOID = "void"
    IN_FORCE = "in_force"
    CORRECTED = "corrected"
    REPLACED = "replaced"
    REVOKED = "revoked"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class PaperVerdict:
    """Whether a paper is genuine and in force; nothing about the person it was made for."""

    standing: Standing
    kind: str = ""
    title: str = ""
    number: str = ""
    issued_on: date | None = None
    agency_id: UUID | None = None
    valid_until: date | None = None
    scope: str = ""
    replaced_by_number: str = ""
    replaced_by_on: date | None = None

    @property
    def is_genuine(self) -> bool:
        """Whether this system issued the paper under this number."""
        return self.standing not in {Standing.UNKNOWN, Standing.VOID}

    @property
    def is_in_force(self) -> bool:
        """Whether it may be relied on today; a corrected paper is read together with its correction."""
        return self.standing in {Standing.IN_FORCE, Standing.CORRECTED}


@dataclass(frozen=True, slots=True)
class TemplateView:
    """One version of a template, for the studio."""

    id: UUID
    kind: str
    version: int
    title: str
    symbol: str
    size: PaperSize
    source: str
    is_built_in: bool
    valid_from: date
    made_at: datetime
    made_by: str
    note: str


@dataclass(frozen=True, slots=True)
class TypeView:
    """A document type."""

    code: str
    name: str
    is_active: bool
