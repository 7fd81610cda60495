"""How the services are reached: read from the installation's systems, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


class WrongSettings(ValueError):
    """A setting is missing or would send secrets in clear."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``url`` precedes ``/csc/v1``; ``token_url`` is the OAuth 2 token endpoint (client credentials).

    ``tsa_url`` answers RFC 3161. Times in seconds. Plain http is for loopback only.
    """

    url: str
    client_id: str
    client_secret: str = field(repr=False)
    token_url: str
    tsa_url: str
    timeout: float = 20.0

    def __post_init__(self) -> None:
        for address in (self.url, self.token_url):
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
                raise WrongSettings(f"the signing service must be reached by https, not {address}")

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Settings:
        """Read one entry of the systems file. Raises WrongSettings."""
        try:
            url = str(found["url"]).rstrip("/")
            return cls(
                url=url,
                client_id=str(found["client_id"]),
                client_secret=str(found["client_secret"]),
                token_url=str(found.get("token_url") or f"{url}/oauth2/token"),
                tsa_url=str(found["tsa_url"]),
                timeout=float(found.get("timeout", 20)),
            )
        except KeyError as missing:
            raise WrongSettings(f"the signing service needs the setting {missing}") from None
