"""Hand a stored file to a browser: in pieces, in ranges, and so that nothing in it can act.

Who may have it is decided before: this module asks nobody. A file that is still being checked, or was found bad, is
not handed out to anyone (TT 21/2023 PL6: safe upload and download).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import WrongState
from motcua.foundation.storage import queries as storage
from motcua.foundation.storage.types import JPEG, PDF, PNG, FileState, StoredFile

INLINE = frozenset({PDF, JPEG, PNG})
# A PDF viewer of the browser is an embedded object and does not start in a sandbox; everything else gets one.
POLICIES = {PDF: "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"}
POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
CHECKING = _("Tệp này đang được kiểm tra an toàn. Hãy mở lại sau ít phút.")
BAD = _("Tệp này có nội dung không an toàn nên không mở được.")


def serve(request: HttpRequest, file: StoredFile, *, as_attachment: bool = False) -> HttpResponseBase:
    """Return the file: whole, one range of it (206), or 304 when the browser has it. Raises WrongState, Missing."""
    if file.state is not FileState.CLEAN:
        raise WrongState(CHECKING if file.state is FileState.QUARANTINED else BAD)
    if request.headers.get("If-None-Match", "") == _tag(file):
        return _with_headers(HttpResponseNotModified(), file, as_attachment)
    asked = request.headers.get("Range", "") if request.headers.get("If-Range", _tag(file)) == _tag(file) else ""
    part = _part(asked, file.size)
    if part is None:
        refused = HttpResponse(status=416)
        refused.headers["Content-Range"] = f"bytes */{file.size}"
        return _with_headers(refused, file, as_attachment)
    start, end = part
    response = StreamingHttpResponse(_chunks(request, file, start, end), content_type=file.media_type)
    response.headers["Content-Length"] = str(end - start)
    if (start, end) != (0, file.size):
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    return _with_headers(response, file, as_attachment)


def _chunks(request: HttpRequest, file: StoredFile, start: int, end: int) -> Iterator[bytes]:
    return iter(()) if request.method == "HEAD" else storage.chunks(file.id, start=start, end=end)


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """Return from where up to where; None when nothing of the range is there. What is no range asks for all."""
    found = RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return 0, size
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size) if int(last) else None
    start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None


def _with_headers(response: HttpResponseBase, file: StoredFile, as_attachment: bool) -> HttpResponseBase:
    away = as_attachment or file.media_type not in INLINE
    response.headers["Content-Disposition"] = content_disposition_header(away, file.name) or "attachment"
    response.headers["Content-Security-Policy"] = POLICY if away else POLICIES.get(file.media_type, POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = _tag(file)
    return response


def _tag(file: StoredFile) -> str:
    return f'"{file.sha256}"'
