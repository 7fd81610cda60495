"""One OpenID Connect provider: authlib's authorization server joined to werkzeug's requests and our records."""

from __future__ import annotations

import json
import os
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from authlib.common.security import generate_token
from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Payload, OAuth2Request, ResourceProtector
from authlib.oauth2.rfc6749.errors import InvalidRequestError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from authlib.oidc.rpinitiated import EndSessionEndpoint
from joserfc.jwk import KeySet, RSAKey
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting.web import answer_json
from motcua.sandbox.identity_provider.claims import CLAIMS
from motcua.sandbox.identity_provider.records import SCOPES, TOKEN_LIFE, Client, Code, Records, Token
from motcua.sandbox.people import BY_SUB, Person

ALGORITHM: Final = "RS256"


class Payload(OAuth2Payload):  # type: ignore[misc]  # authlib has no types
    """Query and form of a werkzeug request, as authlib wants them."""

    def __init__(self, request: Request) -> None:
        self._values = request.values

    @property
    def data(self) -> Mapping[str, str]:
        return self._values

    @property
    def datalist(self) -> dict[str, list[str]]:
        return defaultdict(list, {key: self._values.getlist(key) for key in self._values})


class OAuthRequest(OAuth2Request):  # type: ignore[misc]  # authlib has no types
    """A werkzeug request, as authlib wants it."""

    def __init__(self, request: Request) -> None:
        super().__init__(method=request.method, uri=request.url, headers=request.headers)
        self._request = request
        self.payload = Payload(request)

    @property
    def args(self) -> Mapping[str, str]:
        return self._request.args

    @property
    def form(self) -> Mapping[str, str]:
        return self._request.form


class Provider(AuthorizationServer):  # type: ignore[misc]  # authlib has no types
    """An issuer with its keys, its one client and its claims."""

    def __init__(self, key: str, issuer: str, client: Client, records: Records, folder: Path) -> None:
        super().__init__(scopes_supported=list(SCOPES))
        self.key = key
        self.issuer = issuer
        self.client = client
        self.records = records
        self.signing_key = load_key(folder / f"{key}-key.json")
        self.protector = ResourceProtector()
        self.protector.register_token_validator(_bearer(records))
        generator = BearerTokenGenerator(lambda **_: generate_token(42), expires_generator=TOKEN_LIFE)
        self.register_token_generator("default", generator)
        self.register_grant(CodeGrant, [RequiredPkce(), IdToken(self)])
        self.register_endpoint(Logout(self))

    def claims(self, person: Person) -> dict[str, Any]:
        """Return what this provider says about a person."""
        return CLAIMS[self.key](person, self.issuer)

    def keys(self) -> dict[str, Any]:
        """Return the public keys (JWKS)."""
        return {"keys": [self.signing_key.as_dict(private=False, use="sig", alg=ALGORITHM)]}

    def discovery(self) -> dict[str, Any]:
        """Return the provider's metadata (OpenID Connect Discovery 1.0 §3)."""
        claims = sorted(self.claims(next(iter(BY_SUB.values()))))
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/end_session",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "acr_values_supported": ["LoA1", "LoA2"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": claims,
        }

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def save_token(self, token: dict[str, Any], request: OAuth2Request) -> None:
        expires_at = int(time.time()) + token["expires_in"]
        client_id = request.client.get_client_id()
        self.records.keep_token(
            Token(token["access_token"], client_id, token.get("scope", ""), request.user.sub, expires_at)
        )

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Tell nobody: nothing here listens."""

    def create_oauth2_request(self, request: Request | OAuth2Request) -> OAuth2Request:
        return request if isinstance(request, OAuth2Request) else OAuthRequest(request)

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> Response:
        if isinstance(body, dict):
            response = answer_json(body, status)
            response.headers.extend([item for item in headers if item[0].lower() != "content-type"])
            return response
        return Response(body, status=status, headers=headers)


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]  # authlib has no types
    """The authorization-code grant over our records."""

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        data = request.payload.data
        self.server.records.keep_code(
            Code(
                code=code,
                client_id=request.client.get_client_id(),
                redirect_uri=request.payload.redirect_uri or "",
                scope=request.scope or "",
                nonce=data.get("nonce", ""),
                sub=request.user.sub,
                auth_time=int(time.time()),
                code_challenge=data.get("code_challenge", ""),
                code_challenge_method=data.get("code_challenge_method", ""),
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        found: Code | None = self.server.records.take_code(code, client.client_id)
        return found

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Nothing to do: the code went when it was asked for."""

    def authenticate_user(self, authorization_code: Code) -> Person:
        return BY_SUB[authorization_code.sub]


class RequiredPkce(CodeChallenge):  # type: ignore[misc]  # authlib has no types
    """PKCE with S256 for every client, as RFC 9700 asks."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        data = grant.request.payload.data
        if not data.get("code_challenge") or data.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with code_challenge_method=S256 is required")
        super().validate_code_challenge(grant, redirect_uri)


class IdToken(OpenIDCode):  # type: ignore[misc]  # authlib has no types
    """Makes the ID token: who, for whom, when, how sure. The claims about the person come from userinfo."""

    def __init__(self, provider: Provider) -> None:
        super().__init__(require_nonce=False)
        self._provider = provider

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        return False

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        key: RSAKey = self._provider.signing_key
        return key

    def get_client_algorithm(self, client: Client) -> str:
        return ALGORITHM

    def get_encode_header(self, client: Client) -> dict[str, Any]:
        return {"alg": ALGORITHM, "kid": self._provider.signing_key.kid}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self._provider.issuer, "aud": client.client_id}

    def generate_user_info(self, user: Person, scope: str) -> dict[str, Any]:
        return {"sub": user.sub, "TechID": user.tech_id}


class Logout(EndSessionEndpoint):  # type: ignore[misc]  # authlib has no types
    """RP-initiated logout: forgets the person's tokens and sends the browser home."""

    def get_server_jwks(self) -> KeySet:
        return KeySet([self.server.signing_key])

    def get_algorithms(self) -> list[str]:
        return [ALGORITHM]

    def _is_valid_post_logout_redirect_uri(self, client: Client, post_logout_redirect_uri: str) -> bool:
        return client.check_redirect_uri(post_logout_redirect_uri)

    def end_session(self, end_session_request: Any) -> None:
        if end_session_request.id_token_claims:
            self.server.records.end_session(end_session_request.id_token_claims["sub"])


def _bearer(records: Records) -> BearerTokenValidator:
    class Validator(BearerTokenValidator):  # type: ignore[misc]  # authlib has no types
        def authenticate_token(self, token_string: str) -> Token | None:
            return records.token(token_string)

    return Validator()


def load_key(path: Path) -> RSAKey:
    """Read the provider's signing key, made on the first start."""
    if path.exists():
        return RSAKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    key = RSAKey.generate_key(2048, auto_kid=True)
    data = {**key.as_dict(private=True), "kid": str(key.kid)}
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(data, file)
    return RSAKey.import_key(data)
