"""The sample province: every role is played, everybody can sign in, and making it twice makes it once."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from motcua.foundation.identity import commands as identity
from motcua.foundation.identity import passwords, totp
from motcua.foundation.kernel import actor as actors
from motcua.foundation.kernel.actor import Channel
from motcua.foundation.organisation import access, queries
from motcua.foundation.organisation.types import Capability, Role
from motcua.sample import offices, organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
ON = AT.date()


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return tmp_path / "state" / "officers.json"


def test_every_role_is_played_every_desk_is_open_and_making_it_twice_makes_it_once(file):
    made = organisation.create_organisation(accounts_file=file, at=AT)
    assert {role for _username, _agency, role in made.positions} == set(Role)
    assert len(made.officers) == len(offices.OFFICERS) >= 30
    assert len(queries.desks(ON)) == 4
    leader = made.actor("lo.manh", Role.LEADER, channel=Channel.DESK, request_id="request-1", on=ON)
    assert access.can(leader, Capability.SIGN, agency_id=made.agencies[offices.DONG_XANH], on=ON)
    assert not access.can(leader, Capability.SIGN, agency_id=made.agencies[offices.NUI_CAO], on=ON)
    before = file.read_text()
    assert organisation.create_organisation(accounts_file=file, at=AT) == made
    assert file.read_text() == before


def test_everybody_can_sign_in_with_what_the_file_says_and_only_its_owner_reads_it(file):
    made = organisation.create_organisation(accounts_file=file, at=AT)
    assert file.stat().st_mode & 0o777 == 0o600
    accounts = json.loads(file.read_text())
    assert {account["username"] for account in accounts} == set(made.officers)
    someone, at = accounts[-1], AT + timedelta(minutes=3)
    where = {"address": "127.0.0.1", "device": "t", "actor": actors.system("tests"), "at": at}
    check = identity.check_password(username=someone["username"], password=someone["password"], **where)
    code = totp.code_at(someone["totp_secret"], at)
    assert identity.check_code(account_id=check.account_id, code=code, **where).passed
