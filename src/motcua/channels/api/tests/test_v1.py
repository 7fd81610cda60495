"""The published API: what a code tells, what a procedure asks for, how often one may ask."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.domain.dossiers.tests.conftest import cheap_hashing, expensive_hashing, province
from motcua.domain.dossiers.tests.province import PROCEDURE, Province

__all__ = ["cheap_hashing", "expensive_hashing", "province"]


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_code_tells_how_far_the_dossier_is_and_nothing_else(client: Client, province: Province) -> None:
    code = province.submitted().code
    answer = client.get(f"/api/v1/dossiers/{code.lower()}")
    assert (answer.status_code, answer.json()) == (200, {"code": code, "completion": "waiting"})


def test_a_code_that_nobody_has_is_a_sentence(client: Client, db: None) -> None:
    answer = client.get("/api/v1/dossiers/H99-261120-9999")
    assert (answer.status_code, list(answer.json())) == (404, ["sentence"])


def test_codes_cannot_be_tried_one_after_another(client: Client, db: None) -> None:
    asked = [client.get(f"/api/v1/dossiers/H99-261120-{number}") for number in range(31)]
    assert [answer.status_code for answer in asked] == [404] * 30 + [429]
    assert int(asked[-1]["Retry-After"]) > 0
    spoofed = client.get("/api/v1/dossiers/H99-261120-1", headers={"X-Forwarded-For": "10.1.1.1"})
    assert spoofed.status_code == 429
    assert client.get("/api/v1/procedures").status_code == 200


def test_procedures_are_found_without_marks(client: Client, province: Province) -> None:
    found = client.get("/api/v1/procedures", {"text": "tha dieu"}).json()
    assert [(one["code"], one["field"]["name"]) for one in found["items"]] == [(PROCEDURE, "Thú vui")]
    assert found["more"] is False
    assert client.get("/api/v1/procedures", {"count": 1000}).status_code == 422


def test_a_procedure_tells_what_it_asks_for(client: Client, province: Province) -> None:
    found = client.get(f"/api/v1/procedures/{PROCEDURE}").json()
    assert [case["name"] for case in found["cases"]] == ["Diều lớn", "Diều nhỏ"]
    assert [component["name"] for component in found["components"]] == ["Ảnh con diều"]
    assert {(limit["case"], limit["amount"], limit["unit"]) for limit in found["limits"]} == {
        ("", 5, "working_days"),
        ("big", 10, "working_days"),
    }
    assert client.get("/api/v1/procedures/1.999999").status_code == 404


def test_the_description_is_openapi_and_no_page_with_scripts_is_served(client: Client) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert set(described["paths"]) == {
        "/api/v1/dossiers/{code}",
        "/api/v1/procedures",
        "/api/v1/procedures/{code}",
    }
    assert "429" in described["paths"]["/api/v1/dossiers/{code}"]["get"]["responses"]
