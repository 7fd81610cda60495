"""The product's sources as syntax trees, read once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src" / "motcua"
FLOORS = ("foundation", "domain", "channels")


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its room (``domain.dossiers``), its tree."""

    path: Path
    name: str
    room: str
    tree: ast.Module

    @property
    def shown(self) -> str:
        return str(self.path.relative_to(ROOT))


@cache
def modules(*, with_tests: bool = False) -> tuple[Module, ...]:
    return tuple(_modules(with_tests))


def _modules(with_tests: bool) -> Iterator[Module]:
    for path in sorted(SOURCE.rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        if "migrations" in parts or ("tests" in parts and not with_tests):
            continue
        room = ".".join(parts[:2]) if parts[0] in FLOORS else parts[0]
        if parts[:2] == ("channels", "connectors") and len(parts) > 3:
            room = ".".join(parts[:3])
        yield Module(path, "motcua." + ".".join(parts), room, ast.parse(path.read_text(encoding="utf-8")))


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield every imported dotted name with its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
