"""Who listens to whom, and which connector speaks for which port: the whole conversation on one page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings

from motcua.channels.connectors import openid, population
from motcua.channels.connectors.clamav.adapter import Clamd
from motcua.channels.connectors.csc import connecting as csc
from motcua.channels.connectors.mail.adapter import Smtp
from motcua.channels.connectors.national_portal import handlers as national_portal
from motcua.channels.connectors.national_portal.adapter import NationalPortal
from motcua.channels.connectors.national_portal.settings import Settings as PortalSettings
from motcua.channels.connectors.payplat import sweep as payplat_sweep
from motcua.channels.connectors.payplat.client import PayPlat
from motcua.channels.connectors.payplat.settings import Settings as PayPlatSettings
from motcua.channels.connectors.sms.adapter import SmsGateway
from motcua.channels.connectors.tsa.adapter import Rfc3161
from motcua.domain.documents import commands as documents
from motcua.domain.dossiers import handlers as dossiers
from motcua.domain.notices import handlers as notices
from motcua.domain.payments import ports as payments
from motcua.domain.signing import worker as signing
from motcua.foundation.exchange import ports as exchange
from motcua.foundation.exchange.ports import Adapter
from motcua.foundation.identity import ports as identity
from motcua.foundation.journal import ports as journal
from motcua.foundation.journal import registry
from motcua.foundation.journal.types import Subscription
from motcua.foundation.kernel.clocks import now
from motcua.foundation.storage import ports as storage

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
    Subscription("national_portal.mirror", national_portal.KINDS, national_portal.mirror),
    Subscription("national_portal.take_in", ("exchange.received",), national_portal.take_in),
)


def connect() -> None:
    """Fill every registry; called once, when Django is ready."""
    registry.load(_kinds(), SUBSCRIPTIONS)
    systems = settings.MOTCUA.systems
    identity.register(openid.providers(systems))
    csc.connect(systems)
    if "payment_gateway" in systems:
        payments.register_gateway(PayPlat(PayPlatSettings.read(systems["payment_gateway"])))
    if "pki" in systems:
        journal.register_time_stamper(Rfc3161(systems["pki"]["tsa_url"]))
    if "antivirus" in systems:
        storage.register_scanner(Clamd(**systems["antivirus"]))
    exchange.register(_adapters(systems), {**openid.answerers(systems), **population.answerers(systems)})


def _adapters(systems: Mapping[str, Any]) -> dict[str, Adapter]:
    found: dict[str, Adapter] = {}
    if "mail" in systems:
        found["mail"] = Smtp(systems["mail"], sender="khong-tra-loi@motcua.vn")
    if "sms" in systems:
        found["sms"] = SmsGateway(systems["sms"])
    if "national_portal" in systems:
        found["national_portal"] = NationalPortal(PortalSettings.read(systems["national_portal"]))
    return found


def steps() -> tuple[Callable[[], bool], ...]:
    """Return what the worker does again and again, beside sending messages; each says whether it found work."""
    return (lambda: signing.run_once(clock=now),)


def sweeps() -> tuple[tuple[str, float, Callable[[datetime], object]], ...]:
    """Return what the worker looks at now and then: a name, every so many seconds, what to do."""
    return (
        ("payplat", 120, lambda at: payplat_sweep.ask_again(at=at)),
        (
            "templates",
            3600,
            lambda at: documents.sync_templates(at=at),
        ),  # new built-in papers show before their first use
    )


def _kinds() -> list[str]:
    kinds: list[str] = []
    for room in ROOMS:
        if find_spec(f"{room}.types"):
            kinds += getattr(import_module(f"{room}.types"), "EVENTS", ())
    return kinds
