"""Where everything listens: ports counted from the base port, and the paths of the product that are called back."""

from __future__ import annotations

from typing import Final

PORTS: Final = {
    "index": 0,
    "identity_provider": 1,
    "population": 2,
    "national_portal": 3,
    "payment_gateway": 4,
    "signing_service": 5,
    "pki": 6,
    "mail": 7,
    "smtp": 8,
    "sms": 9,
}
"""Offset of each listening port from the base port. ``mail`` is the page, ``smtp`` the mail server itself."""

PROCESSES: Final = {
    "index": "motcua.sandbox.index.server",
    "identity_provider": "motcua.sandbox.identity_provider.server",
    "population": "motcua.sandbox.population.server",
    "national_portal": "motcua.sandbox.national_portal.server",
    "payment_gateway": "motcua.sandbox.payment_gateway.server",
    "signing_service": "motcua.sandbox.signing_service.server",
    "mail": "motcua.sandbox.mail.server",
    "sms": "motcua.sandbox.sms.server",
}
"""Each process and the module whose ``build(settings)`` returns what it listens with."""

SECOND_PORTS: Final = {"signing_service": "pki", "mail": "smtp"}
"""Processes that listen on one port more than the one of their own name."""

CALLBACKS: Final = {
    "national_portal.inbound": "/connectors/national-portal/dossiers",
    "payment_gateway.ipn": "/connectors/payplat/ipn",
    "payment_gateway.return": "/connectors/payplat/return",
    "sms.report": "/connectors/sms/reports",
}
"""Paths of the product that the sandbox calls or sends browsers to; ``--callback NAME=PATH`` replaces one."""

HAND_OVER_PATH: Final = "/nop-ho-so"
"""The product's page for citizens who come from the national portal."""
