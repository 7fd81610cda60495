"""Frozen dataclasses from JSON and back, with a digest: how published content is kept and compared.

Content that is published once and never changed (a form, an edition) is written as frozen dataclasses of plain
fields, enums, tuples, mappings and other such dataclasses. What equals its default is left out of the JSON, so a
later field with a default does not change the digest of what was published before.
"""

from __future__ import annotations

import dataclasses
import hashlib
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import date, time
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union
from uuid import UUID

import rfc8785
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import FieldProblem, Invalid

T = TypeVar("T")
Json = Any  # the recursive type of JSON adds nothing here: shapes are checked at run time


class _Bad(Exception):
    def __init__(self, path: str, sentence: Any) -> None:
        super().__init__(path)
        self.problem = FieldProblem(path, sentence)


def from_json(shape: type[T], data: Json) -> T:
    """Build ``shape`` from JSON. Raises Invalid naming the path of the first thing that does not fit."""
    try:
        return typing.cast("T", _build(shape, data, ""))
    except _Bad as bad:
        raise Invalid((bad.problem,)) from None


def to_json(value: Any) -> Json:
    """Return the JSON of a frozen dataclass; ``from_json(type(value), to_json(value)) == value``."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: to_json(part) for name, part in _said(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, tuple | list | frozenset):
        return [to_json(part) for part in (sorted(value) if isinstance(value, frozenset) else value)]
    return value


def digest(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON (RFC 8785) of a dataclass or of JSON, in hexadecimal."""
    return hashlib.sha256(rfc8785.dumps(to_json(value))).hexdigest()


def translate(value: T, words: Mapping[str, str], names: frozenset[str]) -> T:
    """Return the dataclass with the texts called ``names`` replaced by their translation, where there is one."""
    return typing.cast("T", _translated(value, words, names))


def _translated(value: Any, words: Mapping[str, str], names: frozenset[str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_translated(part, words, names) for part in value)
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    changed: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if field.name in names and isinstance(part, str):
            part = words.get(part, part)
        elif field.name in names and isinstance(part, Mapping):
            part = {key: words.get(text, text) for key, text in part.items()}
        elif not isinstance(part, Mapping):
            part = _translated(part, words, names)
        changed[field.name] = part
    return type(value)(**changed)


def _said(value: Any) -> Iterator[tuple[str, Any]]:
    for field in dataclasses.fields(value):
        part = getattr(value, field.name)
        if field.default is not dataclasses.MISSING and part == field.default:
            continue
        if field.default_factory is not dataclasses.MISSING and part == field.default_factory():
            continue
        yield field.name, part


@lru_cache(maxsize=256)
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape)


def _build(shape: Any, data: Json, path: str) -> Any:
    origin = typing.get_origin(shape)
    if origin in (Union, types.UnionType):
        return _build_one_of(shape, data, path)
    if origin in (tuple, frozenset):
        return origin(_build_items(shape, data, path))
    if origin is not None and issubclass(origin, Mapping):
        return _build_mapping(shape, data, path)
    if dataclasses.is_dataclass(shape):
        return _build_object(typing.cast("type", shape), data, path)
    return _build_plain(shape, data, path)


def _build_object(shape: type, data: Json, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _Bad(path, _("Mục này phải là một nhóm thông tin."))
    hints = _hints(shape)
    for name in data:
        if name not in hints:
            raise _Bad(_join(path, str(name)), _("Không có thuộc tính này. Hãy xóa hoặc sửa tên."))
    given = {name: _build(hints[name], part, _join(path, name)) for name, part in data.items()}
    for field in dataclasses.fields(shape):
        optional = field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING
        if field.name not in given and not optional:
            raise _Bad(_join(path, field.name), _("Thiếu thuộc tính này. Hãy bổ sung."))
    try:
        return shape(**given)
    except ValueError as error:  # what a dataclass refuses in its own __post_init__
        raise _Bad(path, _("Các giá trị này không đi với nhau (%(why)s).") % {"why": error}) from None


def _build_items(shape: Any, data: Json, path: str) -> list[Any]:
    if not isinstance(data, list | tuple):
        raise _Bad(path, _("Mục này phải là một danh sách."))
    inner = typing.get_args(shape)[0]
    return [_build(inner, part, f"{path}[{index}]") for index, part in enumerate(data)]


def _build_mapping(shape: Any, data: Json, path: str) -> Any:
    if not isinstance(data, Mapping):
        raise _Bad(path, _("Mục này phải là một nhóm thông tin."))
    inner = typing.get_args(shape)[1]
    return {str(key): _build(inner, part, _join(path, str(key))) for key, part in data.items()}


def _build_one_of(shape: Any, data: Json, path: str) -> Any:
    """Try the alternatives in order; the problem told is that of the alternative that came furthest."""
    furthest: _Bad | None = None
    for alternative in typing.get_args(shape):
        if alternative is type(None):
            if data is None:
                return None
            continue
        try:
            return _build(alternative, data, path)
        except _Bad as bad:
            if furthest is None or len(bad.problem.field) > len(furthest.problem.field):
                furthest = bad
    raise furthest or _Bad(path, _("Giá trị không đúng kiểu."))


def _build_plain(shape: Any, data: Json, path: str) -> Any:
    if shape is Any:
        return data
    try:
        if isinstance(shape, type) and issubclass(shape, Enum):
            return shape(data)
        if shape is date:
            return date.fromisoformat(data)
        if shape is time:
            return time.fromisoformat(data)
        if shape is UUID:
            return UUID(data)
    except (ValueError, TypeError, AttributeError):
        raise _Bad(path, _("Giá trị này không có trong danh sách cho phép.")) from None
    if shape is float and isinstance(data, int) and not isinstance(data, bool):
        return float(data)
    if isinstance(shape, type) and isinstance(data, shape) and isinstance(data, bool) == (shape is bool):
        return data
    raise _Bad(path, _("Giá trị không đúng kiểu."))


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
