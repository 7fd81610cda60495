"""Record what happened, inside the transaction that makes it so."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import rfc8785
from django.db import connection, transaction

from motcua.foundation.journal import chain, registry
from motcua.foundation.journal.types import EventRef, Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.encryption import encrypt

PURPOSE = "event payload"
HEAD = "SELECT seq, digest, recorded_at FROM journal_chain WHERE subject_id = %s FOR UPDATE"
# One statement writes event, payload, head, lanes and deliveries: one round trip for the hottest write there is.
WRITE = """
WITH event AS (
    INSERT INTO journal_event (subject_kind, subject_id, seq, kind, actor_kind, principal, channel, request_id,
        account_id, party_id, acting_for_id, officer_id, position_id, agency_id, department_id,
        happened_at, recorded_at, payload_digest, previous, digest)
    VALUES (%(subject_kind)s, %(subject_id)s, %(seq)s, %(kind)s, %(actor_kind)s, %(principal)s, %(channel)s,
        %(request_id)s, %(account_id)s, %(party_id)s, %(acting_for_id)s, %(officer_id)s, %(position_id)s,
        %(agency_id)s, %(department_id)s, %(happened_at)s, %(recorded_at)s, %(payload_digest)s, %(previous)s,
        %(digest)s)
), payload AS (
    INSERT INTO journal_payload (subject_id, seq, sealed) VALUES (%(subject_id)s, %(seq)s, %(sealed)s)
), head AS (
    INSERT INTO journal_chain (subject_id, subject_kind, seq, digest, recorded_at, sealed_seq)
    VALUES (%(subject_id)s, %(subject_kind)s, %(seq)s, %(digest)s, %(recorded_at)s, 0)
    ON CONFLICT (subject_id) DO UPDATE SET seq = EXCLUDED.seq, digest = EXCLUDED.digest,
        recorded_at = EXCLUDED.recorded_at
), lanes AS (
    INSERT INTO journal_lane (handler, subject_id, bulk, next_try_at, attempts, why)
    SELECT handler, %(subject_id)s, bulk, %(recorded_at)s, 0, ''
    FROM unnest(%(handlers)s::text[], %(bulk)s::bool[]) AS wanted(handler, bulk) ORDER BY handler
    ON CONFLICT (handler, subject_id) DO UPDATE SET bulk = journal_lane.bulk
), deliveries AS (
    INSERT INTO journal_delivery (handler, subject_id, seq)
    SELECT handler, %(subject_id)s, %(seq)s FROM unnest(%(handlers)s::text[]) AS wanted(handler)
)
SELECT CASE WHEN cardinality(%(handlers)s::text[]) > 0 THEN pg_notify('motcua_relay', '') END
"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event to be recorded by ``record_many``."""

    kind: str
    subject: Subject
    data: Mapping[str, Any] = field(default_factory=dict)


def record(
    *, kind: str, subject: Subject, actor: Actor, at: datetime, data: Mapping[str, Any] | None = None
) -> EventRef:
    """Append an event to the subject's chain and queue it for its subscribers.

    ``at`` is when it was true; when it was recorded is read from the clock and never goes backwards inside a chain.
    ``data`` goes into the encrypted payload: reasons, words, before and after (JSON values only). Must run inside the
    transaction that changes the state. Raises UnknownKind, RegistryNotLoaded.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an event is recorded with its change, in one transaction")
    subscribers = registry.subscribers(kind)
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [subject.id])
        head = cursor.fetchone()
        row = _row(kind, subject, actor, at, data or {}, head)
        row["handlers"] = [subscriber.handler for subscriber in subscribers]
        row["bulk"] = [subscriber.bulk for subscriber in subscribers]
        cursor.execute(WRITE, row)
    return EventRef(subject.id, row["seq"])


def record_many(*, actor: Actor, at: datetime, occurrences: Iterable[Occurrence]) -> list[EventRef]:
    """Record events of a bulk act, in the order of their subjects, so that two bulk acts never deadlock."""
    ordered = sorted(occurrences, key=lambda one: one.subject.id)
    return [record(kind=one.kind, subject=one.subject, actor=actor, at=at, data=one.data) for one in ordered]


def _row(
    kind: str, subject: Subject, actor: Actor, at: datetime, data: Mapping[str, Any], head: tuple[Any, ...] | None
) -> dict[str, Any]:
    seq, previous, earliest = (head[0] + 1, bytes(head[1]), head[2]) if head else (1, chain.NO_PREVIOUS, None)
    recorded_at = max(now(), earliest + timedelta(microseconds=1)) if earliest else now()
    salt, body = os.urandom(32), rfc8785.dumps(dict(data))
    payload_digest = chain.payload_digest(salt, body)
    header: dict[str, Any] = {
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "seq": seq,
        "kind": kind,
        "actor_kind": actor.kind.value,
        "principal": actor.principal,
        "channel": actor.channel.value,
        "request_id": actor.request_id,
        "account_id": actor.account_id,
        "party_id": actor.party_id,
        "acting_for_id": actor.acting_for_id,
        "officer_id": actor.officer_id,
        "position_id": actor.position_id,
        "agency_id": actor.agency_id,
        "department_id": actor.department_id,
        "happened_at": at,
        "recorded_at": recorded_at,
    }
    digest = chain.event_digest(header, payload_digest, previous)
    sealed = encrypt(PURPOSE, salt + body, bound_to=subject.id.bytes + seq.to_bytes(8))
    return header | {"payload_digest": payload_digest, "previous": previous, "digest": digest, "sealed": sealed}
