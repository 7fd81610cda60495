"""A durable database with a small province, used as the application's own role."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def prepare(home: Path) -> None:
    """Start the cluster, make a fresh database, set Django up on it."""
    from motcua.foundation.kernel.encryption import create_keys
    from motcua.running.environment import Place
    from motcua.running.roles import ensure_database, ensure_extensions

    os.environ.pop("DATABASE_URL", None)
    place = Place.find(home, with_sandbox=False)
    place.prepare_database()
    superuser = place.postgres.superuser_url()
    _drop(superuser)
    ensure_database(superuser, "motcua_bench")
    ensure_extensions(place.postgres.superuser_url("motcua_bench"))
    create_keys(home / "keys.json")
    urls = {name: url.rsplit("/", 1)[0] + "/motcua_bench" for name, url in place.database_urls().items()}
    os.environ |= urls | {
        "MOTCUA_MODE": "test",
        "MOTCUA_HOME": str(home),
        "MOTCUA_KEYS_FILE": str(home / "keys.json"),
        "MOTCUA_SECRET_KEY": "only-for-measuring",
        "MOTCUA_DATABASE_POOL": "0",
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
    }
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent / "src")}
    subprocess.run([sys.executable, "-m", "motcua", "migrate"], env=environment, check=True)
    import django

    django.setup()


def _drop(superuser: str) -> None:
    import psycopg

    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS motcua_bench WITH (FORCE)")
