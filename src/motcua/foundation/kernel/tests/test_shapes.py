"""Frozen dataclasses from JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import Any

import pytest

from motcua.foundation.kernel import shapes
from motcua.foundation.kernel.errors import Invalid


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Wheel:
    size: int
    colour: Colour = Colour.RED

    def __post_init__(self) -> None:
        if self.size < 0:
            raise ValueError("negative")


@dataclass(frozen=True)
class Bell:
    tone: str


@dataclass(frozen=True)
class Bicycle:
    name: str
    wheels: tuple[Wheel, ...]
    extras: tuple[Wheel | Bell, ...] = ()
    made_on: date | None = None
    opens: time | None = None
    weight: float = 10.0
    tags: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=dict)


FULL = Bicycle(
    "Thống Nhất", (Wheel(28), Wheel(26)), (Bell("đô"), Wheel(1)), date(1975, 5, 1), time(7, 30), 12.5,
    frozenset({"a", "b"}), {"vi": "Xe đạp"},
)  # fmt: skip


def test_there_and_back() -> None:
    for one in (FULL, Bicycle("x", ())):
        assert shapes.from_json(Bicycle, shapes.to_json(one)) == one


def test_what_equals_its_default_is_left_out_so_that_a_new_field_changes_no_digest() -> None:
    assert shapes.to_json(Bicycle("x", (Wheel(1),))) == {"name": "x", "wheels": [{"size": 1}]}
    assert shapes.digest(FULL) == shapes.digest(shapes.to_json(FULL))
    assert shapes.digest(FULL) != shapes.digest(Bicycle("Thống Nhất", FULL.wheels))


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ([], ""),
        ({"name": "x"}, "wheels"),
        ({"name": 1, "wheels": []}, "name"),
        ({"name": "x", "wheels": {}}, "wheels"),
        ({"name": "x", "wheels": [{"size": True}]}, "wheels[0].size"),
        ({"name": "x", "wheels": [{"size": 1}, {"size": -1}]}, "wheels[1]"),
        ({"name": "x", "wheels": [{"size": 1, "colour": "blue"}]}, "wheels[0].colour"),
        ({"name": "x", "wheels": [], "wheel": 1}, "wheel"),
        ({"name": "x", "wheels": [], "made_on": "1975-02-30"}, "made_on"),
        ({"name": "x", "wheels": [], "notes": {"vi": 1}}, "notes.vi"),
        ({"name": "x", "wheels": [], "extras": [{"tone": 1}]}, "extras[0].tone"),
    ],
)
def test_what_does_not_fit_is_named_by_its_path(data: Any, path: str) -> None:
    with pytest.raises(Invalid) as caught:
        shapes.from_json(Bicycle, data)
    assert [problem.field for problem in caught.value.problems] == [path]


def test_only_texts_that_people_read_are_translated() -> None:
    words = {"x": "y", "đô": "do", "Xe đạp": "Bicycle"}
    told = shapes.translate(
        Bicycle("x", (), (Bell("đô"),), notes={"vi": "Xe đạp"}), words, frozenset({"tone", "notes"})
    )
    assert (told.name, told.extras, told.notes) == ("x", (Bell("do"),), {"vi": "Bicycle"})
