"""The portal's services over the exchange axis (VDXP, X-Road): sign in once, one door for every service.

Written for the contract of `law/facts` §7. A message may be sent again at any time: a dossier that is there already is
updated, a step that is there already is not sent twice.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import httpx

from motcua.channels.connectors.national_portal import links
from motcua.channels.connectors.national_portal.fetching import FETCH, HAND_IN, Fetching
from motcua.channels.connectors.national_portal.handlers import STEP, WHOLE
from motcua.channels.connectors.national_portal.messages import with_links
from motcua.channels.connectors.national_portal.settings import Settings
from motcua.foundation.exchange.ports import Later, Refused
from motcua.foundation.exchange.types import Delivered, Outgoing
from motcua.foundation.kernel.clocks import now

GOOD: Final = frozenset({"0", "00"})
NO_SESSION: Final = "-1"
EXISTS: Final = frozenset({"3", "-3"})
UNKNOWN: Final = "-4"
CLOSED: Final = "-99"
WRONG_ACCOUNT_PAUSE: Final = 300  # seconds until a refused sign-in is tried again
SAME_STEP: Final = ("ThoiDiemXuLy", "NoiDungXuLy", "TrangThai")

Answer = Mapping[str, Any]


class NationalPortal:
    """An exchange adapter: DongBoHoSoMC and CapNhatTienDoHoSoMC outwards, enclosures of pushed dossiers inwards."""

    def __init__(self, settings: Settings, *, http: httpx.Client | None = None) -> None:
        self._settings = settings
        self._http = http or httpx.Client(timeout=settings.timeout, trust_env=False, follow_redirects=False)
        self._fetching = Fetching(settings, self._http)
        self._session = ""
        self._signing_in = threading.Lock()

    def deliver(self, message: Outgoing) -> Delivered:
        """Send one message. Raises Later (nobody answered, out of service) or Refused (the data will never do)."""
        if message.kind == WHOLE:
            return self._whole(message)
        if message.kind == STEP:
            return self._step(message)
        if message.kind == FETCH:
            return self._fetching.fetch(message)
        if message.kind == HAND_IN:
            return self._fetching.hand_in(message)
        raise Refused(f"không biết loại bản tin {message.kind}")

    def _whole(self, message: Outgoing) -> Delivered:
        at = now()
        data = with_links(message.body["data"], lambda file_id: _address(file_id, at))
        updating = bool(message.body["updating"]) or message.attempt > 1
        answer = self._call(WHOLE, isUpdating=str(updating), data=[data])
        if not updating and _exists(answer):
            answer = self._call(WHOLE, isUpdating="True", data=[data])
        elif updating and _code(answer) == UNKNOWN:
            answer = self._call(WHOLE, isUpdating="False", data=[data])
        return _taken(answer)

    def _step(self, message: Outgoing) -> Delivered:
        step = message.body["data"]
        if message.attempt > 1 and self._knows(step):
            return Delivered("có từ lần gửi trước")
        return _taken(self._call(STEP, data=[step]))

    def _knows(self, step: Mapping[str, str]) -> bool:
        """Whether an earlier attempt, whose answer was lost, did arrive."""
        answer = self._call("TraCuuHoSo", mahoso=step["MaHoSo"])
        found = answer.get("result")
        steps = found[0].get("DanhSachTienDo") if isinstance(found, list) and found else None
        wanted = [step[name] for name in SAME_STEP]
        return any([told.get(name) for name in SAME_STEP] == wanted for told in steps or ())

    def _call(self, service: str, **body: Any) -> Answer:
        """Call a service; a session that ran out is renewed once."""
        for _try in range(2):
            session = self._signed_in()
            question = {"session": session, "madonvi": self._settings.agency_code, "service": service, **body}
            answer = self._post(self._settings.service_url, question)
            if _code(answer) != NO_SESSION:
                return answer
            self._forget(session)
        raise Later("Cổng không giữ phiên đăng nhập", seconds=WRONG_ACCOUNT_PAUSE)

    def _signed_in(self) -> str:
        with self._signing_in:
            if not self._session:
                account = {"username": self._settings.username, "password": self._settings.password}
                answer = self._post(self._settings.login_url, account)
                if _code(answer) not in GOOD or not answer.get("session"):
                    raise Later(f"Cổng từ chối đăng nhập: {_said(answer)}", seconds=WRONG_ACCOUNT_PAUSE)
                self._session = str(answer["session"])
            return self._session

    def _forget(self, session: str) -> None:
        with self._signing_in:
            if self._session == session:
                self._session = ""

    def _post(self, url: str, body: Mapping[str, Any]) -> Answer:
        try:
            response = self._http.post(url, json=dict(body), headers={"dstcode": self._settings.dstcode})
            answer = response.json() if response.status_code < 400 else None
        except httpx.HTTPError as problem:
            raise Later(f"{type(problem).__name__}: {problem}") from None
        except ValueError:
            raise Later("Cổng trả lời không đúng định dạng") from None
        if response.status_code >= 400:
            raise Later(f"HTTP {response.status_code}")
        if not isinstance(answer, dict):
            raise Later("Cổng trả lời không đúng định dạng")
        if _code(answer) == CLOSED:
            raise Later(_said(answer))
        return answer


def _address(file_id: UUID, at: datetime) -> str:
    return links.address(file_id, at=at)


def _taken(answer: Answer) -> Delivered:
    """Raises Refused with every finding of the portal: field and sentence, never the value."""
    if _code(answer) in GOOD:
        return Delivered(_said(answer))
    found = answer.get("chitiet")
    details = [f"{one.get('Truong')}: {one.get('Loi')}" for one in found if isinstance(one, dict)] if found else []
    raise Refused("; ".join([f"[{_code(answer)}] {_said(answer)}", *details]))


def _exists(answer: Answer) -> bool:
    return _code(answer) in EXISTS or "đã tồn tại" in _said(answer)


def _code(answer: Answer) -> str:
    return str(answer.get("error_code", ""))


def _said(answer: Answer) -> str:
    return str(answer.get("message") or "")[:300]
