"""A form as JSON Schema 2020-12: types, lengths, patterns, formats. What is required depends on what is visible and
is therefore judged in ``validation``; the schema alone accepts a form half filled in.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

import jsonschema_rs

from motcua.domain.forms.composites import all_parts
from motcua.domain.forms.types import COMPOSITES, ComputedAs, Field, Form, Group, Kind
from motcua.domain.forms.words import is_date, is_email, is_personal_number, is_phone, is_tax_code

DRAFT = "https://json-schema.org/draft/2020-12/schema"
LONGEST = {Kind.TEXT: 500, Kind.LONG_TEXT: 4000, Kind.EMAIL: 254}
MOST_MONEY = 999_999_999_999_999

_FORMATS = {
    Kind.DATE: "vn-date",
    Kind.PERSONAL_NUMBER: "vn-personal-number",
    Kind.TAX_CODE: "vn-tax-code",
    Kind.PHONE: "vn-phone",
    Kind.EMAIL: "vn-email",
}
_CHECKS = {
    "vn-date": is_date,
    "vn-personal-number": is_personal_number,
    "vn-tax-code": is_tax_code,
    "vn-phone": is_phone,
    "vn-email": is_email,
}
_COMPUTED = {ComputedAs.NUMBER: "number", ComputedAs.MONEY: "integer", ComputedAs.BOOLEAN: "boolean"}


def to_json_schema(form: Form) -> dict[str, Any]:
    """Return the JSON Schema of the form's values."""
    properties: dict[str, Any] = {}
    for page in form.pages:
        for item in page.items:
            properties.update(_of_item(item))
    return {"$schema": DRAFT, "title": form.title} | _object(properties)


def problems_in(form: Form, values: Any) -> list[jsonschema_rs.ValidationError]:
    """What the schema has against these values."""
    return list(_validator(form).iter_errors(values))


def longest(asked: Field) -> int:
    """The number of characters the field takes; 0 when its format limits it."""
    return asked.max_length or LONGEST.get(asked.kind, 0)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _of_item(item: Group | Field) -> dict[str, Any]:
    if isinstance(item, Field):
        return {} if item.kind is Kind.INFORMATION else {item.key: _of_field(item)}
    inner: dict[str, Any] = {}
    for asked in item.fields:
        inner.update(_of_item(asked))
    if item.repeat is None:
        return inner
    # How few is judged with what is visible; how many is a bound of the data.
    return {item.key: {"type": "array", "maxItems": item.repeat.maximum, "items": _object(inner)}}


def _of_field(asked: Field) -> dict[str, Any]:
    if asked.kind in COMPOSITES:
        return _object({part.key: _of_field(part) for part in all_parts(asked.kind)})
    if asked.kind is Kind.COMPUTED:
        return {"type": _COMPUTED.get(asked.computed_as, "string"), "readOnly": True}
    if asked.kind in (Kind.NUMBER, Kind.MONEY):
        return _of_number(asked)
    if asked.kind is Kind.BOOLEAN:
        return {"type": "boolean"}
    if asked.kind in (Kind.CHOICE, Kind.CHOICES):
        one = {"type": "string", "enum": [option.value for option in asked.options]}
        return one if asked.kind is Kind.CHOICE else {"type": "array", "items": one, "uniqueItems": True}
    return _of_text(asked)


def _of_number(asked: Field) -> dict[str, Any]:
    money = asked.kind is Kind.MONEY
    schema: dict[str, Any] = {"type": "integer" if money or asked.decimals == 0 else "number"}
    least, most = asked.minimum, asked.maximum
    schema["minimum"] = least if isinstance(least, int | float) else (0 if money else -MOST_MONEY)
    schema["maximum"] = most if isinstance(most, int | float) else MOST_MONEY
    return schema


def _of_text(asked: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if asked.kind in _FORMATS:
        schema["format"] = _FORMATS[asked.kind]
    if longest(asked):
        schema["maxLength"] = longest(asked)
    if asked.min_length:
        schema["minLength"] = asked.min_length
    if asked.pattern:
        schema["pattern"] = asked.pattern
    return schema


_VALIDATORS: OrderedDict[int, tuple[Form, jsonschema_rs.Draft202012Validator]] = OrderedDict()
_KEPT = 256


def _validator(form: Form) -> jsonschema_rs.Draft202012Validator:
    kept = _VALIDATORS.get(id(form))
    if kept is None or kept[0] is not form:
        made = jsonschema_rs.Draft202012Validator(
            to_json_schema(form),
            formats=_CHECKS,
            validate_formats=True,
            pattern_options=jsonschema_rs.RegexOptions(),  # linear time, whatever pattern a form brings
        )
        kept = _VALIDATORS[id(form)] = (form, made)
        while len(_VALIDATORS) > _KEPT:
            _VALIDATORS.popitem(last=False)
    return kept[1]


def pattern_works(pattern: str) -> bool:
    """Whether the pattern is one that the validator takes."""
    try:
        re.compile(pattern)
        jsonschema_rs.Draft202012Validator({"pattern": pattern}, pattern_options=jsonschema_rs.RegexOptions())
    except (re.error, ValueError):
        return False
    return True
