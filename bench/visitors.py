"""The province that is measured, and two of its people at their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from django.test import Client


@cache
def province():  # type: ignore[no-untyped-def]
    """Return the one small province of this run."""
    from motcua.domain.catalog.policy import POLICY
    from motcua.domain.dossiers.tests.province import build

    POLICY.checked_grounds_only = False
    return build()


def citizen() -> Client:
    """Return the applicant's browser."""
    from motcua.channels.ui.tests import visitors
    from motcua.foundation.kernel import clocks

    return visitors.citizen(province().applicant, clocks.now())


def officer() -> Client:
    """Return the desk officer's browser."""
    from motcua.channels.ui.tests import visitors
    from motcua.foundation.kernel import clocks

    return visitors.officer(province().desk, clocks.now())


def places(applicant: Client, desk: Client) -> Iterator[tuple[str, Client, str]]:
    """Yield what is measured: a name, whose browser, the address."""
    draft, received = province().draft(), [province().received() for _ in range(30)][-1]
    yield "portal home", applicant, "/"
    yield "form page", applicant, f"/ho-so/{draft}/khai/kite/"
    yield "desk list of 25", desk, "/can-bo/ho-so/"
    yield "dossier page", desk, f"/can-bo/ho-so/{received}/"
