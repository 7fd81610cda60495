"""Return what every ending owes: the result or the refusing paper, originals item by item, to somebody identified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog.types import CollectedAt
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind, ClockState
from motcua.domain.dossiers import access, running
from motcua.domain.dossiers.lifecycle import NOT_NOW, move, note
from motcua.domain.dossiers.models import Dossier, Return
from motcua.domain.dossiers.types import Originals, Receiver, ReturnWay
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses.types import State
from motcua.domain.workflow import queries as runs
from motcua.foundation.identity import queries as identity
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.encryption import encrypt
from motcua.foundation.kernel.errors import FieldProblem, Invalid, WrongState
from motcua.foundation.kernel.identifiers import new_id

PURPOSE = "receiver's identity"
WITH_RESULT = frozenset({State.DECIDED, State.READY_FOR_COLLECTION})
WITHOUT_RESULT = frozenset({State.REFUSED, State.NOT_COMPETENT, State.STOPPED, State.WITHDRAWN})


@transaction.atomic
def make_ready(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """The result lies at the desk, or in the applicant's account: they are told to fetch it."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="hand_back")
    move(dossier, "make_ready", actor=actor, at=at)


@transaction.atomic
def return_in_person(
    *,
    dossier_id: UUID,
    receiver: Receiver,
    originals: Sequence[Originals],
    actor: Actor,
    at: datetime,
    fee_receipt: str = "",
    receipt_lost: bool = False,
    note_words: str = "",
    expected: int | None = None,
) -> None:
    """Record that somebody took the result (or a refusing paper) at the desk (TT 11/2025 18.4–18.6).

    Somebody else than the owner needs a name, an identity number and their authority. Originals that are not handed
    back keep the dossier unreturned, with the reason. Raises Invalid, WrongState, NotAllowed, Stale.
    """
    dossier = access.lock(dossier_id, actor=actor, at=at, to="hand_back", expected=expected)
    if dossier.state not in WITH_RESULT | WITHOUT_RESULT:
        raise WrongState(NOT_NOW, state=dossier.state)
    _check_receiver(receiver)
    check_money(dossier)
    kept = [item for item in originals if not item.handed_back and not item.note.strip()]
    if kept:
        raise Invalid((FieldProblem("originals", _("Bản chính chưa trả lại thì phải ghi lý do.")),))
    row_id = new_id()
    Return.objects.create(
        id=row_id,
        dossier=dossier,
        way=ReturnWay.IN_PERSON,
        returned_at=at,
        receiver_name=receiver.name,
        sealed_identity=encrypt(PURPOSE, receiver.identity.encode(), bound_to=row_id.bytes),
        is_owner=receiver.is_owner,
        authority=receiver.authority,
        authority_file_id=receiver.authority_file_id,
        originals=[asdict(item) for item in originals],
        fee_receipt=fee_receipt,
        receipt_lost=receipt_lost,
        note=note_words,
        recorded_by=actor.officer_id,
    )
    told = {"way": "in_person", "receiver": receiver.name, "is_owner": receiver.is_owner, "fee_receipt": fee_receipt}
    if any(not item.handed_back for item in originals):
        note(dossier, "dossier.ending_returned", actor=actor, at=at, data=told | {"waits": "originals"})
        return
    _finish(dossier, told, actor=actor, at=at)


@transaction.atomic
def return_online(*, dossier_id: UUID, actor: Actor, at: datetime) -> None:
    """The applicant took the electronic result: recorded once, on the first download.

    Raises WrongState while money is owed that is collected at the return.
    """
    dossier = access.find(dossier_id, actor=actor, on=local(at).date())
    dossier = Dossier.objects.select_for_update(of=("self",)).get(id=dossier.id)
    if dossier.state not in WITH_RESULT or actor.party_id is None:
        return
    check_money(dossier)
    name = identity.party(actor.party_id).name
    Return.objects.create(
        dossier=dossier,
        way=ReturnWay.ONLINE,
        returned_at=at,
        receiver_name=name,
        is_owner=actor.party_id == dossier.owner_id,
        authority="" if actor.party_id == dossier.owner_id else gettext_noop("Người nộp hồ sơ"),
    )
    _finish(dossier, {"way": "online", "receiver": name}, actor=actor, at=at)


def _finish(dossier: Dossier, told: dict[str, object], *, actor: Actor, at: datetime) -> None:
    if dossier.state in WITHOUT_RESULT:
        note(dossier, "dossier.ending_returned", actor=actor, at=at, data=told)
        return
    dossier.returned_at = at
    resolving = clocks.clock_of(dossier.id, ClockKind.RESOLVING)
    if resolving is not None and resolving.state is not ClockState.STOPPED:
        running.stop_clocks(dossier, reason="Đã trả kết quả", actor=actor, at=at)
    if runs.run_of(dossier.id) is not None:
        running.end(dossier, how="returned", because="Đã trả kết quả", actor=actor, at=at)
    move(dossier, "return_result", actor=actor, at=at, data=told)


def _check_receiver(receiver: Receiver) -> None:
    problems = []
    if not receiver.name.strip():
        problems.append(FieldProblem("name", _("Hãy ghi họ tên người nhận.")))
    if not receiver.identity.strip():
        problems.append(FieldProblem("identity", _("Hãy ghi số giấy tờ của người nhận.")))
    if not receiver.is_owner and not receiver.authority.strip():
        problems.append(FieldProblem("authority", _("Người nhận thay phải có giấy ủy quyền. Hãy ghi số, ngày giấy.")))
    if problems:
        raise Invalid(tuple(problems))


def check_money(dossier: Dossier) -> None:
    """Raise WrongState while something that is collected at the return is still owed."""
    account = accounts.account_of(dossier.id)
    owed = sum(due.owed for due in account.dues if due.collected_at == CollectedAt.RETURN)
    if owed and dossier.state not in WITHOUT_RESULT:
        raise WrongState(_("Hồ sơ còn khoản phải nộp trước khi trả kết quả."), owed=owed)
