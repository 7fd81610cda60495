"""What identity needs from the world: identity providers that speak OpenID Connect, and the population database.
``wiring`` registers them.

The questions themselves (``sign_in.begin``, ``sign_in.finish``) are asked by the channel through ``exchange.ask`` under
the provider's name, so that no transaction is open and every question stands in the log of connections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from motcua.foundation.identity.types import ClaimsProfile
from motcua.foundation.kernel.errors import Missing

BEGIN = "sign_in.begin"  # return_to → SignInRequest
FINISH = "sign_in.finish"  # request, code, return_to, at → VerifiedClaims
POPULATION = "population"
VERIFY = "verify"  # name, number, birth_on, birth_precision, purpose, asked_by, service → PersonAnswer


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


class PersonVerdict(StrEnum):
    """The four answers of the population database (TT 136/2026/TT-BCA Điều 3)."""

    MATCH = "match"
    NO_MATCH = "no_match"
    UNKNOWN = "unknown"
    UNDECIDED = "undecided"

    @property
    def words(self) -> str:
        """The answer as the law words it."""
        return str(_VERDICTS[self])


_VERDICTS = {
    PersonVerdict.MATCH: _("Trùng khớp"),
    PersonVerdict.NO_MATCH: _("Không trùng khớp"),
    PersonVerdict.UNKNOWN: _("Không có thông tin"),
    PersonVerdict.UNDECIDED: _("Chưa đủ căn cứ"),
}


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """What the database said. ``values`` (our attribute → its text, dates in ISO form) only when everything matched;
    the caller keeps them with ``commands.record_known(values=…, source=answer.source)``. ``request`` names the question
    in the database's own log.
    """

    verdict: PersonVerdict
    values: Mapping[str, str]
    source: str
    request: str


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
