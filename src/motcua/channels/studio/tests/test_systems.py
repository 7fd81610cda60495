"""The cockpit shows what is stuck and lets an operator of the whole installation decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.domain.dossiers.tests.province import AT
from motcua.foundation.exchange import commands, ports, queries, worker
from motcua.foundation.exchange.models import Message
from motcua.foundation.exchange.ports import Refused
from motcua.foundation.journal.models import Delivery, Lane
from motcua.foundation.kernel.identifiers import new_id

SUBJECT = new_id()


class Wall:
    """A system that never takes anything."""

    def deliver(self, message):
        raise Refused("TrichYeuHoSo quá dài")


@pytest.fixture
def parked(studio, monkeypatch):
    """A message that the other side has refused for good."""
    monkeypatch.setattr(ports, "_adapters", {"wall": Wall()})
    message = commands.send(system="wall", kind="status", subject_id=SUBJECT, body={"a": 1}, at=AT)
    monkeypatch.setattr(worker, "now", lambda: AT + timedelta(seconds=1), raising=False)
    Message.objects.filter(id=message).update(state="parked", why="TrichYeuHoSo quá dài", attempts=1)
    return message


def test_what_is_parked_shows_with_its_reason(studio, parked) -> None:
    assert "wall" in studio.page("/quan-tri/he-thong/")
    assert "TrichYeuHoSo quá dài" in studio.page("/quan-tri/he-thong/wall/")
    assert studio.browser(studio.boss).get("/quan-tri/he-thong/none/").status_code == 404


def test_a_parked_message_is_sent_again(studio, parked) -> None:
    answer = studio.post(f"/quan-tri/he-thong/ban-tin/{parked}/gui-lai/", system="wall")
    assert (answer.status_code, answer["Location"]) == (302, "/quan-tri/he-thong/wall/")
    (system,) = queries.systems()
    assert (system.waiting, system.parked) == (1, 0)
    assert studio.post(f"/quan-tri/he-thong/ban-tin/{parked}/gui-lai/").status_code == 404


def test_a_parked_message_is_skipped_with_a_reason(studio, parked) -> None:
    assert studio.post(f"/quan-tri/he-thong/ban-tin/{parked}/bo-qua/", reason=" ").status_code == 422
    assert studio.post(f"/quan-tri/he-thong/ban-tin/{parked}/bo-qua/", reason="Gửi tay rồi").status_code == 302
    row = Message.objects.get(id=parked)
    assert (row.state, row.why) == ("skipped", "Gửi tay rồi")
    assert row.decided_by == studio.boss.principal


def test_a_handler_that_gave_up_is_tried_again(studio) -> None:
    Lane.objects.create(
        handler="notices.tell", subject_id=SUBJECT, next_try_at=AT, attempts=8, parked_at=AT, why="Hỏng"
    )
    Delivery.objects.create(handler="notices.tell", subject_id=SUBJECT, seq=1)
    assert "Hỏng" in studio.page("/quan-tri/he-thong/")
    typed = {"handler": "notices.tell", "subject": str(SUBJECT)}
    assert studio.post("/quan-tri/he-thong/su-kien/xu-ly-lai/", **typed).status_code == 302
    assert Lane.objects.get(subject_id=SUBJECT).parked_at is None
    assert studio.post("/quan-tri/he-thong/su-kien/xu-ly-lai/", **typed).status_code == 404


def test_only_who_operates_everything_comes_in(studio, parked) -> None:
    assert studio.browser(studio.local).get("/quan-tri/he-thong/").status_code == 403
    assert studio.browser(studio.province.head).get("/quan-tri/he-thong/").status_code == 403
    assert studio.post(f"/quan-tri/he-thong/ban-tin/{parked}/gui-lai/", studio.local).status_code == 403
