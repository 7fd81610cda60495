"""The database's roles and what each may do.

``owner`` migrates, ``app`` serves, ``retention`` destroys what the law lets expire, ``reader`` reports. The same SQL is
printed by ``motcua roles`` for an external PostgreSQL, where a DBA runs it once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

ROLES = ("owner", "app", "retention", "reader")


@dataclass(frozen=True)
class RolePasswords:
    """One password per role, kept in a file beside the embedded cluster."""

    owner: str
    app: str
    retention: str
    reader: str

    @classmethod
    def kept_in(cls, path: Path) -> RolePasswords:
        """Read the passwords, or make them on the first start."""
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text("\n".join(secrets.token_urlsafe(24) for _ in ROLES))
        return cls(*path.read_text().split())


def ensure_roles(superuser_url: str, passwords: RolePasswords, *, prefix: str = "motcua") -> None:
    """Create the four roles when they are missing and set their passwords."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for role in ROLES:
            name = f"{prefix}_{role}"
            found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
            verb = "ALTER" if found else "CREATE"
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                    sql.SQL(verb), sql.Identifier(name), sql.Literal(getattr(passwords, role))
                )
            )


def ensure_database(superuser_url: str, name: str, *, prefix: str = "motcua", template: str = "template0") -> bool:
    """Create the database of ``owner`` when it is missing; say whether it was made."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return False
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(f"{prefix}_owner"), sql.Identifier(template)
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        for role in ROLES:
            connection.execute(
                sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                    sql.Identifier(name), sql.Identifier(f"{prefix}_{role}")
                )
            )
    return True


def ensure_extensions(superuser_url: str) -> None:
    """Create the extensions the migrations rely on; a DBA does this on an external PostgreSQL."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        for extension in ("pg_trgm", "unaccent"):
            connection.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


def script(database: str, *, prefix: str = "motcua") -> str:
    """Return the SQL by which a DBA makes roles, database and extensions; passwords are set afterwards."""
    names = [f"{prefix}_{role}" for role in ROLES]
    lines = [f"CREATE ROLE {name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;" for name in names]
    lines += [
        f"CREATE DATABASE {database} OWNER {prefix}_owner TEMPLATE template0 ENCODING 'UTF8';",
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC;",
        *(f"GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {name};" for name in names),
        f"\\connect {database}",
        "CREATE EXTENSION IF NOT EXISTS pg_trgm;",
        "CREATE EXTENSION IF NOT EXISTS unaccent;",
    ]
    return "\n".join(lines)
