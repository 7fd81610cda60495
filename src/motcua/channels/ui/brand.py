"""Whose portal this is: names, emblem, address and help line, as header and footer print them (TT 21/2023 PL3-1, 8).

An installation says so in ``MOTCUA_BRAND_FILE`` (JSON with the fields of ``Brand``); without it the pages carry the
product's own sign and the installation's name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Brand:
    """``emblem`` is the address of the emblem or logo; empty: our own door. ``english`` maps a Vietnamese text of this
    brand to its English one. ``other`` are further lines of the footer.
    """

    portal_name: str
    owner: str = ""
    system_name: str = ""
    emblem: str = ""
    address: str = ""
    hotline: str = ""
    email: str = ""
    working_hours: str = ""
    other: tuple[str, ...] = ()
    english: Mapping[str, str] = field(default_factory=dict)

    def say(self, text: str) -> str:
        """Return a text of the brand in the language of the page."""
        return self.english.get(text, text) if get_language() == "en" else text


@cache
def brand() -> Brand:
    """Return the brand of this installation, from the setting ``BRAND``."""
    said = dict(getattr(settings, "BRAND", {}))
    said.setdefault("portal_name", settings.MOTCUA.name)
    said["other"] = tuple(said.get("other", ()))
    return Brand(**said)
