"""Keep bytes that we made ourselves."""

from __future__ import annotations

import secrets
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from motcua.foundation.kernel.actor import Actor
from motcua.foundation.storage import places, sealing
from motcua.foundation.storage.models import File
from motcua.foundation.storage.queries import stored
from motcua.foundation.storage.types import FileState, StoredFile


def keep(*, content: bytes, name: str, media_type: str, actor: Actor, at: datetime) -> StoredFile:
    """Seal and keep our own bytes (papers, results); they are referenced from the start."""
    object_key = secrets.token_hex(24)
    places.write(object_key, sealing.seal(BytesIO(content), object_key))
    row = File.objects.create(
        object_key=object_key,
        name=name,
        media_type=media_type,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        state=FileState.CLEAN,
        stored_at=at,
        stored_by=actor.principal,
        referenced_at=at,
    )
    return stored(row)
