"""A system of the walk's own, when none is running: on a private home and free ports, stopped afterwards."""

from __future__ import annotations

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

READY = 600.0


def is_running(url: str) -> bool:
    """Say whether a system answers there."""
    try:
        return httpx.get(f"{url}/health/live", timeout=3.0, trust_env=False).is_success
    except httpx.HTTPError:
        return False


@contextmanager
def own_system(home: Path) -> Iterator[tuple[str, str]]:
    """Start everything on a private home; yields (address, address of the simulators) when it is ready to be walked."""
    home.mkdir(parents=True, exist_ok=True)
    ports = home / "ports.json"
    if not ports.exists():
        web, sandbox = free_ports(1), free_ports(10)
        ports.write_text(json.dumps({"web": web, "sandbox": sandbox, "database": 0}))
    known = json.loads(ports.read_text())
    log = (home / "walk.log").open("w")
    command = [sys.executable, "-m", "motcua", "run", "--home", str(home)]
    child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"})
    url, sandbox_url = f"http://127.0.0.1:{known['web']}", f"http://127.0.0.1:{known['sandbox']}"
    try:
        _wait_until_ready(child, url, home)
        yield url, sandbox_url
    finally:
        child.send_signal(signal.SIGINT)
        child.wait(60)
        log.close()


def _wait_until_ready(child: subprocess.Popen[bytes], url: str, home: Path) -> None:
    until = time.monotonic() + READY
    progress = home / "sample.progress.json"
    while time.monotonic() < until:
        if child.poll() is not None:
            raise SystemExit(f"Hệ thống không khởi động được:\n{(home / 'walk.log').read_text()[-3000:]}")
        # The province must be there; its dossiers may still be playing.
        if is_running(url) and progress.exists() and json.loads(progress.read_text())["loaded"]:
            return
        time.sleep(0.3)
    raise SystemExit(f"Hệ thống chưa sẵn sàng sau {READY:.0f} giây")


def free_ports(count: int) -> int:
    """Return the first of so many ports in a row that nobody uses, drawn so that two walks do not meet."""
    for _attempt in range(50):
        first = 20_000 + secrets.randbelow(25_000)
        if not any(_is_taken(port) for port in range(first, first + count)):
            return first
    raise SystemExit("Không còn cổng trống")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
