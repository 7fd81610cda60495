"""Chains that prove themselves, deliveries that arrive once and in order, and a database that refuses to forget."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from motcua.foundation.journal import queries, registry, relay
from motcua.foundation.journal.commands import log_read, record, seal
from motcua.foundation.journal.types import Event, Subject, Subscription
from motcua.foundation.kernel.actor import system

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SOMEBODY = system("test")


@pytest.fixture
def heard() -> Iterator[list[Event]]:
    """What two handlers hear; the registry is put back afterwards."""
    kept = registry.all_kinds(), registry.all_subscriptions()
    events: list[Event] = []

    def listen(event: Event) -> None:
        if event.data == {"bad": True}:
            raise RuntimeError("cannot")
        events.append(event)

    kinds = ("thing.made", "thing.changed")
    registry.load({*kinds, *kept[0]}, [Subscription("test.listen", kinds, listen)])
    yield events
    registry.load(*kept)


def make(kind: str = "thing.made", subject: Subject | None = None, **data: Any) -> Subject:
    about = subject or Subject("thing", uuid4())
    with transaction.atomic():
        record(kind=kind, subject=about, actor=SOMEBODY, at=AT, data=data)
    return about


@pytest.mark.django_db
class TestChain:
    @pytest.mark.requirement("TT11-8.1", "TT21-PL2-20.1")
    def test_history_reads_back_in_order_with_both_times(self, heard: list[Event]) -> None:
        subject = make(reason="Mới")
        make("thing.changed", subject, reason="Đổi")
        first, second = queries.history(subject.id)
        assert [first.data, second.data] == [{"reason": "Mới"}, {"reason": "Đổi"}]
        assert first.happened_at == AT
        assert first.recorded_at < second.recorded_at

    @pytest.mark.requirement("TT11-8.1", "TT21-PL2-20.1")
    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE journal_event SET kind = 'x'",
            "DELETE FROM journal_event",
            "UPDATE journal_payload SET sealed = ''",
            "DELETE FROM journal_payload",
            "TRUNCATE journal_event",
            "DELETE FROM journal_read",
        ],
    )
    def test_the_application_cannot_change_what_happened(self, heard: list[Event], attack: str) -> None:
        make()
        refused = pytest.raises(DatabaseError, match="permission denied")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attack)

    def test_no_event_without_a_transaction_or_a_known_kind(self, heard: list[Event]) -> None:
        with pytest.raises(registry.UnknownKind):
            make("thing.unknown")

    def test_the_payload_is_not_readable_in_the_database(self, heard: list[Event]) -> None:
        subject = make(name="Trần Thị B")
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM journal_payload WHERE subject_id = %s", [subject.id])
            assert "Trần".encode() not in bytes(cursor.fetchone()[0])


@pytest.mark.django_db
class TestRelay:
    def test_events_of_a_subject_arrive_in_order_and_once(self, heard: list[Event]) -> None:
        subject = make(n=1)
        make("thing.changed", subject, n=2)
        relay.drain()
        assert [event.data["n"] for event in heard if event.data] == [1, 2]
        relay.drain()
        assert len(heard) == 2

    def test_a_failing_lane_waits_and_its_neighbours_go_on(self, heard: list[Event]) -> None:
        failing = make(bad=True)
        make("thing.changed", failing, n=2)
        fine = make(n=1)
        relay.drain()
        assert [event.subject for event in heard] == [fine]
        assert queries.waiting_by_handler()["test.listen"] == (2, 0)


@pytest.mark.django_db
class TestSeals:
    def test_a_seal_holds_every_changed_head_once(self, heard: list[Event]) -> None:
        subjects = [make(), make(), make()]
        sealed = seal(at=AT)
        assert sealed is not None
        assert sealed.count == 3
        assert seal(at=AT) is None
        make("thing.changed", subjects[0])
        again = seal(at=AT)
        assert again is not None
        assert (again.number, again.count) == (sealed.number + 1, 1)
        assert [held["seq"] for held in queries.proof(subjects[0].id)["seals"]] == [1, 2]

    def test_the_proof_is_plain_json(self, heard: list[Event]) -> None:
        subject = make(reason="Lý do")
        assert json.loads(json.dumps(queries.proof(subject.id)))["events"][0]["header"]["seq"] == 1


@pytest.mark.django_db
def test_a_person_sees_who_read_their_data() -> None:
    party, other = uuid4(), uuid4()
    log_read(actor=SOMEBODY, at=AT, page="/ho-so/1", purpose="thẩm định", parties=[party])
    assert [read.page for read in queries.reads_of(party)] == ["/ho-so/1"]
    assert queries.reads_of(other) == []


def test_two_writers_of_one_subject_make_one_chain(committed_database: str, heard: list[Event]) -> None:
    subject = make()
    errors: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(10):
                make("thing.changed", subject)
        except Exception as problem:  # noqa: BLE001
            errors.append(problem)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert not errors
    with psycopg.connect(committed_database) as raw:
        rows = raw.execute(
            "SELECT seq, previous, digest FROM journal_event WHERE subject_id = %s ORDER BY seq", [subject.id]
        ).fetchall()
    assert [row[0] for row in rows] == list(range(1, 42))
    assert all(later[1] == earlier[2] for earlier, later in pairwise(rows))
