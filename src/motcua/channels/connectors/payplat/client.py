"""A client of the platform: asks for payment pages, checks what it says, asks how a payment ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import httpx
from django.utils.translation import gettext_lazy as _

from motcua.channels.connectors.payplat import messages
from motcua.channels.connectors.payplat.settings import Settings
from motcua.domain.payments.ports import Confirmation, Details, Forged
from motcua.domain.payments.types import Attempt
from motcua.foundation.kernel.errors import Unavailable

NAME: Final = "payplat"
#: INIT, QUERY: the platform does not know the reference (nobody opened its page).
UNKNOWN: Final = "07"


class PayPlat:
    """payments' `Gateway`; safe to share between threads. Secrets never reach a log or an error."""

    name = NAME

    def __init__(self, settings: Settings, *, http: httpx.Client | None = None) -> None:
        self.settings = settings
        self._http = http or httpx.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False)

    def start(self, attempt: Attempt, details: Details, *, at: datetime) -> str:
        """The payment page of an attempt; asked again, the same page. Raises Unavailable."""
        del at  # the platform is told when the attempt was opened
        answer = self._post(messages.init(attempt, details, self.settings))
        page = _body(answer).get("UrlThanhToan")
        if not isinstance(page, str) or not page.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise _unreadable()
        return page

    def verify(self, fields: Mapping[str, str]) -> Confirmation:
        """What a call-back says, when its checksum, partner and amount hold. Raises Forged."""
        if not messages.is_genuine(messages.CALLBACK, fields, self.settings.secret):
            raise Forged(_("Thông báo thanh toán không đúng mã xác thực."))
        if fields["MaDoiTac"] != self.settings.partner_code or fields["MaTienTe"] != "VND":
            raise Forged(_("Thông báo thanh toán không gửi cho hệ thống này."))
        return _confirmation(fields, is_paid=fields["MaLoi"] == messages.PAID)

    def query(self, attempt: Attempt, *, at: datetime) -> Confirmation | None:
        """How the attempt ended; None while it is open or its page was never asked for. Raises Unavailable, Forged."""
        answer = self._post(messages.query(attempt, at, self.settings), expected={UNKNOWN})
        if answer.get("error_code") == UNKNOWN:
            return None
        body = _body(answer)
        if body.get("MaThamChieu") != attempt.reference:
            raise Forged(_("Nền tảng thanh toán trả lời cho một giao dịch khác."))
        state = str(body.get("TrangThaiGD", ""))
        if state not in (messages.STATE_PAID, messages.STATE_FAILED):
            return None
        fields = {name: str(value) for name, value in body.items()}
        if not fields.get("ThoiGianGD"):  # an expired page has no moment of its own
            fields["ThoiGianGD"] = messages.compact(attempt.expires_at)
        return _confirmation(fields, is_paid=state == messages.STATE_PAID)

    def _post(self, message: Mapping[str, Any], expected: frozenset[str] | set[str] = frozenset()) -> Mapping[str, Any]:
        try:
            response = self._http.post(self.settings.endpoint, json=dict(message))
            response.raise_for_status()
            answer = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise Unavailable(_("Nền tảng thanh toán chưa trả lời. Hãy thử lại sau ít phút."), retry=True) from error
        if not isinstance(answer, dict):
            raise _unreadable()
        code = str(answer.get("error_code"))
        if code != "0" and code not in expected:
            raise Unavailable(
                _("Nền tảng thanh toán từ chối yêu cầu (mã %(code)s). Hãy chọn cách nộp khác.") % {"code": code},
                retry=False,
                said=str(answer.get("message", ""))[:300],
            )
        return answer


def _body(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    body = answer.get("message")
    if not isinstance(body, dict):
        raise _unreadable()
    return body


def _confirmation(fields: Mapping[str, str], *, is_paid: bool) -> Confirmation:
    try:
        amount, paid_at = int(fields["SoTien"]), messages.moment(fields["ThoiGianGD"])
    except ValueError as error:
        raise Forged(_("Thông báo thanh toán có số tiền hoặc thời điểm không đọc được.")) from error
    return Confirmation(
        reference=fields["MaThamChieu"],
        transaction=fields.get("MaGiaoDich", ""),
        amount=amount,
        is_paid=is_paid,
        paid_at=paid_at,
        message=fields.get("MaLoi", ""),
        raw=fields,
    )


def _unreadable() -> Unavailable:
    return Unavailable(_("Nền tảng thanh toán trả lời không đúng định dạng. Hãy báo quản trị viên."), retry=False)
