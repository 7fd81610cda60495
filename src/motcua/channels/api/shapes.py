"""What the published API answers with: its own shapes, so that rooms may change while v1 does not."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field


class Named(Schema):
    """A code and its name."""

    code: str
    name: str


class Completion(Schema):
    """How far a dossier is: all that its code alone tells."""

    code: str
    completion: Literal["waiting", "in_progress", "with_applicant", "finished", "ended"] = Field(
        description="waiting: at reception · in_progress · with_applicant: the applicant must act · finished: the "
        "result is there · ended: without a result"
    )


class Asked(Schema):
    """What a list of procedures is asked for: words of code or name, the code of a field, and which page."""

    text: str = Field("", max_length=200)
    field: str = Field("", max_length=40)
    start: int = Field(0, ge=0, le=10_000)
    count: int = Field(50, ge=1, le=100)


class ProcedureLine(Schema):
    """A procedure in a list."""

    code: str
    name: str
    field: Named
    agency_level: str
    level: str = Field(description="full, partial, information or other (NĐ 224/2026 Điều 14)")


class ProcedurePage(Schema):
    """A page of procedures; `more` says whether another follows."""

    items: list[ProcedureLine]
    more: bool


class Component(Schema):
    """A paper that is asked for, in these cases (none: in all)."""

    key: str
    name: str
    type_code: str
    is_required: bool
    original: int
    copies: int
    condition: str
    cases: list[str]


class Limit(Schema):
    """A time limit; `case` and `way` empty mean every one."""

    case: str
    way: str
    amount: int
    unit: str
    ground: str


class Fee(Schema):
    """A fee in words; its amount may hang on answers."""

    key: str
    name: str
    case: str
    way: str
    explanation: str
    ground: str


class ProcedureDetail(ProcedureLine):
    """The edition in force."""

    edition: int
    valid_from: date
    ways: list[str]
    cases: list[Named]
    components: list[Component]
    limits: list[Limit]
    fees: list[Fee]
    results: list[Named]
    grounds: list[str]


class Trouble(Schema):
    """What went wrong, in one sentence."""

    sentence: str
