"""The verbs of payments."""

from motcua.domain.payments.commands.ask_refund import ask_refund
from motcua.domain.payments.commands.close_shift import close_shift
from motcua.domain.payments.commands.confirm_payment import confirm_payment
from motcua.domain.payments.commands.decide_refund import decide_refund
from motcua.domain.payments.commands.drop_dues import drop_dues
from motcua.domain.payments.commands.exempt_due import exempt_due
from motcua.domain.payments.commands.fail_payment import fail_payment
from motcua.domain.payments.commands.finish_refund import finish_refund
from motcua.domain.payments.commands.open_payment import open_payment
from motcua.domain.payments.commands.open_shift import open_shift
from motcua.domain.payments.commands.prove_due import prove_due
from motcua.domain.payments.commands.resolve_anomaly import resolve_anomaly
from motcua.domain.payments.commands.state_dues import state_dues
from motcua.domain.payments.commands.take_cash import take_cash
from motcua.domain.payments.commands.take_transfer import take_transfer
from motcua.domain.payments.commands.void_receipt import void_receipt

__all__ = [
    "ask_refund",
    "close_shift",
    "confirm_payment",
    "decide_refund",
    "drop_dues",
    "exempt_due",
    "fail_payment",
    "finish_refund",
    "open_payment",
    "open_shift",
    "prove_due",
    "resolve_anomaly",
    "state_dues",
    "take_cash",
    "take_transfer",
    "void_receipt",
]
