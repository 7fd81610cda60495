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
from motcua.foundation.organisation.types import AgencyKind

COMPETENT = "competent"
DESK = "desk"
NOBODY_SERVES = _("Chưa có cơ quan nào phụ trách địa bàn này. Hãy chọn lại địa bàn.")


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
        agency_id = desk_agency_id
    elif rule.kind is PlaceKind.DESK_AUTHORITY:
        agency_id = _authority(desk_agency_id)
    elif rule.kind is PlaceKind.AGENCY_CODE:
        agency_id = organisation.agency_by_code(rule.code).id
    else:
        agency_id = _answered(rule, answers.get(rule.area))
    return At(agency_id, _department(agency_id, rule.department, on) if rule.department else None)


def _authority(desk_agency_id: UUID) -> UUID:
    """Return the authority whose desk this is: a centre receives for the agency above it."""
    desk = organisation.agency(desk_agency_id)
    return desk.parent_id if desk.kind is AgencyKind.CENTRE and desk.parent_id else desk.id


def _answered(rule: PlaceRule, answer: Any) -> UUID:
    code = rule.codes.get(str(answer), "") if rule.codes else str(answer or "")
    try:
        return organisation.agency_by_code(code).id
    except Missing:
        raise Invalid((FieldProblem(rule.area, NOBODY_SERVES),)) from None


def _department(agency_id: UUID, name: str, on: date) -> UUID:
    found = next((one.id for one in organisation.departments(agency_id, on) if one.name == name), None)
    if found is None:
        raise Missing(_("Cơ quan này không có phòng, ban “%(name)s”.") % {"name": name})
    return found
