"""Reading certificates: who, from when to when, and the way to an anchor. No Django in here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import pem, x509

SKEW = timedelta(minutes=5)
"""How far the clocks of authorities and ours may differ, and how long one of their answers may take."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a certificate says about its holder, ready to be shown and stored."""

    common_name: str
    organisation: str
    subject: str
    issuer: str
    serial: str
    valid_from_at: datetime
    valid_until_at: datetime


def load(content: bytes) -> x509.Certificate:
    """Read one certificate, DER or PEM. Raises ValueError."""
    if pem.detect(content):
        content = pem.unarmor(content)[2]
    certificate = x509.Certificate.load(content)
    certificate.native  # noqa: B018  # parses the whole of it now, so that a broken one is found here
    return certificate


def load_all(content: bytes) -> tuple[x509.Certificate, ...]:
    """Read every certificate of a PEM bundle, or the one of a DER file. Raises ValueError."""
    if not pem.detect(content):
        return (load(content),)
    return tuple(x509.Certificate.load(der) for _kind, _headers, der in pem.unarmor(content, multiple=True))


def names(certificate: x509.Certificate) -> Names:
    """Return the names and dates of a certificate; serial in upper-case hexadecimal."""
    native = certificate.subject.native
    return Names(
        common_name=_one(native.get("common_name", "")) or certificate.subject.human_friendly,
        organisation=_one(native.get("organization_name", "")),
        subject=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        serial=f"{certificate.serial_number:X}",
        valid_from_at=certificate.not_valid_before,
        valid_until_at=certificate.not_valid_after,
    )


def may_sign(certificate: x509.Certificate) -> bool:
    """Say whether the key may make signatures: no usage stated, digitalSignature or nonRepudiation (TT 15/2025)."""
    usage = certificate.key_usage_value
    return usage is None or bool({"digital_signature", "non_repudiation"} & usage.native)


def strong_enough(certificate: x509.Certificate) -> bool:
    """Say whether the key is long enough: RSA from 2048 bits, elliptic curves from 256 (TT 15/2025)."""
    key = certificate.public_key
    return bool(key.bit_size >= (256 if key.algorithm == "ec" else 2048))


def load_many(contents: Iterable[bytes]) -> tuple[x509.Certificate, ...]:
    """Read several certificates."""
    return tuple(load(content) for content in contents)


def _one(value: str | list[str]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
