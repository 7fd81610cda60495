"""WCAG 2.2 AA: 4.5 : 1 for text, 3 : 1 for the edges of controls and for what carries meaning."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[5] / "frontend" / "src" / "styles"
COLOURS = dict(re.findall(r"^\$([\w-]+): (#[0-9a-f]{6});", (STYLES / "_colours.scss").read_text(), re.M))
PAGES = ("white", "paper")


def _luminance(colour: str) -> float:
    parts = [int(COLOURS[colour][at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("ink", (*PAGES, "gold-bright", "gold-tint", "red-tint", "error-tint", "good-tint")),
        ("ink-soft", (*PAGES, "gold-tint", "red-tint")),
        ("link", (*PAGES, "gold-tint", "info-tint")),
        ("error", (*PAGES, "error-tint")),
        ("good", (*PAGES, "good-tint")),
        ("info", (*PAGES, "info-tint")),
        ("wait", (*PAGES, "wait-tint")),
        ("red", (*PAGES, "red-tint")),
        ("white", ("red", "red-dark", "good", "info", "error", "ink")),
    ],
)
def test_text_can_be_read(text: str, grounds: tuple[str, ...]) -> None:
    poor = {ground: round(_contrast(text, ground), 2) for ground in grounds if _contrast(text, ground) < 4.5}
    assert not poor


@pytest.mark.parametrize("edge", ["ink-soft", "line-strong", "red", "error", "good", "info"])
def test_edges_of_controls_can_be_seen(edge: str) -> None:
    assert min(_contrast(edge, ground) for ground in PAGES) >= 3
