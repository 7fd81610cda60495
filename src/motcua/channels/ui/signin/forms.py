"""Reading the few forms of this folder; what was typed is shown again when it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from motcua.foundation.identity.types import Sex
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing


@dataclass(frozen=True, slots=True)
class ChildForm:
    """What a parent types about a child."""

    name: str
    day: str
    month: str
    year: str
    sex: str
    personal_number: str

    @classmethod
    def read(cls, post: QueryDict) -> ChildForm:
        """Read the form as it was typed."""
        fields = ("name", "day", "month", "year", "sex", "personal_number")
        return cls(**{field: post.get(field, "").strip()[:200] for field in fields})

    def values(self) -> dict[str, Any]:
        """Return the arguments of the command. Raises Invalid for a date that is none or a sex not chosen."""
        problems: list[FieldProblem] = []
        born = _date(self.day, self.month, self.year)
        if born is None:
            problems.append(FieldProblem("birth_on", _("Ngày sinh gồm ngày, tháng, năm, ví dụ 27 3 2019.")))
        if self.sex not in {Sex.MALE, Sex.FEMALE}:
            problems.append(FieldProblem("sex", _("Hãy chọn giới tính như trên giấy khai sinh.")))
        if problems:
            raise Invalid(tuple(problems))
        number = self.personal_number
        return {"name": self.name, "birth_on": born, "sex": Sex(self.sex), "personal_number": number}


def again(request: HttpRequest, template: str, context: dict[str, Any], wrong: Invalid) -> HttpResponse:
    """Show the page again with what is wrong beside each field; nothing typed is lost."""
    summary = [{"href": f"#{problem.field}", "text": problem.sentence} for problem in wrong.problems]
    by_field = {problem.field: problem.sentence for problem in wrong.problems}
    return render(request, template, {**context, "wrong": by_field, "summary": summary}, status=422)


def uuid_of(text: str) -> UUID:
    """Read an id of one of our own forms. Raises Missing when somebody else made the form."""
    try:
        return UUID(text)
    except ValueError:
        raise Missing(_("Không tìm thấy mục đã chọn. Hãy tải lại trang.")) from None


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
