"""Who listens to whom: the whole conversation between rooms on one page."""

from importlib import import_module
from importlib.util import find_spec

from motcua.foundation.journal import registry

ROOMS = (
    "motcua.foundation.journal",
    "motcua.foundation.identity",
    "motcua.foundation.organisation",
    "motcua.foundation.storage",
    "motcua.foundation.exchange",
    "motcua.domain.statuses",
    "motcua.domain.deadlines",
    "motcua.domain.forms",
    "motcua.domain.signing",
    "motcua.domain.documents",
    "motcua.domain.payments",
    "motcua.domain.workflow",
    "motcua.domain.catalog",
    "motcua.domain.dossiers",
    "motcua.domain.notices",
)


def connect() -> None:
    """Fill every registry; called once, when Django is ready."""
    kinds: list[str] = []
    for room in ROOMS:
        if find_spec(f"{room}.types"):
            kinds += getattr(import_module(f"{room}.types"), "EVENTS", ())
    registry.load(kinds, ())
