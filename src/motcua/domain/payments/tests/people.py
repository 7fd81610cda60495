"""People and shorthands the tests share."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from motcua.domain.payments import commands
from motcua.domain.payments.types import Account, Attempt, DueKind, DueSpec, Settlement, Stage
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel, system
from motcua.foundation.kernel.clocks import VIETNAM
from motcua.foundation.kernel.identifiers import new_id

AGENCY = new_id()
CASHIER = Actor(ActorKind.OFFICER, "account:cashier", Channel.DESK, "r-1", officer_id=new_id(), agency_id=AGENCY)
HEAD = Actor(ActorKind.OFFICER, "account:head", Channel.DESK, "r-2", officer_id=new_id(), agency_id=AGENCY)
CITIZEN = Actor(ActorKind.PERSON, "account:citizen", Channel.PORTAL, "r-3", party_id=new_id())
GATEWAY = system("payplat")
NOW = datetime(2026, 11, 12, 9, 0, tzinfo=VIETNAM)
LATER = NOW + timedelta(minutes=5)

FEE = DueSpec("fee", "Phí thẩm định", DueKind.FEE, 700_000, Stage.ACCEPTANCE, "TT 67/2021/TT-BTC")
CHARGE = DueSpec("charge", "Lệ phí cấp giấy", DueKind.CHARGE, 50_000, Stage.RETURN)
TAX = DueSpec("tax", "Thuế đất", DueKind.ELSEWHERE, 9_000_000, Stage.RETURN)


def owe(*dues: DueSpec, subject: UUID | None = None, agency: UUID = AGENCY) -> Account:
    return commands.state_dues(
        subject_id=subject or new_id(),
        agency_id=agency,
        payer_id=CITIZEN.party_id,
        payer_name="Trần Thị Bình",
        dues=dues or (FEE, CHARGE),
        actor=CASHIER,
        at=NOW,
    )


def visit(account: Account, at: datetime = NOW) -> Attempt:
    return commands.open_payment(
        subject_id=account.subject_id,
        due_ids=[due.id for due in account.dues if due.kind is not DueKind.ELSEWHERE],
        gateway="payplat",
        actor=CITIZEN,
        at=at,
    )


def confirm(attempt: Attempt, transaction: str = "GD1", *, paid_at: datetime = LATER, **other: object) -> Settlement:
    said = {"reference": attempt.reference, "gateway": "payplat", "amount": attempt.amount} | other
    return commands.confirm_payment(**said, transaction=transaction, paid_at=paid_at, actor=GATEWAY, at=paid_at)  # type: ignore[arg-type]
