"""A client of the CSC API v1.0.4.0 (2019-06): credentials, authorisation for one digest, signature of the digest.

Section numbers in brackets are the specification's. Secrets never reach a log or an error.
"""

from __future__ import annotations

import base64
import binascii
import threading
import time
from collections.abc import Mapping
from typing import Any, Final

import httpx
from django.utils.translation import gettext_lazy as _

from motcua.channels.connectors.csc.settings import Settings
from motcua.domain.signing.ports import DigestOrder, Later, Refused, RemoteCredential
from motcua.domain.signing.types import AuthorisationMode

DIGESTS: Final = {"sha256": "2.16.840.1.101.3.4.2.1"}
SPARE: Final = 60.0  # seconds before its end at which a token is renewed
MAX_ANSWER: Final = 1024 * 1024
UNAVAILABLE: Final = _("Dịch vụ ký số chưa trả lời. Hệ thống sẽ tự ký lại sau ít phút.")
WRONG_ANSWER: Final = _("Dịch vụ ký số trả lời không đúng chuẩn. Hãy báo quản trị viên.")
# [10.1] and the errors of credentials/authorize [11.6]: what the holder can do about it.
SENTENCES: Final[Mapping[str, Any]] = {
    "invalid_pin": _("Mã PIN không đúng. Hãy nhập lại; nhập sai nhiều lần khóa ký sẽ bị khóa."),
    "invalid_otp": _("Mã OTP không đúng hoặc đã hết hạn. Hãy lấy mã mới rồi nhập lại."),
}
REFUSED: Final = _("Dịch vụ ký số từ chối: %(why)s. Hãy báo quản trị viên.")


class CscSigner:
    """signing's ``RemoteSigner``; safe to share between threads."""

    def __init__(self, settings: Settings, *, http: httpx.Client | None = None) -> None:
        self._settings = settings
        self._http = http or httpx.Client(timeout=settings.timeout, follow_redirects=False, trust_env=False)
        self._token, self._token_until = "", 0.0
        self._lock = threading.Lock()

    def check_connection(self) -> str:
        """Return name and version of the service, after signing in to it [11.1, 8.3.3]."""
        info = self._post("info", {}, signed_in=False)
        self._sign_in(fresh=True)
        missing = {"credentials/authorize", "signatures/signHash"} - set(info.get("methods", []))
        if missing:
            raise Refused(REFUSED % {"why": ", ".join(sorted(missing))})
        return f"{info.get('name', '')} (CSC {info.get('specs', '')})"

    def credential_ids(self, user: str) -> list[str]:
        """Return the identifiers of a user's keys [11.4]; ``user`` is a personal number or an agency code."""
        found: list[str] = []
        page: dict[str, Any] = {}
        while True:
            answer = self._post("credentials/list", {"userID": user, "maxResults": 50, **page})
            found += [str(item) for item in answer.get("credentialIDs", [])]
            if not answer.get("nextPageToken"):
                return found
            page = {"pageToken": str(answer["nextPageToken"])}

    def credential(self, remote_id: str) -> RemoteCredential:
        """Return certificates, algorithms and what the holder must type [11.5]."""
        asked = {"credentialID": remote_id, "certificates": "chain", "certInfo": True, "authInfo": True}
        answer = self._post("credentials/info", asked)
        try:
            chain = [base64.b64decode(item, validate=True) for item in answer["cert"]["certificates"]]
            return RemoteCredential(
                remote_id=remote_id,
                certificate=chain[0],
                chain=tuple(chain[1:]),
                algorithms=tuple(str(item) for item in answer["key"]["algo"]),
                mode=_mode(answer),
                enabled=answer["key"]["status"] == "enabled" and answer["cert"].get("status", "valid") == "valid",
            )
        except (KeyError, TypeError, IndexError, binascii.Error) as error:
            raise Refused(WRONG_ANSWER) from error

    def send_otp(self, remote_id: str) -> None:
        """Have the service send the holder a one-time password [11.8]."""
        self._post("credentials/sendOTP", {"credentialID": remote_id})

    def sign_digest(self, order: DigestOrder) -> bytes:
        """Authorise exactly this digest, then have it signed [11.6, 11.9].

        When the answer to signHash is lost, the same question is asked once more with the same activation data: the
        service either answers again or says that the data are spent, and then the holder must authorise anew.
        """
        digest = base64.b64encode(order.digest).decode()
        activation = self._activation(order, digest)
        asked = {
            "credentialID": order.remote_id,
            "SAD": activation,
            "hash": [digest],
            "hashAlgo": DIGESTS[order.digest_algorithm],
            "signAlgo": order.algorithm,
            "clientData": order.reference,
        }
        if order.parameters is not None:
            asked["signAlgoParams"] = base64.b64encode(order.parameters).decode()
        try:
            answer = self._post("signatures/signHash", asked)
        except Later:
            answer = self._again(asked)
        return _signature(answer)

    def _again(self, asked: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            return self._post("signatures/signHash", asked)
        except Refused as refused:
            sentence = _("Chưa nhận được chữ ký từ dịch vụ ký số. Hãy nhập lại mã để nhận lại chữ ký này.")
            raise Refused(sentence, ask_again=True) from refused

    def _activation(self, order: DigestOrder, digest: str) -> str:
        asked: dict[str, Any] = {
            "credentialID": order.remote_id,
            "numSignatures": 1,
            "hash": [digest],
            "description": order.description[:500],
            "clientData": order.reference,
        }
        if order.authorisation.pin:
            asked["PIN"] = order.authorisation.pin
        if order.authorisation.otp:
            asked["OTP"] = order.authorisation.otp
        answer = self._post("credentials/authorize", asked)
        activation = answer.get("SAD")
        if not isinstance(activation, str) or not activation:
            raise Refused(WRONG_ANSWER)
        return activation

    def _post(self, method: str, body: Mapping[str, Any], *, signed_in: bool = True) -> Mapping[str, Any]:
        """Call one method. Raises Later when nobody answers, Refused with a sentence when the service says no."""
        url = f"{self._settings.url}/csc/v1/{method}"
        response = self._send(url, body, signed_in=signed_in, fresh=False)
        if signed_in and response.status_code == httpx.codes.UNAUTHORIZED:
            response = self._send(url, body, signed_in=True, fresh=True)  # the service forgot our token
        return _read(response)

    def _send(self, url: str, body: Mapping[str, Any], *, signed_in: bool, fresh: bool) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self._sign_in(fresh=fresh)}"} if signed_in else {}
        try:
            return self._http.post(url, json=dict(body), headers=headers)
        except httpx.HTTPError as error:
            raise Later(UNAVAILABLE) from error

    def _sign_in(self, *, fresh: bool) -> str:
        """Return an access token by OAuth 2 client credentials [8.3.3], renewed before it ends."""
        with self._lock:
            if not fresh and self._token and time.monotonic() < self._token_until:
                return self._token
            form = {"grant_type": "client_credentials", "scope": "service"}
            secret = (self._settings.client_id, self._settings.client_secret)
            try:
                response = self._http.post(self._settings.token_url, data=form, auth=secret)
            except httpx.HTTPError as error:
                raise Later(UNAVAILABLE) from error
            answer = _read(response)
            self._token = str(answer.get("access_token", ""))
            self._token_until = time.monotonic() + float(answer.get("expires_in", 300)) - SPARE
            return self._token


def _read(response: httpx.Response) -> Mapping[str, Any]:
    if (
        response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR
        or response.status_code == httpx.codes.TOO_MANY_REQUESTS
    ):
        raise Later(UNAVAILABLE)
    if len(response.content) > MAX_ANSWER:
        raise Refused(WRONG_ANSWER)
    if response.is_success and not response.content:
        return {}
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise Later(UNAVAILABLE) if not response.is_success else Refused(WRONG_ANSWER)
    if response.is_success:
        return answer
    code = str(answer.get("error", ""))
    why = str(answer.get("error_description") or code or response.status_code)[:200]
    if code in SENTENCES:
        raise Refused(SENTENCES[code], ask_again=True)
    raise Refused(REFUSED % {"why": why})


def _signature(answer: Mapping[str, Any]) -> bytes:
    try:
        (found,) = answer["signatures"]
        return base64.b64decode(found, validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise Refused(WRONG_ANSWER) from error


def _mode(answer: Mapping[str, Any]) -> AuthorisationMode:
    """What must be typed: ``presence`` is "true", "false" or "optional" [11.5]."""
    if answer.get("authMode") == "implicit":
        return AuthorisationMode.NONE
    pin = str(answer.get("PIN", {}).get("presence", "false")).lower() == "true"
    otp = str(answer.get("OTP", {}).get("presence", "false")).lower() == "true"
    if pin and otp:
        return AuthorisationMode.PIN_AND_OTP
    if otp:
        return AuthorisationMode.OTP
    return AuthorisationMode.PIN if pin else AuthorisationMode.NONE
