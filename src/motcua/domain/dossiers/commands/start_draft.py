"""Begin a request: a draft that is nobody's but the applicant's."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition, ReceptionChannel
from motcua.domain.dossiers.knowing import known_for
from motcua.domain.dossiers.models import Dossier, Participant
from motcua.domain.dossiers.places import competent_agency
from motcua.domain.dossiers.types import SUBJECT_KIND, ParticipantRole
from motcua.domain.forms import commands as forms
from motcua.domain.forms.knowing import prefill
from motcua.domain.statuses.types import State
from motcua.foundation.identity import queries as identity
from motcua.foundation.identity.access import may_act_for
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed, WrongState
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

NOT_FOR_THEM = _("Bạn chưa được ủy quyền hoặc chưa được ghi nhận là đại diện của người, tổ chức này.")
NOT_OPEN = _("Thủ tục này không nhận hồ sơ qua kênh bạn đang dùng. Hãy xem các cách nộp hồ sơ ở trang thủ tục.")
ODD_CODE = _("Mã hồ sơ “%(code)s” không đúng dạng.")
TAKEN_CODE = _("Đã có hồ sơ mang mã %(code)s.")
# As look-ups read codes: upper case, no spaces.
CODE = re.compile(r"[A-Z0-9][A-Z0-9._-]{0,49}", re.ASCII)


@transaction.atomic
def start_draft(
    *,
    edition_id: UUID,
    channel: ReceptionChannel,
    desk_agency_id: UUID,
    submitter_id: UUID,
    owner_id: UUID,
    actor: Actor,
    at: datetime,
    remote_system: str = "",
    remote_id: str = "",
    code: str = "",
) -> UUID:
    """Open a draft, filled with what is known of the owner and the submitter; returns its id.

    A citizen starts it for themself or for somebody they represent; a desk officer for a person at the counter; a
    connector for a dossier pushed by another system, whose ``code`` it keeps (one dossier, one code wherever it is
    looked up: NĐ 118/2025 Điều 17 khoản 3). Raises NotAllowed, Missing, WrongState (channel not offered, code taken).
    """
    edition, on = catalog.edition(edition_id), local(at).date()
    _check_right(actor, desk_agency_id, submitter_id, owner_id, edition.procedure.code, at)
    _check_open(edition, channel, code, actor)
    dossier = Dossier.objects.create(
        code=code or None,
        edition_id=edition_id,
        procedure_code=edition.procedure.code,
        channel=channel,
        desk_agency_id=desk_agency_id,
        competent_agency_id=competent_agency(edition, {}, desk_agency_id, on) or desk_agency_id,
        owner_id=owner_id,
        submitter_id=submitter_id,
        owner_name=identity.party(owner_id).name,
        state=State.DRAFT,
        created_at=at,
        remote_system=remote_system,
        remote_id=remote_id,
    )
    _begin(dossier, edition, actor, at)
    return dossier.id


def _begin(dossier: Dossier, edition: Edition, actor: Actor, at: datetime) -> None:
    """Write down who has a part, fill in what is known, record the draft."""
    parts = ((ParticipantRole.SUBMITTER, dossier.submitter_id), (ParticipantRole.OWNER, dossier.owner_id))
    for role, party_id in parts:
        name = identity.party(party_id).name
        Participant.objects.create(dossier=dossier, role=role, party_id=party_id, name=name)
    values, sources = prefill(edition.form, known_for(dossier.owner_id, dossier.submitter_id))
    forms.save_answers(
        subject_id=dossier.id,
        form_version_id=edition.form_version_id,
        changes=values,
        sources=sources,
        expected=None,
        actor=actor,
        at=at,
    )
    data = {"procedure": edition.procedure.code, "channel": str(dossier.channel)}
    record(kind="dossier.drafted", subject=Subject(SUBJECT_KIND, dossier.id), actor=actor, at=at, data=data)


def _check_open(edition: Edition, channel: ReceptionChannel, code: str, actor: Actor) -> None:
    """Only another system brings a code of its own; people's dossiers are numbered when they are handed in."""
    if edition.channel(channel) is None:
        raise WrongState(NOT_OPEN, channel=channel)
    if not code:
        return
    if actor.kind not in {ActorKind.SYSTEM, ActorKind.PARTNER}:
        raise NotAllowed(NOT_FOR_THEM)
    if not CODE.fullmatch(code):
        raise WrongState(ODD_CODE % {"code": code[:60]})
    if Dossier.objects.filter(code=code).exists():
        raise WrongState(TAKEN_CODE % {"code": code})


def _check_right(
    actor: Actor, desk_agency_id: UUID, submitter_id: UUID, owner_id: UUID, procedure: str, at: datetime
) -> None:
    on = local(at).date()
    if actor.kind is ActorKind.OFFICER:
        rights.require(actor, Capability.RECEIVE, agency_id=desk_agency_id, procedure=procedure, own=True, on=on)
    elif actor.kind is ActorKind.PERSON:
        if actor.party_id != submitter_id or not may_act_for(actor.party_id, owner_id, on):
            raise NotAllowed(NOT_FOR_THEM)
    elif actor.kind not in {ActorKind.SYSTEM, ActorKind.PARTNER}:
        raise NotAllowed(NOT_FOR_THEM)
