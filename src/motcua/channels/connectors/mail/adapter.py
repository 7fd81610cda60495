"""Send one message by SMTP."""

from __future__ import annotations

import smtplib
from collections.abc import Mapping
from email.message import EmailMessage
from email.utils import formatdate
from typing import Any

from motcua.foundation.exchange.ports import Later, Refused
from motcua.foundation.exchange.types import Delivered, Outgoing

TIMEOUT = 15.0


class Smtp:
    """An exchange adapter. TLS is demanded unless the server is on this machine."""

    def __init__(self, found: Mapping[str, Any], *, sender: str) -> None:
        self._host, self._port = str(found["smtp_host"]), int(found["smtp_port"])
        self._username, self._password = str(found.get("username", "")), str(found.get("password", ""))
        self._sender = str(found.get("sender", sender))
        self._is_local = self._host in {"127.0.0.1", "localhost", "::1"}

    def deliver(self, message: Outgoing) -> Delivered:
        """Send; the message id never changes over retries. Raises Later or Refused."""
        try:
            with smtplib.SMTP(self._host, self._port, timeout=TIMEOUT) as server:
                if not self._is_local:
                    server.starttls()
                if self._username:
                    server.login(self._username, self._password)
                server.send_message(self._letter(message))
        except smtplib.SMTPRecipientsRefused as refused:
            raise _judged(*next(iter(refused.recipients.values()))) from None
        except smtplib.SMTPResponseException as answered:
            raise _judged(answered.smtp_code, answered.smtp_error) from None
        except (OSError, smtplib.SMTPException) as problem:
            raise Later(f"{type(problem).__name__}: {problem}") from None
        return Delivered("250")

    def _letter(self, message: Outgoing) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._sender, message.body["to"]
        letter["Subject"] = " ".join(str(message.body["subject"]).split())
        letter["Message-ID"] = f"<{message.id}@motcua>"
        letter["Date"] = formatdate(message.written_at.timestamp(), localtime=False)
        letter.set_content(message.body["text"])
        return letter


def _judged(code: int, said: bytes | str) -> Later | Refused:
    """4xx is a passing trouble, 5xx is final (RFC 5321 §4.2.1)."""
    words = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
    return Refused(words) if code >= 500 else Later(words)
