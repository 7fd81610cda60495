"""How the portal is reached: read from the installation's systems, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

NAME: Final = "national_portal"
LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class WrongSettings(ValueError):
    """A setting is missing or would send secrets in clear."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Two doors of the exchange axis (sign-in, everything else), who we are, and the secret of signed pushes.

    agency_code: `madonvi`, the code under which this installation speaks. file_hosts: where enclosures of pushed
    dossiers may be fetched from (`host` or `host:port`); nothing else is ever followed. timeout in seconds.
    """

    login_url: str
    service_url: str
    dstcode: str
    username: str
    agency_code: str
    password: str = field(repr=False)
    inbound_secret: str = field(repr=False)
    file_hosts: frozenset[str] = frozenset()
    timeout: float = 20.0

    def __post_init__(self) -> None:
        for url in (self.login_url, self.service_url):
            parts = urlsplit(url)
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise WrongSettings(f"the national portal must be reached by https, not {url}")
        if not self.inbound_secret:
            raise WrongSettings("the national portal needs inbound_secret: unsigned pushes are never taken")

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Settings:
        """Read one entry of the systems file. Raises WrongSettings."""
        try:
            hosts = found.get("file_hosts") or [urlsplit(str(found.get("url") or found["service_url"])).netloc]
            return cls(
                login_url=str(found["login_url"]),
                service_url=str(found["service_url"]),
                dstcode=str(found["dstcode"]),
                username=str(found["username"]),
                password=str(found["password"]),
                agency_code=str(found["agency_code"]),
                inbound_secret=str(found["inbound_secret"]),
                file_hosts=frozenset(map(str, hosts)),
                timeout=float(found.get("timeout", 20)),
            )
        except KeyError as missing:
            raise WrongSettings(f"the national portal needs the setting {missing}") from None
