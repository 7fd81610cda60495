"""Create an agency, edit it, close it in favour of a successor."""

from __future__ import annotations

import re
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed, WrongState
from motcua.foundation.kernel.text import one_line, search_key, sort_key
from motcua.foundation.organisation import finding, models, queries
from motcua.foundation.organisation.recording import record
from motcua.foundation.organisation.types import Agency, AgencyKind, Capability

TO = Capability.ADMINISTER_ORGANISATION


@transaction.atomic
def create_agency(
    *,
    code: str,
    name: str,
    kind: AgencyKind,
    parent_id: UUID | None,
    valid_from: date,
    actor: Actor,
    at: datetime,
    address: str = "",
    phone: str = "",
) -> Agency:
    """Create an agency under its parent; only the system creates the root of an installation.

    ``code`` is the agency code of QĐ 20/2020/QĐ-TTg (at most 35 of A–Z, 0–9, dots between levels). Raises Invalid,
    Missing, NotAllowed.
    """
    if parent_id is None and actor.kind is not ActorKind.SYSTEM:
        raise NotAllowed(_("Cơ quan cao nhất chỉ được tạo khi cài đặt hệ thống."))
    parent = finding.agency(parent_id, actor=actor, at=at, to=TO) if parent_id else None
    name = finding.required("name", name, 300)
    row = models.Agency.objects.create(
        code=_code(code),
        name=name,
        name_key=search_key(name),
        sort_key=sort_key(name)[:700],
        kind=kind,
        parent=parent,
        valid_from=valid_from,
        address=one_line(address, 500),
        phone=one_line(phone, 30),
    )
    record("agency.created", row.id, actor=actor, at=at, code=row.code, name=name, agency_kind=kind, parent=parent_id)
    return queries.agency(row.id)


@transaction.atomic
def edit_agency(*, agency_id: UUID, name: str, address: str, phone: str, actor: Actor, at: datetime) -> Agency:
    """Change how an agency is called and reached; its code stays. Raises Invalid, Missing, NotAllowed."""
    row = finding.agency(agency_id, actor=actor, at=at, to=TO)
    before = {"name": row.name, "address": row.address, "phone": row.phone}
    row.name = finding.required("name", name, 300)
    row.name_key, row.sort_key = search_key(row.name), sort_key(row.name)[:700]
    row.address, row.phone = one_line(address, 500), one_line(phone, 30)
    row.save()
    after = {"name": row.name, "address": row.address, "phone": row.phone}
    record("agency.edited", row.id, actor=actor, at=at, before=before, after=after)
    return queries.agency(row.id)


@transaction.atomic
def close_agency(*, agency_id: UUID, last_day: date, successor_id: UUID | None, actor: Actor, at: datetime) -> Agency:
    """End an agency; from the day after, whoever has rights in the successor reaches what it left behind.

    Raises Missing, NotAllowed, WrongState (closed already, or agencies below it still live), Invalid.
    """
    row = finding.agency(agency_id, actor=actor, at=at, to=TO)
    if row.valid_to is not None:
        raise WrongState(_("Cơ quan này đã có ngày kết thúc."))
    if row.children.filter(valid_to__isnull=True).exists():
        raise WrongState(_("Còn đơn vị trực thuộc đang hoạt động. Hãy sắp xếp các đơn vị đó trước."))
    finding.check_dates(row.valid_from, last_day)
    if successor_id is not None:
        row.successor = finding.agency(successor_id, actor=actor, at=at, to=TO)
        if row.successor_id == row.id or row.successor.valid_to is not None:
            raise Invalid((FieldProblem("successor_id", _("Cơ quan kế thừa phải là cơ quan khác đang hoạt động.")),))
    row.valid_to = last_day
    row.save(update_fields=["valid_to", "successor"])
    record("agency.closed", row.id, actor=actor, at=at, last_day=last_day, successor=successor_id)
    return queries.agency(row.id)


def _code(text: str) -> str:
    code = text.strip().upper()
    if len(code) > 35 or not re.fullmatch(models.AGENCY_CODE, code):
        sentence = _("Mã định danh cơ quan gồm chữ A–Z, chữ số và dấu chấm, tối đa 35 ký tự, ví dụ H15.50.05.")
        raise Invalid((FieldProblem("code", sentence),))
    if models.Agency.objects.filter(code=code).exists():
        raise Invalid((FieldProblem("code", _("Mã định danh này đã được dùng.")),))
    return code
