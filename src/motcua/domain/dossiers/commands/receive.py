"""Receive: the receipt, the resolving clock, the run of the process (NĐ 118/2025 Điều 17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.editions import Edition
from motcua.domain.catalog.types import CollectedAt, ReceiptPolicy, ReceptionChannel, Way
from motcua.domain.deadlines import commands as deadlines
from motcua.domain.deadlines import queries as clocks
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.documents import commands as papers
from motcua.domain.documents import queries as documents
from motcua.domain.documents.types import Validity
from motcua.domain.dossiers import access, codes, money, paperwork, running
from motcua.domain.dossiers.commands.submit import hand_in
from motcua.domain.dossiers.lifecycle import move
from motcua.domain.dossiers.models import Dossier
from motcua.domain.forms import queries as answers_of
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local

# What is paid when the result is fetched is known, and printed on the receipt, from the start.
WHEN_RECEIVED = (CollectedAt.ACCEPTANCE, CollectedAt.RETURN)


@transaction.atomic
def receive(
    *, dossier_id: UUID, actor: Actor, at: datetime, expected: int | None = None, with_receipt: bool | None = None
) -> UUID | None:
    """Receive a submitted dossier; returns the receipt's paper id, None when none is given.

    ``with_receipt`` None follows the edition ("trả ngay" gets one only when asked). Raises WrongState, NotAllowed, Stale.
    """
    dossier = access.lock(dossier_id, actor=actor, at=at, to="receive", expected=expected)
    return take_in(dossier, catalog.edition(dossier.edition_id), actor=actor, at=at, with_receipt=with_receipt)


@transaction.atomic
def register(
    *, dossier_id: UUID, actor: Actor, at: datetime, expected: int | None = None, with_receipt: bool | None = None
) -> UUID | None:
    """Hand in and receive at the counter in one act: the person stands there; returns as ``receive``."""
    dossier = access.lock(dossier_id, actor=actor, at=at, to="register", expected=expected)
    edition = hand_in(dossier, "register", actor=actor, at=at)
    return take_in(dossier, edition, actor=actor, at=at, with_receipt=with_receipt)


def take_in(
    dossier: Dossier, edition: Edition, *, actor: Actor, at: datetime, with_receipt: bool | None
) -> UUID | None:
    """Do what reception does to a locked dossier that was handed in."""
    deadlines.stop_clock(
        subject_id=dossier.id, kind=ClockKind.RECEPTION, at=at, actor=actor, reason="Đã tiếp nhận", ground=""
    )
    offer = edition.limit_for(dossier.case_key, dossier.channel)
    clock = deadlines.start_clock(
        subject_id=dossier.id,
        kind=ClockKind.RESOLVING,
        rule=offer.rule,
        agency_id=dossier.competent_agency_id,
        at=at,
        actor=actor,
    )
    dossier.received_at, dossier.due_at, dossier.promised_at = at, clock.due_at, clock.due_at
    values = answers_of.answers(dossier.id).values
    owed = money.state(dossier, edition, values, WHEN_RECEIVED, actor=actor, at=at)
    move(dossier, "receive", actor=actor, at=at, data={"due_at": clock.due_at.isoformat()})
    receipt_id = None
    if with_receipt if with_receipt is not None else edition.receipt_for(dossier.case_key) is ReceiptPolicy.ALWAYS:
        receipt_id = print_receipt(dossier, edition, actor=actor, at=at)
    running.start(dossier, edition, values, actor=actor, at=at)
    if owed and ReceptionChannel(dossier.channel).way is not Way.DIRECT:
        move(dossier, "demand_payment", actor=actor, at=at, data={"owed": owed})
        running.pause_for_payment(dossier, actor=actor, at=at)
    else:
        move(dossier, "forward", actor=actor, at=at, data={"agency": str(dossier.competent_agency_id)})
    return receipt_id


def print_receipt(
    dossier: Dossier, edition: Edition, *, actor: Actor, at: datetime, replaces: Mapping[str, Any] | None = None
) -> UUID:
    """Issue paper 01, or, with what it ``replaces``, the updated receipt after a new promised date."""
    values = answers_of.answers(dossier.id).values
    checklist = documents.checklist(dossier.id, edition.components_for(dossier.case_key, values))
    data = paperwork.common(dossier, edition, dossier.desk_agency_id, actor) | paperwork.receipt(
        dossier,
        edition,
        components=paperwork.components(checklist),
        fees=money.words(dossier),
        secret=codes.read_secret(dossier.sealed_secret, dossier.id),
        look_up=f"{settings.MOTCUA.public_url}/tra-cuu/",
    )
    data["qr"]["promised_at"] = paperwork.moment(dossier.promised_at)
    if replaces:
        data["replaces"] = dict(replaces)
    paper = papers.issue_paper(
        kind="receipt_updated" if replaces else "receipt",
        subject_id=dossier.id,
        agency_id=dossier.desk_agency_id,
        data=data,
        actor=actor,
        at=at,
    )
    return paper.id


def due_again(dossier: Dossier, *, reason: str, actor: Actor, at: datetime) -> None:
    """Copy the resolving clock's due moment after it moved; another promised day goes out as an updated receipt, which
    takes the place of the one before.
    """
    clock = clocks.clock_of(dossier.id, ClockKind.RESOLVING)
    if clock is None or clock.due_at == dossier.due_at:
        return
    before, dossier.due_at, dossier.promised_at = dossier.promised_at, clock.due_at, clock.due_at
    given = [paper for paper in documents.papers_of(dossier.id) if paper.kind in {"receipt", "receipt_updated"}]
    if before is None or not given or local(before).date() == local(clock.due_at).date():
        return
    last = given[-1]
    replaces = {
        "number": last.number,
        "issued_on": last.issued_on,
        "promised_at": paperwork.moment(before),
        "reason": reason,
    }
    fresh = print_receipt(dossier, catalog.edition(dossier.edition_id), actor=actor, at=at, replaces=replaces)
    papers.settle_paper(
        paper_id=last.id, validity=Validity.REPLACED, reason=reason, replaced_by_id=fresh, actor=actor, at=at
    )
