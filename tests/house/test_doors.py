"""Rooms are entered by their doors, and nothing happens behind anybody's back."""

from __future__ import annotations

import ast
import re

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from tests.house.sources import SOURCE, imports, modules

ORDER = [
    "kernel", "journal", "identity", "storage", "typesetting", "expressions", "organisation", "exchange",
    "statuses", "deadlines", "forms", "signing", "documents", "payments", "workflow", "catalog", "dossiers", "notices",
]  # fmt: skip


def test_models_are_private_to_their_room() -> None:
    trespassers = [
        f"{module.shown}:{line} imports {name}"
        for module in modules()
        for name, line in imports(module)
        if re.search(r"\.models(\.|$)", name)
        and name.startswith("motcua.")
        and not name.startswith(f"motcua.{module.room}.")
    ]
    assert trespassers == []


def test_foreign_keys_go_down_and_protect() -> None:
    wrong = []
    for model in apps.get_models():
        if model._meta.app_label not in ORDER:
            continue
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey):
                continue
            target = field.related_model._meta.app_label
            if field.remote_field.on_delete.__name__ != "PROTECT":
                wrong.append(f"{model.__name__}.{field.name} does not protect")
            if target != model._meta.app_label:
                if ORDER.index(target) > ORDER.index(model._meta.app_label):
                    wrong.append(f"{model.__name__}.{field.name} goes up to {target}")
                if field.remote_field.related_name != "+":
                    wrong.append(f"{model.__name__}.{field.name} leaves a way back")
    assert wrong == []


@pytest.mark.parametrize(
    ("floor", "banned", "why"),
    [
        ("domain", "django.http", "the domain knows no HTTP"),
        ("domain", "django.shortcuts", "the domain knows no HTTP"),
        ("domain", "httpx", "the domain asks the world through ports"),
        ("domain", "django.dispatch", "no signals"),
        ("foundation", "django.dispatch", "no signals"),
        ("domain", "motcua.foundation.kernel.clocks.now", "time is handed in"),
        ("domain", "time.time", "time is handed in"),
        ("domain", "django.utils.timezone", "time is handed in"),
    ],
)
def test_bans(floor: str, banned: str, why: str) -> None:
    found = [
        f"{module.shown}:{line} imports {name}: {why}"
        for module in modules()
        if module.name.startswith(f"motcua.{floor}.")
        for name, line in imports(module)
        if name == banned or name.startswith(f"{banned}.")
    ]
    assert found == []


def test_no_procedure_is_named_outside_the_sample() -> None:
    code = re.compile(r"\b[1235]\.0\d{5}\b")
    named = [
        f"{path.relative_to(SOURCE)}: {found.group()}"
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in {".py", ".html", ".typ", ".json", ".bpmn"}
        and path.relative_to(SOURCE).parts[0] not in {"sample", "sandbox"}  # the outside world has tables of its own
        and "tests" not in path.parts
        and not path.relative_to(SOURCE).as_posix().startswith("domain/documents/templates/")
        for found in code.finditer(path.read_text(encoding="utf-8"))
    ]
    assert named == []


def test_names_say_something() -> None:
    empty = {"core", "common", "utils", "util", "helpers", "helper", "base", "misc"}
    assert [module.shown for module in modules() if empty & set(module.name.split("."))] == []


def test_nobody_reads_the_clock_in_the_domain() -> None:
    read = [
        f"{module.shown}:{node.lineno}"
        for module in modules()
        if module.name.startswith("motcua.domain.")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "timezone", "clocks"}
        and module.name != "motcua.domain.signing.validator"  # a program of its own, started by people
    ]
    assert read == []
