"""One question as a page draws it: the person's own text, what is wrong with it, where a known value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from motcua.channels.ui import formats
from motcua.domain.forms.knowing import Comparison
from motcua.domain.forms.looking import Shown
from motcua.domain.forms.printing import shown
from motcua.domain.forms.types import COMPOSITES, Field, Kind

Typed: TypeAlias = Mapping[str, str | Sequence[str]]

_KEYBOARDS: Final = {
    Kind.NUMBER: "decimal",
    Kind.MONEY: "numeric",
    Kind.DATE: "numeric",
    Kind.PERSONAL_NUMBER: "numeric",
    Kind.TAX_CODE: "numeric",
    Kind.PHONE: "tel",
    Kind.EMAIL: "email",
}
_WIDTHS: Final = {
    Kind.NUMBER: "10",
    Kind.MONEY: "10",
    Kind.DATE: "10",
    Kind.PERSONAL_NUMBER: "20",
    Kind.TAX_CODE: "20",
    Kind.PHONE: "20",
}
_MOST_RADIOS = 7


@dataclass(frozen=True, slots=True)
class Answer:
    """``text`` is what stands in the input; ``texts`` the chosen values of several; ``boxes`` day, month, year."""

    path: str
    field: Field
    required: bool
    text: str
    texts: tuple[str, ...] = ()
    boxes: tuple[str, str, str] = ("", "", "")
    error: str = ""
    source: str = ""
    difference: Comparison | None = None
    parts: tuple[Answer, ...] = ()
    printed: str = ""

    @property
    def kind(self) -> str:
        return self.field.kind.value

    @property
    def keyboard(self) -> str:
        """Which keyboard a phone shows."""
        return _KEYBOARDS.get(self.field.kind, "")

    @property
    def width(self) -> str:
        """How wide the input is, in characters; empty: the whole column."""
        return self.field.width or _WIDTHS.get(self.field.kind, "")

    @property
    def in_list(self) -> bool:
        """Whether so many options are offered that a drop-down serves better than radios."""
        return len(self.field.options) > _MOST_RADIOS

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole row of a two-column form."""
        wide = {Kind.LONG_TEXT, Kind.INFORMATION, Kind.CHOICES} | COMPOSITES
        return self.field.kind in wide or self.field.max_length > 200


@dataclass(frozen=True, slots=True)
class Marks:
    """What is said about answers beside their values, each by path."""

    problems: Mapping[str, Any]
    sources: Mapping[str, str]
    differences: Mapping[str, Comparison]
    typed: Typed


def answer_of(one: Shown, marks: Marks) -> Answer:
    """Return the question as it is drawn; the person's own text wins over the value kept."""
    asked, path = one.field, one.path
    return Answer(
        path=path,
        field=asked,
        required=one.required,
        text=_typed(path, marks.typed) if path in marks.typed else input_text(asked, one.value),
        texts=_texts(path, one.value, marks.typed),
        boxes=_boxes(path, one.value, marks.typed) if asked.kind is Kind.DATE else ("", "", ""),
        error=str(marks.problems.get(path, "")),
        source=marks.sources.get(path, ""),
        difference=marks.differences.get(path),
        parts=tuple(answer_of(part, marks) for part in one.parts),
        printed=shown(asked, one.value),
    )


def input_text(asked: Field, value: Any) -> str:
    """Return a value as it stands in an input, which ``forms.parsing`` reads back to the same value."""
    if value is None or isinstance(value, dict | list):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if asked.kind in (Kind.NUMBER, Kind.MONEY) and isinstance(value, int | float):
        return formats.number(value)
    if asked.kind is Kind.DATE:
        return _slashes(str(value))
    return str(value)


def _slashes(text: str) -> str:
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    return f"{day}/{month}/{year}" if day else text


def _typed(path: str, typed: Typed) -> str:
    given = typed[path]
    return given if isinstance(given, str) else (given[-1] if given else "")


def _texts(path: str, value: Any, typed: Typed) -> tuple[str, ...]:
    if path in typed:
        given = typed[path]
        return (given,) if isinstance(given, str) else tuple(given)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _boxes(path: str, value: Any, typed: Typed) -> tuple[str, str, str]:
    if f"{path}-day" in typed:
        day, month, year = (_typed(f"{path}-{box}", typed) if f"{path}-{box}" in typed else "" for box in _BOXES)
        return day, month, year
    year, _, rest = str(value or "").partition("-")
    month, _, day = rest.partition("-")
    return (day, month, year) if day else ("", "", "")


_BOXES: Final = ("day", "month", "year")
