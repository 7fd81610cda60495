"""Reading the few forms of this channel; what was typed is shown again when it is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from motcua.channels.ui.signin.forms import uuid_of
from motcua.foundation.identity.types import AccountState
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.organisation.types import SigningForm

__all__ = ["NewOfficer", "Search", "appointment", "search", "told", "uuid_of"]


@dataclass(frozen=True, slots=True)
class Search:
    """What the list of officers is narrowed by."""

    text: str
    within: UUID | None
    state: str


def search(request: HttpRequest) -> Search:
    """Read the filters of the address; one that makes no sense is as good as none."""
    state = request.GET.get("state", "")
    within = request.GET.get("within", "")
    return Search(
        text=request.GET.get("q", "")[:200].strip(),
        within=uuid_of(within) if within else None,
        state=state if state in set(AccountState) else "",
    )


@dataclass(frozen=True, slots=True)
class NewOfficer:
    """What an administrator types about a new officer."""

    agency_id: str
    username: str
    name: str
    employee_number: str
    phone: str
    email: str

    @classmethod
    def read(cls, request: HttpRequest) -> NewOfficer:
        """Read the form as it was typed; an agency may be chosen by the address."""
        typed = {field: request.POST.get(field, "").strip()[:300] for field in cls.__slots__}
        return cls(**typed | {"agency_id": typed["agency_id"] or request.GET.get("agency", "")})

    def values(self) -> dict[str, Any]:
        """Return the arguments of the command. Raises Invalid without an agency."""
        if not self.agency_id:
            raise Invalid((FieldProblem("agency_id", _("Hãy chọn cơ quan nơi cán bộ làm việc.")),))
        typed = {field: getattr(self, field) for field in self.__slots__}
        return typed | {"agency_id": uuid_of(self.agency_id)}


def appointment(request: HttpRequest) -> dict[str, Any]:
    """Read the form that gives a position. Raises Invalid for a date that is none."""
    try:
        since = date.fromisoformat(request.POST.get("valid_from", ""))
        last = request.POST.get("valid_to", "")
        until = date.fromisoformat(last) if last else None
    except ValueError:
        raise Invalid((FieldProblem("valid_from", _("Hãy ghi ngày bắt đầu.")),)) from None
    form = request.POST.get("signing_form", "")
    return {
        "position_id": uuid_of(request.POST.get("position_id", "")),
        "valid_from": since,
        "valid_to": until,
        "signing_form": SigningForm(form if form in set(SigningForm) else ""),
        "delegation": request.POST.get("delegation", ""),
    }


def told(wrong: Invalid) -> dict[str, Any]:
    """Return what a page needs to say what is wrong, above and beside each field."""
    return {
        "wrong": {problem.field: problem.sentence for problem in wrong.problems},
        "summary": [{"href": f"#{problem.field}", "text": problem.sentence} for problem in wrong.problems],
    }
