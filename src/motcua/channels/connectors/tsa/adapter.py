"""Ask a time-stamping authority."""

from __future__ import annotations

import secrets

import httpx
from asn1crypto import algos, tsp
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import Unavailable


class Rfc3161:
    """The journal's ``TimeStamper``."""

    def __init__(self, url: str, *, http: httpx.Client | None = None) -> None:
        self._url = url
        self._http = http or httpx.Client(timeout=10.0, trust_env=False)

    def stamp(self, digest: bytes) -> bytes:
        """Return the DER token over a SHA-256 digest. Raises Unavailable."""
        nonce = secrets.randbits(63)
        imprint = tsp.MessageImprint(
            {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
        )
        asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True})
        try:
            answer = self._http.post(
                self._url, content=asked.dump(), headers={"Content-Type": "application/timestamp-query"}
            )
            answer.raise_for_status()
            response = tsp.TimeStampResp.load(answer.content)
        except (httpx.HTTPError, ValueError) as problem:
            raise Unavailable(_("Dịch vụ cấp dấu thời gian không trả lời."), retry=True, why=str(problem)) from None
        if response["status"]["status"].native not in {"granted", "granted_with_mods"}:
            raise Unavailable(_("Dịch vụ cấp dấu thời gian từ chối."), retry=True)
        token: bytes = response["time_stamp_token"].dump()
        return token
