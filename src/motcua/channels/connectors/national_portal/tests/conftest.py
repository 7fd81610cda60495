"""A sandbox in its own process, an adapter that talks to it, a province whose procedure the portal has published."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from django.conf import settings as django_settings

from motcua.channels.connectors.national_portal.adapter import NationalPortal
from motcua.channels.connectors.national_portal.settings import NAME, Settings
from motcua.domain.dossiers.tests import province as made
from motcua.domain.dossiers.tests.conftest import cheap_hashing, expensive_hashing
from motcua.domain.dossiers.tests.conftest import province as without_portal
from motcua.domain.dossiers.tests.province import Province
from motcua.foundation.exchange import ports
from motcua.foundation.organisation.models import Agency
from motcua.sandbox.tests.conftest import product, sandbox
from motcua.sandbox.tests.world import HTTP, Sandbox

__all__ = ["cheap_hashing", "expensive_hashing", "product", "sandbox", "without_portal"]

PROCEDURE = "1.000777"
AGENCIES = itertools.count(1)


class Portal:
    """The portal as a test sees it: what it knows, what it was told last."""

    def __init__(self, sandbox: Sandbox, adapter: NationalPortal) -> None:
        self.described: dict[str, Any] = sandbox[NAME]
        self.sandbox, self.adapter = sandbox, adapter

    def dossier(self, code: str) -> dict[str, Any] | None:
        answer = HTTP.get(f"{self.described['url']}/ho-so/{code}", params={"format": "json"})
        return answer.json() if answer.status_code == 200 else None

    def steps(self, code: str) -> list[tuple[str, str]]:
        found = self.dossier(code)
        return [(step["service"], step["status"]) for step in found["steps"]] if found else []


@pytest.fixture(scope="session")
def portal_settings(sandbox: Sandbox) -> Settings:
    found = sandbox[NAME]
    told = {"code": PROCEDURE, "name": "Đăng ký thả diều", "field_code": "TY", "field": "Thú vui"}
    HTTP.post(f"{found['url']}/sandbox/procedures", json=told).raise_for_status()
    return Settings.read(found)


@pytest.fixture
def portal(sandbox: Sandbox, portal_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    adapter = NationalPortal(portal_settings)
    kept = dict(ports._adapters), dict(ports._answerers)
    ports.register({NAME: adapter})
    installation = replace(django_settings.MOTCUA, systems={NAME: sandbox[NAME]})
    monkeypatch.setattr(django_settings, "MOTCUA", installation)
    yield Portal(sandbox, adapter)
    ports.register(*kept)


@pytest.fixture
def province(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Province]:
    """The dossiers' province, its procedure under a code that the portal can take."""
    from motcua.domain.catalog.policy import POLICY

    monkeypatch.setattr(made, "PROCEDURE", PROCEDURE)
    before, POLICY.checked_grounds_only = POLICY.checked_grounds_only, False
    built = made.build(procedure=PROCEDURE)
    code = f"H77.{next(AGENCIES)}"  # the portal outlives a test: no two tests may number the same dossiers
    Agency.objects.filter(id=built.agency.id).update(code=code)
    yield replace(built, agency=replace(built.agency, code=code))
    POLICY.checked_grounds_only = before


@pytest.fixture
def flaky() -> Callable[[Settings, int], NationalPortal]:
    """An adapter whose answers get lost: the call arrives, the answer does not."""

    def make(settings: Settings, lose: int) -> NationalPortal:
        left = [lose]

        class Lossy(httpx.HTTPTransport):
            def handle_request(self, request: httpx.Request) -> httpx.Response:
                response = super().handle_request(request)
                if left[0] and b'"service"' in request.read():
                    left[0] -= 1
                    response.read()
                    raise httpx.ReadTimeout("the answer was lost")
                return response

        return NationalPortal(settings, http=httpx.Client(transport=Lossy()))

    return make
