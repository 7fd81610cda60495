"""Words of the room: dues, payments, receipts, refunds and the account they add up to. Whole đồng."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from motcua.foundation.kernel.errors import Problem

EVENTS: Final = (
    "dues.stated",
    "dues.dropped",
    "due.exempted",
    "due.proven",
    "payment.opened",
    "payment.failed",
    "payment.settled",
    "payment.credited",
    "payment.anomaly",
    "payment.anomaly_resolved",
    "receipt.voided",
    "refund.asked",
    "refund.approved",
    "refund.refused",
    "refund.done",
    "shift.opened",
    "shift.closed",
)

#: How long an attempt is good: longer than a gateway keeps its page (15 minutes), so that nothing it takes is late.
ATTEMPT_OPEN: Final = timedelta(minutes=20)
#: More than this is a slip of the keyboard.
LARGEST: Final = 1_000_000_000_000


class DueKind(StrEnum):
    """Phí, lệ phí (Luật Phí và lệ phí 2015 Điều 3), or money the state collects elsewhere (informational)."""

    FEE = "fee"
    CHARGE = "charge"
    ELSEWHERE = "elsewhere"


class Stage(StrEnum):
    """When a due is collected: the edition's choice."""

    SUBMISSION = "submission"
    ACCEPTANCE = "acceptance"
    SUPPLEMENT = "supplement"
    RETURN = "return"


class Method(StrEnum):
    ONLINE = "online"
    CASH = "cash"
    TRANSFER = "transfer"
    POST = "post"


class RefundState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    DONE = "done"


class AnomalyKind(StrEnum):
    """Why money (or the claim of it) could not be settled; kept for reconciliation."""

    UNKNOWN_REFERENCE = "unknown_reference"
    WRONG_AMOUNT = "wrong_amount"
    EXPIRED = "expired"
    WRONG_GATEWAY = "wrong_gateway"
    USED_TRANSACTION = "used_transaction"


class Resolution(StrEnum):
    """What the accountant found out: the money is here (settle what is owed, credit the rest) or it is not."""

    TAKEN = "taken"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class DueSpec:
    """A due as the edition works it out. `key` is stable, so that stating it again changes it."""

    key: str
    name: str
    kind: DueKind
    amount: int
    collected_at: Stage
    ground: str = ""
    pay_until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed, and what became of it: `owed` = amount − exempted − paid, 0 when dropped or elsewhere."""

    id: UUID
    key: str
    name: str
    kind: DueKind
    amount: int
    collected_at: Stage
    ground: str
    agency_id: UUID
    pay_until_on: date | None
    exempted: int = 0
    paid: int = 0
    refunded: int = 0
    is_dropped: bool = False
    proof: str = ""

    @property
    def owed(self) -> int:
        if self.is_dropped or self.kind is DueKind.ELSEWHERE:
            return 0
        return self.amount - self.exempted - self.paid


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    name: str
    kind: DueKind
    amount: int


@dataclass(frozen=True, slots=True)
class FeeReceipt:
    """A numbered receipt. `number` is gapless in (agency, year, series); `code` is how it is printed.

    change: cash to hand back, when it was just taken.
    """

    id: UUID
    subject_id: UUID
    agency_id: UUID
    year: int
    series: str
    number: int
    amount: int
    payer_name: str
    issued_at: datetime
    lines: tuple[ReceiptLine, ...]
    payment_id: UUID
    void_reason: str = ""
    change: int = 0

    @property
    def code(self) -> str:
        return f"{self.series}-{self.number:07d}"

    @property
    def is_void(self) -> bool:
        return bool(self.void_reason)


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that came in. `credit` is the part nothing is owed for, less what was asked back of it."""

    id: UUID
    method: Method
    amount: int
    paid_at: datetime
    gateway: str
    transaction: str
    settled: int
    credit: int


@dataclass(frozen=True, slots=True)
class Refund:
    """A request to give money back: of a paid due, or (due_id None) of the credit of a payment."""

    id: UUID
    payment_id: UUID
    due_id: UUID | None
    amount: int
    reason: str
    state: RefundState
    asked_at: datetime
    document: str = ""
    transaction: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """Everything about the money of one subject. Money in = paid + credit + what was refunded of the credit."""

    subject_id: UUID
    dues: tuple[Due, ...]
    payments: tuple[Payment, ...]
    receipts: tuple[FeeReceipt, ...]
    refunds: tuple[Refund, ...]

    @property
    def owed(self) -> int:
        return sum(due.owed for due in self.dues)

    @property
    def paid(self) -> int:
        return sum(due.paid for due in self.dues)

    @property
    def credit(self) -> int:
        return sum(payment.credit for payment in self.payments)

    def owed_at(self, *stages: Stage) -> tuple[Due, ...]:
        """The dues of these stages that are not settled."""
        return tuple(due for due in self.dues if due.collected_at in stages and due.owed)

    def named(self, due_ids: Iterable[UUID]) -> tuple[Due, ...]:
        """The dues of these ids, in the account's order; ids of others are left out."""
        wanted = set(due_ids)
        return tuple(due for due in self.dues if due.id in wanted)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One visit to a payment page: what a gateway is asked for, under a reference of ours."""

    id: UUID
    subject_id: UUID
    gateway: str
    reference: str
    amount: int
    opened_at: datetime
    expires_at: datetime
    due_ids: tuple[UUID, ...]
    is_settled: bool = False
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of money that came in: `settled` paid dues (with a receipt), `credit` is to be refunded."""

    payment_id: UUID
    subject_id: UUID
    reference: str
    amount: int
    settled: int
    credit: int
    receipt: FeeReceipt | None
    first_time: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """One officer's time at a till: what should lie in it and what was counted."""

    id: UUID
    agency_id: UUID
    till: str
    officer_id: UUID | None
    opened_at: datetime
    opening: int
    taken: int
    closed_at: datetime | None = None
    counted: int | None = None

    @property
    def expected(self) -> int:
        return self.opening + self.taken

    @property
    def difference(self) -> int | None:
        """Counted less expected; None while the shift is open."""
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A confirmation that could not be settled."""

    id: UUID
    kind: AnomalyKind
    gateway: str
    reference: str
    transaction: str
    amount: int
    paid_at: datetime
    seen_at: datetime
    subject_id: UUID | None
    resolution: Resolution | None = None


class UnknownReference(Problem):
    """No payment of ours was opened under this reference."""


class WrongAmount(Problem):
    """Another amount came in than was asked for."""


class ExpiredAttempt(Problem):
    """Paid after the payment page had closed."""


class WrongGateway(Problem):
    """The reference belongs to a payment opened at another gateway."""


class UsedTransaction(Problem):
    """The gateway's number of this payment has already paid something else."""
