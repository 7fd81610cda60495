"""The types a field may declare to an expression."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a declared name holds. Money is ``int``, whole đồng."""

    BOOL = "bool"
    INT = "int"
    DOUBLE = "double"
    STRING = "string"
    DATE = "date"
    TIMESTAMP = "timestamp"
    LIST = "list"
    MAP = "map"
    RECORD = "record"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Type:
    """A declared type. ``element`` belongs to lists and maps (keys are strings), ``fields`` to records.

    A scalar may be unanswered: its value is then ``null``, ``x == null`` asks for it, and any other use fails
    with the name of what is missing. An unanswered list or map is empty.
    """

    kind: Kind
    element: Type | None = None
    fields: tuple[tuple[str, Type], ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}({self.element})" if self.element else str(self.kind)


BOOL = Type(Kind.BOOL)
INT = Type(Kind.INT)
DOUBLE = Type(Kind.DOUBLE)
STRING = Type(Kind.STRING)
DATE = Type(Kind.DATE)
TIMESTAMP = Type(Kind.TIMESTAMP)
ANY = Type(Kind.ANY)


def list_of(element: Type) -> Type:
    """Return the type of a list of ``element``; of records, each item is a map whose keys are checked at run time."""
    return Type(Kind.LIST, element)


def map_of(element: Type = ANY) -> Type:
    """Return the type of a map from string to ``element``."""
    return Type(Kind.MAP, element)


def record(fields: Mapping[str, Type]) -> Type:
    """Return the type of an object with named, typed parts: ``owner.birth_on`` is checked like any other name."""
    return Type(Kind.RECORD, fields=tuple(sorted(fields.items())))


def from_name(name: str) -> Type:
    """Return the scalar or list type that a file names: ``bool``, ``int``, ``list(string)``. Raises ValueError."""
    if name.startswith("list(") and name.endswith(")"):
        return list_of(from_name(name[5:-1]))
    kind = Kind(name)
    if kind in {Kind.LIST, Kind.RECORD}:
        raise ValueError(name)
    return map_of() if kind is Kind.MAP else Type(kind)
