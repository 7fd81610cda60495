"""What identity needs from the world: identity providers that speak OpenID Connect. ``wiring`` registers them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.types import ClaimsProfile
from motcua.foundation.kernel.errors import Missing


@dataclass(frozen=True, slots=True)
class SignInRequest:
    """A sign-in on its way: ``url`` is where the browser goes; the rest stays in the visitor's session."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class VerifiedClaims:
    """Claims whose signature, audience, nonce and time were checked."""

    issuer: str
    claims: Mapping[str, Any]


class IdentityProvider(Protocol):
    """An OpenID Connect provider: VNeID, the national portal, a ministry's own."""

    @property
    def label(self) -> str:
        """The name on the button."""
        ...

    @property
    def profile(self) -> ClaimsProfile:
        """In whose words its claims are written."""
        ...

    @property
    def minimum_assurance(self) -> int:
        """The lowest level at which a citizen may come in."""
        ...

    def begin(self, *, return_to: str) -> SignInRequest:
        """Prepare a sign-in that comes back to ``return_to``. Raises Unavailable."""
        ...

    def finish(self, *, request: SignInRequest, code: str, return_to: str, at: datetime) -> VerifiedClaims:
        """Change the code for claims. Raises Unavailable when the provider fails, NotAllowed when it lies."""
        ...


_providers: dict[str, IdentityProvider] = {}


def register_provider(name: str, provider: IdentityProvider) -> None:
    """Make a provider known under the name that stands in its address."""
    _providers[name] = provider


def providers() -> Mapping[str, IdentityProvider]:
    """Return the providers in the order in which they were registered."""
    return _providers


def provider(name: str) -> IdentityProvider:
    """Return the provider. Raises Missing."""
    if name not in _providers:
        raise Missing(_("Không có cách đăng nhập này."))
    return _providers[name]
