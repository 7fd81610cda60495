"""The table of compliance counts what the marks say, and refuses marks of rows that nobody knows."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tests.house.sources import ROOT

SOURCE = """
import pytest
pytestmark = pytest.mark.requirement("A-1")

@pytest.mark.requirement("A-2", "B-1")
def test_something() -> None: ...

@pytest.mark.parametrize("x", [pytest.param(1, marks=pytest.mark.requirement("B-2")), 2])
def test_more(x: int) -> None: ...
"""
LIST = "id,standing,kind,area,gist\nA-1,in-force,requirement,a,one\nA-2,in-force,requirement,a,two\nA-3,in-force,requirement,a,three\nA,in-force,lead-in,a,all\nB-1,draft,requirement,b,four\nB-2,draft,requirement,b,five\n"


@pytest.fixture
def compliance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location("compliance", ROOT / "scripts/compliance.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(__import__("sys").modules, "compliance", module)
    spec.loader.exec_module(module)
    (tmp_path / "src/room/tests").mkdir(parents=True)
    (tmp_path / "tests").mkdir()
    (tmp_path / "docs").mkdir()
    (tmp_path / "src/room/tests/test_one.py").write_text(SOURCE)
    (tmp_path / "docs/requirements.csv").write_text(LIST)
    everything, listed, marked = tmp_path / "docs/requirements.csv", module.rows, module.marks
    monkeypatch.setattr(module, "rows", lambda: listed(everything))
    monkeypatch.setattr(module, "marks", lambda: marked(tmp_path))
    return module


def test_rows_are_counted_by_area_and_standing(compliance: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert compliance.main([]) == 0
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert told[1:] == [["a", "in-force", "3", "2"], ["b", "draft", "2", "2"], ["all", "5", "4"]]


def test_missing_rows_are_named(compliance: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    compliance.main(["--missing", "a"])
    assert capsys.readouterr().out.split() == ["A-3", "in-force", "three"]


def test_the_tests_of_a_row_are_named(compliance: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    compliance.main(["--rows", "A-2", "A-3"])
    assert capsys.readouterr().out.splitlines() == [
        "✓ A-2              two",
        "    src/room/tests/test_one.py::test_something",
        "– A-3              three",
    ]


def test_an_unknown_row_is_a_mistake(
    compliance: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marked = '@__import__("pytest").mark.requirement("Z-9")\ndef test_it() -> None: ...\n'
    (tmp_path / "tests/test_two.py").write_text(marked)
    assert compliance.main([]) == 1
    assert "Z-9: tests/test_two.py::test_it" in capsys.readouterr().err


def test_our_own_marks_name_known_rows() -> None:
    from scripts import compliance as real  # type: ignore[attr-defined]

    assert set(real.marks()) <= set(real.rows())
