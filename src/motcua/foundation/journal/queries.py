"""Reading the journal: histories, proofs, the log of reads, what waits."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.db.models import Min

from motcua.foundation.journal import chain
from motcua.foundation.journal import models as tables
from motcua.foundation.journal.types import Event, ParkedLane, Read, Subject
from motcua.foundation.kernel.encryption import decrypt

PURPOSE = "event payload"


def history(subject_id: UUID) -> list[Event]:
    """Return the subject's events in their order, payloads opened; ``data`` is None where it was destroyed."""
    payloads = dict(_payloads(subject_id))
    rows = tables.Event.objects.filter(subject_id=subject_id).order_by("seq")
    return [_event(row, json.loads(payloads[row.seq][32:]) if row.seq in payloads else None) for row in rows]


def event(subject_id: UUID, seq: int) -> Event:
    """Return one event; for the relay."""
    row = tables.Event.objects.get(subject_id=subject_id, seq=seq)
    payload = tables.Payload.objects.filter(subject_id=subject_id, seq=seq).first()
    return _event(row, json.loads(_open(payload)[32:]) if payload else None)


def proof(subject_id: UUID) -> dict[str, Any]:
    """Return ``history.json``: events with salts and bodies, and the seals that hold the chain's heads.

    The format is described in ``docs/mechanisms/journal.md``; the stand-alone verifier reads it.
    """
    payloads = dict(_payloads(subject_id))
    events = [
        _proof_of(row, payloads.get(row.seq))
        for row in tables.Event.objects.filter(subject_id=subject_id).order_by("seq")
    ]
    held = tables.SealedHead.objects.filter(subject_id=subject_id).select_related("seal").order_by("seq")
    return {
        "format": "motcua-history-1",
        "subject_id": str(subject_id),
        "events": events,
        "seals": [_seal_of(h) for h in held],
    }


def reads_of(party_id: UUID, *, limit: int = 200) -> list[Read]:
    """Return who saw this party's data, newest first."""
    rows = tables.ReadLog.objects.filter(parties__contains=[party_id]).order_by("-at")[:limit]
    return [Read(r.at, r.actor_kind, r.officer_id, r.agency_id, r.account_id, r.page, r.purpose) for r in rows]


def reads_about(subject_id: UUID, *, limit: int = 200) -> list[Read]:
    """Return who opened this dossier, newest first."""
    rows = tables.ReadLog.objects.filter(subjects__contains=[subject_id]).order_by("-at")[:limit]
    return [Read(r.at, r.actor_kind, r.officer_id, r.agency_id, r.account_id, r.page, r.purpose) for r in rows]


def waiting_by_handler() -> Mapping[str, tuple[int, int]]:
    """Return (deliveries waiting, lanes parked) per handler, for the cockpit."""
    found: dict[str, tuple[int, int]] = {}
    for handler in tables.Lane.objects.values_list("handler", flat=True).distinct():
        parked = tables.Lane.objects.filter(handler=handler, parked_at__isnull=False).count()
        found[handler] = (tables.Delivery.objects.filter(handler=handler).count(), parked)
    return found


def parked_lanes(*, limit: int = 200) -> list[ParkedLane]:
    """Return the lanes that were given up, the oldest first, each with the words of its last failure."""
    rows = tables.Lane.objects.filter(parked_at__isnull=False).order_by("parked_at")[:limit]
    return [ParkedLane(r.handler, r.subject_id, r.attempts, r.why, r.parked_at) for r in rows if r.parked_at]


def subjects_of_kind(kind: str) -> Iterable[UUID]:
    """Return every subject of a kind; for sweeps that re-compute."""
    return tables.Chain.objects.filter(subject_kind=kind).values_list("subject_id", flat=True).iterator()


def last_recorded_at(subject_id: UUID) -> datetime | None:
    """Return when the subject last changed; a page polls it quietly."""
    return tables.Chain.objects.filter(subject_id=subject_id).values_list("recorded_at", flat=True).first()


def waiting(at: datetime) -> tuple[datetime | None, int]:
    """Return (since when the oldest delivery that is due has waited, how many lanes are parked); for probes."""
    due = tables.Lane.objects.filter(parked_at__isnull=True, next_try_at__lte=at)
    oldest: datetime | None = due.aggregate(oldest=Min("next_try_at"))["oldest"]
    return oldest, tables.Lane.objects.filter(parked_at__isnull=False).count()


def _payloads(subject_id: UUID) -> Iterable[tuple[int, bytes]]:
    for row in tables.Payload.objects.filter(subject_id=subject_id):
        try:
            yield row.seq, _open(row)
        except (InvalidTag, ValueError):
            # A payload that was tampered with below us does not open: the reader sees none, the verifier says so.
            continue


def _open(row: tables.Payload) -> bytes:
    return decrypt(PURPOSE, bytes(row.sealed), bound_to=row.subject_id.bytes + row.seq.to_bytes(8))


def _event(row: tables.Event, data: Mapping[str, Any] | None) -> Event:
    return Event(
        subject=Subject(row.subject_kind, row.subject_id),
        seq=row.seq,
        kind=row.kind,
        actor_kind=row.actor_kind,
        principal=row.principal,
        channel=row.channel,
        request_id=row.request_id,
        account_id=row.account_id,
        party_id=row.party_id,
        acting_for_id=row.acting_for_id,
        officer_id=row.officer_id,
        position_id=row.position_id,
        agency_id=row.agency_id,
        department_id=row.department_id,
        happened_at=row.happened_at,
        recorded_at=row.recorded_at,
        data=data,
    )


def _proof_of(row: tables.Event, payload: bytes | None) -> dict[str, Any]:
    header = {name: getattr(row, name) for name in chain.HEADER_FIELDS}
    plain = {
        n: chain.moment(v) if isinstance(v, datetime) else str(v) if isinstance(v, UUID) else v
        for n, v in header.items()
    }
    plain |= {"payload_digest": bytes(row.payload_digest).hex(), "previous": bytes(row.previous).hex()}
    found: dict[str, Any] = {"header": plain, "digest": bytes(row.digest).hex()}
    if payload is not None:
        found |= {"salt": payload[:32].hex(), "payload": base64.b64encode(payload[32:]).decode()}
    return found


def _seal_of(held: tables.SealedHead) -> dict[str, Any]:
    heads = tables.SealedHead.objects.filter(seal=held.seal).order_by("position")
    tree = chain.levels([chain.leaf(h.subject_id, h.seq, bytes(h.digest)) for h in heads])
    stamp = tables.SealStamp.objects.filter(seal=held.seal).first()
    return {
        "number": held.seal.number,
        "sealed_at": chain.moment(held.seal.sealed_at),
        "seq": held.seq,
        "digest": bytes(held.digest).hex(),
        "path": [{"side": side, "hash": value.hex()} for side, value in chain.path(tree, held.position)],
        "count": held.seal.count,
        "previous_root": bytes(held.seal.previous_root).hex(),
        "root": bytes(held.seal.root).hex(),
        "token": base64.b64encode(bytes(stamp.token)).decode() if stamp else None,
    }
