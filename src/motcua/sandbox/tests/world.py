"""A sandbox on free ports, and a stand-in for the product that writes down what it is told."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

HTTP = httpx.Client(verify=False, trust_env=False, timeout=20)  # one for all: making one takes 0.1 s
"""How the tests call the sandbox."""


@dataclass
class Told:
    """One call the product received."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Product:
    """Answers 200 to everything and remembers it."""

    calls: list[Told] = field(default_factory=list)

    def __post_init__(self) -> None:
        calls = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                calls.append(Told(self.path, dict(self.headers), body))
                answer = b'{"error_code":"0"}'
                self.send_response(200)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait_for(self, path: str, already: int = 0, where: Callable[[Told], bool] = lambda _: True) -> Told:
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            found = [call for call in self.calls if call.path == path and where(call)]
            if len(found) > already:
                return found[already]
            time.sleep(0.02)
        raise AssertionError(f"the product was never told on {path}")

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class Sandbox:
    """A running sandbox."""

    state: Path
    process: subprocess.Popen[bytes]
    seconds_to_start: float

    @property
    def systems(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.state / "sandbox.json").read_text())
        return found

    def __getitem__(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.systems[name]
        return found

    def set_mood(self, name: str, mood: str) -> None:
        HTTP.post(f"{self[name]['url']}/sandbox/mood", json={"mood": mood}).raise_for_status()

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=10)


def free_base_port() -> int:
    """Return a port with nine free ones behind it."""
    for base in range(20_000 + os.getpid() % 1000 * 10, 60_000, 10):
        try:
            for port in range(base, base + 10):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
        except OSError:
            continue
        return base
    raise RuntimeError("no free ports")


def start(state: Path, base_port: int, product_url: str, *more: str) -> Sandbox:
    """Start the command and wait until it says that it is ready."""
    command = [sys.executable, "-m", "motcua.sandbox", "--state", str(state), "--base-port", str(base_port)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    began = time.monotonic()
    process = subprocess.Popen(
        [*command, "--product-url", product_url, *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout
    line = process.stdout.readline()
    took = time.monotonic() - began
    if b'"ready": true' not in line:
        _, errors = process.communicate(timeout=10)
        raise AssertionError(f"the sandbox did not start: {errors.decode()}")
    return Sandbox(state, process, took)
