"""The Cloud Signature Consortium API 1.0.4.0: info, credentials, signHash, timestamp (section numbers in brackets)."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from asn1crypto import algos, core, tsp, x509
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Request, Response

from motcua.sandbox.hosting.web import Answer, Application, View, answer_json
from motcua.sandbox.index import totp
from motcua.sandbox.signing_service.activation import SAD_LIFE, TOKEN_LIFE, Desk
from motcua.sandbox.signing_service.algorithms import DIGESTS, OFFERED, Unsupported, choose, load_key
from motcua.sandbox.signing_service.authority import Authority
from motcua.sandbox.signing_service.roster import Credential, Roster

METHODS: Final = (
    "oauth2/token",
    "oauth2/revoke",
    "info",
    "credentials/list",
    "credentials/info",
    "credentials/authorize",
    "credentials/extendTransaction",
    "signatures/signHash",
    "signatures/timestamp",
)
MOST_SIGNATURES: Final = 50


class Refused(Exception):
    """An error of the API: HTTP status, code and description [10.1]."""

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status


def refuse_kindly(request: Request) -> Response:
    """Refuse as the API does when the service is unavailable."""
    return answer_json({"error": "server_error", "error_description": "Dịch vụ ký số tạm ngừng"}, 503)


class SigningApi:
    """Registers the API's routes on an application."""

    def __init__(self, app: Application, roster: Roster, authority: Authority, desk: Desk) -> None:
        self._roster, self._authority, self._desk = roster, authority, desk
        self._client = app.settings.system("signing_service")
        routes: dict[str, View] = {
            "/oauth2/token": self.token,
            "/oauth2/revoke": self.revoke,
            "/csc/v1/info": self.info,
            "/csc/v1/credentials/list": self._protected(self.credentials_list),
            "/csc/v1/credentials/info": self._protected(self.credentials_info),
            "/csc/v1/credentials/authorize": self._protected(self.credentials_authorize),
            "/csc/v1/credentials/extendTransaction": self._protected(self.extend_transaction),
            "/csc/v1/signatures/signHash": self._protected(self.sign_hash),
            "/csc/v1/signatures/timestamp": self._protected(self.timestamp),
        }
        for path, view in routes.items():
            app.wire(path)(_worded(view))

    def token(self, request: Request) -> Answer:
        """Client-credentials grant (RFC 6749 §4.4), secret in the form or as HTTP Basic [8.3.3]."""
        form, basic = request.form, request.authorization
        name = basic.username if basic and basic.type == "basic" else form.get("client_id", "")
        secret = basic.password if basic and basic.type == "basic" else form.get("client_secret", "")
        expected = (self._client["client_id"], self._client["client_secret"])
        if not _same(f"{name}\n{secret}", "\n".join(expected)):
            raise Refused("invalid_client", "Sai client_id hoặc client_secret", 401)
        if form.get("grant_type") != "client_credentials":
            raise Refused("unsupported_grant_type", "Chỉ hỗ trợ client_credentials")
        return {"access_token": self._desk.give_token(), "token_type": "Bearer", "expires_in": TOKEN_LIFE}

    def revoke(self, request: Request) -> Answer:
        """Forget a token [8.3.5]."""
        self._desk.take_token_back(request.form.get("token", ""))
        return Response(status=204)

    def info(self, request: Request) -> Answer:
        """Say what the service is [11.1]."""
        return {
            "specs": "1.0.4.0",
            "name": "Dịch vụ ký số mô phỏng Tỉnh Mẫu",
            "logo": f"{self._client['url']}/logo.svg",
            "region": "VN",
            "lang": "vi-VN",
            "description": "Máy chủ mô phỏng theo CSC API 1.0.4.0",
            "authType": ["oauth2client"],
            "oauth2": self._client["url"],
            "methods": list(METHODS),
        }

    def credentials_list(self, question: dict[str, Any]) -> Answer:
        """List credentials by pages [11.4]; ``userID`` narrows to one personal number or agency code."""
        user, most = question.get("userID", ""), question.get("maxResults", 100)
        start = question.get("pageToken", "0")
        if not isinstance(most, int) or most < 1 or not isinstance(start, str) or not start.isdigit():
            raise Refused("invalid_request", "maxResults hoặc pageToken không đúng")
        ids = [item.id for item in self._roster.all() if user in ("", item.personal_number, item.organisation_id)]
        first, after = int(start), int(start) + most
        more = {"nextPageToken": str(after)} if after < len(ids) else {}
        return {"credentialIDs": ids[first:after], **more}

    def credentials_info(self, question: dict[str, Any]) -> Answer:
        """Describe a credential [11.5]."""
        item = self._credential(question)
        which = question.get("certificates", "single")
        if which not in {"none", "single", "chain"}:
            raise Refused("invalid_request", "certificates phải là none, single hoặc chain")
        certificate = self._authority.certificate(item.id)
        answer = {
            "description": f"{item.title} {item.name}".strip(),
            "key": {"status": "disabled" if item.revoked_at else "enabled", "algo": list(OFFERED), "len": 2048},
            "cert": self._certificate_part(item, certificate, which, question.get("certInfo") is True),
            "authMode": "explicit",
            "SCAL": "1" if item.is_seal else "2",
            "multisign": MOST_SIGNATURES,
            "lang": "vi-VN",
        }
        return answer | (_what_to_ask(item) if question.get("authInfo", True) is True else {})

    def credentials_authorize(self, question: dict[str, Any]) -> Answer:
        """Check PIN and one-time code, give activation data [11.6]."""
        item = self._credential(question)
        if item.revoked_at:
            raise Refused("invalid_request", "Chứng thư đã bị thu hồi")
        count, hashes = question.get("numSignatures"), _hashes(question, required=not item.is_seal)
        if not isinstance(count, int) or isinstance(count, bool) or not 1 <= count <= MOST_SIGNATURES:
            raise Refused("invalid_request", f"numSignatures phải từ 1 đến {MOST_SIGNATURES}")
        if hashes and len(hashes) != count:
            raise Refused("invalid_request", "numSignatures không bằng số hash")
        if not _same(str(question.get("PIN", "")), item.pin):
            raise Refused("invalid_pin", "Sai mã PIN")
        if item.otp_secret and not _good_otp(item.otp_secret, str(question.get("OTP", ""))):
            raise Refused("invalid_otp", "Sai mã OTP")
        sad = self._desk.activate(item.id, count, frozenset(hashes) if hashes else None)
        return {"SAD": sad, "expiresIn": SAD_LIFE}

    def extend_transaction(self, question: dict[str, Any]) -> Answer:
        """Exchange activation data for the rest of a batch [11.7]."""
        item = self._credential(question)
        pinned = frozenset(_hashes(question, required=not item.is_seal)) or None
        sad = self._desk.extend(str(question.get("SAD", "")), item.id, pinned)
        if sad is None:
            raise Refused("invalid_request", "SAD không đúng hoặc đã hết hạn")
        return {"SAD": sad, "expiresIn": SAD_LIFE}

    def sign_hash(self, question: dict[str, Any]) -> Answer:
        """Sign digests [11.9]."""
        item = self._credential(question)
        hashes = _hashes(question, required=True)
        parameters = question.get("signAlgoParams")
        try:
            der = base64.b64decode(parameters, validate=True) if isinstance(parameters, str) else None
            algorithm = choose(_text(question, "signAlgo"), str(question.get("hashAlgo", "")), der)
            digests = [base64.b64decode(item, validate=True) for item in hashes]
            if wrong := self._desk.spend(_text(question, "SAD"), item.id, hashes):
                raise Refused("invalid_request", wrong)
            key = load_key(self._roster.key_path(item.id))
            signatures = [algorithm.sign(key, digest) for digest in digests]
        except (Unsupported, binascii.Error) as problem:
            raise Refused("invalid_request", str(problem)) from None
        return {"signatures": [base64.b64encode(signature).decode() for signature in signatures]}

    def timestamp(self, question: dict[str, Any]) -> Answer:
        """Stamp one digest [11.10]."""
        name = _text(question, "hashAlgo")
        try:
            digest = base64.b64decode(_text(question, "hash"), validate=True)
            if name not in DIGESTS or len(digest) != DIGESTS[name].digest_size:
                raise Refused("invalid_request", "hashAlgo hoặc hash không đúng")
            imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": name}), "hashed_message": digest}
            nonce = question.get("nonce")
            asked = {"version": "v1", "message_imprint": tsp.MessageImprint(imprint), "cert_req": True}
            if nonce:
                asked["nonce"] = core.Integer(int(str(nonce), 16))
        except ValueError:
            raise Refused("invalid_request", "hash hoặc nonce không đọc được") from None
        stamped = self._authority.timestamp(tsp.TimeStampReq(asked))
        return {"timestamp": base64.b64encode(stamped["time_stamp_token"].dump()).decode()}

    def _protected(self, act: Callable[[dict[str, Any]], Answer]) -> View:
        @wraps(act)
        def view(request: Request) -> Answer:
            scheme, _, token = request.headers.get("Authorization", "").partition(" ")
            if scheme.lower() != "bearer" or not self._desk.knows_token(token):
                raise Refused("invalid_token", "Access token thiếu, sai hoặc đã hết hạn", 401)
            try:
                question = json.loads(request.get_data() or b"{}")
            except ValueError:
                raise Refused("invalid_request", "Nội dung không phải JSON") from None
            if not isinstance(question, dict):
                raise Refused("invalid_request", "Nội dung phải là một đối tượng JSON")
            return act(question)

        return view

    def _credential(self, question: dict[str, Any]) -> Credential:
        item = self._roster.find(_text(question, "credentialID"))
        if item is None:
            raise Refused("invalid_request", "Không có credentialID này")
        return item

    def _certificate_part(
        self, item: Credential, certificate: x509.Certificate, which: str, with_facts: bool
    ) -> dict[str, Any]:
        chain = {"none": [], "single": [certificate]}.get(which)
        if chain is None:
            chain = [certificate, self._authority.certificate("issuing"), self._authority.certificate("root")]
        part: dict[str, Any] = {"status": "revoked" if item.revoked_at else "valid"}
        if chain:
            part["certificates"] = [base64.b64encode(one.dump()).decode() for one in chain]
        if with_facts:
            part |= {
                "issuerDN": certificate.issuer.human_friendly,
                "serialNumber": f"{certificate.serial_number:x}",
                "subjectDN": certificate.subject.human_friendly,
                "validFrom": certificate.not_valid_before.strftime("%Y%m%d%H%M%SZ"),
                "validTo": certificate.not_valid_after.strftime("%Y%m%d%H%M%SZ"),
            }
        return part


def _what_to_ask(item: Credential) -> dict[str, Any]:
    pin = {"presence": "true", "format": "N", "label": "Mã PIN", "description": "Mã PIN sáu chữ số"}
    if not item.otp_secret:
        return {"PIN": pin, "OTP": {"presence": "false"}}
    otp = {"presence": "true", "type": "offline", "ID": item.id, "provider": "TOTP", "format": "N", "label": "Mã OTP"}
    return {"PIN": pin, "OTP": otp | {"description": "Mã sáu chữ số trong ứng dụng xác thực"}}


def _hashes(question: dict[str, Any], *, required: bool) -> list[str]:
    found = question.get("hash", [])
    if not isinstance(found, list) or not all(isinstance(item, str) and item for item in found):
        raise Refused("invalid_request", "hash phải là danh sách chuỗi base64")
    if required and not found:
        raise Refused("invalid_request", "Thiếu hash")
    return found


def _text(question: dict[str, Any], name: str) -> str:
    found = question.get(name)
    if not isinstance(found, str) or not found:
        raise Refused("invalid_request", f"Thiếu hoặc sai {name}")
    return found


def _good_otp(secret: str, given: str) -> bool:
    now = time.time()
    return any(_same(totp.code(secret, now + drift), given) for drift in (0, -totp.STEP))


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _worded(view: View) -> View:
    @wraps(view)
    def spoken(request: Request) -> Answer:
        try:
            return view(request)
        except Refused as problem:
            body = {"error": problem.error, "error_description": problem.description}
            return answer_json(body, problem.status)
        except HTTPException as problem:
            return answer_json(
                {"error": "invalid_request", "error_description": problem.description}, problem.code or 400
            )

    return spoken
