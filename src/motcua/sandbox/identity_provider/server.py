"""The identity providers' web application: discovery, the page where a sample citizen is chosen, tokens, userinfo."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749.errors import OAuth2Error
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application
from motcua.sandbox.identity_provider.claims import CLAIMS, TITLES
from motcua.sandbox.identity_provider.provider import Provider
from motcua.sandbox.identity_provider.records import SCHEMA, Client, Records
from motcua.sandbox.people import ACCOUNTS, BY_SUB

LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost")


def build(settings: Settings) -> list[Listener]:
    """Return what the identity process listens with."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"  # the loopback has no TLS
    return [HttpListener(settings.port("identity_provider"), application(settings))]


def application(settings: Settings) -> Application:
    """Make the application with both providers."""
    app = Application(settings, "identity_provider", "Đăng nhập điện tử")
    providers = {key: _provider(settings, key) for key in CLAIMS}
    _add_protocol(app, providers)
    _add_choice(app, providers)

    @app.page("/")
    def front(request: Request) -> Answer:
        return app.render("accounts.html", people=ACCOUNTS, providers=providers, titles=TITLES)

    return app


def _provider(settings: Settings, key: str) -> Provider:
    described = settings.system("identity_provider")[key]
    folder = settings.folder("identity_provider")
    client = Client(described["client_id"], described["client_secret"], origins(settings.product_url))
    records = Records(Store(folder / f"{key}.sqlite3", SCHEMA))
    return Provider(key, described["issuer"], client, records, folder)


def origins(product_url: str) -> frozenset[str]:
    """Return the product's origin, under both names of the loopback when it is there."""
    parts = urlsplit(product_url)
    names = LOOPBACK_NAMES if parts.hostname in LOOPBACK_NAMES else (parts.hostname or "",)
    port = f":{parts.port}" if parts.port else ""
    return frozenset(f"{parts.scheme}://{name}{port}" for name in names)


def _find(providers: Mapping[str, Provider], key: str) -> Provider:
    if key not in providers:
        raise NotFound
    return providers[key]


def _add_protocol(app: Application, providers: Mapping[str, Provider]) -> None:
    @app.wire("/<key>/.well-known/openid-configuration", ("GET",))
    def discovery(request: Request, key: str) -> Answer:
        return _find(providers, key).discovery()

    @app.wire("/<key>/jwks", ("GET",))
    def jwks(request: Request, key: str) -> Answer:
        return _find(providers, key).keys()

    @app.wire("/<key>/token")
    def token(request: Request, key: str) -> Answer:
        response: Response = _find(providers, key).create_token_response(request)
        return response

    @app.wire("/<key>/userinfo", ("GET", "POST"))
    def userinfo(request: Request, key: str) -> Answer:
        provider = _find(providers, key)
        asked = provider.create_oauth2_request(request)
        try:
            found = provider.protector.validate_request(["openid"], asked)
        except OAuth2Error as problem:
            refused: Response = provider.handle_error_response(asked, problem)
            return refused
        return provider.claims(found.person)


def _add_choice(app: Application, providers: Mapping[str, Provider]) -> None:
    @app.wire("/<key>/authorize", ("GET", "POST"))
    def authorize(request: Request, key: str) -> Answer:
        provider = _find(providers, key)
        asked = provider.create_oauth2_request(request)
        try:
            grant = provider.get_consent_grant(asked)
        except OAuth2Error as problem:
            refused: Response = provider.handle_error_response(asked, problem)
            return refused
        if request.method == "GET":
            return app.render("choose.html", people=ACCOUNTS, provider=TITLES[key])
        person = None if "deny" in request.form else BY_SUB.get(request.form.get("sub", ""))
        if person is None and "deny" not in request.form:
            raise BadRequest("Không có công dân này")
        response: Response = provider.create_authorization_response(asked, grant_user=person, grant=grant)
        return response

    @app.wire("/<key>/end_session", ("GET", "POST"))
    def end_session(request: Request, key: str) -> Answer:
        response: Response | None = _find(providers, key).create_endpoint_response("end_session", request)
        return response or app.render("signed_out.html", provider=TITLES[key])
