"""The doctor finds what is broken, says what to do, and finds nothing on a sound installation."""

from __future__ import annotations

import json
import socket
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from asn1crypto import cms, tsp
from django.conf import settings
from django.db import transaction

from motcua.foundation.journal import ports as journal
from motcua.foundation.journal.commands import record
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel import clocks
from motcua.foundation.kernel.actor import system
from motcua.foundation.kernel.errors import Unavailable
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.storage import ports as storage
from motcua.foundation.typesetting import fonts
from motcua.running import doctor
from motcua.running.checks import database, keys, machine, world
from motcua.running.checks.finding import Verdict


class Installation:
    """A migrated database of its own, reached through every role, and the environment that says so."""

    def __init__(self, url, cluster, monkeypatch, capsys):
        self.capsys, self.name = capsys, url.rsplit("/", 1)[1]
        roles = {"OWNER_": "owner", "RETENTION_": "retention", "READER_": "reader", "": "app"}
        self.urls = {f"DATABASE_{name}URL": cluster.url(role, self.name) for name, role in roles.items()}
        for name, value in self.urls.items():
            monkeypatch.setenv(name, value)

    def execute(self, statement):
        with psycopg.connect(self.urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
            owner.execute(statement)

    def examine(self):
        """The status, and the lines that begin with ✗."""
        status = doctor.examine()
        told = self.capsys.readouterr().out
        return status, [line for line in told.splitlines() if line.startswith("✗")]


@pytest.fixture
def installation(committed_database, cluster, monkeypatch, capsys):
    return Installation(committed_database, cluster, monkeypatch, capsys)


def something_happens():
    with transaction.atomic():
        record(kind="agency.created", subject=Subject("agency", new_id()), actor=system("test"), at=clocks.now())


def bad(findings):
    return [str(one) for one in findings if one.verdict is Verdict.BAD]


def test_a_sound_installation_is_found_sound(installation) -> None:
    something_happens()
    assert installation.examine() == (0, [])


def test_grants_that_differ_are_named(installation) -> None:
    installation.execute("GRANT DELETE ON journal_event TO motcua_app")
    installation.execute("REVOKE SELECT ON kernel_request FROM motcua_reader")
    installation.execute("CREATE TABLE stray (x int); GRANT SELECT ON stray TO motcua_retention")
    status, wrong = installation.examine()
    assert status == 1
    assert len(wrong) == 3
    assert any("motcua_app" in line and "journal_event thừa DELETE" in line for line in wrong)
    assert any("motcua_reader" in line and "kernel_request thiếu SELECT" in line for line in wrong)
    assert any("motcua_retention" in line and "stray thừa SELECT" in line for line in wrong)


@pytest.mark.parametrize("owner", [True, False])
def test_rows_in_a_default_partition_are_found(installation, owner) -> None:
    url = installation.urls["DATABASE_OWNER_URL"] if owner else ""
    assert bad(database.schema(url)) == []
    installation.execute("INSERT INTO kernel_request VALUES ('a', 'b', '1990-01-01', 'v', ''::bytea, '', now())")
    assert "kernel_request_default" in bad(database.schema(url))[0]


def test_a_migration_not_applied_is_named(installation) -> None:
    installation.execute("DELETE FROM django_migrations WHERE app = 'exchange'")
    _status, wrong = installation.examine()
    assert len(wrong) == 1
    assert "exchange.0001_initial" in wrong[0]


def test_a_role_that_cannot_connect_is_named_and_the_rest_is_still_looked_at(installation, monkeypatch) -> None:
    monkeypatch.setenv(
        "DATABASE_READER_URL", installation.urls["DATABASE_READER_URL"].replace("motcua_reader", "nobody")
    )
    _status, wrong = installation.examine()
    assert len(wrong) == 1
    assert "reader" in wrong[0]


def test_a_clock_that_is_off_is_found(installation, monkeypatch) -> None:
    real = clocks.now
    monkeypatch.setattr(database, "now", lambda: real() + timedelta(seconds=90))
    _status, wrong = installation.examine()
    assert len(wrong) == 1
    assert "90" in wrong[0] or "89" in wrong[0]


def test_keys_that_others_can_read_are_found(tmp_path) -> None:
    file = tmp_path / "keys.json"
    file.write_text(settings.MOTCUA.keys_file.read_text())
    file.chmod(0o644)
    assert "chmod 600" in bad(keys.file(file))[0]
    file.chmod(0o600)
    assert bad(keys.file(file)) == []
    assert "Thiếu tệp khoá" in bad(keys.file(tmp_path / "none.json"))[0]


def test_keys_of_another_installation_are_found(installation) -> None:
    something_happens()
    assert bad(keys.data()) == []
    installation.execute("UPDATE journal_payload SET sealed = set_byte(sealed, 30, 255 - get_byte(sealed, 30))")
    assert "không mở được dữ liệu" in bad(keys.data())[0]


def test_settings_that_cannot_start_are_said_as_they_are(monkeypatch, capsys) -> None:
    monkeypatch.setenv("MOTCUA_MODE", "production")
    monkeypatch.setenv("MOTCUA_PUBLIC_URL", "http://motcua.example")
    assert doctor.examine() == 1
    assert "✗ Chế độ production cần MOTCUA_PUBLIC_URL" in capsys.readouterr().out


def test_missing_letters_are_found(monkeypatch) -> None:
    assert bad(machine.letters()) == []
    monkeypatch.setattr(fonts, "missing_letters", lambda: {"ễ"})
    assert "ễ" in bad(machine.letters())[0]


def test_an_old_python_is_found(monkeypatch) -> None:
    assert bad(machine.python()) == []
    monkeypatch.setattr(machine, "OLDEST", (9, 9))
    monkeypatch.setattr(machine, "find_spec", lambda name: None)
    assert len(bad(machine.python())) == 2


def test_a_full_disk_is_found(monkeypatch, tmp_path) -> None:
    assert bad(machine.disk(tmp_path / "not" / "yet")) == []
    monkeypatch.setattr(machine, "LEAST", 10**18)
    assert "trống" in bad(machine.disk(tmp_path))[0]


def test_ports_taken_by_others_are_found(tmp_path) -> None:
    with socket.socket() as other, socket.socket() as free:
        other.bind(("127.0.0.1", 0))
        other.listen()
        free.bind(("127.0.0.1", 0))
        taken, empty = other.getsockname()[1], free.getsockname()[1]
        free.close()
        (tmp_path / "ports.json").write_text(json.dumps({"database": taken, "sandbox": empty}))
        (wrong,) = bad(machine.ports(tmp_path))
    assert str(taken) in wrong
    assert "ports.json" in wrong


class Engine:
    """An antivirus that finds, misses or does not answer."""

    name = "clamav"

    def __init__(self, answer):
        self.answer = answer

    def scan(self, stream):
        content = stream.read()
        if self.answer is None:
            raise Unavailable("không trả lời")
        return self.answer if b"EICAR" in content else ""


@pytest.mark.parametrize(
    ("engine", "production", "verdict"),
    [
        (None, False, Verdict.NOTE),
        (None, True, Verdict.BAD),
        (Engine("Eicar-Signature"), True, Verdict.GOOD),
        (Engine(""), True, Verdict.BAD),
        (Engine(None), False, Verdict.BAD),
    ],
)
def test_the_antivirus_must_know_the_test_file(engine, production, verdict) -> None:
    before = storage.scanner()
    storage.register_scanner(engine)
    try:
        assert [one.verdict for one in world.antivirus(is_production=production)] == [verdict]
    finally:
        storage.register_scanner(before)


class Authority:
    """A time-stamping authority whose clock is ``off``."""

    def __init__(self, off):
        self.off = off

    def stamp(self, digest):
        info = {
            "version": 1,
            "policy": "1.2.3",
            "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
            "serial_number": 1,
            "gen_time": (clocks.now() + self.off).replace(microsecond=0),
        }
        content = {"content_type": "tst_info", "content": cms.ParsableOctetString(tsp.TSTInfo(info).dump())}
        signed = {"version": 3, "digest_algorithms": [], "encap_content_info": content, "signer_infos": []}
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)}).dump()


@pytest.mark.parametrize(("off", "count"), [(0, 0), (-60, 1), (60, 1)])
def test_the_clock_is_held_against_the_time_stamps(off, count) -> None:
    before = journal.time_stamper()
    journal.register_time_stamper(Authority(timedelta(seconds=off)))
    try:
        assert len(bad(world.time_stamps())) == count
    finally:
        journal.register_time_stamper(before)


def test_outside_systems_are_asked_one_by_one(tmp_path: Path) -> None:
    with socket.socket() as there, socket.socket() as gone:
        there.bind(("127.0.0.1", 0))
        there.listen()
        gone.bind(("127.0.0.1", 0))
        here, nowhere = there.getsockname()[1], gone.getsockname()[1]
        gone.close()
        found = {
            "mail": {"smtp_host": "127.0.0.1", "smtp_port": here},
            "sms": {"endpoint": f"http://127.0.0.1:{nowhere}/api", "report_url": "http://127.0.0.1:8000/in"},
            "pki": {"url": f"http://127.0.0.1:{here}/", "trust_anchors": [str(tmp_path / "root.pem")]},
        }
        told = list(world.systems(found, "http://127.0.0.1:8000"))
    assert [one.verdict for one in told] == [Verdict.GOOD, Verdict.BAD, Verdict.BAD]
    assert str(nowhere) in told[1].words
    assert "8000" not in told[1].words
    assert "root.pem" in told[2].words
