"""A small web application for a simulated system: wire routes that have moods and are logged, pages for people."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import BadRequest, HTTPException, Unauthorized
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting import moods
from motcua.sandbox.hosting.calls import CallLog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from motcua.sandbox.hosting.settings import Settings

Answer: TypeAlias = Response | Mapping[str, Any] | list[Any]
View: TypeAlias = Callable[..., Answer]
Refusal: TypeAlias = Callable[[Request], Response]

LOG: Final = logging.getLogger("motcua.sandbox")
LARGEST_BODY: Final = 32 * 1024 * 1024
SHARED_TEMPLATES: Final = Path(__file__).parent / "templates"


def answer_json(data: Any, status: int = 200) -> Response:
    """Return data as JSON in UTF-8, Vietnamese letters readable."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status=status, mimetype="application/json")


def json_object(request: Request) -> dict[str, Any]:
    """Return the request's body as a JSON object. Raises BadRequest."""
    try:
        found = json.loads(request.get_data())
    except ValueError:
        raise BadRequest("Nội dung không phải JSON UTF-8") from None
    if not isinstance(found, dict):
        raise BadRequest("Nội dung phải là một đối tượng JSON")
    return found


def require_bearer(request: Request, token: str) -> None:
    """Let only the holder of the token pass. Raises Unauthorized."""
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise Unauthorized("Thiếu hoặc sai Bearer token")


def refuse_plainly(request: Request) -> Response:
    """Refuse as most HTTP services do when they are down for maintenance."""
    return answer_json({"error": "temporarily_unavailable", "message": "Hệ thống đang bảo trì"}, 503)


class Application:
    """One simulated system as a WSGI application.

    ``wire`` routes are the system's protocol: they follow its mood and are logged. ``page`` routes are for people.
    Every application also has ``/health``, ``/sandbox/mood`` and ``/sandbox/calls``.
    """

    def __init__(
        self, settings: Settings, name: str, title: str, *, refusal: Refusal = refuse_plainly, templates: str = ""
    ) -> None:
        self.name = name
        self.settings = settings
        self.mood = moods.MoodFile(settings.state, name)
        self.calls = CallLog(settings.folder(name) / "calls.sqlite3")
        self._refusal = refusal
        self._rules: list[Rule] = []
        self._map: Map | None = None
        self._views: dict[str, tuple[View, bool]] = {}
        self._templates = _templates(templates or name, settings)
        self._templates.globals.update(title=title, server=name)
        self._add_own_pages()

    def wire(self, path: str, methods: Iterable[str] = ("POST",)) -> Callable[[View], View]:
        """Register a route of the simulated protocol."""
        return self._register(path, methods, True)

    def page(self, path: str, methods: Iterable[str] = ("GET",)) -> Callable[[View], View]:
        """Register a page or helper of the sandbox itself, untouched by moods."""
        return self._register(path, methods, False)

    def render(self, template: str, **values: Any) -> Response:
        """Return a page made from one of this server's templates."""
        html = self._templates.get_template(template).render(mood=self.mood.read(), **values)
        return Response(html, mimetype="text/html")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = LARGEST_BODY
        return self._dispatch(request)(environ, start_response)

    def _register(self, path: str, methods: Iterable[str], is_wire: bool) -> Callable[[View], View]:
        def keep(view: View) -> View:
            endpoint = f"{view.__name__} {path}"
            self._rules.append(Rule(path, endpoint=endpoint, methods=list(methods)))
            self._views[endpoint] = (view, is_wire)
            return view

        return keep

    def _dispatch(self, request: Request) -> Response:
        if self._map is None:
            self._map = Map(self._rules)
        try:
            endpoint, values = self._map.bind_to_environ(request.environ).match()
        except HTTPException as problem:
            return _worded(request, problem)
        view, is_wire = self._views[endpoint]
        if not is_wire:
            return _run(view, request, values)
        question = request.get_data()
        response = moods.behave(
            self.mood.read(),
            lambda: _run(view, request, values),
            lambda: self._refusal(request),
        )
        self.calls.add(request.method, request.full_path.rstrip("?"), question, response.status_code, response.data)
        return response

    def _add_own_pages(self) -> None:
        @self.page("/health")
        def health(request: Request) -> Answer:
            return {"ok": True, "server": self.name, "mood": str(self.mood.read())}

        @self.page("/sandbox/mood", ("GET", "POST"))
        def mood(request: Request) -> Answer:
            if request.method == "GET":
                return self.render("mood.html", labels=moods.LABELS, working=moods.BEHAVIOURS)
            from_page = "mood" in request.form
            line = request.form["mood"] if from_page else str(json_object(request).get("mood", ""))
            try:
                now = self.mood.write(line)
            except moods.UnknownMood as problem:
                raise BadRequest(str(problem)) from None
            return redirect("/sandbox/mood", 303) if from_page else {"mood": str(now)}

        @self.page("/sandbox/calls")
        def calls(request: Request) -> Answer:
            found = self.calls.latest()
            if request.args.get("format") == "json":
                return [dict(row) for row in found]
            return self.render("calls.html", calls=found)


def _templates(folder: str, settings: Settings) -> Environment:
    own = Path(__file__).parent.parent / folder / "templates"
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(own), FileSystemLoader(SHARED_TEMPLATES)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(index_url=settings.systems["index"]["url"], product_url=settings.product_url)
    environment.filters["dong"] = lambda amount: f"{int(amount):,}".replace(",", ".") + " đ"
    return environment


def _run(view: View, request: Request, values: Mapping[str, Any]) -> Response:
    try:
        found = view(request, **values)
    except HTTPException as problem:
        return _worded(request, problem)
    return found if isinstance(found, Response) else answer_json(found)


def _worded(request: Request, problem: HTTPException) -> Response:
    """Word an HTTP error as JSON for machines; browsers get werkzeug's own plain page or redirect."""
    response = Response.force_type(problem.get_response(request.environ), request.environ)
    if response.status_code < 400 or "text/html" in request.headers.get("Accept", ""):
        return response
    body = {"error": (problem.name or "").lower().replace(" ", "_"), "message": problem.description}
    return answer_json(body, response.status_code)
