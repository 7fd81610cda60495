"""What the desk does for the person who stands there: papers counted, papers reused, everything taken in at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import CollectedAt, ReceiptPolicy
from motcua.domain.documents import commands as documents
from motcua.domain.documents import queries as documents_of
from motcua.domain.documents.types import Form, UseKind
from motcua.domain.dossiers import access
from motcua.domain.dossiers.commands.draft import OPEN_FOR_CHANGES, component_of, open_for
from motcua.domain.dossiers.commands.receive import print_receipt, register
from motcua.domain.dossiers.commands.taking_money import Taken, take_money
from motcua.domain.dossiers.lifecycle import BEFORE_RECEPTION, note
from motcua.domain.payments import queries as accounts
from motcua.domain.statuses.types import State
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, WrongState

OWN_RECORDS = "Kho giấy tờ của hệ thống"
NOT_THAT_KIND = _("Giấy tờ này không thuộc loại mà thành phần hồ sơ yêu cầu.")
NOT_RECEIVED = _("Hồ sơ chưa được tiếp nhận nên chưa có giấy hẹn.")


@dataclass(frozen=True, slots=True)
class Served:
    """What the person takes home: the receipt's paper (None when none is given) and what was paid."""

    receipt_id: UUID | None
    taken: Taken | None


@transaction.atomic
def serve(
    *,
    dossier_id: UUID,
    actor: Actor,
    at: datetime,
    tendered: int | None = None,
    till: str = "1",
    with_receipt: bool | None = None,
    expected: int | None = None,
) -> Served:
    """Hand in, receive, take the cash and print the receipt in one act; all of it, or nothing.

    ``tendered`` is the cash handed over, in đồng; None: nothing is paid now. ``with_receipt`` None follows the
    edition. Raises Invalid with everything that is missing (``tendered`` for too little cash), WrongState, Stale.
    """
    register(dossier_id=dossier_id, actor=actor, at=at, expected=expected, with_receipt=False)
    dossier = access.lock(dossier_id, actor=actor, at=at, to="receive_paper")
    edition = catalog.edition(dossier.edition_id)
    owed = accounts.account_of(dossier.id).owed_at(CollectedAt.SUBMISSION, CollectedAt.ACCEPTANCE)
    taken = None
    if tendered is not None and owed:
        ids = [due.id for due in owed]
        taken = take_money(dossier_id=dossier.id, due_ids=ids, tendered=tendered, till=till, actor=actor, at=at)
    by_rule = edition.receipt_for(dossier.case_key) is ReceiptPolicy.ALWAYS
    wanted = by_rule if with_receipt is None else with_receipt
    return Served(print_receipt(dossier, edition, actor=actor, at=at) if wanted else None, taken)


@transaction.atomic
def give_receipt(*, dossier_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Return the paper of the receipt, issued now when there is none yet (somebody asks for it after all)."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="receive_paper")
    if dossier.received_at is None:
        raise WrongState(NOT_RECEIVED)
    given = documents_of.papers_of(dossier.id, kind="receipt")
    if given:
        return given[-1].id
    return print_receipt(dossier, catalog.edition(dossier.edition_id), actor=actor, at=at)


@transaction.atomic
def state_paper(*, dossier_id: UUID, component_key: str, form: Form, quantity: int, actor: Actor, at: datetime) -> None:
    """Say how many papers of a form came over the counter for a component; said again, it replaces; 0 takes it back.

    Raises Missing, WrongState, Invalid.
    """
    dossier = open_for(dossier_id, "attach", actor, at)
    component = component_of(dossier, component_key)
    if not 0 <= quantity <= 999:
        raise Invalid((FieldProblem(f"component:{component_key}", _("Số bản từ 0 đến 999.")),))
    before = [
        use
        for use in documents_of.uses_of(dossier.id)
        if use.component_key == component_key and use.kind is UseKind.PAPER and use.form is form
    ]
    if sum(use.quantity for use in before) == quantity:
        return
    for use in before:
        documents.detach(use_id=use.id, reason=gettext_noop("Ghi lại số bản giấy"), actor=actor, at=at)
    if quantity:
        documents.hand_over_paper(
            subject_id=dossier.id,
            component_key=component.key,
            type_code=component.type_code,
            form=form,
            quantity=quantity,
            source="counter",
            actor=actor,
            at=at,
        )


@transaction.atomic
def reuse_document(*, dossier_id: UUID, component_key: str, version_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Meet a component with a document that the owner gave before (TT 11/2025 12.2g); returns the use's id.

    The desk may until reception, the applicant while the dossier is theirs to change. Raises Missing, WrongState.
    """
    is_officer = actor.officer_id is not None
    dossier = access.lock(dossier_id, actor=actor, at=at, to="reuse" if is_officer else "attach")
    allowed = OPEN_FOR_CHANGES | (BEFORE_RECEPTION if is_officer else frozenset())
    if State(dossier.state) not in allowed:
        raise WrongState(_("Hồ sơ đã được tiếp nhận nên không thêm giấy tờ theo cách này được nữa."))
    component = component_of(dossier, component_key)
    known = documents_of.documents_of(dossier.owner_id, type_code=component.type_code)
    if version_id not in {use.version_id for use in known}:
        raise Missing(NOT_THAT_KIND)
    use = documents.reuse(
        subject_id=dossier.id,
        component_key=component.key,
        version_id=version_id,
        owner_id=dossier.owner_id,
        source=OWN_RECORDS,
        actor=actor,
        at=at,
    )
    data = {"component": component_key, "version": str(version_id), "source": OWN_RECORDS}
    note(dossier, "dossier.file_attached", actor=actor, at=at, data=data)
    return use.id
