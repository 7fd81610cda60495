"""Accessibility of a page in the browser, by axe-core (WCAG 2.0–2.2 A and AA, and its best practices)."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "(rules) => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


@cache
def _source() -> str:
    return (Path(__file__).parent / "axe.min.js").read_text()


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, a paragraph each, with the place in the page."""
    # Through the debugger: the page's Content-Security-Policy lets no foreign script in, and must not be switched off.
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _source()})
    session.detach()
    found: dict[str, Any] = page.evaluate(_RUN, RULES)
    return [
        f"{one['id']}: {one['help']}\n  {node['html'][:200]}\n  {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def assert_accessible(page: Page) -> None:
    """Fail when axe finds anything, or when the page can be pushed sideways (TT 21/2023 PL6-2.2b)."""
    found = violations(page)
    assert not found, f"{page.url} ({page.viewport_size}):\n" + "\n".join(found)
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, f"{page.url} is {sideways} px wider than {page.viewport_size}"
