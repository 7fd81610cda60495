"""Where one can go. Channels tell their places once, at start; the hall puts them in the law's order.

A place nobody has told is left out: the menu never shows a door that does not open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from motcua.channels.ui.visitor import Visitor


class Place(StrEnum):
    """Places the layouts link to. The first ten stand in the portal's navigation, in this order (TT 21/2023 PL3-3.2)."""

    HOME = "home"
    ABOUT = "about"
    PROCEDURES = "procedures"
    SERVICES = "services"
    LOOKUP = "lookup"
    PETITIONS = "petitions"
    RATINGS = "ratings"
    STATISTICS = "statistics"
    HELP = "help"
    OTHER = "other"
    SEARCH = "search"
    SIGN_IN = "sign_in"
    REGISTER = "register"
    SIGN_OUT = "sign_out"
    MINE = "mine"
    NOTICES = "notices"
    ACCOUNT = "account"
    VERIFY = "verify"
    PAY = "pay"
    PRIVACY = "privacy"
    ACCESSIBILITY = "accessibility"
    DESK = "desk"
    DESK_SEARCH = "desk_search"
    DESK_SCAN = "desk_scan"
    DESK_NOTICES = "desk_notices"
    STUDIO = "studio"


PORTAL_ORDER: Final = (
    (Place.HOME, _("Trang chủ")),
    (Place.ABOUT, _("Giới thiệu")),
    (Place.PROCEDURES, _("Thủ tục hành chính")),
    (Place.SERVICES, _("Dịch vụ công trực tuyến")),
    (Place.LOOKUP, _("Tra cứu hồ sơ")),
    (Place.PETITIONS, _("Phản ánh, kiến nghị")),
    (Place.RATINGS, _("Đánh giá")),
    (Place.STATISTICS, _("Thống kê")),
    (Place.HELP, _("Hỗ trợ")),
    (Place.OTHER, _("Dịch vụ khác")),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A place in the officers' or makers' menu. ``needs``: the capability without which it is not shown."""

    label: Any  # str or a lazy translation
    url_name: str
    icon: str = "list"
    needs: str = ""
    group: Any = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A place as a page shows it; ``current`` when the page lies under it."""

    label: Any
    url: str
    icon: str = ""
    current: bool = False
    group: Any = ""


_places: dict[Place, str] = {}
_menus: dict[str, tuple[Item, ...]] = {}


def open_places(places: Mapping[Place, str]) -> None:
    """Tell which URL name each place has; called at start by whoever mounts the channels."""
    _places.update(places)


def open_menu(face: str, items: Iterable[Item]) -> None:
    """Tell the menu of a face (``desk``, ``studio``); called at start."""
    _menus[face] = tuple(items)


def close_all() -> None:
    """Forget every place; for tests."""
    _places.clear()
    _menus.clear()


def url_of(place: Place | str) -> str:
    """Return the address of a place, empty when nobody has told it or it is not mounted."""
    name = _places.get(Place(place), "")
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def portal_menu(path: str) -> tuple[Link, ...]:
    """Return the portal's navigation for a page, in the order of PL3-3.2."""
    found = [(label, url_of(place)) for place, label in PORTAL_ORDER]
    return _with_current([Link(label, url) for label, url in found if url], path)


def menu(face: str, path: str, visitor: Visitor | None) -> tuple[Link, ...]:
    """Return the menu of a face: what this visitor has any business with."""
    able = visitor.capabilities if visitor else frozenset()
    links = [
        Link(item.label, url, icon=item.icon, group=item.group)
        for item in _menus.get(face, ())
        if (not item.needs or item.needs in able) and (url := _reverse(item.url_name))
    ]
    return _with_current(links, path)


def _reverse(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _with_current(links: list[Link], path: str) -> tuple[Link, ...]:
    """Mark the link that lies deepest above the path; a home at the root is current only on itself."""
    under = [link.url for link in links if path == link.url or (len(link.url) > 1 and path.startswith(link.url))]
    here = max(under, key=len, default="")
    return tuple(Link(link.label, link.url, link.icon, bool(here) and link.url == here, link.group) for link in links)
