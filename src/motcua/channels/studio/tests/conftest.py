"""The small province with an administrator, everybody at their browsers."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.channels.ui.tests import visitors
from motcua.domain.dossiers.tests import province as made
from motcua.domain.dossiers.tests.province import AT
from motcua.foundation.organisation import queries
from motcua.foundation.organisation.tests import factories as organisation
from motcua.foundation.organisation.types import Role


class Studio:
    """Who looks at the makers' pages."""

    def __init__(self):
        self.province = made.build()
        self.root = queries.root(organisation.TODAY)
        self.boss = organisation.somebody(self.root, Role.ADMINISTRATOR, name="Trần Quản Trị")
        self.local = organisation.somebody(self.province.agency, Role.ADMINISTRATOR, name="Quản Trị Xã")

    def browser(self, actor) -> Client:
        return visitors.officer(actor, AT)

    def page(self, address, actor=None) -> str:
        answer = self.browser(actor or self.boss).get(address)
        assert answer.status_code == 200, (answer.status_code, address)
        return answer.content.decode()

    def post(self, address, actor=None, **typed):
        return self.browser(actor or self.boss).post(address, typed)


@pytest.fixture
def studio(db, monkeypatch) -> Studio:
    visitors.hold_clock(monkeypatch, AT)
    return Studio()
