"""Exchange's verbs."""

from motcua.foundation.exchange.commands.decide import retry, skip
from motcua.foundation.exchange.commands.receive import receive
from motcua.foundation.exchange.commands.send import send

__all__ = ["receive", "retry", "send", "skip"]
