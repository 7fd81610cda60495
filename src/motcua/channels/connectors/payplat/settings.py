"""How the platform is reached: read from the installation's systems, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


class WrongSettings(ValueError):
    """A setting is missing or would send secrets in clear."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`endpoint` takes every message; `secret` ends every checksum. Plain http is for loopback only.

    page: where the payer's browser is sent afterwards, with `{reference}` in it. account_*: the beneficiary's
    account at the treasury or a bank, printed on the platform's receipt.
    """

    endpoint: str
    partner_code: str
    secret: str = field(repr=False)
    page: str = "/thanh-toan/{reference}"
    account_number: str = ""
    account_bank: str = ""
    account_name: str = ""
    timeout: float = 15.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.endpoint)
        if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
            raise WrongSettings(f"the payment platform must be reached by https, not {self.endpoint}")
        if not self.secret or not self.partner_code:
            raise WrongSettings("the payment platform needs partner_code and secret")

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Settings:
        """Read one entry of the systems file. Raises WrongSettings."""
        try:
            return cls(
                endpoint=str(found["endpoint"]),
                partner_code=str(found["partner_code"]),
                secret=str(found["secret"]),
                page=str(found.get("page", "/thanh-toan/{reference}")),
                account_number=str(found.get("account_number", "")),
                account_bank=str(found.get("account_bank", "")),
                account_name=str(found.get("account_name", "")),
                timeout=float(found.get("timeout", 15)),
            )
        except KeyError as missing:
            raise WrongSettings(f"the payment platform needs the setting {missing}") from None
