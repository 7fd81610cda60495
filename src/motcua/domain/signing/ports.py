"""What signing needs from the world: remote keys, time-stamps and revocation answers; wiring fills the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.fetchers import Fetchers

from motcua.domain.signing.types import Authorisation, AuthorisationMode


class Later(Exception):
    """The service does not answer now; the request stays and is tried again."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Refused(Exception):
    """The service, or a rule of ours, says no. ``ask_again``: another PIN or OTP of the holder may help."""

    def __init__(self, sentence: Any, *, ask_again: bool = False) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.ask_again = ask_again


@dataclass(frozen=True, slots=True)
class RemoteCredential:
    """What a service tells about one of its keys; certificates are DER, algorithms dotted object identifiers."""

    remote_id: str
    certificate: bytes
    chain: tuple[bytes, ...]
    algorithms: tuple[str, ...]
    mode: AuthorisationMode
    enabled: bool


@dataclass(frozen=True, slots=True)
class DigestOrder:
    """One digest to be signed. ``reference`` is the same for every attempt of one request.

    ``algorithm`` is the signature algorithm's object identifier, ``parameters`` its DER parameters (RSA-PSS).
    """

    remote_id: str
    digest: bytes
    digest_algorithm: str
    algorithm: str
    parameters: bytes | None
    authorisation: Authorisation
    reference: str
    description: str


class RemoteSigner(Protocol):
    """A service that keeps private keys. Raises Later or Refused; nothing else leaves it."""

    def credential(self, remote_id: str) -> RemoteCredential:
        """Return certificate, chain, algorithms and what the holder must type."""

    def send_otp(self, remote_id: str) -> None:
        """Have the service send the holder a one-time password."""

    def sign_digest(self, order: DigestOrder) -> bytes:
        """Return the raw signature of the digest."""

    def check_connection(self) -> str:
        """Return one line about the service that answered."""


class TrustServices(Protocol):
    """Time-stamping and revocation, as pyhanko asks for them; both keep answers while they are fresh."""

    def timestamper(self) -> TimeStamper:
        """Return the RFC 3161 client."""

    def fetchers(self, *, at: datetime) -> Fetchers:
        """Return OCSP, CRL and certificate fetchers that share a cache of answers still fresh at this moment."""


_signers: dict[str, RemoteSigner] = {}
_trust: list[TrustServices] = []


def register_signer(service: str, signer: RemoteSigner) -> None:
    """Name the service that keeps keys (``csc``); a later call replaces it."""
    _signers[service] = signer


def register_trust_services(services: TrustServices) -> None:
    """Say who stamps time and answers about revocation."""
    _trust[:] = [services]


def signer(service: str) -> RemoteSigner:
    """Return the service's client. Raises LookupError when wiring did not name it."""
    return _signers[service]


def signers() -> Mapping[str, RemoteSigner]:
    """Return every registered service, for connection tests."""
    return dict(_signers)


def trust_services() -> TrustServices:
    """Return who stamps time. Raises LookupError when wiring named nobody."""
    return _trust[0]


def trust_services_known() -> bool:
    """Say whether wiring named somebody."""
    return bool(_trust)
