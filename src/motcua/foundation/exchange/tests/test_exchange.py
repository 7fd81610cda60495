"""Messages leave once and in order, a failing lane blocks nobody else, and what comes in is taken once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from motcua.foundation.exchange import ports, queries, worker
from motcua.foundation.exchange.asking import AskedInTransaction, ask
from motcua.foundation.exchange.commands import receive, retry, send, skip
from motcua.foundation.exchange.models import Connection, Lane, Message
from motcua.foundation.exchange.types import Delivered, Outgoing
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Missing, Reused

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SOMEBODY = system("test")
pytestmark = pytest.mark.django_db


class Far:
    """A far system that takes what it is told to take."""

    def __init__(self) -> None:
        self.taken: list[Outgoing] = []
        self.mood: Exception | None = None

    def deliver(self, message: Outgoing) -> Delivered:
        if self.mood:
            raise self.mood
        self.taken.append(message)
        return Delivered("OK")


@pytest.fixture
def far() -> Iterator[Far]:
    made = Far()
    kept = dict(ports._adapters), dict(ports._answerers)
    ports.register({"far": made}, {("far", "hello"): lambda **q: q["name"]})
    yield made
    ports.register(*kept)


def write(subject: UUID, n: int) -> UUID:
    return send(system="far", kind="news", subject_id=subject, body={"n": n, "name": "Trần Thị B"}, at=AT)


def hurry() -> None:
    Lane.objects.update(next_try_at=AT)


def test_messages_of_one_subject_leave_in_order(far: Far) -> None:
    subject = uuid4()
    for n in (1, 2, 3):
        write(subject, n)
    worker.drain()
    assert [message.body["n"] for message in far.taken] == [1, 2, 3]
    assert worker.drain() == 0


def test_a_message_that_must_wait_holds_its_lane_and_no_other(far: Far) -> None:
    stuck, fine = uuid4(), uuid4()
    write(stuck, 1)
    write(stuck, 2)
    far.mood = ports.Later("busy")
    worker.run_once()
    far.mood = None
    write(fine, 9)
    worker.drain()
    assert [message.body["n"] for message in far.taken] == [9]
    hurry()
    worker.drain()
    assert [message.body["n"] for message in far.taken] == [9, 1, 2]


def test_a_refused_message_waits_for_somebody_to_decide(far: Far) -> None:
    subject = uuid4()
    first = write(subject, 1)
    write(subject, 2)
    far.mood = ports.Refused("unknown code")
    worker.drain()
    assert [(view.parked, view.waiting, view.last_failure) for view in queries.systems()] == [(1, 1, "unknown code")]
    far.mood = None
    retry(message_id=first, actor=SOMEBODY, at=AT)
    worker.drain()
    assert [message.body["n"] for message in far.taken] == [1, 2]
    with pytest.raises(Missing):
        skip(message_id=first, reason="", actor=SOMEBODY, at=AT)


@pytest.mark.requirement("TT21-A10.2")
def test_every_connection_is_logged_and_the_log_cannot_be_purged(far: Far) -> None:
    write(uuid4(), 1)
    worker.drain()
    assert [(row.system, row.kind, row.outcome) for row in Connection.objects.all()] == [("far", "news", "sent")]
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM exchange_connection")


def test_bodies_are_not_readable_in_the_database(far: Far) -> None:
    write(uuid4(), 1)
    assert "Trần".encode() not in bytes(Message.objects.get().sealed)


def test_a_message_from_outside_is_taken_once() -> None:
    taken = [
        receive(system="far", kind="new", remote_id="7", body={"a": 1}, actor=SOMEBODY, at=AT + timedelta(minutes=n))
        for n in range(3)
    ]
    assert [first for _, first in taken] == [True, False, False]
    assert len({inbound_id for inbound_id, _ in taken}) == 1
    assert queries.inbound(taken[0][0]).body == {"a": 1}
    with pytest.raises(Reused):
        receive(system="far", kind="new", remote_id="7", body={"a": 2}, actor=SOMEBODY, at=AT)


def test_no_question_is_asked_inside_a_transaction(far: Far) -> None:
    with pytest.raises(AskedInTransaction):
        ask("far", "hello", name="x")
    connection.tests_may_ask = True
    try:
        assert ask("far", "hello", name="x") == "x"
    finally:
        connection.tests_may_ask = False
