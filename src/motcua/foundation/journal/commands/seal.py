"""Seal the chains: one root over every head that changed since the last seal, stamped by somebody else's clock."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from motcua.foundation.journal import chain, ports
from motcua.foundation.journal.models import Chain, Seal, SealedHead, SealStamp
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Unavailable

LOCK = 7_302_001


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal covers."""

    number: int
    root: bytes
    count: int
    stamped: bool


@transaction.atomic
def seal(*, at: datetime) -> Sealed | None:
    """Make the next seal; None when no chain changed. The stamp is fetched afterwards, outside the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT subject_id, seq, digest FROM journal_chain WHERE seq > sealed_seq "
            "ORDER BY subject_id FOR UPDATE SKIP LOCKED"
        )
        heads = cursor.fetchall()
    if not heads:
        return None
    last = Seal.objects.order_by("-number").first()
    previous_root = bytes(last.root) if last else bytes(32)
    top = chain.levels([chain.leaf(subject_id, seq, bytes(digest)) for subject_id, seq, digest in heads])[-1][0]
    number = last.number + 1 if last else 1
    made = Seal.objects.create(
        number=number,
        sealed_at=at,
        previous_root=previous_root,
        root=chain.root(top, previous_root, number=number, count=len(heads), sealed_at=at),
        count=len(heads),
    )
    SealedHead.objects.bulk_create(
        SealedHead(seal=made, position=place, subject_id=subject_id, seq=seq, digest=bytes(digest))
        for place, (subject_id, seq, digest) in enumerate(heads)
    )
    for subject_id, seq, _digest in heads:
        Chain.objects.filter(subject_id=subject_id).update(sealed_seq=seq)
    return Sealed(made.number, bytes(made.root), made.count, stamped=False)


def seal_now(*, at: datetime) -> Sealed | None:
    """Seal, stamp every seal that has no stamp yet, and append the roots to the file outside the database."""
    made = seal(at=at)
    stamper = ports.time_stamper()
    if stamper is not None:
        for waiting in Seal.objects.exclude(pk__in=SealStamp.objects.values("seal_id")).order_by("number"):
            try:
                token = stamper.stamp(sha256(bytes(waiting.root)).digest())
            except Unavailable:
                break
            SealStamp.objects.create(seal=waiting, token=token, stamped_at=now())
            _append_to_file(waiting, token)
    if made is None:
        return None
    return Sealed(
        made.number, made.root, made.count, stamped=SealStamp.objects.filter(seal__number=made.number).exists()
    )


def _append_to_file(sealed: Seal, token: bytes) -> None:
    line = {
        "number": sealed.number,
        "sealed_at": chain.moment(sealed.sealed_at),
        "previous_root": bytes(sealed.previous_root).hex(),
        "root": bytes(sealed.root).hex(),
        "count": sealed.count,
        "token": token.hex(),
    }
    path = Path(settings.MOTCUA.home) / "seals.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as file:
        file.write(json.dumps(line, sort_keys=True) + "\n")
