"""What the room needs from the world: payment gateways, found by name. `wiring` fills the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from motcua.domain.payments.types import Attempt, ReceiptLine
from motcua.foundation.kernel.errors import Problem, Unavailable


class Forged(Problem):
    """The message does not carry the gateway's mark."""


@dataclass(frozen=True, slots=True)
class Details:
    """What a payment page shows and a receipt of the gateway names; everything but `summary` may be empty."""

    summary: str
    lines: tuple[ReceiptLine, ...] = ()
    dossier_code: str = ""
    procedure_code: str = ""
    procedure_name: str = ""
    service_code: str = ""
    agency_code: str = ""
    agency_name: str = ""
    payer_name: str = ""
    payer_number: str = ""
    payer_address: str = ""
    payer_ip: str = "127.0.0.1"
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a gateway says about one reference. Only `is_paid` with an amount in whole đồng is money."""

    reference: str
    transaction: str
    amount: int
    is_paid: bool
    paid_at: datetime
    message: str = ""
    raw: Mapping[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    """A payment gateway. None of these is called inside a transaction."""

    name: str

    def start(self, attempt: Attempt, details: Details, *, at: datetime) -> str:
        """The address of the payment page. Raises Unavailable."""

    def verify(self, fields: Mapping[str, str]) -> Confirmation:
        """The confirmation that a callback or a return carries. Raises Forged."""

    def query(self, attempt: Attempt, *, at: datetime) -> Confirmation | None:
        """What the gateway knows of an attempt; None: nothing yet. Raises Unavailable, Forged."""


_gateways: dict[str, Gateway] = {}


def register_gateway(gateway: Gateway) -> None:
    """Make a gateway known under its name."""
    _gateways[gateway.name] = gateway


def gateway(name: str) -> Gateway:
    """The gateway of that name. Raises Unavailable."""
    if name not in _gateways:
        raise Unavailable(_("Chưa kết nối cổng thanh toán này. Hãy chọn cách nộp khác."), retry=False)
    return _gateways[name]


def gateway_names() -> tuple[str, ...]:
    """The gateways that can be offered."""
    return tuple(_gateways)
