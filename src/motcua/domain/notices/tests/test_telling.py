"""People are told at each step the law names: in their account, by e-mail, by SMS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from motcua.domain.catalog.policy import POLICY
from motcua.domain.dossiers import commands
from motcua.domain.dossiers.tests.province import AT, Province, build
from motcua.domain.notices import commands as notices
from motcua.domain.notices import queries
from motcua.foundation.exchange import ports, worker
from motcua.foundation.exchange.types import Delivered, Outgoing
from motcua.foundation.identity import commands as identity
from motcua.foundation.journal import relay
from motcua.foundation.kernel.actor import system


class Post:
    """A road that keeps what goes along it."""

    def __init__(self) -> None:
        self.sent: list[Outgoing] = []

    def deliver(self, message: Outgoing) -> Delivered:
        self.sent.append(message)
        return Delivered()


@pytest.fixture
def roads() -> Iterator[dict[str, Post]]:
    kept = dict(ports._adapters), dict(ports._answerers)
    made = {"mail": Post(), "sms": Post()}
    ports.register(made)
    yield made
    ports.register(*kept)


@pytest.fixture
def province(db: None) -> Province:
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    made = build()
    POLICY.checked_grounds_only = before
    values = {"phone": "0912000001", "email": "buoi@example.vn"}
    identity.record_known(party_id=made.citizen.id, values=values, source="VNeID", actor=system("t"), at=AT)
    return made


@pytest.mark.requirement("TT21-PL1-5.1", "TT21-PL1-5.2", "TT11-30.6a", "TT11-30.6c")
def test_reception_is_told_in_the_account_by_mail_and_by_sms(province: Province, roads: dict[str, Post]) -> None:
    given = province.submitted()
    commands.receive(dossier_id=given.dossier_id, actor=province.desk, at=AT)
    relay.drain()
    worker.drain()
    titles = [notice.title for notice in queries.mine(province.applicant)]
    assert f"Hồ sơ {given.code} đã được tiếp nhận" in titles
    letter = next(one for one in roads["mail"].sent if one.kind == "dossier.received")
    assert (letter.body["to"], given.code in letter.body["subject"]) == ("buoi@example.vn", True)
    (text,) = [one.body["text"] for one in roads["sms"].sent]
    assert text.startswith(f"Ho so {given.code} da duoc tiep nhan")
    assert text.isascii()


@pytest.mark.requirement("TT11-12.2h")
def test_the_desk_is_told_of_a_new_dossier_and_nobody_else(province: Province, roads: dict[str, Post]) -> None:
    given = province.submitted()
    relay.drain()
    assert [notice.subject_id for notice in queries.mine(province.desk)] == [given.dossier_id]
    assert queries.mine(province.stranger) == []
    assert queries.mine(province.next_door) == []
    assert queries.unread(province.desk) == 1
    notices.mark_read(actor=province.desk, at=AT)
    assert queries.unread(province.desk) == 0


def test_the_same_event_tells_nobody_twice(province: Province, roads: dict[str, Post]) -> None:
    province.submitted()
    relay.drain()
    worker.drain()
    before = len(queries.mine(province.applicant)), len(roads["mail"].sent)
    relay.replay("notices.tell")
    relay.drain()
    worker.drain()
    assert (len(queries.mine(province.applicant)), len(roads["mail"].sent)) == before
