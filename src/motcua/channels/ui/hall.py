"""What every layout needs of the request, worked out when a template asks for it and not before."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from motcua.channels.ui import flash, navigation
from motcua.channels.ui.brand import Brand, brand
from motcua.channels.ui.visitor import Visitor, visitor_of


class Hall:
    """The page as the layouts see it. Without a request (an error before there is one) everything is empty."""

    def __init__(self, request: HttpRequest | None) -> None:
        self.request = request
        self.path = request.path if request is not None else "/"

    @property
    def brand(self) -> Brand:
        return brand()

    @cached_property
    def language(self) -> str:
        """``vi`` or ``en``."""
        return (get_language() or settings.LANGUAGE_CODE)[:2]

    @cached_property
    def visitor(self) -> Visitor | None:
        return visitor_of(self.request) if self.request is not None else None

    @cached_property
    def flashes(self) -> tuple[flash.Flash, ...]:
        return flash.take(self.request) if self.request is not None else ()

    @cached_property
    def portal_menu(self) -> tuple[navigation.Link, ...]:
        return navigation.portal_menu(self.path)

    def menu(self, face: str) -> tuple[navigation.Link, ...]:
        return navigation.menu(face, self.path, self.visitor)

    def url(self, place: str) -> str:
        """The address of a place (``navigation.Place``), empty when it does not exist here."""
        return navigation.url_of(place)

    @cached_property
    def other_language(self) -> tuple[str, str, str] | None:
        """Code, own name and address of the other language; None where the switch is not mounted."""
        code, name = next((one for one in settings.LANGUAGES if one[0] != self.language), ("", ""))
        try:
            address = reverse("ui:language", args=[code]) if code else ""
        except NoReverseMatch:
            return None
        back = self.request.get_full_path() if self.request is not None and self.request.method == "GET" else self.path
        return (code, str(name), f"{address}?{urlencode({'tiep': back})}") if code else None
