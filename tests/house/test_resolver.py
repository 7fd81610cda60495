"""Every address belongs to a room of the channels, templates are Jinja's, and no library brings pages of its own."""

from __future__ import annotations

from django.conf import settings
from django.template import engines

from tests.house.addresses import every_address

# Where one room serves an address of another library, and why.
GUESTS = {
    "ninja": "the published API of channels.api is declared with it",
    "functools": "the published API's own description",
}


def test_every_address_belongs_to_a_room() -> None:
    homeless = [
        f"{one.route}: {one.module}"
        for one in every_address()
        if not one.module.startswith("motcua.channels.")
        and not (one.module.split(".")[0] in GUESTS and one.name.startswith("api:"))
    ]
    assert homeless == []


def test_every_address_has_a_name_of_its_own() -> None:
    names = [one.name for one in every_address()]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []
    assert [one.route for one in every_address() if one.name.endswith(":")] == []


def test_a_room_serves_only_its_own_namespace() -> None:
    """portal:… comes from channels.portal; signing in is the hall's."""
    homes = {"signin": "ui.signin", "api:v1": "api"}
    strays = []
    for one in every_address():
        space = one.name.rsplit(":", 1)[0]
        home = homes.get(space, space)
        if one.module.startswith("motcua.") and not any(
            one.module.startswith(f"motcua.channels.{folder}") for folder in (home, f"connectors.{home}")
        ):
            strays.append(f"{one.name} is served by {one.module}")
    assert strays == []


def test_nothing_is_rendered_by_django_templates() -> None:
    assert [engine["BACKEND"] for engine in settings.TEMPLATES] == ["django.template.backends.jinja2.Jinja2"]
    assert [type(engine).__name__ for engine in engines.all()] == ["Jinja2"]


def test_no_library_brings_its_own_pages() -> None:
    foreign = [app for app in settings.INSTALLED_APPS if not app.startswith("motcua.")]
    assert foreign == ["django.contrib.sessions"]
    assert not [one.route for one in every_address() if "allauth" in one.module or "django.contrib" in one.module]
