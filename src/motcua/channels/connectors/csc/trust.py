"""Time-stamps, OCSP answers and revocation lists over HTTP, kept while they are fresh.

Revocation lists and answers about certification and time-stamping authorities are shared by all signatures of the
process until they expire, at most an hour; an OCSP answer about a signer is asked anew each time, because a
revocation must bite at once.
Issuer certificates named by a document are never fetched: whoever made the document would choose the address.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from asn1crypto import crl, ocsp, pem, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.errors import CRLFetchError, OCSPFetchError, OCSPValidationError
from pyhanko_certvalidator.fetchers import CertificateFetcher, CRLFetcher, Fetchers, OCSPFetcher
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

KEEP_AT_MOST = timedelta(hours=1)
MAX_ANSWER = 20 * 1024 * 1024
MAX_STAMP = 64 * 1024


class HttpTrustServices:
    """signing's ``TrustServices`` over one pool of connections."""

    def __init__(self, *, tsa_url: str, timeout: float = 10.0) -> None:
        self._http = httpx.Client(timeout=timeout, follow_redirects=False, trust_env=False)
        self._cache = _Cache()
        self._tsa_url = tsa_url
        self._stamper, self._stamper_until = HttpTimeStamper(self._http, tsa_url), 0.0

    def timestamper(self) -> TimeStamper:
        """Return the time-stamping client; a new one every hour, for it remembers the authority's certificate."""
        if time.monotonic() > self._stamper_until:
            self._stamper = HttpTimeStamper(self._http, self._tsa_url)
            self._stamper_until = time.monotonic() + KEEP_AT_MOST.total_seconds()
        return self._stamper

    def fetchers(self, *, at: datetime) -> Fetchers:
        """Return fetchers for one act of signing or verifying."""
        return Fetchers(
            ocsp_fetcher=_Ocsp(self._http, self._cache, at),
            crl_fetcher=_Crl(self._http, self._cache, at),
            cert_fetcher=_NoCertificates(),
        )


class HttpTimeStamper(TimeStamper):
    """RFC 3161 over HTTP (section 3.4)."""

    def __init__(self, http: httpx.Client, url: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # pyhanko
        self._http, self._url = http, url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            content = await asyncio.to_thread(_ask, self._http, "POST", self._url, req.dump(), headers, MAX_STAMP)
            return tsp.TimeStampResp.load(content)
        except (httpx.HTTPError, ValueError) as error:
            raise TimestampRequestError("the time-stamping authority did not answer") from error


@dataclass(slots=True)
class _Kept:
    answer: Any
    until_at: datetime


class _Cache:
    """Answers by what was asked; shared by threads."""

    def __init__(self) -> None:
        self._kept: dict[Any, _Kept] = {}
        self._lock = threading.Lock()

    def get(self, key: Any, at: datetime) -> Any:
        with self._lock:
            found = self._kept.get(key)
        return found.answer if found and at < found.until_at else None

    def put(self, key: Any, answer: Any, next_update_at: datetime | None, at: datetime) -> None:
        until_at = min(next_update_at or at, at + KEEP_AT_MOST)
        with self._lock:
            self._kept = {other: kept for other, kept in self._kept.items() if at < kept.until_at}
            self._kept[key] = _Kept(answer, until_at)


class _Ocsp(OCSPFetcher):
    def __init__(self, http: httpx.Client, cache: _Cache, at: datetime) -> None:
        self._http, self._cache, self._at = http, cache, at
        self._used: dict[Any, ocsp.OCSPResponse] = {}

    async def fetch(self, cert: x509.Certificate, authority: Authority) -> ocsp.OCSPResponse:
        key = (issuer_serial(cert), authority.hashable)
        answer = self._used.get(key) or self._cache.get(key, self._at)
        if answer is None:
            answer = await asyncio.to_thread(self._ask_all, cert, authority)
            if _of_an_authority(cert):
                self._cache.put(key, answer, _next_update(answer), self._at)
        self._used[key] = answer
        return answer

    def _ask_all(self, cert: x509.Certificate, authority: Authority) -> ocsp.OCSPResponse:
        request = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        headers = {"Content-Type": "application/ocsp-request", "Accept": "application/ocsp-response"}
        for url in get_ocsp_urls(cert):
            try:
                content = _ask(self._http, "POST", url, request.dump(), headers, MAX_STAMP)
                return process_ocsp_response_data(content, ocsp_request=request, ocsp_url=url)
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, OCSPValidationError):
                continue  # the next address may answer
        raise OCSPFetchError("no OCSP responder answered")

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return list(self._used.values())

    def fetched_responses_for_cert(self, cert: x509.Certificate) -> Iterable[ocsp.OCSPResponse]:
        wanted = issuer_serial(cert)
        return [answer for (subject, _issuer), answer in self._used.items() if subject == wanted]


class _Crl(CRLFetcher):
    def __init__(self, http: httpx.Client, cache: _Cache, at: datetime) -> None:
        self._http, self._cache, self._at = http, cache, at
        self._used: dict[Any, list[crl.CertificateList]] = {}

    async def fetch(self, cert: x509.Certificate, *, use_deltas: bool | None = True) -> list[crl.CertificateList]:
        found: list[crl.CertificateList] = []
        for point in get_relevant_crl_dps(cert, use_deltas=bool(use_deltas)):
            for url in enumerate_delivery_point_urls(point):
                answer: crl.CertificateList | None = self._cache.get(url, self._at)
                if answer is None:
                    answer = fetched = await asyncio.to_thread(self._ask, url)
                    next_update = fetched["tbs_cert_list"]["next_update"].native
                    self._cache.put(url, answer, next_update, self._at)
                found.append(answer)
        self._used[issuer_serial(cert)] = found
        return found

    def _ask(self, url: str) -> crl.CertificateList:
        try:
            content = _ask(self._http, "GET", url, None, {"Accept": "application/pkix-crl"}, MAX_ANSWER)
            return crl.CertificateList.load(pem.unarmor(content)[2] if pem.detect(content) else content)
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise CRLFetchError(f"no revocation list at {url}") from error

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        return [item for items in self._used.values() for item in items]

    def fetched_crls_for_cert(self, cert: x509.Certificate) -> Iterable[crl.CertificateList]:
        return self._used[issuer_serial(cert)]


class _NoCertificates(CertificateFetcher):
    def fetch_cert_issuers(self, cert: Any) -> AsyncGenerator[x509.Certificate, None]:  # noqa: ARG002
        return _nothing()

    def fetch_crl_issuers(self, certificate_list: Any) -> AsyncGenerator[x509.Certificate, None]:  # noqa: ARG002
        return _nothing()

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return ()


async def _nothing() -> AsyncGenerator[x509.Certificate, None]:
    found: tuple[x509.Certificate, ...] = ()
    for certificate in found:
        yield certificate


def _next_update(answer: ocsp.OCSPResponse) -> datetime | None:
    basic = answer.response_data
    times = [item["next_update"].native for item in basic["responses"]] if basic else []
    return min((time for time in times if time), default=None)


def _of_an_authority(cert: x509.Certificate) -> bool:
    """Whether the certificate belongs to a certification or time-stamping authority."""
    usage = cert.extended_key_usage_value
    return bool(cert.ca) or (usage is not None and "time_stamping" in usage.native)


def _ask(
    http: httpx.Client, method: str, url: str, content: bytes | None, headers: dict[str, str], limit: int
) -> bytes:
    """Return the body of an answer up to ``limit`` bytes. Raises httpx.HTTPError, ValueError when it is longer."""
    if not url.startswith(("http://", "https://")):
        raise ValueError("only http and https are asked")
    with http.stream(method, url, content=content, headers=headers) as response:
        response.raise_for_status()
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > limit:
                raise ValueError("the answer is too long")
    return bytes(body)
