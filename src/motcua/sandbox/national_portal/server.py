"""The portal's web application: the adapter's doors, pages about what was received, hand-over links, pushing."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting.serving import HttpListener, Listener
from motcua.sandbox.hosting.settings import Settings
from motcua.sandbox.hosting.store import Store
from motcua.sandbox.hosting.web import Answer, Application, answer_json, json_object
from motcua.sandbox.national_portal import tables
from motcua.sandbox.national_portal.ledger import SCHEMA, Ledger
from motcua.sandbox.national_portal.paper import sample_pdf
from motcua.sandbox.national_portal.pushing import CannotPush, Enclosure, Pusher, Wish, person_of
from motcua.sandbox.national_portal.services import Refused, Services
from motcua.sandbox.people import ACCOUNTS

FORWARD = "/XrdAdapter/RestService/forward/mapi"
BARE_PROCEDURE = re.compile(r"[1-5]\.\d{6}")


def build(settings: Settings) -> list[Listener]:
    """Return what the portal process listens with."""
    return [HttpListener(settings.port("national_portal"), application(settings))]


def application(settings: Settings) -> Application:
    """Make the application."""
    app = Application(settings, "national_portal", "Cổng Dịch vụ công quốc gia", refusal=_refuse)
    ledger = Ledger(Store(settings.folder("national_portal") / "portal.sqlite3", SCHEMA))
    services = Services(settings.system("national_portal"), ledger)
    _add_protocol(app, services)
    _add_pages(app, ledger, services)
    _add_pushing(app, ledger, services)
    return app


def _refuse(request: Request) -> Response:
    return answer_json({"error_code": "-99", "message": "Trục liên thông tạm ngừng phục vụ"})


def _add_protocol(app: Application, services: Services) -> None:
    expected = app.settings.system("national_portal")["dstcode"]

    def checked(request: Request) -> dict[str, Any]:
        if expected not in (request.headers.get("dstcode"), request.args.get("dstcode")):
            raise Refused("-2", "dstcode thiếu hoặc không đúng")
        return json_object(request)

    @app.wire(f"{FORWARD}/login")
    def login(request: Request) -> Answer:
        try:
            return services.login(checked(request))
        except Refused as problem:
            return problem.as_json()

    @app.wire(f"{FORWARD}/g")
    def call(request: Request) -> Answer:
        try:
            return services.call(checked(request))
        except Refused as problem:
            return problem.as_json()


def _add_pages(app: Application, ledger: Ledger, services: Services) -> None:
    @app.page("/")
    def front(request: Request) -> Answer:
        rows = ledger.dossiers()
        if request.args.get("format") == "json":
            return [{name: row[name] for name in ("code", "procedure", "owner", "status", "pushed")} for row in rows]
        return app.render("dossiers.html", dossiers=rows, statuses=tables.STATUSES)

    @app.page("/ho-so/<code>")
    def dossier(request: Request, code: str) -> Answer:
        found = ledger.dossier(code)
        if found is None:
            raise NotFound
        if request.args.get("format") == "json":
            return found
        return app.render("dossier.html", dossier=found, statuses=tables.STATUSES)

    @app.page("/chuyen-tiep")
    def hand_over(request: Request) -> Answer:
        asked = {name: request.args.get(name, "") for name in ("MaTTHCDP", "MaCoQuanThucHien", "MaDVC", "MDT")}
        link = ""
        if asked["MaTTHCDP"]:
            query = urlencode({**asked, "vnconnect": "1"})
            link = f"{app.settings.system('national_portal')['hand_over_url']}?{query}"
        procedures = services.published()
        return app.render("hand_over.html", procedures=procedures, people=ACCOUNTS, asked=asked, link=link)

    @app.page("/sandbox/procedures", ("POST",))
    def register(request: Request) -> Answer:
        data = json_object(request)
        names = ("code", "name", "field_code", "field")
        if not all(isinstance(data.get(name), str) for name in names) or not BARE_PROCEDURE.fullmatch(data["code"]):
            raise BadRequest("Cần code (N.nnnnnn), name, field_code, field")
        ledger.store.write("INSERT OR REPLACE INTO procedures VALUES (?,?,?,?)", [data[name] for name in names])
        return {"ok": True}


def _add_pushing(app: Application, ledger: Ledger, services: Services) -> None:
    described = app.settings.system("national_portal")

    def pusher() -> Pusher:
        return Pusher(described, ledger, services.published())

    @app.page("/day-ho-so", ("GET", "POST"))
    def page(request: Request) -> Answer:
        problem, done = "", None
        if request.method == "POST":
            try:
                done = pusher().push(_wish_of_form(request))
            except CannotPush as found:
                problem = str(found)
        values = {"procedures": services.published(), "people": ACCOUNTS, "problem": problem, "done": done}
        return app.render("push.html", pushes=pusher().pushes(), **values)

    @app.page("/sandbox/push", ("POST",))
    def push(request: Request) -> Answer:
        try:
            return pusher().push(_wish_of_json(json_object(request)))
        except CannotPush as problem:
            raise BadRequest(str(problem)) from None

    @app.page("/sandbox/push/<message_id>/again", ("POST",))
    def again(request: Request, message_id: str) -> Answer:
        try:
            outcome = pusher().send(message_id)
        except CannotPush:
            raise NotFound from None
        return redirect("/day-ho-so", 303) if request.form else outcome

    @app.page("/tep/<file_id>")
    def file(request: Request, file_id: str) -> Answer:
        row = ledger.store.row("SELECT * FROM files WHERE id=?", (file_id,))
        if row is None:
            raise NotFound
        return Response(row["content"], mimetype=row["media_type"])


def _wish_of_json(data: dict[str, Any]) -> Wish:
    """Read ``{MaTTHC, MaDonViTiepNhan, SoDinhDanh, MaTruongHop?, DuLieuBieuMau{}, ThanhPhanHoSo[{Ma, Ten}]}``."""
    answers, components = data.get("DuLieuBieuMau", {}), data.get("ThanhPhanHoSo", [])
    if not isinstance(answers, dict) or not isinstance(components, list):
        raise CannotPush("DuLieuBieuMau phải là đối tượng, ThanhPhanHoSo phải là danh sách")
    agency = data.get("MaDonViTiepNhan")
    if not isinstance(agency, str) or not tables.AGENCY_CODE.fullmatch(agency):
        raise CannotPush("MaDonViTiepNhan không đúng")
    enclosures = tuple(_sample(str(item.get("Ma", "")), str(item.get("Ten", "Giấy tờ"))) for item in components)
    return Wish(
        procedure=str(data.get("MaTTHC", "")),
        agency=agency,
        person=person_of(data.get("SoDinhDanh")),
        answers=answers,
        enclosures=enclosures,
        case=str(data.get("MaTruongHop", "")),
    )


def _wish_of_form(request: Request) -> Wish:
    form = request.form
    try:
        answers = json.loads(form.get("answers") or "{}")
    except ValueError:
        raise CannotPush("Dữ liệu biểu mẫu phải là JSON") from None
    lines = [line.partition(" ") for line in form.get("components", "").splitlines() if line.strip()]
    components = [{"Ma": code, "Ten": name or code} for code, _, name in lines]
    fields = {"MaTTHC": form.get("procedure"), "MaDonViTiepNhan": form.get("agency"), "SoDinhDanh": form.get("person")}
    wish = _wish_of_json({**fields, "DuLieuBieuMau": answers, "ThanhPhanHoSo": components})
    upload = request.files.get("file")
    if upload is None or not upload.filename or not wish.enclosures:
        return wish
    first = wish.enclosures[0]
    given = Enclosure(first.component, first.component_name, upload.filename, upload.mimetype, upload.read())
    return Wish(wish.procedure, wish.agency, wish.person, wish.answers, (given, *wish.enclosures[1:]), wish.case)


def _sample(code: str, name: str) -> Enclosure:
    return Enclosure(code, name, f"{code or 'giay-to'}.pdf", "application/pdf", sample_pdf(name))
