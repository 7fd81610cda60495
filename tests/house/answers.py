"""What every address answers to everybody: asked live, and as ``rights.csv`` expects it (``rights.py`` writes it).

Answers: an HTTP status, or ``sign-in`` for a redirect to a door of signing in. An address has a line for GET and one
for POST; a line that would only say 405 is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.urls import reverse

from motcua.channels.desk.acts_routes import OF_DOSSIERS, OF_TASKS
from tests.house.addresses import every_address
from tests.house.world import World

TABLE = Path(__file__).parent / "rights.csv"
DOORS = ("/dang-nhap/", "/can-bo/dang-nhap/", "/can-bo/chuc-danh/")
METHODS = ("GET", "POST")
ONCE = {"request_id": "rights-table-1"}
# Addresses that stand for several acts, each with rights of its own.
VARIANTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "desk:choice": ("key", ("submit", "draft", "supplement")),
    "desk:on-task": ("name", tuple(OF_TASKS)),
    "desk:on-dossier": ("name", tuple(OF_DOSSIERS)),
}
# What a POST carries where an empty one would stop before anybody's rights are asked.
POSTS: dict[str, dict[str, str]] = {
    "desk:counter_save": {"size": "7"},
    "desk:counter_draft": {"size": "7"},
    "desk:counter_register": {
        "name": "Người Mới",
        "birth_on": "1990-01-01",
        "sex": "male",
        "personal_number": "040090000001",
    },
}
Line = tuple[str, str]


def lines() -> Iterator[tuple[Line, str, dict[str, str]]]:
    """Yield ((what is asked, method), the address's name, the parameters that make the variant)."""
    for address in every_address():
        parameter, each = VARIANTS.get(address.name, ("", ("",)))
        for variant in each:
            shown = f"{address.name} {variant}".strip()
            for method in METHODS:
                yield (shown, method), address.name, ({parameter: variant} if parameter else {})


def ask(world: World, persona: str) -> dict[Line, str]:
    """Return what every address answers to one persona; nothing that is done stays done."""
    browser = world.browser(persona)
    browser.raise_request_exception = False
    cookies = dict(browser.cookies)
    found: dict[Line, str] = {}
    connection.tests_may_ask = True  # type: ignore[attr-defined]
    for line, name, variant in lines():
        wanted = {key for one in every_address() if one.name == name for key, _kind in one.parameters}
        values = {key: value for key, value in (world.values(name) | variant).items() if key in wanted}
        url = reverse(name, kwargs=values)
        with transaction.atomic():
            answer = browser.get(url) if line[1] == "GET" else browser.post(url, POSTS.get(name, {}) | ONCE)
            _read(answer)
            transaction.set_rollback(True)
        browser.cookies.clear()
        browser.cookies.update(cookies)
        found[line] = worded(answer)
    connection.tests_may_ask = False  # type: ignore[attr-defined]
    return found


def worded(answer: HttpResponseBase) -> str:
    """Return how the table writes an answer."""
    if 300 <= answer.status_code < 400:
        return "sign-in" if answer.headers["Location"].startswith(DOORS) else "302"
    return str(answer.status_code)


def expected() -> dict[Line, dict[str, str]]:
    """Return the table: (what is asked, method) → persona → answer."""
    with TABLE.open(encoding="utf-8") as file:
        return {(row.pop("address"), row.pop("method")): row for row in csv.DictReader(file)}


def _read(answer: HttpResponseBase) -> None:
    """Files are given in pieces: take them all while their rows are still there."""
    if answer.streaming:
        b"".join(answer)  # type: ignore[call-overload]
