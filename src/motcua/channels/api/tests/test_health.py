"""A probe learns what it must: the process lives without its database, and readiness says what is wrong."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client

from motcua.channels.api import health
from motcua.foundation.exchange import commands as exchange
from motcua.foundation.kernel.clocks import now


def test_a_process_without_its_database_still_says_that_it_lives(client: Client) -> None:
    """No `django_db` mark: the first query would fail the test."""
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"state": "ok"})


@pytest.mark.django_db
def test_an_idle_installation_is_ready(client: Client) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json()["state"] == "ok"
    assert set(answer.json()["checks"]) == {"database", "disk", "relay", "exchange"}
    assert answer["Cache-Control"] == "no-store"


def test_a_database_that_does_not_answer_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Down:
        def cursor(self) -> None:
            raise DatabaseError("postgresql://app:secret@db is gone")

    monkeypatch.setattr(health, "connection", Down())
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["database"] == {"state": "failed"}
    assert "secret" not in answer.content.decode()


@pytest.mark.django_db
def test_a_disk_that_is_full_takes_the_web_out_of_service(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 2**62)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]["disk"]["state"]) == (503, "failed")


@pytest.mark.django_db
def test_messages_that_wait_are_told_without_taking_pages_away(client: Client) -> None:
    long_ago = now() - timedelta(hours=1)
    exchange.send(system="nowhere", kind="news", subject_id=uuid4(), body={}, at=long_ago)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["state"]) == (200, "late")
    assert 3590 < answer.json()["checks"]["exchange"]["lag_seconds"] < 3660
