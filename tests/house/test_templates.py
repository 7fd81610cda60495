"""Templates compile and are used; every kind of event is recorded somewhere and told in words, or kept for audit only."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from django.template import engines

from motcua import wiring
from motcua.channels.desk.casework_story import TELLS
from motcua.foundation.journal import registry
from tests.house.sources import SOURCE, modules

CHANNELS = SOURCE / "channels"
# Shown by tests alone.
ONLY_TESTS = {"ui/tests/form.html"}
# Kinds about something that is no dossier: no dossier's history tells them, they are kept for audit only.
AUDIT_ONLY_OF = frozenset(
    [
        "account",
        "agency",
        "calendar",
        "catalogue",
        "department",
        "desk",
        "document_type",
        "edition",
        "exchange",
        "file",
        "form",
        "ground",
        "group",
        "heading",
        "officer",
        "paper_template",
        "party",
        "position",
        "procedure",
        "process",
        "representation",
        "right",
        "shift",
    ]
)
AUDIT_ONLY = {
    "signing.anchor_added",
    "signing.anchor_withdrawn",
    "signing.credential_disabled",
    "signing.credential_registered",
}


@cache
def templates() -> tuple[str, ...]:
    return tuple(str(path.relative_to(CHANNELS)) for path in sorted(CHANNELS.rglob("*.html")))


@cache
def constants() -> frozenset[str]:
    """Every string of the sources except docstrings of modules, classes and functions and the tuples ``EVENTS``."""
    found: set[str] = set()
    for module in modules():
        skipped = {
            id(one)
            for node in module.tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and "EVENTS" in ast.unparse(node).split("=")[0]
            for one in ast.walk(node)
        }
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
                found.add(node.value)
    return frozenset(found)


@cache
def made_up() -> tuple[re.Pattern[str], ...]:
    """Kinds that are put together: ``f"refund.{word}"`` as a pattern."""
    found = []
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z_]+" for part in node.values
                ]  # type: ignore[arg-type]
                if re.match(r"[a-z_]+\\\.", parts[0]) or (len(parts) > 1 and parts[1].startswith(r"\.")):
                    found.append(re.compile("".join(parts)))
    return tuple(found)


@pytest.mark.parametrize("name", templates())
def test_every_template_compiles(name: str) -> None:
    engines["jinja2"].get_template(name)


def test_every_template_is_used() -> None:
    named = set(constants())
    for name in templates():
        named |= set(re.findall(r'"([\w./-]+\.html)"', (CHANNELS / name).read_text(encoding="utf-8")))
    unused = [name for name in templates() if name not in named and name not in ONLY_TESTS and not _by_pattern(name)]
    assert unused == []


def _by_pattern(name: str) -> bool:
    """Whether some ``f"ui/pages/gallery_{face}.html"`` makes this name."""
    return any(re.fullmatch(pattern, name) for pattern in _patterns())


@cache
def _patterns() -> tuple[str, ...]:
    joined = [node for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr)]
    ends = [node for node in joined if ast.unparse(node.values[-1]).endswith(".html'")]
    return tuple(
        "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values)
        for node in ends
    )


def declared() -> dict[str, str]:
    """Kind → the room that declares it."""
    found = {}
    for room in wiring.ROOMS:
        if (SOURCE.parent / Path(*room.split(".")) / "types.py").exists():
            for kind in getattr(import_module(f"{room}.types"), "EVENTS", ()):
                found[kind] = room
    return found


def test_every_room_with_events_is_wired() -> None:
    assert set(declared()) == registry.all_kinds()


def test_every_declared_kind_is_recorded_somewhere() -> None:
    silent = [
        f"{room}: {kind}"
        for kind, room in declared().items()
        if kind not in constants() and not any(pattern.fullmatch(kind) for pattern in made_up())
    ]
    assert silent == []


def test_every_kind_of_a_dossiers_history_is_told_in_words() -> None:
    audited = {kind for kind in declared() if kind.split(".")[0] in AUDIT_ONLY_OF} | AUDIT_ONLY
    assert sorted(set(declared()) - set(TELLS) - audited) == []
    assert sorted((set(TELLS) | AUDIT_ONLY) - set(declared())) == []
    assert sorted(set(TELLS) & audited) == []
