"""What is already known about a person or a company: filling it in, and comparing it with what was declared.

``known`` maps a name such as ``person.full_name`` to something with ``value`` and ``source`` (where it came from:
"Cơ sở dữ liệu quốc gia về dân cư"). A field names what fills it in ``Field.source``; for a composite the source is
the stem, its parts follow (``source: "person"`` fills ``owner-full_name`` from ``person.full_name``); an address may
be known as one text under the stem itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from motcua.domain.forms.composites import asked_parts
from motcua.domain.forms.looking import look
from motcua.domain.forms.printing import shown
from motcua.domain.forms.types import COMPOSITES, Field, Form, Kind, Values
from motcua.foundation.kernel.text import nfc, search_key

# How the name of a commune begins: xã, phường, đặc khu.
_COMMUNES = frozenset({"xa", "phuong", "dac"})


class Known(Protocol):
    """A value and where it came from."""

    @property
    def value(self) -> Any: ...

    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class KnownValue:
    """The plainest thing that is Known."""

    value: Any
    source: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One declared value beside the known one, both as people read them."""

    path: str
    label: str
    declared: str
    known: str
    source: str
    same: bool


def prefill(
    form: Form, known: Mapping[str, Known], values: Values | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values known data gives to questions not answered yet, and the source of each by path."""
    given, known = values or {}, _spread(form, known)
    filled: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for asked in _sourced(form):
        if asked.kind in COMPOSITES:
            already = given.get(asked.key)
            parts = dict(already) if isinstance(already, Mapping) else {}
            for part, name in _parts(asked):
                value = _usable(part, known.get(name))
                if value is not None and part.key not in parts:
                    parts[part.key] = value
                    sources[f"{asked.key}-{part.key}"] = known[name].source
                    filled[asked.key] = parts
        elif given.get(asked.key) in (None, ""):
            value = _usable(asked, known.get(asked.source))
            if value is not None:
                filled[asked.key] = value
                sources[asked.key] = known[asked.source].source
    return filled, sources


def comparisons(form: Form, values: Values, known: Mapping[str, Known]) -> tuple[Comparison, ...]:
    """Return every answer that known data speaks about, in order; ``same`` is False where they differ."""
    found: list[Comparison] = []
    known = _spread(form, known)
    for one in look(form, values).shown:
        if not one.field.source or one.index is not None:
            continue
        if one.parts:
            names = {part.key: name for part, name in _parts(one.field)}
            pairs = [(part.path, part.field, part.value, names[part.field.key]) for part in one.parts]
        else:
            pairs = [(one.path, one.field, one.value, one.field.source)]
        for path, asked, value, name in pairs:
            told = _usable(asked, known.get(name))
            if told is not None:
                found.append(
                    Comparison(
                        path, asked.label, shown(asked, value), shown(asked, told),
                        known[name].source, _plain(value) == _plain(told),
                    )
                )  # fmt: skip
    return tuple(found)


def differences(form: Form, values: Values, known: Mapping[str, Known]) -> tuple[Comparison, ...]:
    """Return the answers where what was declared is not what is known."""
    return tuple(one for one in comparisons(form, values, known) if not one.same)


def _sourced(form: Form) -> Iterator[Field]:
    repeated = {asked.key for group in form.repeats() for asked in group.fields}
    return (asked for asked in form.fields() if asked.source and asked.key not in repeated)


def _parts(asked: Field) -> Iterator[tuple[Field, str]]:
    return ((part, f"{asked.source}.{part.key}") for part in asked_parts(asked))


def _spread(form: Form, known: Mapping[str, Known]) -> Mapping[str, Known]:
    """Take addresses that are known as one text (population database, QR of the card) apart into their parts."""
    more: dict[str, Known] = {}
    for asked in _sourced(form):
        whole = known.get(asked.source)
        if asked.kind is Kind.ADDRESS and whole is not None and isinstance(whole.value, str):
            for part, text in split_address(whole.value).items():
                more[f"{asked.source}.{part}"] = KnownValue(text, whole.source)
    return {**more, **known}


def split_address(text: str) -> dict[str, str]:
    """Return detail, ward and province of an address written smallest first: ``Thôn 3, xã Đông Hà, tỉnh Mẫu``.

    Empty when the part before the province is no commune: an address of three levels, from before 01/7/2025, says
    nothing certain about today's communes.
    """
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) < 2 or search_key(pieces[-2]).split(" ")[0] not in _COMMUNES:
        return {}
    found = {"detail": ", ".join(pieces[:-2]), "ward": pieces[-2], "province": pieces[-1]}
    return {part: piece for part, piece in found.items() if piece}


def _usable(asked: Field, known: Known | None) -> Any:
    """The known value if it fits the question; a sex that no option names, say, is not filled in."""
    if known is None or known.value in (None, ""):
        return None
    value = known.value
    if asked.kind is Kind.DATE and hasattr(value, "isoformat"):
        return value.isoformat()
    if asked.kind is Kind.CHOICE and value not in {option.value for option in asked.options}:
        return None
    return value


def _plain(value: Any) -> Any:
    """Names differ by case and spaces between databases, not by marks."""
    return " ".join(nfc(value).casefold().split()) if isinstance(value, str) else value
