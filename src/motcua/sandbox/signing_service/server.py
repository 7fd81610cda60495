"""The signing process: the remote signing service on one port, the certification authority on the other."""

from __future__ import annotations

import time
from io import BytesIO
from typing import Any

from cryptography import x509 as pyca
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.web import Answer, Application, answer_json, json_object, require_bearer
from motcua.sandbox.index import totp
from motcua.sandbox.signing_service.activation import Desk
from motcua.sandbox.signing_service.authority import ARCHITECTURE, Authority
from motcua.sandbox.signing_service.csc import SigningApi, refuse_kindly
from motcua.sandbox.signing_service.roster import BadCredential, Credential, CredentialExists, Roster, Wanted


def build(settings: Settings) -> list[Listener]:
    """Return what the signing process listens with."""
    roster = Roster(settings.folder("signing_service"), settings.system("pki")["url"])
    authority = Authority(roster)
    return [
        HttpListener(settings.port("signing_service"), service(settings, roster, authority)),
        HttpListener(settings.port("pki"), authority_application(settings, roster, authority)),
    ]


def service(settings: Settings, roster: Roster, authority: Authority) -> Application:
    """Make the signing service: the CSC API, enrolment, the page with PINs and codes."""
    app = Application(settings, "signing_service", "Dịch vụ ký số từ xa", refusal=refuse_kindly)
    SigningApi(app, roster, authority, Desk())
    _add_enrolment(app, roster, authority)

    @app.page("/")
    def front(request: Request) -> Answer:
        now = time.time()
        codes = {item.id: totp.code(item.otp_secret, now) for item in roster.all() if item.otp_secret}
        return app.render("credentials.html", credentials=roster.all(), codes=codes, left=totp.seconds_left(now))

    @app.page("/logo.svg")
    def logo(request: Request) -> Answer:
        drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M1 6 6 1 7 2 2 7z"/></svg>'
        return Response(drawing, mimetype="image/svg+xml")

    return app


def _add_enrolment(app: Application, roster: Roster, authority: Authority) -> None:
    token = app.settings.system("signing_service")["enrolment_token"]

    @app.page("/sandbox/credentials", ("GET", "POST"))
    def credentials(request: Request) -> Answer:
        require_bearer(request, token)
        if request.method == "GET":
            return [_described(roster, item) for item in roster.all()]
        try:
            made, is_new = roster.enrol(Wanted.read(json_object(request)))
        except BadCredential as problem:
            raise BadRequest(str(problem)) from None
        except CredentialExists as problem:
            return answer_json({"error": "conflict", "message": str(problem)}, 409)
        if is_new:
            authority.reload()
        return answer_json(_described(roster, made), 201 if is_new else 200)

    @app.page("/sandbox/credentials/<credential_id>/revoke", ("POST",))
    def revoke(request: Request, credential_id: str) -> Answer:
        require_bearer(request, token)
        item = roster.revoke(credential_id)
        if item is None:
            raise NotFound
        authority.reload()
        return _described(roster, item)


def _described(roster: Roster, item: Credential) -> dict[str, Any]:
    return {**vars(item), "certificate": str(roster.certificate_path(item.id).resolve())}


def authority_application(settings: Settings, roster: Roster, authority: Authority) -> Application:
    """Make the authority's application: OCSP, CRL, CA issuers, TSA, and a page with the certificates."""
    app = Application(settings, "pki", "Tổ chức chứng thực", templates="signing_service")

    @app.wire(f"/{ARCHITECTURE}/<path:rest>", ("GET", "POST"))
    def protocol(request: Request, rest: str) -> Answer:
        environ = {**request.environ, "wsgi.input": BytesIO(request.get_data())}  # the log of calls has read it
        try:
            return Response.from_app(authority, environ)
        except ValueError:
            raise BadRequest("Yêu cầu không đọc được") from None

    @app.page("/")
    def front(request: Request) -> Answer:
        names = ["root", "issuing", "ocsp", "tsa", *(item.id for item in roster.all())]
        certificates = [(name, _read(roster, name)) for name in names]
        return app.render("certificates.html", certificates=certificates, pki=settings.system("pki"))

    @app.page("/certificates/<name>.pem")
    def certificate(request: Request, name: str) -> Answer:
        path = roster.certificate_path(name)
        if path.parent != roster.certificate_path("root").parent or not path.exists():
            raise NotFound
        return Response(path.read_bytes(), mimetype="application/x-pem-file")

    return app


def _read(roster: Roster, name: str) -> pyca.Certificate:
    return pyca.load_pem_x509_certificate(roster.certificate_path(name).read_bytes())
