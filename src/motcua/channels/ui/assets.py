"""The built styles, scripts, fonts and icons: plain name → name with its digest, from ``assets.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from markupsafe import Markup

HERE = Path(__file__).parent


class Manifest(TypedDict):
    """What ``frontend/build.mjs`` wrote: the digest of all sources; plain → built names; compressed sizes in bytes;
    the parts an entry script loads at once.
    """

    sources: str
    files: dict[str, str]
    sizes: dict[str, int]
    needs: dict[str, list[str]]


@cache
def manifest() -> Manifest:
    """Return the manifest of the built assets."""
    found: Manifest = json.loads((HERE / "assets.json").read_text())
    return found


@cache
def _icons() -> dict[str, str]:
    found: dict[str, str] = json.loads((HERE / "icons.json").read_text())
    return found


@cache
def static(name: str) -> str:
    """Return the address of a built file, cached by browsers for ever. Raises KeyError when there is none."""
    return f"{settings.STATIC_URL}ui/{manifest()['files'][name]}"


@cache
def needed(script: str) -> tuple[str, ...]:
    """Return the addresses of the parts that script loads at once, to be fetched beside it."""
    return tuple(f"{settings.STATIC_URL}ui/{part}" for part in manifest()["needs"].get(script, ()))


@cache
def icon(name: str, label: str = "") -> Markup:
    """Return an icon as inline SVG; hidden from screen readers unless it has a label. Raises KeyError."""
    said = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup(  # noqa: S704 — the drawing comes from our own file
        f'<svg class="mc-icon" width="20" height="20" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" focusable="false" {said}>{_icons()[name]}</svg>'
    )
