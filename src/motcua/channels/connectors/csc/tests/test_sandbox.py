"""The whole of signing through the sandbox's service and authority, each a process of its own speaking HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from motcua.channels.connectors.csc import connecting
from motcua.domain.signing import commands, fields, ports, queries, worker
from motcua.domain.signing.types import Authorisation, FieldLayout, FormLayout, Purpose, RequestState, RequestView
from motcua.domain.signing.verification import verify
from motcua.foundation import typesetting
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.storage import queries as storage
from motcua.foundation.storage.commands import keep

PAGE = '#set page(paper: "a5")\n#set text(font: "Tinos")\n= KẾT QUẢ\n'
LAYOUT = FormLayout(
    number=FieldLayout(0, (60, 520, 200, 536)),
    issued_on=FieldLayout(0, (210, 520, 400, 536)),
    person=FieldLayout(0, (220, 60, 400, 120)),
    agency=FieldLayout(0, (120, 60, 215, 140)),
)


@dataclass
class World:
    systems: dict[str, Any]

    def people(self) -> dict[str, dict[str, Any]]:
        found = self._enrolment("GET", "").json()
        return {item["id"]: item for item in found}

    def enrol(self, **who: Any) -> dict[str, Any]:
        return self._enrolment("POST", "", json=who).json()

    def revoke(self, credential_id: str) -> None:
        self._enrolment("POST", f"/{credential_id}/revoke").raise_for_status()

    def _enrolment(self, method: str, path: str, **how: Any) -> httpx.Response:
        service = self.systems["signing_service"]
        headers = {"Authorization": f"Bearer {service['enrolment_token']}"}
        return httpx.request(method, service["enrolment_url"] + path, headers=headers, timeout=20, **how)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    state, base = tmp_path_factory.mktemp("sandbox"), free_ports()
    command = [sys.executable, "-m", "motcua.sandbox", "--state", str(state), "--base-port", str(base)]
    command += ["--product-url", "http://127.0.0.1:9", "--only", "signing_service"]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[5])}
    with (state / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            systems = wait_for(state, process)
            yield World(systems)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def free_ports() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1]) // 20 * 20 + 1


def wait_for(state: Path, process: subprocess.Popen[bytes]) -> dict[str, Any]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            systems: dict[str, Any] = json.loads((state / "sandbox.json").read_text())
            for name in ("signing_service", "pki"):
                httpx.get(systems[name]["url"], timeout=2).raise_for_status()
        except (OSError, ValueError, KeyError, httpx.HTTPError):
            time.sleep(0.1)
        else:
            return systems
    pytest.fail(f"the sandbox did not start:\n{(state / 'log').read_text()}")


def officer() -> Actor:
    ids = {"officer_id": new_id(), "agency_id": new_id()}
    return Actor(ActorKind.OFFICER, "account:leader", Channel.DESK, str(new_id()), **ids)


def register(world: World, person: str, leader: Actor, **holder: Any) -> Any:
    remote = ports.signer("csc").credential(person)
    return commands.register_credential(service="csc", remote=remote, actor=leader, at=now(), **holder)


def trust(world: World, leader: Actor) -> None:
    connecting.connect(world.systems)
    (path,) = world.systems["pki"]["trust_anchors"]
    commands.add_trust_anchor(pem=Path(path).read_bytes(), name="", source="sandbox", actor=leader, at=now())


def stored(pdf: bytes, leader: Actor) -> Any:
    return keep(content=pdf, name="ket-qua.pdf", media_type="application/pdf", actor=leader, at=now()).id


def sign(leader: Actor, purpose: Purpose, file_id: Any, credential: Any, pin: str) -> RequestView:
    request_id = commands.request_signature(
        subject_id=new_id(),
        purpose=purpose,
        file_id=file_id,
        field_name=purpose.value,
        credential=credential,
        reason="Phê duyệt",
        actor=leader,
        at=now(),
        authorisation=Authorisation(pin=pin),
    )
    worker.drain(clock=now)
    return queries.request(request_id)


@pytest.mark.django_db
@pytest.mark.requirement("TT11-30.2", "TT11-18.1")
def test_a_result_is_signed_and_sealed_through_the_service(sandbox: World, tmp_path: Path) -> None:
    leader = officer()
    trust(sandbox, leader)
    assert "1.0.4.0" in ports.signer("csc").check_connection()
    people = sandbox.people()
    mine = register(sandbox, "leader-land-office", leader, officer_id=leader.officer_id)
    seal = register(sandbox, "seal-land-office", leader, agency_id=leader.agency_id)
    file_id = stored(fields.prepare(typesetting.render(PAGE, {}), LAYOUT), leader)
    wrong = sign(leader, Purpose.PERSON, file_id, mine, "not-it")
    assert wrong.ask_again
    assert "Mã PIN không đúng" in wrong.why
    commands.authorise_again(
        request_id=wrong.id,
        authorisation=Authorisation(pin=people["leader-land-office"]["pin"]),
        actor=leader,
        at=now(),
    )
    worker.drain(clock=now)
    signed = queries.request(wrong.id)
    assert signed.state is RequestState.SIGNED, signed.why
    numbered = fields.fill(storage.read(signed.signed_file_id), {"number": "07/QĐ", "issued_on": "05/3/2026"})
    done = sign(leader, Purpose.AGENCY, stored(numbered, leader), seal, people["seal-land-office"]["pin"])
    assert done.state is RequestState.SIGNED, done.why
    sealed = storage.read(done.signed_file_id)
    assert verify(sealed, at=now(), anchors=queries.anchors(now())).valid
    (tmp_path / "result.pdf").write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "result.pdf"], capture_output=True, text=True, check=False)
    assert said.stdout.count("Signature is Valid.") == 2


@pytest.mark.django_db
def test_a_certificate_that_the_authority_revoked_is_refused(sandbox: World) -> None:
    leader = officer()
    trust(sandbox, leader)
    made = sandbox.enrol(id="leader-leaving", kind="person", name="Vừa Nghỉ Việc", organisation="Sở Mẫu")
    credential = register(sandbox, "leader-leaving", leader, officer_id=leader.officer_id)
    sandbox.revoke("leader-leaving")
    file_id = stored(fields.prepare(typesetting.render(PAGE, {}), LAYOUT), leader)
    refused = sign(leader, Purpose.PERSON, file_id, credential, made["pin"])
    assert refused.state is RequestState.FAILED
    assert "đã bị thu hồi" in refused.why
