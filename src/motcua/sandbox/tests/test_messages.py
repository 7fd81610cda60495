"""Mail over SMTP, SMS over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import time
from email.message import EmailMessage
from typing import Any

import httpx
import pytest

from motcua.sandbox.sms.server import segments
from motcua.sandbox.tests.world import HTTP, Product, Sandbox


def letter(to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Một cửa <motcua@example.vn>"
    message["To"] = to
    message["Subject"] = "Hồ sơ đã được tiếp nhận"
    message.set_content("Kính gửi ông Nguyễn Văn An,\nhồ sơ đã được tiếp nhận.")
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="giay-tiep-nhan.pdf")
    return message


def post(sandbox: Sandbox, message: EmailMessage, password: str = "") -> None:
    described = sandbox["mail"]
    with smtplib.SMTP(described["smtp_host"], described["smtp_port"], timeout=10) as smtp:
        smtp.login(described["username"], password or described["password"])
        smtp.send_message(message)


def test_a_letter_arrives_with_its_letters_and_file(sandbox: Sandbox) -> None:
    post(sandbox, letter("an@example.vn"))
    url = sandbox["mail"]["url"]
    newest = HTTP.get(f"{url}/?format=json&to=an@example.vn").json()[0]
    assert newest["subject"] == "Hồ sơ đã được tiếp nhận"
    opened = HTTP.get(f"{url}/messages/{newest['id']}?format=json").json()
    assert "Kính gửi ông Nguyễn Văn An" in opened["text"]
    assert opened["attachments"] == ["giay-tiep-nhan.pdf"]
    assert "Kính gửi" in HTTP.get(f"{url}/messages/{newest['id']}").text
    assert HTTP.get(f"{url}/messages/{newest['id']}/attachments/0").content == b"%PDF-1.7"
    assert b"Subject" in HTTP.get(f"{url}/messages/{newest['id']}.eml").content


def test_the_mail_server_wants_a_password(sandbox: Sandbox) -> None:
    with pytest.raises(smtplib.SMTPAuthenticationError):
        post(sandbox, letter("an@example.vn"), password="wrong")
    described = sandbox["mail"]
    with (
        smtplib.SMTP(described["smtp_host"], described["smtp_port"], timeout=10) as smtp,
        pytest.raises(smtplib.SMTPSenderRefused),
    ):
        smtp.send_message(letter("an@example.vn"))


def test_the_mail_server_refuses_in_a_refusing_mood(sandbox: Sandbox) -> None:
    sandbox.set_mood("mail", "refuse")
    try:
        with pytest.raises(smtplib.SMTPDataError) as caught:
            post(sandbox, letter("an@example.vn"))
        assert caught.value.smtp_code == 451
    finally:
        sandbox.set_mood("mail", "ok")


def send(sandbox: Sandbox, **message: Any) -> httpx.Response:
    described = sandbox["sms"]
    bearer = {"Authorization": f"Bearer {described['token']}"}
    return HTTP.post(described["endpoint"], json={"to": "0912000001", "text": "Hồ sơ"} | message, headers=bearer)


def test_a_message_is_taken_and_reported(sandbox: Sandbox, product: Product) -> None:
    taken = send(sandbox, reference="ref-1", text="Hồ sơ H99-260801-0001 đã được tiếp nhận")
    assert taken.status_code == 202
    told = product.wait_for("/connectors/sms/reports", where=lambda call: call.json["reference"] == "ref-1")
    assert told.json["message_id"] == taken.json()["message_id"]
    assert told.json["status"] == "delivered"
    assert told.json["reference"] == "ref-1"
    signed = f"{told.headers['X-Sandbox-Timestamp']}\n{told.headers['X-Sandbox-Message-Id']}\n".encode() + told.body
    expected = hmac.new(sandbox["sms"]["report_secret"].encode(), signed, hashlib.sha256).hexdigest()
    assert told.headers["X-Sandbox-Signature"] == f"sha256={expected}"
    assert "H99-260801-0001" in HTTP.get(f"{sandbox['sms']['url']}/?to=0912000001").text


def test_the_same_reference_is_sent_once(sandbox: Sandbox) -> None:
    first, second = send(sandbox, reference="ref-2"), send(sandbox, reference="ref-2")
    assert first.json()["message_id"] == second.json()["message_id"]


def test_a_number_that_is_never_reached(sandbox: Sandbox) -> None:
    message_id = send(sandbox, to="0912340000").json()["message_id"]
    described = sandbox["sms"]
    bearer = {"Authorization": f"Bearer {described['token']}"}
    deadline = time.monotonic() + 5
    while (found := HTTP.get(f"{described['endpoint']}/{message_id}", headers=bearer).json())["status"] == "accepted":
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert found["status"] == "undelivered"


@pytest.mark.parametrize("wrong", [{"to": "12345"}, {"to": 912000001}, {"text": ""}, {"text": "x" * 671}])
def test_a_wrong_message_is_refused(sandbox: Sandbox, wrong: dict[str, Any]) -> None:
    assert send(sandbox, **wrong).status_code == 422


def test_sms_wants_a_token(sandbox: Sandbox) -> None:
    assert HTTP.post(sandbox["sms"]["endpoint"], json={}).status_code == 401


@pytest.mark.parametrize(
    ("text", "count"), [("a" * 160, 1), ("a" * 161, 2), ("ế" * 70, 1), ("ế" * 71, 2), ("ế" * 135, 3)]
)
def test_segments_are_counted_as_operators_do(text: str, count: int) -> None:
    assert segments(text) == count
