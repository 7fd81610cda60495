"""Who gets a dossier, and for which verb: the one place every page, list, file and call goes through.

An applicant has what is theirs: dossiers they own or submitted, or of a party they represent today. An officer has
what their rights cover: the receiving desk's and the competent agency's dossiers, and those in which a task was
offered to their seat. "Not yours" looks like "not there".
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from motcua.domain.dossiers.lifecycle import MOVES, require
from motcua.domain.dossiers.models import Dossier
from motcua.domain.dossiers.types import TYPED_AT_DESK
from motcua.domain.statuses.types import State
from motcua.domain.workflow import access as workflow
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import Missing, NotAllowed, Stale
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation.types import Capability

NOT_THERE = _("Không tìm thấy hồ sơ này.")
NOT_YOURS = _("Bạn xem được hồ sơ này nhưng không có quyền làm việc này.")
NOBODY = _("Không tìm thấy người hoặc tổ chức này.")
FASTER = _("Hồ sơ vừa được người khác cập nhật. Hãy xem lại nội dung mới rồi làm tiếp.")

APPLICANT = "applicant"
# Who may do which verb, beside seeing the dossier. The applicant's verbs are never an officer's, and the reverse.
WHO: dict[str, str | Capability] = {
    "save": APPLICANT,
    "attach": APPLICANT,
    "discard": APPLICANT,
    "submit": APPLICANT,
    "withdraw": APPLICANT,
    "complete": APPLICANT,
    "supplement": APPLICANT,
    "ask_stop": APPLICANT,
    "pay": APPLICANT,
    "register": Capability.RECEIVE,
    "receive": Capability.RECEIVE,
    "reuse": Capability.RECEIVE,
    "receive_paper": Capability.RECEIVE,
    "forward": Capability.FORWARD,
    "ask_completion": Capability.ASK_COMPLETION,
    "refuse_reception": Capability.REFUSE,
    "return_as_not_competent": Capability.RETURN_NOT_COMPETENT,
    "take_money": Capability.TAKE_MONEY,
    "confirm_supplement": Capability.RECEIVE,
    "hand_back": Capability.RETURN_RESULTS,
    "assign": Capability.ASSIGN,
    "decline_stop": Capability.DECIDE_STOP,
    "stop": Capability.DECIDE_STOP,
}

# At the counter the desk officer types for the person who stands there: a new request, or what was asked of them.
AT_COUNTER: dict[State, frozenset[str]] = {
    State.DRAFT: frozenset({"save", "attach", "discard", "submit"}),
    State.RETURNED_FOR_COMPLETION: frozenset({"save", "attach", "complete"}),
    State.SUPPLEMENT_ASKED: frozenset({"attach", "supplement"}),
}


def visible(actor: Actor, on: date) -> QuerySet[Dossier]:
    """Return the dossiers the actor may see; every list, count and export starts here."""
    everything = Dossier.objects.all()
    if actor.kind is ActorKind.SYSTEM:
        return everything
    if actor.kind is ActorKind.OFFICER:
        return everything.filter(_officers(actor, on)).filter(Q(discarded_at__isnull=True))
    if actor.kind is ActorKind.PERSON and actor.party_id is not None:
        return everything.filter(_applicants(actor, on))
    return everything.none()


def find(dossier_id: UUID, *, actor: Actor, on: date) -> Dossier:
    """Return the dossier for showing. Raises Missing when it is not there or not theirs."""
    found = visible(actor, on).select_related("edition").filter(id=dossier_id).first()
    if found is None:
        raise Missing(NOT_THERE)
    return found


def lock(dossier_id: UUID, *, actor: Actor, at: datetime, to: str, expected: int | None = None) -> Dossier:
    """Return the dossier locked for the verb ``to``.

    Raises Missing (not there, or not theirs), NotAllowed (theirs to see, not to do), Stale (``expected`` is older),
    WrongState (a verb of the lifecycle that has no place now).
    """
    on = local(at).date()
    if not visible(actor, on).filter(id=dossier_id).exists():
        raise Missing(NOT_THERE)
    found = Dossier.objects.select_for_update(of=("self",)).select_related("edition").get(id=dossier_id)
    if not _may(found, actor, to, on):
        raise NotAllowed(NOT_YOURS, verb=to)
    if expected is not None and expected != found.version:
        raise Stale(FASTER, expected=expected, version=found.version, state=found.state)
    if to in MOVES:
        require(found, to)
    return found


def may(dossier: Dossier, verb: str, *, actor: Actor, on: date) -> bool:
    """Say whether to offer the verb: it is theirs and it has a place now."""
    in_place = State(dossier.state) in MOVES[verb].start if verb in MOVES else True
    return in_place and _may(dossier, actor, verb, on)


def require_party(party_id: UUID, *, actor: Actor, on: date) -> None:
    """Raise Missing unless the actor has business with this person: a desk's officer, or one of their dossiers."""
    if not (
        may_serve(actor, on) or visible(actor, on).filter(Q(owner_id=party_id) | Q(submitter_id=party_id)).exists()
    ):
        raise Missing(NOBODY)


def may_serve(actor: Actor, on: date) -> bool:
    """Say whether the actor serves people at a desk, whoever comes."""
    return actor.kind is ActorKind.OFFICER and bool(rights.scope(actor, Capability.RECEIVE, on))


def _may(dossier: Dossier, actor: Actor, verb: str, on: date) -> bool:
    who = WHO.get(verb)
    if actor.kind is ActorKind.SYSTEM or who is None:
        return True
    if who == APPLICANT:
        if actor.kind is ActorKind.OFFICER:
            return verb in AT_COUNTER.get(State(dossier.state), ()) and _holds(dossier, actor, Capability.RECEIVE, on)
        return actor.kind is ActorKind.PERSON
    return actor.kind is ActorKind.OFFICER and _holds(dossier, actor, Capability(who), on)


def _holds(dossier: Dossier, actor: Actor, capability: Capability, on: date) -> bool:
    agencies = {dossier.desk_agency_id, dossier.competent_agency_id}
    where = rights.scope(actor, capability, on)
    return any(where.covers(agency_id=agency, procedure=dossier.procedure_code, own=True) for agency in agencies)


def _applicants(actor: Actor, on: date) -> Q:
    assert actor.party_id is not None  # noqa: S101 - a signed-in person has a party; the caller checked
    theirs = {actor.party_id, *(r.party_id for r in identity.represented_by(actor.party_id, on))}
    return Q(owner_id__in=theirs) | Q(submitter_id=actor.party_id)


def _officers(actor: Actor, on: date) -> Q:
    where = rights.scope(actor, Capability.SEE_DOSSIERS, on)
    offered = Q(id__in=workflow.involved(actor, on))
    at_desk = where.condition(agency="desk_agency_id", procedure="procedure_code", own=offered)
    competent = where.condition(agency="competent_agency_id", procedure="procedure_code", own=offered)
    # Drafts are the applicant's own until they are handed in, except what the desk itself is typing.
    typed_here = Q(channel__in=TYPED_AT_DESK)
    return (at_desk & (~Q(state=State.DRAFT) | typed_here)) | (competent & ~Q(state=State.DRAFT)) | offered
