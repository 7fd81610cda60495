"""What an officer types at the counter, read as it was typed; what cannot be read says so at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from motcua.channels.ui.signin.forms import uuid_of
from motcua.foundation.identity.types import Identifier, IdentifierKind, RepresentationKind, Sex
from motcua.foundation.kernel.errors import FieldProblem, Invalid


@dataclass(frozen=True, slots=True)
class PersonTyped:
    """A new person at the counter, from the card or by hand."""

    texts: Mapping[str, str]

    @classmethod
    def read(cls, post: QueryDict) -> PersonTyped:
        fields = (
            "name",
            "birth_on",
            "sex",
            "personal_number",
            "old_id",
            "passport",
            "address",
            "phone",
            "email",
            "source",
        )
        return cls({field: post.get(field, "").strip()[:500] for field in fields})

    def values(self) -> dict[str, Any]:
        """Return the arguments of the command. Raises Invalid for a date that is none, and for no number at all."""
        texts, problems = self.texts, []
        born = day_of(texts["birth_on"])
        if born is None:
            problems.append(FieldProblem("birth_on", _("Ngày sinh gồm ngày, tháng, năm, ví dụ 27/03/1985.")))
        kinds = (IdentifierKind.PERSONAL_NUMBER, IdentifierKind.OLD_ID, IdentifierKind.PASSPORT)
        numbers = [Identifier(kind, texts[kind]) for kind in kinds if texts[kind]]
        if not numbers:
            problems.append(FieldProblem("personal_number", _("Hãy nhập số định danh cá nhân hoặc số hộ chiếu.")))
        if not texts["name"]:
            problems.append(FieldProblem("name", _("Hãy nhập họ và tên.")))
        if problems:
            raise Invalid(tuple(problems))
        return {
            "name": texts["name"],
            "birth_on": born,
            "sex": Sex(texts["sex"]) if texts["sex"] in set(Sex) else Sex.UNKNOWN,
            "identifiers": numbers,
            "address": texts["address"],
            "phone": texts["phone"],
            "email": texts["email"],
            "source": "card" if texts["source"] == "card" else "officer",
        }


@dataclass(frozen=True, slots=True)
class RepresentedTyped:
    """For whom the person came."""

    person_id: UUID
    kind: str
    name: str
    number: str
    scope: str
    until: str

    @classmethod
    def read(cls, post: QueryDict) -> RepresentedTyped:
        texts = {name: post.get(name, "").strip()[:300] for name in ("kind", "name", "number", "scope", "until")}
        return cls(person_id=uuid_of(post.get("nguoi", "")), **texts)

    def values(self) -> dict[str, Any]:
        """Return the arguments of the command. Raises Invalid."""
        problems = []
        if self.kind not in set(RepresentationKind):
            problems.append(FieldProblem("kind", _("Hãy chọn quan hệ với người được đại diện.")))
        until = day_of(self.until)
        if self.until and until is None:
            problems.append(FieldProblem("until", _("Ngày gồm ngày, tháng, năm, ví dụ 31/12/2026.")))
        if problems:
            raise Invalid(tuple(problems))
        return {
            "person_id": self.person_id,
            "kind": RepresentationKind(self.kind),
            "name": self.name,
            "number": self.number,
            "scope": self.scope,
            "valid_to": until,
        }


def day_of(text: str) -> date | None:
    """Read 27/03/1985, 27-3-1985, 27031985 or 1985-03-27; None for anything else."""
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) == 1 and len(text) == 8:
        parts = [text[:2], text[2:4], text[4:]]
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    if len(parts[0]) == 4:
        parts.reverse()
    try:
        return date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return None


def money_of(text: str, field: str) -> int | None:
    """Read 100.000 or 100000 đ as whole đồng; nothing for nothing. Raises Invalid."""
    digits = text.replace(".", "").replace(",", "").replace("đ", "").replace(" ", "")
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 12:
        raise Invalid((FieldProblem(field, _("Số tiền chỉ gồm chữ số, ví dụ 100.000.")),))
    return int(digits)
