"""The connector against the sandbox's gateway in a process of its own, and against forgers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import httpx
import pytest
from django.test import RequestFactory

from motcua.channels.connectors.payplat import inbound, messages, sweep
from motcua.channels.connectors.payplat.client import PayPlat
from motcua.channels.connectors.payplat.settings import Settings, WrongSettings
from motcua.domain.payments import commands, ports, queries
from motcua.domain.payments.ports import Details, Forged
from motcua.domain.payments.types import Attempt, DueKind, DueSpec, ReceiptLine, Stage
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Unavailable
from motcua.foundation.kernel.identifiers import new_id

PORTAL = system("portal")
SETTINGS = Settings("http://127.0.0.1:9/payplat/api", "MOTCUA-MAU", "bí mật")
DETAILS = Details(
    summary="Phí thẩm định",
    lines=(ReceiptLine("Phí thẩm định", DueKind.FEE, 700_000),),
    procedure_code="2.001827",
    procedure_name="Cấp giấy chứng nhận an toàn thực phẩm",
    agency_code="H99.12",
    agency_name="Sở Y tế",
    payer_name="Công ty Mẫu",
)


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The payment gateway of the sandbox, alone, in its own process."""
    state = tmp_path_factory.mktemp("sandbox")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "motcua.sandbox", "--state", str(state), "--base-port", str(port)]
    command += ["--product-url", "http://127.0.0.1:9", "--only", "payment_gateway"]
    source = Path(__file__).parents[5]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=source)
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["ready"]
        found = json.loads((state / "sandbox.json").read_text())["payment_gateway"]
        yield Settings.read(found)
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def gateway(sandbox: Settings) -> Iterator[PayPlat]:
    before = dict(ports._gateways)
    found = PayPlat(sandbox)
    ports.register_gateway(found)
    yield found
    ports._gateways.clear()
    ports._gateways.update(before)


def attempt_of(subject: UUID | None = None) -> Attempt:
    subject = subject or new_id()
    due = DueSpec("fee", "Phí thẩm định", DueKind.FEE, 700_000, Stage.ACCEPTANCE)
    account = commands.state_dues(
        subject_id=subject,
        agency_id=new_id(),
        payer_id=None,
        payer_name="Công ty Mẫu",
        dues=[due],
        actor=PORTAL,
        at=now(),
    )
    return commands.open_payment(
        subject_id=subject, due_ids=[account.dues[0].id], gateway="payplat", actor=PORTAL, at=now()
    )


def pay(page: str, act: str = "pay") -> dict[str, str]:
    """The payer at the gateway's page; the fields the browser comes back with."""
    answer = httpx.post(page, data={"act": act, "bank": "VCB"}, trust_env=False)
    assert answer.status_code == 303
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


@pytest.mark.requirement("TT21-PL1-9.1", "TT11-30.1")
@pytest.mark.django_db
def test_a_payer_pays_on_the_platform_and_comes_back_with_a_receipt(gateway: PayPlat) -> None:
    attempt = attempt_of()
    page = gateway.start(attempt, DETAILS, at=now())
    assert gateway.start(attempt, DETAILS, at=now() + timedelta(seconds=5)) == page
    assert gateway.query(attempt, at=now()) is None
    fields = pay(page)
    answer = inbound.return_page(RequestFactory().get("/connectors/payplat/return", fields))
    assert (answer.status_code, answer["Location"]) == (302, f"/thanh-toan/{attempt.reference}")
    account = queries.account_of(attempt.subject_id)
    assert (account.owed, account.payments[0].transaction) == (0, fields["MaGiaoDich"])
    assert account.receipts[0].code.endswith("E-0000001")
    # the notification comes after the browser: nothing changes
    told = inbound.notification(RequestFactory().post("/ipn", json.dumps(fields), content_type="application/json"))
    assert json.loads(told.content)["error_code"] == "0"
    assert len(queries.account_of(attempt.subject_id).receipts) == 1


@pytest.mark.django_db
def test_a_cancelled_payment_is_noted_and_nothing_is_paid(gateway: PayPlat) -> None:
    attempt = attempt_of()
    fields = pay(gateway.start(attempt, DETAILS, at=now()), "cancel")
    told = inbound.notification(RequestFactory().post("/ipn", json.dumps(fields), content_type="application/json"))
    assert json.loads(told.content)["error_code"] == "0"
    assert queries.attempt(attempt.reference).failure == "Mã lỗi 24"
    assert queries.account_of(attempt.subject_id).owed == 700_000


@pytest.mark.django_db
def test_a_lost_notification_is_found_by_asking_again(gateway: PayPlat) -> None:
    paid, never_started = attempt_of(), attempt_of()
    pay(gateway.start(paid, DETAILS, at=now()))
    assert sweep.ask_again(at=now() + timedelta(minutes=3)) == 1
    assert queries.attempt(paid.reference).is_settled
    assert not queries.attempt(never_started.reference).is_settled
    assert sweep.ask_again(at=now() + timedelta(minutes=4)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("field", [*messages.CALLBACK, "MaXacThuc"])
def test_a_changed_field_is_found(gateway: PayPlat, field: str) -> None:
    attempt = attempt_of()
    fields = pay(gateway.start(attempt, DETAILS, at=now()))
    changed = fields | {field: fields[field] + "0"}
    told = inbound.notification(RequestFactory().post("/ipn", json.dumps(changed), content_type="application/json"))
    assert (told.status_code, json.loads(told.content)["error_code"]) == (400, "97")
    with pytest.raises(Forged):
        inbound.return_page(RequestFactory().get("/return", changed))
    assert queries.account_of(attempt.subject_id).owed == 700_000


@pytest.mark.django_db
def test_a_genuine_message_about_nothing_of_ours_is_answered_and_kept(gateway: PayPlat) -> None:
    message = dict.fromkeys(messages.CALLBACK, "x") | {
        "MaLoi": "00",
        "MaDoiTac": gateway.settings.partner_code,
        "MaThamChieu": "261121ABCDEFGHJK",
        "SoTien": "5000",
        "MaTienTe": "VND",
        "ThoiGianGD": "20261121101112",
    }
    message["MaXacThuc"] = messages.checksum(messages.CALLBACK, message, gateway.settings.secret)
    told = inbound.notification(RequestFactory().post("/ipn", json.dumps(message), content_type="application/json"))
    assert json.loads(told.content)["error_code"] == "07"
    assert [anomaly.reference for anomaly in queries.open_anomalies()] == ["261121ABCDEFGHJK"]


def test_the_platform_refuses_a_wrong_secret_with_a_sentence(sandbox: Settings) -> None:
    liar = PayPlat(Settings(sandbox.endpoint, sandbox.partner_code, "sai"))
    attempt = Attempt(new_id(), new_id(), "payplat", "261121ABC", 700_000, now(), now(), ())
    with pytest.raises(Unavailable, match="mã 97"):
        liar.start(attempt, DETAILS, at=now())


def test_the_checksum_is_the_digest_of_the_fields_joined_by_bars() -> None:
    fields = dict(zip(messages.QUERY, ["QUERY", "1.0.6", "DT01", "REF1", "20261121080000"], strict=True))
    expected = sha256(b"QUERY|1.0.6|DT01|REF1|20261121080000|s3cret").hexdigest()
    assert messages.checksum(messages.QUERY, fields, "s3cret") == expected
    assert messages.is_genuine(messages.QUERY, fields | {"MaXacThuc": expected.upper()}, "s3cret")
    assert not messages.is_genuine(messages.QUERY, {"MaXacThuc": expected}, "s3cret")


@pytest.mark.parametrize(
    "answer", [b"[]", b"{", b'{"error_code":"0"}', b'{"error_code":"0","message":{"UrlThanhToan":"javascript:1"}}']
)
def test_rubbish_from_the_platform_is_a_sentence(answer: bytes) -> None:
    http = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(200, content=answer)))
    attempt = Attempt(new_id(), new_id(), "payplat", "261121ABC", 700_000, now(), now(), ())
    with pytest.raises(Unavailable):
        PayPlat(SETTINGS, http=http).start(attempt, DETAILS, at=now())


def test_settings_refuse_clear_text_and_missing_secrets() -> None:
    with pytest.raises(WrongSettings, match="https"):
        Settings("http://payplat.example/api", "DT", "x")
    with pytest.raises(WrongSettings, match="secret"):
        Settings.read({"endpoint": "https://payplat.example/api", "partner_code": "DT"})
    assert "bí mật" not in repr(SETTINGS)
