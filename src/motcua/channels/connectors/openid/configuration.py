"""Reads the providers of an installation from its systems file.

``{"identity_provider": {"vneid": {"issuer", "discovery_url", "client_id", "client_secret"}, "dvcqg": {…}}}``; optional:
``label``, ``profile`` (``vneid`` or ``national_portal``), ``minimum_assurance``, ``scope``, ``acr_values``. Other keys of
the object that are not objects with a ``client_id`` are none of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from motcua.channels.connectors.openid.client import Issuer, OpenIdClient
from motcua.foundation.exchange.ports import Answerer
from motcua.foundation.identity.ports import BEGIN, FINISH, Provider
from motcua.foundation.identity.types import ClaimsProfile

KNOWN = {
    "vneid": ("VNeID", ClaimsProfile.VNEID),
    "dvcqg": ("Cổng Dịch vụ công quốc gia", ClaimsProfile.NATIONAL_PORTAL),
}


def providers(systems: Mapping[str, Any]) -> tuple[Provider, ...]:
    """Return the ways to sign in, in the order of the file."""
    return tuple(_provider(name, values) for name, values in _entries(systems).items())


def clients(systems: Mapping[str, Any]) -> dict[str, OpenIdClient]:
    """Return a client for each provider."""
    return {name: OpenIdClient(_issuer(values)) for name, values in _entries(systems).items()}


def answerers(systems: Mapping[str, Any]) -> dict[tuple[str, str], Answerer]:
    """Return who answers the two questions of each provider, as ``exchange.ports.register`` takes them."""
    made: dict[tuple[str, str], Answerer] = {}
    for name, client in clients(systems).items():
        made[(name, BEGIN)] = cast("Answerer", client.begin)
        made[(name, FINISH)] = cast("Answerer", client.finish)
    return made


def _entries(systems: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    found = systems.get("identity_provider", {})
    return {name: values for name, values in found.items() if isinstance(values, dict) and "client_id" in values}


def _provider(name: str, values: Mapping[str, Any]) -> Provider:
    label, profile = KNOWN.get(name, (name, ClaimsProfile.VNEID))
    return Provider(
        name=name,
        label=values.get("label", label),
        profile=ClaimsProfile(values.get("profile", profile)),
        minimum_assurance=int(values.get("minimum_assurance", 2)),
    )


def _issuer(values: Mapping[str, Any]) -> Issuer:
    issuer = values["issuer"].rstrip("/")
    return Issuer(
        issuer=values["issuer"],
        discovery_url=values.get("discovery_url", f"{issuer}/.well-known/openid-configuration"),
        client_id=values["client_id"],
        client_secret=values["client_secret"],
        scope=values.get("scope", "openid"),
        acr_values=values.get("acr_values", ""),
    )
