"""What comes in: dossiers that the portal pushes, signed; and its downloads of our files."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.connectors import signed
from motcua.channels.connectors.national_portal import links
from motcua.channels.connectors.national_portal.handlers import PUSHED
from motcua.channels.connectors.national_portal.settings import NAME
from motcua.domain.dossiers import queries as dossiers
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.journal import commands as journal
from motcua.foundation.kernel.actor import Actor, ActorKind, Channel, system
from motcua.foundation.kernel.clocks import local, now
from motcua.foundation.kernel.errors import Missing, Reused
from motcua.foundation.storage import queries as storage
from motcua.foundation.storage.types import FileState, StoredFile


@csrf_exempt
@require_POST
def dossier(request: HttpRequest) -> HttpResponse:
    """Keep a pushed dossier, once; taken in by the relay. 401 forged, 400 unreadable, 409 another body, 404 not set up."""
    if NAME not in settings.MOTCUA.systems:
        return _answer(404, "-2", "Hệ thống chưa kết nối với Cổng")
    if not signed.is_genuine(request.headers, request.body, str(settings.MOTCUA.systems[NAME]["inbound_secret"])):
        return _answer(401, "-1", "Chữ ký không đúng hoặc đã quá hạn")
    message_id, body = _read(request.body)
    if not message_id:
        return _answer(400, "-5", "Bản tin không đúng dạng: cần service NoiHoSo và MaThongDiep")
    try:
        exchange.receive(system=NAME, kind=PUSHED, remote_id=message_id, body=body, actor=_portal(message_id), at=now())
    except Reused as problem:
        return _answer(409, "-5", str(problem))
    return _answer(200, "0", "Đã nhận")


@require_safe
def file(_request: HttpRequest, token: str) -> StreamingHttpResponse:
    """Give a file to whoever holds its signed, unexpired address; every download stands in the log of reads."""
    at = now()
    found = storage.file(links.file_of(token, at=at))
    if found.state is not FileState.CLEAN:
        raise Missing(links.GONE)
    _log(found, token, at)
    answer = StreamingHttpResponse(storage.chunks(found.id), content_type=found.media_type)
    answer["Content-Length"] = str(found.size)
    answer["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "no-store"
    return answer


def _log(found: StoredFile, token: str, at: datetime) -> None:
    """Raises Missing when no dossier has the file any more."""
    subject_id = dossiers.subject_of_file(found.id, actor=system(NAME), on=local(at).date())
    whose = dossiers.public_view(subject_id)
    journal.log_read(
        actor=_portal(token[:40]),
        at=at,
        page="/connectors/national-portal/files/",
        purpose="Cổng Dịch vụ công quốc gia tải tệp của hồ sơ",
        parties=[whose.owner_id, whose.submitter_id],
        subjects=[subject_id],
    )


def _portal(request_id: str) -> Actor:
    return Actor(ActorKind.PARTNER, f"partner:{NAME}", Channel.CONNECTOR, request_id)


def _read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """The message's id and body; an empty id for anything that is not a pushed dossier."""
    try:
        body = json.loads(raw)
    except ValueError:
        return "", {}
    if not isinstance(body, dict) or body.get("service") != PUSHED:
        return "", {}
    message_id = body.get("MaThongDiep")
    return (message_id, body) if isinstance(message_id, str) and 0 < len(message_id) <= 80 else ("", {})


def _answer(status: int, code: str, sentence: str) -> JsonResponse:
    return JsonResponse({"error_code": code, "message": sentence}, status=status)
