"""Appoint officers to positions, relieve them, and choose in which position one acts."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import commands as identity
from motcua.foundation.identity.types import Session
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing
from motcua.foundation.kernel.text import one_line
from motcua.foundation.organisation import access, finding, models
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Capability, SigningForm

TO = Capability.ADMINISTER_ACCOUNTS


@transaction.atomic
def appoint(
    *,
    officer_id: UUID,
    position_id: UUID,
    valid_from: date,
    actor: Actor,
    at: datetime,
    valid_to: date | None = None,
    signing_form: SigningForm = SigningForm.HEAD,
    delegation: str = "",
) -> None:
    """Let the officer hold the position from ``valid_from`` to ``valid_to`` (last day, or open).

    Who signs TL. or TUQ. needs the delegation document. The actor must administer accounts both where the officer
    works and where the position is. Raises Invalid, Missing, NotAllowed.
    """
    officer = finding.officer(officer_id, actor=actor, at=at)
    position = finding.lock(models.Position, position_id, _("Không tìm thấy chức danh này."))
    access.require(actor, TO, agency_id=position.agency_id, on=local(at).date())
    finding.check_dates(valid_from, valid_to)
    if signing_form in {SigningForm.BY_ORDER, SigningForm.BY_MANDATE} and not delegation.strip():
        raise Invalid((FieldProblem("delegation", _("Ký TL. hoặc TUQ. cần số và ngày văn bản giao quyền.")),))
    if officer.holdings.filter(position=position, valid_to__isnull=True).exists():
        raise Invalid((FieldProblem("position_id", _("Cán bộ này đang giữ chức danh đó.")),))
    models.Holding.objects.create(
        officer=officer,
        position=position,
        valid_from=valid_from,
        valid_to=valid_to,
        signing_form=signing_form,
        delegation=one_line(delegation, 300),
    )
    data = {"position": position_id, "title": position.title, "from": valid_from, "to": valid_to}
    record("officer.appointed", officer.id, actor=actor, at=at, **data, signing_form=str(signing_form))


@transaction.atomic
def relieve(*, officer_id: UUID, position_id: UUID, last_day: date, actor: Actor, at: datetime) -> None:
    """End the holding with this last day; the next request of the officer already knows. Raises Missing, …"""
    officer = finding.officer(officer_id, actor=actor, at=at)
    holding = (
        officer.holdings.select_for_update()
        .filter(position_id=position_id, valid_from__lte=last_day)
        .filter(access.valid(last_day))
        .first()
    )
    if holding is None:
        raise Missing(_("Cán bộ này không giữ chức danh đó vào ngày đã chọn."))
    holding.valid_to = last_day
    holding.save(update_fields=["valid_to"])
    record("officer.relieved", officer.id, actor=actor, at=at, position=position_id, last_day=last_day)


@transaction.atomic
def act_in(*, session_id: UUID, position_id: UUID, actor: Actor, at: datetime) -> Session:
    """Act in one of one's positions from now on. Raises Missing when the officer does not hold it today."""
    on = local(at).date()
    today = models.Holding.objects.filter(access.valid(on), access.valid(on, "position__"), position_id=position_id)
    if actor.account_id is None or not today.filter(officer__account_id=actor.account_id).exists():
        raise Missing(_("Bạn không giữ chức danh này."))
    return identity.choose_position(session_id=session_id, position_id=position_id, actor=actor, at=at)
