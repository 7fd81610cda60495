"""What identity needs from the world: identity providers that speak OpenID Connect. ``wiring`` registers them.

The questions themselves (``sign_in.begin``, ``sign_in.finish``) are asked by the channel through ``exchange.ask`` under
the provider's name, so that no transaction is open and every question stands in the log of connections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.types import ClaimsProfile
from motcua.foundation.kernel.errors import Missing

BEGIN = "sign_in.begin"  # return_to → SignInRequest
FINISH = "sign_in.finish"  # request, code, return_to, at → VerifiedClaims


@dataclass(frozen=True, slots=True)
class Provider:
    """A way to sign in. ``name`` stands in its address, ``label`` on its button, ``profile`` says whose words it uses."""

    name: str
    label: str
    profile: ClaimsProfile
    minimum_assurance: int = 2


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """A sign-in on its way: ``url`` is where the browser goes; the rest stays in the visitor's session."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class VerifiedClaims:
    """Claims whose signature, issuer, audience, nonce and time were checked."""

    issuer: str
    claims: Mapping[str, Any]


_providers: dict[str, Provider] = {}


def register(providers: Iterable[Provider]) -> None:
    """Name the ways to sign in, in the order of their buttons; what was named before is forgotten."""
    _providers.clear()
    _providers.update({provider.name: provider for provider in providers})


def providers() -> tuple[Provider, ...]:
    """Return the ways to sign in."""
    return tuple(_providers.values())


def provider(name: str) -> Provider:
    """Return one way to sign in. Raises Missing."""
    if name not in _providers:
        raise Missing(_("Không có cách đăng nhập này."))
    return _providers[name]
