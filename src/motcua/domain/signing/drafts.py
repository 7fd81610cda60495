"""Drafts between two steps of signing, sealed in the database and gone when the signature is recorded."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from motcua.domain.signing.models import Draft as Row
from motcua.domain.signing.models import SigningRequest
from motcua.domain.signing.pades import Draft, Evidence
from motcua.foundation.kernel.encryption import decrypt, encrypt

PURPOSE = "signing draft"
LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft with the signature of its digest, if the key has given it."""

    draft: Draft
    signing_at: datetime
    signature: bytes | None


def keep(request_id: UUID, draft: Draft, signing_at: datetime) -> Kept:
    """Store the draft before its digest leaves the house; one that is there already wins."""
    sealed = encrypt(PURPOSE, _dump(draft), bound_to=request_id.bytes)
    row, _created = Row.objects.get_or_create(
        request_id=request_id, defaults={"sealed": sealed, "digest": draft.digest, "signing_at": signing_at}
    )
    return _kept(row)


def keep_signature(request_id: UUID, signature: bytes) -> None:
    """Store what the key answered and wipe what the holder typed: it is used up."""
    Row.objects.filter(request_id=request_id).update(signature=signature)
    SigningRequest.objects.filter(id=request_id).update(secret=None, secret_until_at=None)


def load(request_id: UUID, *, now: datetime) -> Kept | None:
    """Return the draft of an earlier attempt; one that waited a day without a signature is made anew."""
    row = Row.objects.filter(request_id=request_id).first()
    if row is None:
        return None
    if row.signature is None and row.signing_at < now - LIFE:
        row.delete()
        return None
    return _kept(row)


def drop(request_id: UUID) -> None:
    """Forget the draft: nothing good can come of it."""
    Row.objects.filter(request_id=request_id).delete()


def _kept(row: Row) -> Kept:
    plain = decrypt(PURPOSE, bytes(row.sealed), bound_to=row.request_id.bytes)
    return Kept(_read(plain), row.signing_at, bytes(row.signature) if row.signature is not None else None)


def _dump(draft: Draft) -> bytes:
    head = {
        "document_digest": draft.document_digest.hex(),
        "room": draft.room,
        "digest": draft.digest.hex(),
        "evidence": [[item.kind, base64.b64encode(item.content).decode()] for item in draft.evidence],
    }
    return json.dumps(head).encode() + b"\n" + draft.pdf


def _read(plain: bytes) -> Draft:
    head, _newline, pdf = plain.partition(b"\n")
    found = json.loads(head)
    return Draft(
        pdf=pdf,
        document_digest=bytes.fromhex(found["document_digest"]),
        room=(found["room"][0], found["room"][1]),
        digest=bytes.fromhex(found["digest"]),
        evidence=tuple(Evidence(kind, base64.b64decode(content)) for kind, content in found["evidence"]),
    )
