"""The four answers of the population database, asked over the wire."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import httpx
import pytest
from django.db import connection

from motcua.channels.connectors.population import Population, answerers
from motcua.channels.connectors.population.client import WrongSettings
from motcua.foundation.exchange import ports
from motcua.foundation.exchange.asking import ask
from motcua.foundation.exchange.models import Connection
from motcua.foundation.identity.ports import POPULATION, VERIFY, PersonVerdict
from motcua.foundation.identity.types import BirthPrecision
from motcua.foundation.kernel.errors import Invalid, Unavailable
from motcua.sandbox.tests.conftest import product, sandbox
from motcua.sandbox.tests.world import Sandbox

__all__ = ["product", "sandbox"]

AN: dict[str, Any] = {
    "name": "Nguyễn Văn An",
    "number": "001085012345",
    "birth_on": date(1985, 3, 12),
    "purpose": "Tiếp nhận hồ sơ 2.000815",
    "asked_by": "le-thu-ha",
    "service": "2.000815",
}


@pytest.fixture
def population(sandbox: Sandbox) -> Population:
    return Population(sandbox[POPULATION])


def test_a_match_brings_what_forms_ask_for_and_nothing_else(population: Population) -> None:
    answer = population.verify(**AN)
    assert answer.verdict is PersonVerdict.MATCH
    assert answer.values["birth_on"] == "1985-03-12"
    assert answer.values["permanent_address"] == "Thôn 2, Xã Đồng Xanh, Tỉnh Mẫu"
    assert answer.values["sex"] == "male"
    assert not {"Cha", "Me", "VoChong", "TonGiao", "father", "religion"} & answer.values.keys()
    assert not any("Phúc" in value for value in answer.values.values())


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"name": "Nguyễn Văn Bê"}, PersonVerdict.NO_MATCH),
        ({"birth_on": date(1985, 3, 13)}, PersonVerdict.NO_MATCH),
        ({"number": "001085999999"}, PersonVerdict.UNKNOWN),
        ({"birth_precision": BirthPrecision.YEAR}, PersonVerdict.UNDECIDED),
    ],
)
def test_other_verdicts_bring_no_data(population: Population, changes: dict[str, Any], verdict: PersonVerdict) -> None:
    answer = population.verify(**AN | changes)
    assert (answer.verdict, answer.values) == (verdict, {})


def test_a_question_without_a_purpose_is_refused_with_its_reason(population: Population) -> None:
    with pytest.raises(Invalid, match="MucDich"):
        population.verify(**AN | {"purpose": ""})


def test_silence_and_a_wrong_key_are_sentences(sandbox: Sandbox) -> None:
    found = sandbox[POPULATION]
    with pytest.raises(Unavailable, match="giấy tờ"):
        Population(found | {"api_key": "wrong"}).verify(**AN)
    with pytest.raises(Unavailable, match="giấy tờ"):
        Population(found | {"endpoint": "http://127.0.0.1:9/"}).verify(**AN)
    slow = httpx.Client(transport=httpx.MockTransport(_times_out))
    with pytest.raises(Unavailable, match="giấy tờ"):
        Population(found, http=slow).verify(**AN)


def test_personal_data_never_leave_in_clear() -> None:
    with pytest.raises(WrongSettings):
        Population({"endpoint": "http://dancu.example.vn/", "api_key": "x"})


@pytest.fixture
def registered(sandbox: Sandbox) -> Iterator[None]:
    kept = dict(ports._adapters), dict(ports._answerers)
    ports.register({}, answerers(sandbox.systems))
    connection.tests_may_ask = True  # type: ignore[attr-defined]
    yield
    connection.tests_may_ask = False  # type: ignore[attr-defined]
    ports.register(*kept)


@pytest.mark.django_db
def test_every_question_stands_in_the_log_of_connections_without_its_data(registered: None) -> None:
    assert ask(POPULATION, VERIFY, **AN).verdict is PersonVerdict.MATCH
    (row,) = Connection.objects.all()
    assert (row.system, row.kind, row.outcome, row.said) == ("population", "verify", "answered", "")


def _times_out(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("five seconds are over", request=request)
