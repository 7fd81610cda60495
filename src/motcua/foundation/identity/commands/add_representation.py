"""Write down that somebody may act for somebody else."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity import models, queries
from motcua.foundation.identity.types import PartyKind, Representation, RepresentationKind, RepresentationSource
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, NotAllowed
from motcua.foundation.kernel.text import one_line

MAJORITY = 18  # years; BLDS 2015 Điều 20–21


@transaction.atomic
def add_representation(
    *,
    person_id: UUID,
    party_id: UUID,
    kind: RepresentationKind,
    source: RepresentationSource,
    actor: Actor,
    at: datetime,
    scope: str = "",
    document_file_id: UUID | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Representation:
    """Let the person act for the party from ``valid_from`` (default today) to ``valid_to`` (last day, or open).

    A parent's right ends by itself the day before the child comes of age. The same right again only moves its end
    (and, when somebody confirms it, its source). An authorisation needs its document, unless a database says so.
    Raises Invalid, Missing, NotAllowed (only officers and the system state what others may do).
    """
    if actor.kind not in {ActorKind.OFFICER, ActorKind.SYSTEM} and source is not RepresentationSource.IDENTITY_PROVIDER:
        raise NotAllowed(_("Chỉ cán bộ mới ghi nhận được quyền đại diện. Hãy mang giấy tờ đến Bộ phận Một cửa."))
    return write(
        models.Representation(
            person=_party(person_id),
            party=_party(party_id),
            kind=kind,
            scope=one_line(scope, 500),
            document_file_id=document_file_id,
            source=source,
            valid_from=valid_from or local(at).date(),
            valid_to=valid_to,
            added_at=at,
        ),
        actor=actor,
        at=at,
    )


def write(row: models.Representation, *, actor: Actor, at: datetime) -> Representation:
    """Check and keep the row, or move the end of the living row that says the same; inside the room only."""
    _check(row)
    if row.kind == RepresentationKind.PARENT and row.party.person.birth_on is not None:
        row.valid_to = min(row.valid_to or date.max, _last_day_of_minority(row.party.person.birth_on))
        _check_dates(row)
    same = (
        models.Representation.objects.select_for_update()
        .filter(person=row.person, party=row.party, kind=row.kind, scope=row.scope, ended_at__isnull=True)
        .first()
    )
    if same is None:
        row.save(force_insert=True)
        _record("representation.added", row, actor=actor, at=at)
        return queries.representation(row.id)
    was_declared = same.source == RepresentationSource.DECLARED
    same.valid_to = row.valid_to
    same.document_file_id = row.document_file_id or same.document_file_id
    if row.source != RepresentationSource.DECLARED:
        same.source = row.source
    same.save(update_fields=["valid_to", "document_file_id", "source"])
    if was_declared and same.source != RepresentationSource.DECLARED:
        _record("representation.confirmed", same, actor=actor, at=at)
    return queries.representation(same.id)


def _party(party_id: UUID) -> models.Party:
    found = models.Party.objects.select_related("person").filter(id=party_id).first()
    if found is None:
        raise Missing(_("Không tìm thấy người hoặc tổ chức này."))
    return found


def _check(row: models.Representation) -> None:
    if row.person.kind != PartyKind.PERSON or row.person_id == row.party_id:
        raise Invalid((FieldProblem("person_id", _("Người đại diện phải là một cá nhân khác.")),))
    is_organisation = row.party.kind == PartyKind.ORGANISATION
    if is_organisation and row.kind in {RepresentationKind.PARENT, RepresentationKind.GUARDIAN}:
        raise Invalid((FieldProblem("kind", _("Tổ chức không có cha, mẹ hay người giám hộ.")),))
    if not is_organisation and row.kind == RepresentationKind.LEGAL_REPRESENTATIVE:
        raise Invalid((FieldProblem("kind", _("Chỉ tổ chức có người đại diện theo pháp luật.")),))
    needs_document = row.kind == RepresentationKind.AUTHORISED and row.source == RepresentationSource.OFFICER
    if needs_document and row.document_file_id is None:
        raise Invalid((FieldProblem("document_file_id", _("Hãy đính kèm văn bản ủy quyền.")),))
    _check_dates(row)


def _check_dates(row: models.Representation) -> None:
    if row.valid_to is None or row.valid_to >= row.valid_from:
        return
    if row.kind == RepresentationKind.PARENT:
        raise Invalid((FieldProblem("birth_on", _("Người này đã đủ 18 tuổi nên tự mình thực hiện thủ tục.")),))
    raise Invalid((FieldProblem("valid_to", _("Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.")),))


def _last_day_of_minority(birth_on: date) -> date:
    """The day before the eighteenth birthday; 29 February comes of age on 1 March."""
    year = birth_on.year + MAJORITY
    try:
        birthday = birth_on.replace(year=year)
    except ValueError:
        birthday = date(year, 3, 1)
    return date.fromordinal(birthday.toordinal() - 1)


def _record(event: str, row: models.Representation, *, actor: Actor, at: datetime) -> None:
    data = {
        "representation": str(row.id),
        "person": str(row.person_id),
        "kind": row.kind,
        "scope": row.scope,
        "source": row.source,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }
    journal.record(kind=event, subject=Subject("party", row.party_id), actor=actor, at=at, data=data)
