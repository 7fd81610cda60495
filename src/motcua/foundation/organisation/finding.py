"""Getting rows for a change, locked, when the actor may change them; inside the room only."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models as django_models
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.text import one_line
from motcua.foundation.organisation import access, models
from motcua.foundation.organisation.types import Capability

Row = TypeVar("Row", bound=django_models.Model)


def lock(model: type[Row], row_id: UUID, sentence: object) -> Row:
    """Return the row, locked. Raises Missing with the sentence."""
    found = model._default_manager.select_for_update().filter(pk=row_id).first()
    if found is None:
        raise Missing(sentence)
    return found


def agency(agency_id: UUID, *, actor: Actor, at: datetime, to: Capability) -> models.Agency:
    """Return the agency, locked, when the actor may do this there. Raises Missing, NotAllowed."""
    found = lock(models.Agency, agency_id, _("Không tìm thấy cơ quan này."))
    access.require(actor, to, agency_id=found.id, on=local(at).date())
    return found


def officer(officer_id: UUID, *, actor: Actor, at: datetime) -> models.Officer:
    """Return the officer, locked, when the actor administers accounts there. Raises Missing, NotAllowed."""
    found = lock(models.Officer, officer_id, _("Không tìm thấy cán bộ này."))
    access.require(actor, Capability.ADMINISTER_ACCOUNTS, agency_id=found.agency_id, on=local(at).date())
    return found


def required(field: str, text: str, limit: int) -> str:
    """Return the text on one line. Raises Invalid when nothing is left."""
    line = one_line(text, limit)
    if not line:
        raise Invalid((FieldProblem(field, _("Hãy nhập nội dung cho ô này.")),))
    return line


def check_dates(valid_from: date, valid_to: date | None) -> None:
    """Raise Invalid when the last day lies before the first."""
    if valid_to is not None and valid_to < valid_from:
        raise Invalid((FieldProblem("valid_to", _("Ngày kết thúc phải từ ngày bắt đầu trở đi.")),))
