"""The client of one OpenID Connect provider."""

from __future__ import annotations

import base64
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx
from django.utils.translation import gettext_lazy as _
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from motcua.foundation.identity.ports import SignInRequest, VerifiedClaims
from motcua.foundation.kernel.errors import NotAllowed, Unavailable

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")  # never "none", never a shared secret
TIMEOUT = httpx.Timeout(10.0, connect=5.0)
METADATA_LIFE = 600.0  # seconds
LEEWAY = 60  # seconds that two clocks may differ


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who the provider is and who we are to it."""

    issuer: str
    discovery_url: str
    client_id: str
    client_secret: str
    scope: str = "openid"
    acr_values: str = ""


class OpenIdClient:
    """Begins and finishes sign-ins at one provider. Metadata and keys are kept for ten minutes."""

    def __init__(self, issuer: Issuer, transport: httpx.BaseTransport | None = None) -> None:
        self._issuer = issuer
        self._http = httpx.Client(timeout=TIMEOUT, transport=transport, follow_redirects=False)
        self._metadata: tuple[float, Mapping[str, Any]] = (-METADATA_LIFE, {})
        self._keys: tuple[float, KeySet] | None = None
        _refuse_plain_http(issuer.discovery_url)

    def begin(self, *, return_to: str) -> SignInRequest:
        """Prepare a sign-in that comes back to ``return_to``. Raises Unavailable."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _unused in range(3))
        challenge = base64.urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = {
            "response_type": "code",
            "client_id": self._issuer.client_id,
            "redirect_uri": return_to,
            "scope": self._issuer.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if self._issuer.acr_values:
            query["acr_values"] = self._issuer.acr_values
        address = self._endpoint("authorization_endpoint")
        return SignInRequest(f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", state, nonce, verifier)

    def finish(self, *, request: SignInRequest, code: str, return_to: str, at: datetime) -> VerifiedClaims:
        """Change the code for verified claims.

        Raises Unavailable when the provider does not answer as it should, NotAllowed when the code is no longer good
        or an answer is not what was asked for.
        """
        tokens = self._tokens(code, request.verifier, return_to)
        said = self._verified(str(tokens.get("id_token", "")), request.nonce, at)
        about = self._userinfo(str(tokens.get("access_token", "")))
        if about.get("sub") != said["sub"]:
            raise _lied()
        return VerifiedClaims(self._issuer.issuer, {**about, **said})

    def _tokens(self, code: str, verifier: str, return_to: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": return_to,
            "code_verifier": verifier,
        }
        methods = self._read_metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = None
        if "client_secret_basic" in methods:  # RFC 6749 §2.3.1: both parts are form-encoded first
            auth = httpx.BasicAuth(quote(self._issuer.client_id, safe=""), quote(self._issuer.client_secret, safe=""))
        else:
            form |= {"client_id": self._issuer.client_id, "client_secret": self._issuer.client_secret}
        answer = self._call("POST", self._endpoint("token_endpoint"), data=form, auth=auth)
        if answer.status_code == httpx.codes.BAD_REQUEST:
            raise NotAllowed(_("Lượt đăng nhập đã hết hạn. Hãy đăng nhập lại."))
        return _json(answer)

    def _userinfo(self, access_token: str) -> Mapping[str, Any]:
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
        return _json(self._call("GET", self._endpoint("userinfo_endpoint"), headers=headers))

    def _verified(self, token: str, nonce: str, at: datetime) -> Mapping[str, Any]:
        """Check the ID token (OpenID Connect Core §3.1.3.7) and return its claims."""
        registry = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._issuer.issuer},
            sub={"essential": True},
            aud={"essential": True, "value": self._issuer.client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = self._decoded(token).claims
            registry.validate(claims)
        except (JoseError, ValueError) as wrong:
            raise _lied() from wrong
        if claims.get("azp", self._issuer.client_id) != self._issuer.client_id:
            raise _lied()
        return claims

    def _decoded(self, token: str) -> jwt.Token:
        allowed = self._read_metadata().get("id_token_signing_alg_values_supported", ["RS256"])
        algorithms = [name for name in ALGORITHMS if name in allowed]
        try:
            return jwt.decode(token, self._key_set(fresh=False), algorithms=algorithms)
        except InvalidKeyIdError:  # the provider changed its keys
            return jwt.decode(token, self._key_set(fresh=True), algorithms=algorithms)

    def _key_set(self, *, fresh: bool) -> KeySet:
        now = time.monotonic()
        if fresh or self._keys is None or now - self._keys[0] > METADATA_LIFE:
            found = _json(self._call("GET", self._endpoint("jwks_uri")))
            self._keys = (now, KeySet.import_key_set(found))  # type: ignore[arg-type]  # joserfc checks the shape
        return self._keys[1]

    def _endpoint(self, name: str) -> str:
        address = str(self._read_metadata().get(name, ""))
        if not address:
            raise _broken()
        _refuse_plain_http(address)
        return address

    def _read_metadata(self) -> Mapping[str, Any]:
        now = time.monotonic()
        if now - self._metadata[0] > METADATA_LIFE:
            found = _json(self._call("GET", self._issuer.discovery_url))
            if found.get("issuer") != self._issuer.issuer:
                raise _broken()
            self._metadata = (now, found)
        return self._metadata[1]

    def _call(self, method: str, url: str, **arguments: Any) -> httpx.Response:
        try:
            return self._http.request(method, url, **arguments)
        except httpx.HTTPError as failed:
            raise _broken() from failed


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        found = answer.json() if answer.status_code == httpx.codes.OK else None
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise _broken()
    return found


def _refuse_plain_http(address: str) -> None:
    """Secrets travel to these addresses: without TLS only to this very machine (sandbox, tests)."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise ValueError(f"an identity provider needs https: {address}")


def _broken() -> Unavailable:
    return Unavailable(_("Hệ thống định danh chưa trả lời. Hãy thử lại sau ít phút."), retry=True)


def _lied() -> NotAllowed:
    return NotAllowed(_("Kết quả xác thực không hợp lệ. Hãy đăng nhập lại từ đầu."))
