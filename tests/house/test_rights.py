"""Every address, everybody: what is answered is what ``rights.csv`` says (house.md, "What keeps it so")."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.channels.ui.tests import visitors
from motcua.foundation.identity.tests.conftest import cheap_hashing, expensive_hashing
from tests.house import answers
from tests.house.addresses import every_address
from tests.house.world import NOW, PERSONAS, World

__all__ = ["cheap_hashing", "expensive_hashing"]
DIFFERS = "python -m tests.house.rights prints the live table; read what changed before you keep it"


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    visitors.hold_clock(monkeypatch, NOW)
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    yield World()
    logging.disable(before)


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_gets_the_expected_answer(world: World, persona: str) -> None:
    live = answers.ask(world, persona)
    if wanted := os.environ.get("MOTCUA_WRITE_RIGHTS"):
        (Path(wanted) / persona).write_text(json.dumps([[*line, answer] for line, answer in live.items()]))
        return
    table = answers.expected()
    different = [
        f"{' '.join(line)} answers {answer}, expected {wanted_answer}"
        for line, answer in live.items()
        if answer != (wanted_answer := table.get(line, {}).get(persona, "405"))
    ]
    assert different == [], DIFFERS


def test_the_table_names_every_address_and_no_other() -> None:
    listed = {address for address, _method in answers.expected()}
    there = {line[0] for line, _name, _variant in answers.lines()}
    assert sorted(there - listed) == []
    assert sorted(listed - there) == []


def test_no_address_is_expected_to_break() -> None:
    broken = [line for line, given in answers.expected().items() if {"500", "502"} & set(given.values())]
    assert broken == []


def test_nobody_and_strangers_see_nothing_of_a_dossier() -> None:
    """Whatever the table says line by line: a dossier's own addresses open to nobody who has no part in it."""
    open_to = ("200", "302")
    holes = [
        f"{address} {method} opens to {persona}"
        for (address, method), given in answers.expected().items()
        for persona in ("nobody", "other", "elsewhere", "administrator")
        if given[persona] in open_to and _of_a_dossier(address)
    ]
    assert holes == []


def _of_a_dossier(address: str) -> bool:
    parameters = {one.name: {key for key, _kind in one.parameters} for one in every_address()}
    return bool({"dossier_id", "file_id", "receipt_id", "paper_id"} & parameters[address.split(" ", maxsplit=1)[0]])
