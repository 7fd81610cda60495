"""Functions of at most 40 lines, modules of at most 400, templates of at most 150: exceptions may only shrink."""

from __future__ import annotations

import ast
import json

from tests.house.sources import ROOT, SOURCE, modules

EXCEPTIONS = json.loads((ROOT / "tests/house/sizes.json").read_text())


def too_large() -> dict[str, int]:
    found: dict[str, int] = {}
    for module in modules():
        lines = len(module.path.read_text(encoding="utf-8").splitlines())
        if lines > 400:
            found[module.shown] = lines
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    found[f"{module.shown}::{node.name}"] = length
    for template in SOURCE.rglob("*.html"):
        lines = len(template.read_text(encoding="utf-8").splitlines())
        if lines > 150:
            found[str(template.relative_to(ROOT))] = lines
    return found


def test_nothing_grows_beyond_its_size() -> None:
    grown = {name: size for name, size in too_large().items() if size > EXCEPTIONS.get(name, 0)}
    assert grown == {}


def test_the_list_of_exceptions_only_shrinks() -> None:
    assert {name: size for name, size in EXCEPTIONS.items() if too_large().get(name, 0) < size} == {}
