"""The ground under every test: a real PostgreSQL, migrated as owner, used as the application's own role.

A template database is migrated once per state of the migrations; each run and each worker gets a clone of it
(0.05 s). Tests are rolled back; a test that must commit asks for ``committed_database`` and gets a fresh clone.
"""

from __future__ import annotations

import csv
import fcntl
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest

HERE = Path(__file__).parent
STATE = Path(os.environ.get("MOTCUA_TEST_HOME", HERE / ".local" / "test"))
SECRET = "only-for-tests"  # noqa: S105

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
os.environ["MOTCUA_MODE"] = "test"
os.environ["MOTCUA_SECRET_KEY"] = SECRET
os.environ["MOTCUA_HOME"] = str(STATE)
os.environ["MOTCUA_KEYS_FILE"] = str(STATE / "keys.json")
os.environ["MOTCUA_DATABASE_POOL"] = "0"
os.environ.pop("MOTCUA_SYSTEMS_FILE", None)


def _digest_of_migrations() -> str:
    files = sorted((HERE / "src").glob("motcua/**/migrations/*.py"))
    files += [HERE / "src/motcua/running/grants.py", HERE / "src/motcua/running/roles.py"]
    digest = sha256()
    for file in files:
        digest.update(str(file.relative_to(HERE)).encode() + file.read_bytes())
    return digest.hexdigest()[:12]


class Cluster:
    """The PostgreSQL of the tests: the embedded one, or an external one named by ``MOTCUA_TEST_SUPERUSER_URL``."""

    def __init__(self) -> None:
        from motcua.running.postgres import Postgres, free_port
        from motcua.running.roles import RolePasswords, ensure_roles

        STATE.mkdir(parents=True, exist_ok=True)
        external = os.environ.get("MOTCUA_TEST_SUPERUSER_URL", "")
        if external:
            self.superuser = external
        else:
            port_file = STATE / "port"
            if not port_file.exists():
                port_file.write_text(str(free_port()))
            self.postgres = Postgres(STATE / "postgres", int(port_file.read_text()), durable=False)
            self.postgres.start()
            self.superuser = self.postgres.superuser_url()
        self.passwords = RolePasswords.kept_in(STATE / "roles.passwords")
        ensure_roles(self.superuser, self.passwords, prefix="motcua")

    def url(self, role: str, database: str) -> str:
        head, _, tail = self.superuser.partition("://")
        address = tail.rsplit("@", 1)[1].split("/", 1)[0]
        return f"{head}://motcua_{role}:{getattr(self.passwords, role)}@{address}/{database}"

    def superuser_url(self, database: str) -> str:
        return self.superuser.rsplit("/", 1)[0] + "/" + database

    def clone(self, template: str, name: str) -> None:
        from motcua.running.roles import ensure_database

        self.drop(name)
        ensure_database(self.superuser, name, template=template)

    def drop(self, name: str) -> None:
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def cluster() -> Cluster:
    """The running cluster."""
    with _locked():
        return Cluster()


@pytest.fixture(scope="session")
def template_database(cluster: Cluster) -> str:
    """The name of the migrated template, made when no test run has made it yet."""
    import subprocess
    import sys

    from motcua.running.roles import ensure_database, ensure_extensions

    name = f"template_{_digest_of_migrations()}"
    with _locked():
        with psycopg.connect(cluster.superuser, autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                return name
        building = f"{name}_building"
        cluster.drop(building)
        ensure_database(cluster.superuser, building)
        ensure_extensions(cluster.superuser_url(building))
        environment = os.environ | {
            "DATABASE_URL": cluster.url("owner", building),
            "DATABASE_OWNER_URL": cluster.url("owner", building),
            "PYTHONPATH": str(HERE / "src"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "motcua", "migrate"], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.exit(f"the template database could not be migrated:\n{done.stdout}{done.stderr}", 2)
        with psycopg.connect(cluster.superuser, autocommit=True) as connection:
            connection.execute(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, template_database: str, django_db_blocker: Any) -> Iterator[None]:
    """Give this worker its own clone and point Django at it, as the application's role."""
    from motcua.foundation.kernel.encryption import create_keys

    create_keys(STATE / "keys.json")
    name = f"test_{os.getpid()}"
    with _locked():
        cluster.clone(template_database, name)
    with django_db_blocker.unblock():
        _point_django_at(cluster.url("app", name))
        yield
        _close_connections()
    cluster.drop(name)


@pytest.fixture
def committed_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    cluster: Cluster,
    template_database: str,
    django_db_blocker: Any,
) -> Iterator[str]:
    """A fresh clone for one test that must commit; yields the URL of the application's role."""
    name = f"test_{os.getpid()}_{abs(hash(request.node.nodeid)) % 10**8}"
    usual = f"test_{os.getpid()}"
    with _locked():
        cluster.clone(template_database, name)
    with django_db_blocker.unblock():
        _point_django_at(cluster.url("app", name))
        yield cluster.url("app", name)
        _close_connections()
        _point_django_at(cluster.url("app", usual))
    cluster.drop(name)


def _point_django_at(url: str) -> None:
    from urllib.parse import urlsplit

    from django.db import connections

    _close_connections()
    parts = urlsplit(url)
    os.environ["DATABASE_URL"] = url
    for settings in (connections.settings["default"], connections["default"].settings_dict):
        settings.update(
            NAME=parts.path.lstrip("/"),
            USER=parts.username,
            PASSWORD=parts.password,
            HOST=parts.hostname,
            PORT=str(parts.port),
        )


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


class _locked:
    """One process at a time may start the cluster or build a template."""

    def __enter__(self) -> None:
        STATE.mkdir(parents=True, exist_ok=True)
        self.file = (STATE / "lock").open("w")
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        self.file.close()


os.environ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:9/before_setup"
django.setup()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mark that names a requirement nobody knows is a mistake."""
    listed = HERE / "docs" / "requirements.csv"
    if not listed.exists():
        return
    with listed.open(encoding="utf-8") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    for item in items:
        for mark in item.iter_markers("requirement"):
            unknown = set(mark.args) - known
            if unknown:
                raise pytest.UsageError(f"{item.nodeid}: unknown requirement {', '.join(sorted(unknown))}")
