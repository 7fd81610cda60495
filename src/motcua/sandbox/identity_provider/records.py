"""What the authorization server keeps: the product as its client, codes that work once, access tokens that expire."""

from __future__ import annotations

import hmac
import time
from dataclasses import asdict, dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oidc.core import AuthorizationCodeMixin

from motcua.sandbox.hosting.store import Store
from motcua.sandbox.people import BY_SUB, Person

CODE_LIFE: Final = 300
TOKEN_LIFE: Final = 3600
SCOPES: Final = ("openid", "profile", "email", "phone")

SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS codes (
    code TEXT PRIMARY KEY, client_id TEXT NOT NULL, redirect_uri TEXT NOT NULL, scope TEXT NOT NULL, nonce TEXT NOT NULL,
    sub TEXT NOT NULL, auth_time INTEGER NOT NULL, code_challenge TEXT NOT NULL, code_challenge_method TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS tokens (
    access_token TEXT PRIMARY KEY, client_id TEXT NOT NULL, scope TEXT NOT NULL, sub TEXT NOT NULL,
    expires_at INTEGER NOT NULL
);
"""


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]  # authlib has no types
    """The product, registered by origin: its call-back path is its own affair (the one laxity of this provider)."""

    client_id: str
    client_secret: str
    origins: frozenset[str]

    @property
    def client_metadata(self) -> dict[str, Any]:
        return {}

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str | None) -> str:
        return " ".join(item for item in (scope or "").split() if item in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        parts = urlsplit(redirect_uri)
        return f"{parts.scheme}://{parts.netloc}" in self.origins and not parts.fragment

    def check_client_secret(self, client_secret: str) -> bool:
        return hmac.compare_digest(self.client_secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass(frozen=True)
class Code(AuthorizationCodeMixin):  # type: ignore[misc]  # authlib has no types
    """An authorization code, bound to client, redirect address and PKCE challenge."""

    code: str
    client_id: str
    redirect_uri: str
    scope: str
    nonce: str
    sub: str
    auth_time: int
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> str:
        return f"LoA{BY_SUB[self.sub].level}"

    def get_amr(self) -> list[str]:
        return ["mfa"] if BY_SUB[self.sub].level >= 2 else ["pwd"]


@dataclass(frozen=True)
class Token(TokenMixin):  # type: ignore[misc]  # authlib has no types
    """An opaque access token."""

    access_token: str
    client_id: str
    scope: str
    sub: str
    expires_at: int

    def get_scope(self) -> str:
        return self.scope

    def is_expired(self) -> bool:
        return self.expires_at < time.time()

    def is_revoked(self) -> bool:
        return False

    @property
    def person(self) -> Person:
        return BY_SUB[self.sub]


class Records:
    """Codes and tokens of one provider, in its own file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep_code(self, code: Code) -> None:
        values = tuple(asdict(code).values())
        self._store.write(f"INSERT INTO codes VALUES ({','.join('?' * len(values))})", values)  # noqa: S608 - marks only

    def take_code(self, code: str, client_id: str) -> Code | None:
        """Return a fresh code of this client and forget it: a code is good for one attempt."""
        with self._store.transaction() as db:
            row = db.execute("DELETE FROM codes WHERE code=? AND client_id=? RETURNING *", (code, client_id)).fetchone()
        if row is None or row["auth_time"] + CODE_LIFE < time.time():
            return None
        return Code(**dict(row))

    def keep_token(self, token: Token) -> None:
        with self._store.transaction() as db:
            db.execute("DELETE FROM tokens WHERE expires_at < ?", (int(time.time()),))
            db.execute("INSERT INTO tokens VALUES (?,?,?,?,?)", tuple(asdict(token).values()))

    def token(self, access_token: str) -> Token | None:
        row = self._store.row("SELECT * FROM tokens WHERE access_token=?", (access_token,))
        return Token(**dict(row)) if row else None

    def end_session(self, sub: str) -> None:
        self._store.write("DELETE FROM tokens WHERE sub=?", (sub,))
