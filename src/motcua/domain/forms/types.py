"""The model of a form: sections → pages → items (fields, groups of fields), as frozen dataclasses.

Every text is Vietnamese; ``Form.translations`` holds the other languages as Vietnamese text → translated text, and
``translate`` returns the form in one of them. Keys are unique in the whole form, so a condition may simply name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias
from uuid import UUID

from motcua.foundation.kernel import shapes

EVENTS = ("form.published", "answers.frozen", "answers.reopened")

Values: TypeAlias = Mapping[str, Any]
FormVersionId: TypeAlias = UUID


class Kind(StrEnum):
    """What a field holds. In JSON: text kinds str · number int or float · money int (đồng) · date ``yyyy-mm-dd`` ·
    boolean bool · choices list of str · composites an object of their parts.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSONAL_NUMBER = "personal_number"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PERSON = "person"
    LAND_PARCEL = "land_parcel"
    COMPUTED = "computed"
    INFORMATION = "information"


COMPOSITES = frozenset({Kind.ADDRESS, Kind.PERSON, Kind.LAND_PARCEL})
TEXTS = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.PERSONAL_NUMBER, Kind.TAX_CODE, Kind.PHONE, Kind.EMAIL})


class DataClass(StrEnum):
    """Class of personal data (Luật BVDLCN 91/2025): basic, sensitive, or none."""

    NONE = "none"
    BASIC = "basic"
    SENSITIVE = "sensitive"


class ComputedAs(StrEnum):
    """How a computed value is shown."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    ``required_when``/``visible_when``/``formula`` are CEL over the form's keys. ``minimum``/``maximum`` are numbers,
    or for dates ``yyyy-mm-dd`` or ``today``. ``source`` names known data that fills it (``person.full_name``).
    ``parts`` overrules, for a composite, which parts are asked and required: part → ``required|optional|none``.
    ``on_paper`` and ``paper_order`` say how the paper form names it and where it stands there (TT 11/2025 5.1d).
    """

    key: str
    kind: Kind
    label: str
    hint: str = ""
    required: bool = False
    required_when: str = ""
    visible_when: str = ""
    source: str = ""
    formula: str = ""
    computed_as: ComputedAs = ComputedAs.TEXT
    options: tuple[Option, ...] = ()
    min_length: int = 0
    max_length: int = 0
    pattern: str = ""
    pattern_hint: str = ""
    minimum: int | float | str | None = None
    maximum: int | float | str | None = None
    decimals: int = 0
    unit: str = ""
    data_class: DataClass = DataClass.NONE
    parts: Mapping[str, str] = field(default_factory=dict)
    body: str = ""
    width: str = ""
    autocomplete: str = ""
    on_paper: str = ""
    paper_order: int = 0
    printed: bool = True


@dataclass(frozen=True, slots=True)
class Repeat:
    """How often a group may be answered, and what one answer is called ("Sản phẩm" → "Sản phẩm 2")."""

    item: str
    minimum: int = 1
    maximum: int = 20


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together; with ``repeat`` the value is a list of objects, else the fields lie flat."""

    key: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    repeat: Repeat | None = None
    visible_when: str = ""


Item: TypeAlias = Group | Field


@dataclass(frozen=True, slots=True)
class Page:
    """One thing on one page: a question as the heading, why it is asked, a few items."""

    key: str
    heading: str
    items: tuple[Item, ...]
    why: str = ""
    visible_when: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form in the task list and on paper."""

    key: str
    title: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The paper form this one stands for: its name, number and act ("Mẫu số 18, Nghị định 151/2025/NĐ-CP")."""

    title: str
    number: str = ""
    ground: str = ""
    addressee: str = ""
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form."""

    key: str
    title: str
    sections: tuple[Section, ...]
    paper: PaperForm | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page in order."""
        return tuple(page for section in self.sections for page in section.pages)

    def page(self, key: str) -> Page | None:
        """Return the page of that key."""
        return next((page for page in self.pages if page.key == key), None)

    def fields(self) -> Iterator[Field]:
        """Every field in order, those of groups and repeats included."""
        for page in self.pages:
            yield from fields_of(page)

    def repeats(self) -> Iterator[Group]:
        """Every repeated group in order."""
        for page in self.pages:
            yield from (i for i in page.items if isinstance(i, Group) and i.repeat is not None)


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """What a subject answered so far. ``version`` counts savings; ``sources`` says, by path, where a value came
    from that nobody typed; ``digest`` is that of the frozen values.
    """

    subject_id: UUID
    form_version_id: UUID
    version: int
    values: Values
    sources: Mapping[str, str]
    saved_at: datetime
    frozen_at: datetime | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class FormVersion:
    """A published version in a list."""

    id: UUID
    key: str
    version: int
    title: str
    published_at: datetime


def fields_of(page: Page) -> Iterator[Field]:
    """Every field of a page, those of its groups included."""
    for item in page.items:
        if isinstance(item, Group):
            yield from item.fields
        else:
            yield item


def from_json(data: Any) -> Form:
    """Build a form from JSON. Raises Invalid with the path of what does not fit."""
    return shapes.from_json(Form, data)


def to_json(form: Form) -> Any:
    """Return the JSON of a form; what equals its default is left out."""
    return shapes.to_json(form)


def digest(form: Form) -> str:
    """Return the SHA-256 of the form's canonical JSON."""
    return shapes.digest(form)


def translate(form: Form, language: str) -> Form:
    """Return the form with its texts in that language; a text without translation stays Vietnamese."""
    words = form.translations.get(language)
    return shapes.translate(form, words, _READ) if words else form


# Texts a person reads; everything else in the model is a key, an expression or a rule.
_READ = frozenset(
    {"label", "hint", "title", "heading", "why", "body", "unit", "item", "pattern_hint"}
    | {"on_paper", "addressee", "pledge"}
)
