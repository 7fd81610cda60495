"""Privileges are what the classes of tables say, migrations are linear, events have listeners or say they need none."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from motcua import wiring
from motcua.foundation.journal import registry
from motcua.running.grants import declared
from tests.house.sources import SOURCE

pytestmark = pytest.mark.django_db


def test_live_grants_are_the_declared_ones() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, string_agg(privilege_type, ', ' ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants WHERE grantee = 'motcua_app' AND table_schema = 'public' GROUP BY 1"
        )
        live = dict(cursor.fetchall())
    wanted = {table: ", ".join(sorted(kind.value.split(", "))) for table, kind in declared()}
    assert live == wanted


def test_every_model_has_a_class_and_a_table() -> None:
    tables = set(connection.introspection.table_names())
    for model in apps.get_models():
        if model._meta.app_label in {"sessions"}:
            continue
        assert hasattr(model, "table_class"), model
        assert model._meta.db_table in tables, model


def test_hand_written_tables_have_the_columns_of_their_models() -> None:
    for label in ("kernel.Request", "journal.Event", "journal.Payload", "journal.ReadLog"):
        model = apps.get_model(label)
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, model._meta.db_table)
        columns = {field.column for field in model._meta.concrete_fields if field.column}
        assert {column.name for column in described} == columns


def test_migrations_are_linear() -> None:
    for folder in SOURCE.rglob("migrations"):
        numbers = [int(file.name[:4]) for file in sorted(Path(folder).glob("[0-9]*.py"))]
        assert numbers == list(range(1, len(numbers) + 1)), folder


def test_subscriptions_name_known_kinds() -> None:
    for one in wiring.SUBSCRIPTIONS:
        assert set(one.kinds) <= registry.all_kinds(), one.handler
