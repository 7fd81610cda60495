"""Who listens to whom, and which connector speaks for which port: the whole conversation on one page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.conf import settings

from motcua.channels.connectors import openid
from motcua.channels.connectors.csc import connecting as csc
from motcua.channels.connectors.payplat import sweep as payplat_sweep
from motcua.channels.connectors.payplat.client import PayPlat
from motcua.channels.connectors.payplat.settings import Settings as PayPlatSettings
from motcua.domain.dossiers import handlers as dossiers
from motcua.domain.notices import handlers as notices
from motcua.domain.payments import ports as payments
from motcua.domain.signing import worker as signing
from motcua.foundation.exchange import ports as exchange
from motcua.foundation.identity import ports as identity
from motcua.foundation.journal import registry
from motcua.foundation.journal.types import Subscription
from motcua.foundation.kernel.clocks import now

ROOMS = (
    "motcua.foundation.journal",
    "motcua.foundation.identity",
    "motcua.foundation.organisation",
    "motcua.foundation.storage",
    "motcua.foundation.exchange",
    "motcua.domain.statuses",
    "motcua.domain.deadlines",
    "motcua.domain.forms",
    "motcua.domain.signing",
    "motcua.domain.documents",
    "motcua.domain.payments",
    "motcua.domain.workflow",
    "motcua.domain.catalog",
    "motcua.domain.dossiers",
    "motcua.domain.notices",
)

SUBSCRIPTIONS = (
    Subscription("dossiers.signature_made", ("signing.completed",), dossiers.signature_made),
    Subscription("dossiers.signature_failed", ("signing.failed",), dossiers.signature_failed),
    Subscription("dossiers.money_came_in", ("payment.settled",), dossiers.money_came_in),
    Subscription("notices.tell", notices.KINDS, notices.tell),
)


def connect() -> None:
    """Fill every registry; called once, when Django is ready."""
    registry.load(_kinds(), SUBSCRIPTIONS)
    systems = settings.MOTCUA.systems
    identity.register(openid.providers(systems))
    csc.connect(systems)
    if "payment_gateway" in systems:
        payments.register_gateway(PayPlat(PayPlatSettings.read(systems["payment_gateway"])))
    exchange.register({}, openid.answerers(systems))


def steps() -> tuple[Callable[[], bool], ...]:
    """Return what the worker does again and again, beside sending messages; each says whether it found work."""
    return (lambda: signing.run_once(clock=now),)


def sweeps() -> tuple[tuple[str, float, Callable[[datetime], object]], ...]:
    """Return what the worker looks at now and then: a name, every so many seconds, what to do."""
    return (("payplat", 120, lambda at: payplat_sweep.ask_again(at=at)),)


def _kinds() -> list[str]:
    kinds: list[str] = []
    for room in ROOMS:
        if find_spec(f"{room}.types"):
            kinds += getattr(import_module(f"{room}.types"), "EVENTS", ())
    return kinds
