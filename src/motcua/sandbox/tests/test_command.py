"""The command as a whole: start, restart of a dead server, stop, secrets, pages, moods."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psutil
import pytest

from motcua.sandbox.index.totp import code
from motcua.sandbox.tests.world import HTTP, Product, Sandbox, free_base_port, start

PAGES = ("index", "identity_provider", "population", "national_portal", "payment_gateway", "signing_service", "pki")


@pytest.mark.parametrize("name", [*PAGES, "mail", "sms"])
def test_every_system_has_a_page_a_health_and_a_log(sandbox: Sandbox, name: str) -> None:
    url = sandbox[name]["url"]
    page = HTTP.get(f"{url}/")
    assert page.status_code == 200
    assert "không phải hệ thống thật" in page.text
    assert HTTP.get(f"{url}/health").json()["ok"] is True
    assert HTTP.get(f"{url}/sandbox/calls").status_code == 200


def test_the_index_says_that_everything_answers(sandbox: Sandbox) -> None:
    status = HTTP.get(f"{sandbox['index']['url']}/status")
    assert status.status_code == 200
    assert all(status.json()["servers"].values())


def test_officers_codes_are_those_of_rfc_6238(sandbox: Sandbox) -> None:
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"
    officer = {"username": "an", "name": "Lê An", "position": "Lãnh đạo", "agency": "Sở", "password": "bí mật"}
    path = sandbox.state / "officers.json"
    path.write_text(json.dumps([officer | {"totp_secret": "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"}]))
    shown = HTTP.get(f"{sandbox['index']['url']}/officers?format=json").json()
    assert shown[0]["username"] == "an"
    assert shown[0]["code"] in {code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", time.time() - back) for back in (0, 5)}
    assert "Lê An" in HTTP.get(f"{sandbox['index']['url']}/can-bo").text
    path.unlink()


def test_a_refusing_mood_touches_the_protocol_not_the_pages(sandbox: Sandbox) -> None:
    discovery = sandbox["identity_provider"]["vneid"]["discovery_url"]
    sandbox.set_mood("identity_provider", "refuse")
    try:
        assert HTTP.get(discovery).status_code == 503
        assert HTTP.get(f"{sandbox['identity_provider']['url']}/").status_code == 200
    finally:
        sandbox.set_mood("identity_provider", "ok")
    assert HTTP.get(discovery).status_code == 200


def test_a_slow_mood_makes_callers_wait_and_a_file_sets_it(sandbox: Sandbox) -> None:
    (sandbox.state / "moods").mkdir(exist_ok=True)
    (sandbox.state / "moods" / "identity_provider").write_text("slow 0.4")
    began = time.monotonic()
    HTTP.get(sandbox["identity_provider"]["vneid"]["discovery_url"])
    assert time.monotonic() - began >= 0.4
    sandbox.set_mood("identity_provider", "ok")


def test_moods_that_are_not_there_yet_are_refused(sandbox: Sandbox) -> None:
    answer = HTTP.post(f"{sandbox['sms']['url']}/sandbox/mood", json={"mood": "garbage"})
    assert answer.status_code == 400
    assert "garbage" in answer.json()["message"]


def test_a_server_that_dies_comes_back_and_the_others_stay(sandbox: Sandbox) -> None:
    children = {child.name(): child for child in psutil.Process(sandbox.process.pid).children()}
    others = {name: child.pid for name, child in children.items() if name != "sb-population"}
    children["sb-population"].kill()
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        try:
            assert HTTP.get(f"{sandbox['population']['url']}/health").status_code == 200
            break
        except httpx.TransportError:
            time.sleep(0.05)
    else:
        pytest.fail("the population database did not come back")
    now = {child.name(): child.pid for child in psutil.Process(sandbox.process.pid).children()}
    assert {name: pid for name, pid in now.items() if name != "sb-population"} == others


def test_it_stops_cleanly_and_keeps_its_secrets(tmp_path: Path, product: Product) -> None:
    base, more = free_base_port(), ("--only", "index", "--callback", "payment_gateway.ipn=/tien/ipn")
    first = start(tmp_path, base, product.url, *more)
    before = first.systems
    children = psutil.Process(first.process.pid).children()
    assert first.stop(signal.SIGTERM) == 0
    assert not any(child.is_running() for child in children)
    assert before["payment_gateway"]["ipn_url"] == f"{product.url}/tien/ipn"
    second = start(tmp_path, base, product.url, *more)
    assert second.systems == before
    assert second.stop(signal.SIGINT) == 0


def test_children_leave_with_a_killed_supervisor_and_secrets_are_its_own(
    tmp_path: Path, sandbox: Sandbox, product: Product
) -> None:
    other = start(tmp_path, free_base_port(), product.url, "--only", "index,sms")
    children = psutil.Process(other.process.pid).children()
    other.stop(signal.SIGKILL)
    _, alive = psutil.wait_procs(children, timeout=3)
    assert not alive

    assert other["sms"]["token"] != sandbox["sms"]["token"]
    assert other["payment_gateway"]["secret"] != sandbox["payment_gateway"]["secret"]
    assert (tmp_path / "sandbox.json").stat().st_mode & 0o077 == 0
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0


def test_a_taken_port_is_said_plainly(tmp_path: Path, sandbox: Sandbox, product: Product) -> None:
    taken = int(sandbox["index"]["url"].rsplit(":", 1)[1])
    command = [sys.executable, "-m", "motcua.sandbox", "--state", str(tmp_path), "--base-port", str(taken)]
    ended = subprocess.run(
        [*command, "--product-url", product.url, "--only", "index"], capture_output=True, text=True, timeout=20
    )
    assert ended.returncode == 1
    assert str(taken) in ended.stderr


def test_nothing_here_imports_the_product() -> None:
    root = Path(__file__).parents[1]
    for path in root.rglob("*.py"):
        for line in path.read_text().splitlines():
            if line.startswith(("import motcua", "from motcua")):
                assert line.split()[1].startswith("motcua.sandbox"), f"{path}: {line}"
            assert not line.startswith(("import django", "from django")), f"{path}: {line}"
