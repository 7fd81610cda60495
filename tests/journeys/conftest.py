"""What every walk through the browser uses: a real server, a real browser, a page that reports its own mistakes.

Fixtures: ``served`` starts the product (or a given URL configuration) on a free port; ``open_page`` opens pages of any
width, with or without JavaScript, signed in or not, and fails the test when a page logged an error, broke its
Content-Security-Policy or threw. ``tests.journeys.axe.assert_accessible(page)`` runs axe.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright's synchronous API runs a loop in this thread; Django would refuse the ORM beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE, TABLET, DESKTOP = (360, 780), (768, 1024), (1440, 900)


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the test says what matters."""


@pytest.fixture
def served(settings: Any) -> Iterator[Callable[..., str]]:
    """Start the product on a free port: ``served()`` or ``served("room.tests.urls")`` returns its address.

    Ask for ``committed_database`` first when pages need the database: the server's threads see committed rows only.
    """
    from django.core.wsgi import get_wsgi_application
    from django.db import connections

    running: list[_Server] = []

    def serve(urlconf: str = "") -> str:
        if urlconf:
            settings.ROOT_URLCONF = urlconf
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        application = get_wsgi_application()

        def once(environ: dict[str, Any], start_response: Any) -> Any:
            try:
                yield from application(environ, start_response)
            finally:
                connections.close_all()

        server = make_server("127.0.0.1", 0, once, _Server, _Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        running.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one ``CHROMIUM`` names."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=vi"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=arguments)
        yield opened
        opened.close()


class Opener:
    """Opens pages and remembers what went wrong in them; ``forgive`` names texts that are expected."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.mistakes: list[str] = []
        self.forgiven: list[str] = []

    def __call__(
        self, *, size: tuple[int, int] = PHONE, javascript: bool = True, language: str = "", **more: Any
    ) -> Page:
        """Return a new page in a context of its own (own cookies, no cache of others)."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            has_touch=size[0] < 1000,
            **more,
        )
        context.set_default_timeout(10_000)
        if language:
            context.add_cookies([{"name": "motcua_language", "value": language, "domain": "127.0.0.1", "path": "/"}])
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.mistakes.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._heard(page, said.type, said.text))
        return page

    def forgive(self, text: str) -> None:
        """Expect a message in the console that contains this text (the 409 of a page that shows a conflict)."""
        self.forgiven.append(text)

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not any(text_ in text for text_ in self.forgiven):
            self.mistakes.append(f"{page.url}: {text}")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Open pages; at the end none may have logged an error or broken its Content-Security-Policy."""
    opener = Opener(browser)
    yield opener
    for context in opener.contexts:
        context.close()
    assert not opener.mistakes, "\n".join(opener.mistakes)
