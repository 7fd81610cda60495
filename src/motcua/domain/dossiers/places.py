"""Which agency stands behind each place that a process names, for this dossier."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import PlaceKind, PlaceRule
from motcua.domain.workflow.types import At
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.organisation import queries as organisation

COMPETENT = "competent"
DESK = "desk"


def resolve(edition: Edition, answers: Mapping[str, Any], desk_agency_id: UUID, on: date) -> dict[str, At]:
    """Return the agency (and department) of every place. Raises Invalid when an answer does not tell which."""
    found = {rule.name: _at(rule, answers, desk_agency_id, on) for rule in edition.content.places}
    found.setdefault(DESK, At(desk_agency_id))
    return found


def competent_agency(edition: Edition, answers: Mapping[str, Any], desk_agency_id: UUID, on: date) -> UUID | None:
    """Return the agency that resolves, None while the answers do not tell yet."""
    rule = edition.content.place(COMPETENT)
    if rule is None:
        return desk_agency_id
    try:
        return _at(rule, answers, desk_agency_id, on).agency_id
    except (Invalid, Missing):
        return None


def _at(rule: PlaceRule, answers: Mapping[str, Any], desk_agency_id: UUID, on: date) -> At:
    if rule.kind is PlaceKind.RECEIVING_AGENCY:
        agency_id: UUID | None = desk_agency_id
    elif rule.kind is PlaceKind.AGENCY_CODE:
        agency_id = organisation.agency_by_code(rule.code).id
    else:
        area = answers.get(rule.area)
        code = area.get("ward", "") if isinstance(area, Mapping) else str(area or "")
        agency_id = organisation.agency_serving(code, rule.service, on)
    if agency_id is None:
        raise Invalid((FieldProblem(rule.area, _("Chưa có cơ quan nào phụ trách địa bàn này. Hãy chọn lại địa bàn.")),))
    department = organisation.department_by_code(agency_id, rule.department, on) if rule.department else None
    return At(agency_id, department)
