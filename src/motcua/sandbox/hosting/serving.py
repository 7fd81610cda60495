"""Listening: one process serves one or more applications, each on its own port, a thread per connection."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"


class Listener(Protocol):
    """Something that binds its port when started and serves in the background."""

    def start(self) -> None: ...


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open, sends small answers at once, logs nothing (the log of calls does)."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: the log of calls says more."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing about clients that hang up."""


@dataclass
class HttpListener:
    """A WSGI application on a port of the loopback."""

    port: int
    application: WSGIApplication

    def start(self) -> None:
        """Bind and serve in a daemon thread."""
        server = make_server(HOST, self.port, self.application, threaded=True, request_handler=QuietHandler)
        threading.Thread(target=server.serve_forever, daemon=True, name=f"http-{self.port}").start()
