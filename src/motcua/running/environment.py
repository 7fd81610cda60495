"""The environment of an installation that ``motcua run`` starts: folders, ports, keys, database, systems."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from motcua.foundation.kernel.encryption import create_keys
from motcua.running.postgres import Postgres, free_port
from motcua.running.roles import RolePasswords, ensure_database, ensure_extensions, ensure_roles

DATABASE = "motcua"
WEB_PORT = 8000
SANDBOX_PORT = 8100


@dataclass(frozen=True)
class Place:
    """Where an installation lives on this machine and on which ports it listens."""

    home: Path
    web_port: int
    sandbox_port: int
    database_port: int
    with_sandbox: bool

    @classmethod
    def find(cls, home: Path, *, web_port: int = 0, with_sandbox: bool = True) -> Place:
        """Read the ports of an earlier start, or choose them; they stay the same for this home."""
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = home / "ports.json"
        known = json.loads(file.read_text()) if file.exists() else {}
        ports = {
            "web": web_port or known.get("web") or WEB_PORT,
            "sandbox": known.get("sandbox") or SANDBOX_PORT,
            "database": known.get("database") or free_port(),
        }
        file.write_text(json.dumps(ports))
        return cls(home, ports["web"], ports["sandbox"], ports["database"], with_sandbox)

    @property
    def public_url(self) -> str:
        return f"http://127.0.0.1:{self.web_port}"

    @property
    def postgres(self) -> Postgres:
        return Postgres(self.home / "postgres", self.database_port)

    def database_urls(self) -> dict[str, str]:
        """Return the URLs of the roles: the environment's for an external PostgreSQL, else the embedded cluster's."""
        names = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_RETENTION_URL", "DATABASE_READER_URL")
        if "DATABASE_URL" in os.environ:
            return {name: os.environ[name] for name in names if name in os.environ}
        passwords = RolePasswords.kept_in(self.home / "roles.passwords")
        roles = ("app", "owner", "retention", "reader")
        return {
            name: self.postgres.url(f"motcua_{role}", getattr(passwords, role), DATABASE)
            for name, role in zip(names, roles, strict=True)
        }

    def prepare_database(self) -> None:
        """Start the embedded cluster, make roles, database and extensions; an external one is its DBA's."""
        if "DATABASE_URL" in os.environ:
            return
        self.postgres.start()
        superuser = self.postgres.superuser_url()
        ensure_roles(superuser, RolePasswords.kept_in(self.home / "roles.passwords"))
        ensure_database(superuser, DATABASE)
        ensure_extensions(self.postgres.superuser_url(DATABASE))

    def environment(self) -> dict[str, str]:
        """Return what every process of the installation is started with."""
        secret = self.home / "secret.key"
        if not secret.exists():
            secret.touch(mode=0o600)
            secret.write_text(secrets.token_urlsafe(48))
        create_keys(self.home / "keys.json")
        found = {
            "MOTCUA_MODE": "sandbox" if self.with_sandbox else os.environ.get("MOTCUA_MODE", "production"),
            "MOTCUA_HOME": str(self.home),
            "MOTCUA_PUBLIC_URL": self.public_url,
            "MOTCUA_KEYS_FILE": str(self.home / "keys.json"),
            "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
            **self.database_urls(),
        }
        if self.with_sandbox:
            found["MOTCUA_BRAND_FILE"] = str(Path(__file__).parent.parent / "sample" / "brand.json")
            found["MOTCUA_SYSTEMS_FILE"] = str(self.sandbox_state / "sandbox.json")
            found["MOTCUA_FORM_TARGETS"] = ",".join(f"http://127.0.0.1:{self.sandbox_port + n}" for n in range(10))
        return found

    @property
    def sandbox_state(self) -> Path:
        return self.home / "sandbox"


def is_local(url: str) -> bool:
    """Say whether the URL names this machine."""
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}
