"""Make one of our drafts out of a dossier that the portal pushed: local rows only.

Files are fetched afterwards by messages in the dossier's lane, and the last message hands the draft in, so nothing is
asked of the world inside a transaction. What cannot be taken raises a Problem: the pushed message stays as it came,
the relay keeps the event and shows the sentence, and after mending (an edition published, an agency created) it is
tried again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.channels.connectors.national_portal import reading
from motcua.channels.connectors.national_portal.fetching import FETCH, HAND_IN
from motcua.channels.connectors.national_portal.reading import Applicant, Pushed
from motcua.channels.connectors.national_portal.settings import NAME
from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import Edition, ReceptionChannel
from motcua.domain.dossiers import commands as dossiers
from motcua.domain.dossiers import queries as existing
from motcua.domain.forms import queries as forms
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.exchange import queries as messages
from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import queries as parties
from motcua.foundation.identity.types import Identifier, IdentifierKind, Party, Sex
from motcua.foundation.kernel.actor import Actor, Channel, system
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, Problem
from motcua.foundation.kernel.text import search_key
from motcua.foundation.organisation import queries as organisation

SOURCE = "DVCQG"


class CannotTakeIn(Problem):
    """This pushed dossier cannot become one of ours as things are; the sentence names it and says why."""


@transaction.atomic
def take_in(inbound_id: UUID, *, at: datetime) -> UUID:
    """Return the draft; the same dossier pushed again gives the first one. Raises CannotTakeIn."""
    body = messages.inbound(inbound_id).body
    try:
        pushed = reading.read(body)
        return existing.by_remote(NAME, pushed.code) or _begin(pushed, inbound_id, at)
    except Problem as problem:
        raise CannotTakeIn(f"{_name_of(body)}: {problem}") from problem


def _begin(pushed: Pushed, inbound_id: UUID, at: datetime) -> UUID:
    actor = system(NAME, channel=Channel.CONNECTOR, request_id=f"push-{inbound_id}")
    edition = _edition(pushed, at)
    components = _components(pushed, edition)
    submitter = _person(pushed.applicant, actor, at)
    owner = _owner(pushed, submitter, actor, at)
    dossier_id = dossiers.start_draft(
        edition_id=edition.id,
        channel=ReceptionChannel.NATIONAL_PORTAL,
        desk_agency_id=_agency(pushed),
        submitter_id=submitter.id,
        owner_id=owner.id,
        actor=actor,
        at=at,
        remote_system=NAME,
        remote_id=pushed.code,
        code=pushed.code,
    )
    _answer(dossier_id, pushed, edition, actor, at)
    for enclosure in pushed.enclosures:
        wanted = asdict(enclosure) | {"component": components[enclosure.component]}
        exchange.send(system=NAME, kind=FETCH, subject_id=dossier_id, body=wanted, at=at)
    exchange.send(system=NAME, kind=HAND_IN, subject_id=dossier_id, body={"message": str(inbound_id)}, at=at)
    return dossier_id


def _name_of(body: Mapping[str, Any]) -> str:
    told = body.get("NoiHoSo")
    code = told.get("MaHoSo") if isinstance(told, Mapping) else None
    return _("Hồ sơ %(code)s từ Cổng Dịch vụ công quốc gia") % {"code": str(code or "?")[:50]}


def _edition(pushed: Pushed, at: datetime) -> Edition:
    try:
        return catalog.current_edition(pushed.procedure, local(at).date())
    except Missing as problem:
        raise Missing(f"{pushed.procedure}: {problem}") from None


def _agency(pushed: Pushed) -> UUID:
    try:
        return organisation.agency_by_code(pushed.agency).id
    except Missing:
        raise Missing(_("Hệ thống không có cơ quan mang mã %(agency)s.") % {"agency": pushed.agency}) from None


def _components(pushed: Pushed, edition: Edition) -> dict[str, str]:
    """The portal's component codes → our keys: by key, or by document type."""
    rules = [rule.component for rule in edition.content.components]
    known = {item.type_code: item.key for item in reversed(rules)} | {item.key: item.key for item in rules}
    unknown = sorted({enclosure.component for enclosure in pushed.enclosures} - known.keys())
    if unknown:
        sentence = _("Thủ tục không yêu cầu thành phần: %(unknown)s.") % {"unknown": ", ".join(unknown)}
        raise Invalid((FieldProblem("MaThanhPhanHoSo", sentence),))
    return known


def _person(applicant: Applicant, actor: Actor, at: datetime) -> Party:
    number = Identifier(IdentifierKind.PERSONAL_NUMBER, applicant.number)
    found = parties.find_party(number)
    if found is not None:
        _same_name(found, applicant.name)
        return found
    party = identity.register_person(
        name=applicant.name,
        birth_on=applicant.birth_on,
        sex=Sex.read(applicant.sex),
        identifiers=[number],
        address=applicant.address,
        phone=applicant.phone,
        email=applicant.email,
        source=SOURCE,
        actor=actor,
        at=at,
    )
    # The portal lets only accounts of electronic identity file (QĐ 29/2026/QĐ-TTg): what it says of them is known.
    born = applicant.birth_on.isoformat() if applicant.birth_on else ""
    values = {"name": applicant.name, "birth_on": born, "address": applicant.address}
    identity.record_known(party_id=party.id, values=values, source=SOURCE, actor=actor, at=at)
    return parties.party(party.id)


def _owner(pushed: Pushed, submitter: Party, actor: Actor, at: datetime) -> Party:
    if not pushed.is_organisation:
        if search_key(pushed.owner_name) == search_key(submitter.name):
            return submitter
        # Somebody files for somebody whose number the portal does not send: a child, a person represented.
        return identity.register_person(name=pushed.owner_name, source=SOURCE, actor=actor, at=at)
    code = Identifier(IdentifierKind.TAX_CODE, pushed.applicant.tax_code)
    found = parties.find_party(code)
    if found is not None:
        return found
    return identity.register_organisation(name=pushed.owner_name, identifiers=[code], source=SOURCE, actor=actor, at=at)


def _same_name(found: Party, name: str) -> None:
    """A number that belongs to somebody else is a mistake somewhere: nobody's dossier may end in another's hands."""
    if search_key(found.name) != search_key(name):
        sentence = _("Số định danh người nộp thuộc về người có tên khác trong hệ thống.")
        raise Invalid((FieldProblem("SoDinhDanh", sentence),))


def _answer(dossier_id: UUID, pushed: Pushed, edition: Edition, actor: Actor, at: datetime) -> None:
    """What the portal sends goes over what is known; parts of an answer that it does not send stay known."""
    known = forms.answers(dossier_id).values
    answers = {key: _over(known.get(key), value) for key, value in pushed.answers.items()}
    case_field = edition.content.case_field
    if case_field and pushed.case and any(case.key == pushed.case for case in edition.content.cases):
        answers.setdefault(case_field, pushed.case)
    dossiers.save_answers(
        dossier_id=dossier_id,
        changes=answers,
        sources=dict.fromkeys(answers, SOURCE),
        expected=None,
        actor=actor,
        at=at,
    )


def _over(known: Any, given: Any) -> Any:
    return {**known, **given} if isinstance(known, Mapping) and isinstance(given, Mapping) else given
