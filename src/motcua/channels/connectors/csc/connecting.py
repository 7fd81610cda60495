"""Connect signing with the services: called once by wiring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from motcua.channels.connectors.csc.client import CscSigner
from motcua.channels.connectors.csc.settings import Settings
from motcua.channels.connectors.csc.trust import HttpTrustServices
from motcua.domain.signing import ports

SERVICE = "csc"


def connect(systems: Mapping[str, Any]) -> None:
    """Register the signing service and the trust services, when the installation names them.

    Reads ``systems["signing_service"]`` (url, client_id, client_secret, token_url) and ``systems["pki"]["tsa_url"]``.
    Raises WrongSettings.
    """
    if "signing_service" not in systems:
        return
    found = dict(systems["signing_service"])
    found.setdefault("tsa_url", systems.get("pki", {}).get("tsa_url"))
    settings = Settings.read({name: value for name, value in found.items() if value is not None})
    ports.register_signer(SERVICE, CscSigner(settings))
    ports.register_trust_services(HttpTrustServices(tsa_url=settings.tsa_url, timeout=settings.timeout))
