"""Take in a message from outside, once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from motcua.foundation.exchange.models import Inbound
from motcua.foundation.exchange.sealed import seal
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import Reused
from motcua.foundation.kernel.identifiers import new_id


def receive(
    *, system: str, kind: str, remote_id: str, body: Mapping[str, Any], actor: Actor, at: datetime
) -> tuple[UUID, bool]:
    """Keep the message and queue it for its handler; returns (our id, whether this is the first time).

    The same remote id with the same body gives the first id again. Raises Reused for another body.
    """
    fingerprint = sha256(json.dumps([kind, body], sort_keys=True, ensure_ascii=False).encode()).digest()
    inbound_id = new_id()
    try:
        with transaction.atomic():
            Inbound.objects.create(
                id=inbound_id,
                system=system,
                remote_id=remote_id,
                kind=kind,
                sealed=seal(body, inbound_id),
                fingerprint=fingerprint,
                received_at=at,
            )
            data = {"system": system, "kind": kind}
            record(kind="exchange.received", subject=Subject("inbound", inbound_id), actor=actor, at=at, data=data)
    except IntegrityError:
        first = Inbound.objects.get(system=system, remote_id=remote_id)
        if bytes(first.fingerprint) != fingerprint:
            raise Reused(_("Mã bản tin này đã được dùng cho một nội dung khác.")) from None
        return first.id, False
    return inbound_id, True
