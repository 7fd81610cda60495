"""Say which rows of docs/requirements.csv have a test: `make compliance`, or with --missing AREA, --rows ID….

The marks ``@pytest.mark.requirement("TT11-8.1")`` are read from the sources, nothing is run. A mark that names an
unknown row ends with status 1.
"""

from __future__ import annotations

import argparse
import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LISTED = ROOT / "docs" / "requirements.csv"
HEADING = "lead-in"  # such a row asks for nothing by itself


@dataclass(frozen=True)
class Row:
    """One row of the list."""

    id: str
    standing: str
    kind: str
    area: str
    gist: str


def rows(path: Path = LISTED) -> dict[str, Row]:
    """Return every listed row by its id."""
    with path.open(encoding="utf-8") as file:
        return {line["id"]: Row(**{name: line[name] for name in Row.__annotations__}) for line in csv.DictReader(file)}


def marks(root: Path = ROOT) -> dict[str, list[str]]:
    """Return the tests of each requirement id: ``path::name``."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in _test_files(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for where, ids in _marked(tree):
            for each in ids:
                found[each].append(f"{path.relative_to(root)}{where}")
    return dict(found)


def _test_files(root: Path) -> Iterator[Path]:
    yield from sorted((root / "tests").rglob("test_*.py"))
    yield from sorted(path for path in (root / "src").rglob("test_*.py") if "tests" in path.parts)


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(getattr(target, "id", "") == "pytestmark" for target in node.targets):
            listed = node.value.elts if isinstance(node.value, ast.List | ast.Tuple) else [node.value]
            yield from (("", ids) for mark in listed if (ids := _ids(mark)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from ((f"::{node.name}", ids) for mark in node.decorator_list if (ids := _ids(mark)))
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "param":
            given = [word.value for word in node.keywords if word.arg == "marks"]
            listed = [
                one for value in given for one in (value.elts if isinstance(value, ast.List | ast.Tuple) else [value])
            ]
            yield from ((f":{node.lineno}", ids) for mark in listed if (ids := _ids(mark)))


def _ids(mark: ast.expr) -> list[str]:
    """Return the ids of ``pytest.mark.requirement("…", …)``, nothing for another decorator."""
    if not (isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "requirement"):
        return []
    return [one.value for one in mark.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def summary(listed: Iterable[Row], tested: Iterable[str]) -> list[tuple[str, str, int, int]]:
    """Return (area, standing, rows that ask for something, those with a test), in order."""
    with_test = set(tested)
    counted: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in listed:
        if row.kind != HEADING:
            counted[row.area, row.standing][0] += 1
            counted[row.area, row.standing][1] += row.id in with_test
    return [(area, standing, *counts) for (area, standing), counts in sorted(counted.items())]  # type: ignore[misc]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 when a mark names a row that nobody knows."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--missing", metavar="AREA", help="name the rows of an area (or: all) that have no test")
    parser.add_argument("--rows", nargs="+", metavar="ID", help="these rows, or those that begin so, with their tests")
    chosen = parser.parse_args(arguments)
    listed, found = rows(), marks()
    if chosen.rows:
        _print_rows(chosen.rows, listed, found)
    elif chosen.missing:
        _print_missing(chosen.missing, listed.values(), found)
    else:
        _print_summary(summary(listed.values(), found))
    unknown = {each: where for each, where in found.items() if each not in listed}
    for each, where in sorted(unknown.items()):
        print(f"unknown row {each}: {', '.join(where)}", file=sys.stderr)
    return 1 if unknown else 0


def _print_summary(lines: list[tuple[str, str, int, int]]) -> None:
    width = max((len(area) for area, *_ in lines), default=4)
    print(f"{'area':<{width}}  {'standing':<14} {'rows':>5} {'with a test':>12}")
    for area, standing, count, tested in lines:
        print(f"{area:<{width}}  {standing:<14} {count:>5} {tested:>12}")
    print(f"{'all':<{width}}  {'':<14} {sum(line[2] for line in lines):>5} {sum(line[3] for line in lines):>12}")


def _print_missing(area: str, listed: Iterable[Row], found: dict[str, list[str]]) -> None:
    for row in listed:
        if row.kind != HEADING and row.id not in found and area in {row.area, "all"}:
            print(f"{row.id:<16} {row.standing:<12} {row.gist}")


def _print_rows(wanted: list[str], listed: dict[str, Row], found: dict[str, list[str]]) -> None:
    for row in listed.values():
        if row.id.startswith(tuple(wanted)):
            tests = found.get(row.id, [])
            print(f"{'✓' if tests else '–'} {row.id:<16} {row.gist}")
            for test in tests:
                print(f"    {test}")


if __name__ == "__main__":
    sys.exit(main())
