"""The pages of signing in, mounted alone; a running identity provider of the sandbox for those who need one."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from django.db import connection

from motcua.channels.connectors import openid
from motcua.foundation.exchange import ports as exchange
from motcua.foundation.identity import ports
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing

__all__ = ["cheap_hashing", "expensive_hashing"]


@pytest.fixture(autouse=True)
def addresses(settings):
    settings.ROOT_URLCONF = "motcua.channels.ui.signin.tests.urls"


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory):
    """The sandbox's identity provider in its own process; yields its systems file."""
    state = tmp_path_factory.mktemp("sandbox")
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1] - 1
    command = [sys.executable, "-m", "motcua.sandbox", "--state", str(state), "--base-port", str(port)]
    command += ["--product-url", "http://127.0.0.1:8000", "--only", "identity_provider"]
    process = subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": "src"}, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield _wait(state / "sandbox.json", process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(10)


def _wait(file, process):
    for _attempt in range(300):
        if process.poll() is not None:
            raise AssertionError("the sandbox did not start")
        try:
            systems = json.loads(file.read_text())
            httpx.get(systems["identity_provider"]["vneid"]["discovery_url"]).raise_for_status()
        except (OSError, httpx.HTTPError):
            time.sleep(0.1)
        else:
            return systems
    raise AssertionError("the sandbox did not answer")


@pytest.fixture
def providers(sandbox, monkeypatch):
    """The sandbox's two providers, registered as wiring does it."""
    for key, answerer in openid.answerers(sandbox).items():
        monkeypatch.setitem(exchange._answerers, key, answerer)
    before = ports.providers()
    ports.register(openid.providers(sandbox))
    connection.tests_may_ask = True
    yield sandbox["identity_provider"]
    connection.tests_may_ask = False
    ports.register(before)
