"""Who is looking at the page, as header and menus need it. A channel's middleware puts it on the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Position:
    """One of an officer's positions; ``switch_url`` takes it on."""

    name: str
    agency: str
    switch_url: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person. ``acting_for`` names the company or child one acts for, empty when for oneself;
    ``capabilities`` decide which places of the menus are shown (what may be done is decided by the commands).
    ``unread`` counts their notices that nobody has read, at most 99.
    """

    name: str
    acting_for: str = ""
    is_officer: bool = False
    positions: tuple[Position, ...] = ()
    capabilities: frozenset[str] = frozenset()
    unread: int = 0

    @property
    def position(self) -> Position | None:
        """The position taken on now."""
        return next((one for one in self.positions if one.current), None)


def visitor_of(request: HttpRequest) -> Visitor | None:
    """Return who looks at the page; None when nobody is signed in."""
    return cast("Visitor | None", getattr(request, "visitor", None))


def remember(request: HttpRequest, visitor: Visitor | None) -> None:
    """Put who looks at the page on the request."""
    request.visitor = visitor  # type: ignore[attr-defined]  # Django's requests are made to be extended so
