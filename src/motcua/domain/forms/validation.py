"""Is a form, or one page of it, filled in as it must be? Every problem comes with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import jsonschema_rs

from motcua.domain.forms import schema, words
from motcua.domain.forms.composites import all_parts
from motcua.domain.forms.looking import Shown, View, look
from motcua.domain.forms.printing import shown_number
from motcua.domain.forms.types import COMPOSITES, Field, Form, Group, Kind, Values
from motcua.foundation.identity import numbers
from motcua.foundation.identity.types import Sex
from motcua.foundation.kernel.errors import FieldProblem, Invalid


def check(
    form: Form,
    values: Values,
    *,
    page: str | None = None,
    on: date | None = None,
    already: Iterable[FieldProblem] = (),
) -> tuple[FieldProblem, ...]:
    """Return what is wrong, in the order of the form, at most one problem a field.

    ``page`` limits the answer to one page. ``on`` is today's date for limits that say ``today`` (not judged without
    it). ``already`` are problems found while reading the post: they come first for their field.
    """
    view = look(form, values)
    found: dict[str, str] = {problem.field: problem.sentence for problem in already}
    for one in view.shown:
        _check_missing(one, found)
    _check_counts(form, view, found)
    for error in schema.problems_in(form, dict(view.values)):
        _told_by_schema(form, error, found)
    for one in view.shown:
        for part in one.parts or (one,):
            _check_limits(part, on, found)
        _check_person(one, found)
    order = _order(form, view, page)
    return tuple(FieldProblem(path, found[path]) for path in order if path in found)


def check_shapes(form: Form, values: Values) -> tuple[FieldProblem, ...]:
    """Return what could not even be kept as a draft: unknown questions and values of the wrong JSON type."""
    found: dict[str, str] = {}
    for error in schema.problems_in(form, dict(values)):
        if error.kind.name in ("type", "additionalProperties", "maxItems"):
            _told_by_schema(form, error, found)
            found.setdefault("-".join(str(step) for step in error.instance_path), words.unreadable())
    return tuple(FieldProblem(path, sentence) for path, sentence in found.items())


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    if isinstance(value, Mapping):
        return all(is_empty(part) for part in value.values())
    return value is None or value in ("", [])


def _check_missing(one: Shown, found: dict[str, str]) -> None:
    if one.field.kind in (Kind.INFORMATION, Kind.COMPUTED):
        return
    if one.field.kind in COMPOSITES:
        for part in one.parts:
            _check_missing(part, found)
    elif one.required and is_empty(one.value):
        found.setdefault(one.path, words.missing(one.field))


def _check_counts(form: Form, view: View, found: dict[str, str]) -> None:
    for group in form.repeats():
        count, repeat = view.groups.get(group.key), group.repeat
        if count is None or repeat is None:
            continue
        if count < repeat.minimum:
            found.setdefault(group.key, words.too_few_items(repeat.item, repeat.minimum))
        if count > repeat.maximum:
            found.setdefault(group.key, words.too_many_items(repeat.item, count, repeat.maximum))


def _told_by_schema(form: Form, error: jsonschema_rs.ValidationError, found: dict[str, str]) -> None:
    steps = error.instance_path
    asked = _field_at(form, steps)
    if asked is None or (is_empty(error.instance) and error.kind.name != "type"):
        return
    path = "-".join(str(step) for step in (steps[:-1] if asked.kind is Kind.CHOICES and len(steps) > 1 else steps))
    found.setdefault(path, _sentence(asked, error))


def _sentence(asked: Field, error: jsonschema_rs.ValidationError) -> str:
    name, value = error.kind.name, error.instance
    if name == "maxLength":
        return words.too_long(asked, len(str(value)), schema.longest(asked))
    if name == "minLength":
        return words.too_short(asked, len(str(value)), asked.min_length)
    if name == "pattern":
        return words.not_as_asked(asked)
    if name == "enum":
        return words.not_listed(asked)
    if name == "minimum":
        return words.too_small(asked, _limit(asked, getattr(error.kind, "limit", 0)))
    if name == "maximum":
        return words.too_great(asked, _limit(asked, getattr(error.kind, "limit", 0)))
    if name == "type" and asked.kind in (Kind.NUMBER, Kind.MONEY):
        return words.not_a_number(asked)
    return words.malformed(asked, value)


def _field_at(form: Form, steps: list[str | int]) -> Field | None:
    """The field a place in the values belongs to; None for the whole or for a repeated group."""
    if not steps:
        return None
    named = _named(form)
    first = named.get(str(steps[0]))
    rest = steps[1:]
    if isinstance(first, Group):
        if len(rest) < 2:
            return None
        inner = {asked.key: asked for asked in first.fields}.get(str(rest[1]))
        return _part_at(inner, rest[2:]) if inner else None
    return _part_at(first, rest) if first else None


def _part_at(asked: Field, rest: list[str | int]) -> Field | None:
    if rest and asked.kind in COMPOSITES:
        return next((part for part in all_parts(asked.kind) if part.key == rest[0]), None)
    return asked


def _named(form: Form) -> dict[str, Field | Group]:
    named: dict[str, Field | Group] = {group.key: group for group in form.repeats()}
    for asked in form.fields():
        named.setdefault(asked.key, asked)
    return named


def _check_limits(one: Shown, on: date | None, found: dict[str, str]) -> None:
    asked, value = one.field, one.value
    if asked.kind is Kind.NUMBER and isinstance(value, float) and round(value, asked.decimals) != value:
        found.setdefault(one.path, words.too_fine(asked))
    if asked.kind is not Kind.DATE or not isinstance(value, str) or not words.is_date(value):
        return
    least, most = _day(asked.minimum, on), _day(asked.maximum, on)
    if least and value < least:
        found.setdefault(one.path, words.too_small(asked, _limit(asked, least)))
    if most and value > most:
        today = asked.maximum == "today"
        found.setdefault(one.path, words.too_great(asked, _limit(asked, most), today=today))


def _check_person(one: Shown, found: dict[str, str]) -> None:
    """The personal number says the year of birth and the sex: they must agree with what was entered."""
    if one.field.kind is not Kind.PERSON or not isinstance(one.value, Mapping):
        return
    number, born, sex = (one.value.get(key) for key in ("personal_number", "birth_on", "sex"))
    if not isinstance(number, str) or not words.is_personal_number(number):
        return
    birth_on = date.fromisoformat(born) if isinstance(born, str) and words.is_date(born) else None
    known_sex = Sex(sex) if sex in ("male", "female") else None
    try:
        numbers.check_personal_number(number, birth_on=birth_on, sex=known_sex)
    except Invalid as invalid:
        found.setdefault(f"{one.path}-personal_number", str(invalid.problems[0].sentence))


def _day(limit: int | float | str | None, on: date | None) -> str:
    if limit == "today":
        return on.isoformat() if on else ""
    return limit if isinstance(limit, str) else ""


def _limit(asked: Field, limit: Any) -> str:
    if asked.kind is Kind.DATE:
        return date.fromisoformat(str(limit)).strftime("%d/%m/%Y")
    return shown_number(asked, limit)


def _order(form: Form, view: View, page: str | None) -> list[str]:
    """Paths in the order of the form; a repeated group stands before its items."""
    paths: list[str] = []
    repeated = {group.key for group in form.repeats()}
    for visible in view.pages:
        if page is not None and visible.key != page:
            continue
        shown = view.on(visible.key)
        for item in visible.items:
            if isinstance(item, Group) and item.key in repeated:
                paths.append(item.key)
            keys = {item.key} if isinstance(item, Field) else {asked.key for asked in item.fields}
            for one in shown:
                if one.field.key in keys:
                    paths += [one.path, *(part.path for part in one.parts)]
    return paths
