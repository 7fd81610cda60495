"""Privileges, derived from the class of each table and granted after every migration by ``owner``."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from motcua.foundation.kernel.tables import TableClass

# Tables of libraries, which carry no class of ours.
LIBRARIES = {"django_session": TableClass.MUTABLE, "django_migrations": TableClass.REFERENCE}
# What the retention role may do beyond SELECT; everything else is refused to it.
RETENTION = {
    "journal_payload": "DELETE",
    "journal_event": "INSERT",
    "journal_chain": "UPDATE, INSERT",
    "journal_read": "DELETE",
    "kernel_request": "DELETE",
}


def declared() -> Iterator[tuple[str, TableClass]]:
    """Yield every table of the installation with its class."""
    yield from LIBRARIES.items()
    for model in apps.get_models():
        if model._meta.proxy or not model._meta.managed or model._meta.db_table in LIBRARIES:
            continue
        yield model._meta.db_table, model.table_class  # type: ignore[attr-defined]


def grant_all(*, prefix: str = "motcua") -> None:
    """Take everything away and grant what the classes say; run as owner, in one transaction."""
    app, retention, reader = (f'"{prefix}_{role}"' for role in ("app", "retention", "reader"))
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {app}, {retention}, {reader}")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {app}, {retention}, {reader}")
        present = set(connection.introspection.table_names(cursor))
        for table, table_class in declared():
            if table not in present:
                continue  # a model without its migration; `motcua makemigrations --check` names it
            cursor.execute(f'GRANT {table_class.value} ON "{table}" TO {app}')
            cursor.execute(f'GRANT SELECT ON "{table}" TO {retention}, {reader}')
        for table, privileges in RETENTION.items():
            cursor.execute(f'GRANT {privileges} ON "{table}" TO {retention}')
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}, {retention}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {app}, {retention}")
