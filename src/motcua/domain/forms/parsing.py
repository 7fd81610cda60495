"""Reading a posted page: what people type, turned into values.

Names in a post are the paths of ``looking.Shown``: ``full_name``, ``owner-birth_on``, ``products-0-name``. A date
comes as one text (dd/mm/yyyy, or what a date input sends) or in three boxes (``…-day``, ``…-month``, ``…-year``).
A name that is not in the post is left as it was; a name posted empty is cleared (``None``). So checkboxes and a
repeated group emptied of its items send a hidden empty input under their own name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from motcua.domain.forms import words
from motcua.domain.forms.composites import asked_parts
from motcua.domain.forms.types import COMPOSITES, Field, Form, Group, Kind
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import nfc

Posted: TypeAlias = Mapping[str, str | Sequence[str]]

MOST_ITEMS = 500
_SILENT = frozenset({Kind.INFORMATION, Kind.COMPUTED})
_ONE_LINE = frozenset({Kind.TEXT, Kind.EMAIL})
_DIGITS_ONLY = re.compile(r"[\s.\-]+")
_MONEY_WORDS = re.compile(r"(đồng|đ|vnđ|vnd)\.?$", re.IGNORECASE)
_DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_DATE_CLOSE = re.compile(r"(\d{2})(\d{2})(\d{4})", re.ASCII)
_DATE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TRUE, _FALSE = frozenset({"true", "yes", "1", "on"}), frozenset({"false", "no", "0"})


def from_post(form: Form, page: str, posted: Posted) -> tuple[dict[str, Any], tuple[FieldProblem, ...]]:
    """Return the values of one page as ``save_answers`` takes them, and what could not be read.

    What could not be read is not among the values: give the problems to ``validation.check(already=…)`` and show
    the person's own text again.
    """
    reading = _Reading(posted)
    found = form.page(page)
    for item in found.items if found else ():
        if isinstance(item, Group) and item.repeat is not None:
            reading.repeat(item)
            continue
        for asked in item.fields if isinstance(item, Group) else (item,):
            reading.field(asked, asked.key, reading.values)
    return reading.values, tuple(reading.problems)


@dataclass(slots=True)
class _Reading:
    posted: Posted
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[FieldProblem] = field(default_factory=list)

    def repeat(self, group: Group) -> None:
        start = f"{group.key}-"
        indexes = {
            int(index)
            for index in (name[len(start) :].split("-", 1)[0] for name in self.posted if name.startswith(start))
            if index.isascii() and index.isdigit() and int(index) < MOST_ITEMS
        }
        if not indexes and group.key not in self.posted:
            return
        # Items are renumbered and empty ones left out, so a problem names the place the item will have.
        items: list[dict[str, Any]] = []
        for index in sorted(indexes):
            item: dict[str, Any] = {}
            before = len(self.problems)
            for asked in group.fields:
                self.field(asked, f"{start}{index}-{asked.key}", item)
            if any(value is not None for value in item.values()) or len(self.problems) > before:
                self.renumber(before, f"{start}{index}-", f"{start}{len(items)}-")
                items.append({key: value for key, value in item.items() if value is not None})
        self.values[group.key] = items or None

    def renumber(self, since: int, old: str, new: str) -> None:
        for at in range(since, len(self.problems)):
            problem = self.problems[at]
            self.problems[at] = FieldProblem(problem.field.replace(old, new, 1), problem.sentence)

    def field(self, asked: Field, path: str, into: dict[str, Any]) -> None:
        if asked.kind in _SILENT:
            return
        if asked.kind in COMPOSITES:
            self.composite(asked, path, into)
            return
        try:
            if asked.kind is Kind.DATE and f"{path}-day" in self.posted:
                into[asked.key] = _three_boxes(*(self.text(f"{path}-{box}") for box in ("day", "month", "year")))
            elif path in self.posted:
                into[asked.key] = self.read(asked, path)
        except _Unread as unread:
            self.problems.append(FieldProblem(path, unread.sentence))

    def composite(self, asked: Field, path: str, into: dict[str, Any]) -> None:
        parts: dict[str, Any] = {}
        before = len(self.problems)
        for part in asked_parts(asked):
            self.field(part, f"{path}-{part.key}", parts)
        if parts or len(self.problems) > before:
            kept = {key: value for key, value in parts.items() if value is not None}
            into[asked.key] = kept or None

    def read(self, asked: Field, path: str) -> Any:
        if asked.kind is Kind.CHOICES:
            given = self.posted[path]
            texts = [given] if isinstance(given, str) else list(given)
            return [_clean(text).strip() for text in texts if text.strip()] or None
        text = self.text(path)
        if text == "":
            return None
        return _READERS.get(asked.kind, _read_text)(asked, text)

    def text(self, path: str) -> str:
        given = self.posted.get(path, "")
        text = given if isinstance(given, str) else (given[-1] if given else "")
        return _clean(text).strip()


class _Unread(Exception):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _clean(text: str) -> str:
    try:
        return nfc(text)
    except Invalid:
        raise _Unread(words.unreadable()) from None


def _read_text(asked: Field, text: str) -> str:
    if asked.kind in _ONE_LINE:
        return " ".join(text.split())
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _read_digits(_asked: Field, text: str) -> str:
    return _DIGITS_ONLY.sub("", text)


def _read_tax_code(_asked: Field, text: str) -> str:
    digits = _DIGITS_ONLY.sub("", text)
    return f"{digits[:10]}-{digits[10:]}" if len(digits) == 13 and digits.isdigit() else digits


def _read_phone(_asked: Field, text: str) -> str:
    number = re.sub(r"[\s.\-()]+", "", text)
    return "0" + number[3:].removeprefix("0") if number.startswith("+84") else number


def _read_boolean(asked: Field, text: str) -> bool:
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise _Unread(words.missing(asked))


def _read_number(asked: Field, text: str) -> int | float:
    """Read 1.250 · 1 250 · 1.250,5 · 1250,5; a dot not followed by three digits is taken for a decimal comma."""
    bare = text.replace(" ", "").replace("\u00a0", "").removesuffix(asked.unit.replace(" ", ""))
    if asked.kind is Kind.MONEY:
        bare = _MONEY_WORDS.sub("", bare)
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?", bare, re.ASCII):
        bare = bare.replace(".", "").replace(",", ".")
    elif not re.fullmatch(r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}", bare, re.ASCII):
        raise _Unread(words.not_a_number(asked))
    whole, _dot, fraction = bare.partition(".")
    if len(whole) > 15:
        raise _Unread(words.not_a_number(asked))
    if asked.kind is Kind.MONEY or asked.decimals == 0:
        if fraction.strip("0"):
            raise _Unread(words.too_fine(asked))
        return int(whole)
    return float(bare)


def _read_date(asked: Field, text: str) -> str:
    found = _DATE.fullmatch(text) or _DATE_CLOSE.fullmatch(text)
    if found is not None:
        return _three_boxes(*found.groups()) or ""
    iso = _DATE_ISO.fullmatch(text)
    if iso is not None:
        year, month, day = iso.groups()
        return _three_boxes(day, month, year) or ""
    raise _Unread(words.malformed(asked, text))


def _three_boxes(day: str, month: str, year: str) -> str | None:
    if not (day or month or year):
        return None
    for text, box in ((day, "day"), (month, "month"), (year, "year")):
        if not text.isascii() or not text.isdigit():
            raise _Unread(words.box_missing(box))
    made = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    if len(year) != 4 or not words.is_date(made):
        raise _Unread(words.no_such_date(int(month), int(year) if len(year) == 4 else 0))
    return made


_READERS: dict[Kind, Any] = {
    Kind.NUMBER: _read_number,
    Kind.MONEY: _read_number,
    Kind.DATE: _read_date,
    Kind.BOOLEAN: _read_boolean,
    Kind.PERSONAL_NUMBER: _read_digits,
    Kind.TAX_CODE: _read_tax_code,
    Kind.PHONE: _read_phone,
}
