"""Ask the platform again for payments nothing was heard of: a lost notification is found within minutes."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from motcua.channels.connectors.payplat.client import NAME
from motcua.channels.connectors.payplat.noting import note
from motcua.domain.payments import ports, queries
from motcua.foundation.kernel.errors import Unavailable

LOG: Final = logging.getLogger(__name__)
LEAVE_ALONE: Final = timedelta(minutes=2)
LOOK_BACK: Final = timedelta(days=2)


def ask_again(*, at: datetime) -> int:
    """Query every unsettled attempt of the last two days; how many were brought to an end. Never raises.

    Run it every few minutes, outside a transaction.
    """
    ended = 0
    for attempt in queries.unsettled_attempts(at - LOOK_BACK, at - LEAVE_ALONE):
        if attempt.gateway != NAME:
            continue
        try:
            found = ports.gateway(NAME).query(attempt, at=at)
        except (Unavailable, ports.Forged) as problem:
            LOG.warning("payment %s could not be asked for: %s", attempt.reference, problem)
            continue
        if found is not None:
            note(found, at=at)
            ended += 1
    return ended
