"""Take an upload in: streamed, bounded, told apart by content, checked, sealed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Unavailable
from motcua.foundation.storage import inspection, names, places, ports, sealing
from motcua.foundation.storage.models import File
from motcua.foundation.storage.queries import stored
from motcua.foundation.storage.types import EXTENSIONS, MEGABYTE, FileState, Limits, StoredFile


def receive(*, chunks: Iterable[bytes], name: str, limits: Limits, actor: Actor, at: datetime) -> StoredFile:
    """Store one upload.

    Returns a clean file, or a quarantined one when the antivirus does not answer (it is scanned later). Raises
    Invalid with one sentence when the file is empty, too large, of another type than allowed or than its name says,
    encrypted, broken or harmful; its bytes are gone then.
    """
    given = names.harmless(name)
    with TemporaryFile() as plain:
        size, digest = _take_in(chunks, plain, limits)
        kind = _kind_of(plain, given, limits)
        try:
            inspection.inspect(plain, kind)
        except inspection.Unfit as unfit:
            raise Invalid((FieldProblem("file", unfit.sentence),)) from None
        state, scanned_by = _scan(plain)
        object_key = secrets.token_hex(24)
        plain.seek(0)
        places.write(object_key, sealing.seal(plain, object_key))
    row = File.objects.create(
        object_key=object_key,
        name=given,
        media_type=kind,
        size=size,
        sha256=digest,
        state=state,
        scanned_by=scanned_by,
        stored_at=at,
        stored_by=actor.principal,
    )
    return stored(row)


def _take_in(chunks: Iterable[bytes], plain: BinaryIO, limits: Limits) -> tuple[int, str]:
    digest, size = sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limits.max_bytes:
            raise _refused(
                _("Tệp lớn hơn %(limit)s MB. Hãy giảm dung lượng hoặc chia thành nhiều tệp.")
                % {"limit": limits.max_bytes // MEGABYTE}
            )
        digest.update(chunk)
        plain.write(chunk)
    if size == 0:
        raise _refused(_("Tệp này trống. Hãy chọn lại tệp có nội dung."))
    return size, digest.hexdigest()


def _kind_of(plain: BinaryIO, name: str, limits: Limits) -> str:
    kind = inspection.media_type(plain)
    allowed = ", ".join(f".{ending}" for ending in limits.extensions)
    if kind not in limits.media_types:
        raise _refused(_("Loại tệp này không được nhận. Hãy chọn tệp %(allowed)s.") % {"allowed": allowed})
    if names.ending(name) not in EXTENSIONS[kind]:
        raise _refused(
            _(
                "Tên tệp kết thúc bằng “.%(ending)s” nhưng nội dung là %(kind)s. Hãy đổi đúng đuôi tệp hoặc chọn tệp khác."
            )
            % {"ending": names.ending(name), "kind": EXTENSIONS[kind][0].upper()}
        )
    return kind


def _scan(plain: BinaryIO) -> tuple[FileState, str]:
    engine = ports.scanner()
    if engine is None:
        return FileState.CLEAN, ""
    plain.seek(0)
    try:
        found = engine.scan(plain)
    except Unavailable:
        return FileState.QUARANTINED, ""
    if found:
        raise _refused(_("Tệp này chứa mã độc nên không được nhận. Hãy quét máy của bạn rồi tạo lại tệp."))
    return FileState.CLEAN, engine.name


def _refused(sentence: object) -> Invalid:
    return Invalid((FieldProblem("file", sentence),))
