"""What the platform said, handed to payments; the answer it gets back."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from motcua.channels.connectors.payplat.client import NAME
from motcua.domain.payments import commands
from motcua.domain.payments.ports import Confirmation
from motcua.domain.payments.types import ExpiredAttempt, UnknownReference, UsedTransaction, WrongAmount, WrongGateway
from motcua.foundation.kernel.actor import Channel, system
from motcua.foundation.kernel.errors import Missing, Problem

DONE: Final = "0"
FORGED: Final = "97"
CODES: Final[dict[type[Problem], str]] = {
    UnknownReference: "07",
    WrongGateway: "07",
    Missing: "07",
    WrongAmount: "05",
    UsedTransaction: "02",
    ExpiredAttempt: "11",
}


def note(found: Confirmation, *, at: datetime) -> tuple[str, str]:
    """Settle or note the failure; the code and sentence for the platform. Said twice, the same answer."""
    actor = system(NAME, channel=Channel.CONNECTOR)
    try:
        if found.is_paid:
            commands.confirm_payment(
                reference=found.reference,
                gateway=NAME,
                transaction=found.transaction,
                amount=found.amount,
                paid_at=found.paid_at,
                actor=actor,
                at=at,
            )
        else:
            reason = f"Mã lỗi {found.message}" if found.message else "Không thành công"
            commands.fail_payment(reference=found.reference, gateway=NAME, reason=reason, actor=actor, at=at)
    except tuple(CODES) as problem:
        return CODES[type(problem)], str(problem)
    return DONE, "OK"
