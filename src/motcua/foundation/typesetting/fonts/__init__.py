"""The Tinos faces: metric twins of Times New Roman (NĐ 30/2020) with every Vietnamese letter.

System fonts are never used, so that a paper looks the same on every machine. Debian's fonts-liberation, the
obvious alternative, lacks 93 Vietnamese letters; ``missing_letters`` is how a machine finds such a fault at once.
"""

import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no stubs

FAMILY = "Tinos"
FOLDER = Path(__file__).parent
REPLACEMENT = "\N{WHITE SQUARE}"

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_PRINTED = " .,;:!?…–—-()[]{}/\\|#$*_@&%+=<>~^`'\"“”‘’«»°²³₫×·•§№0123456789" + REPLACEMENT


class Style(StrEnum):
    """The four faces."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


def path(style: Style = Style.REGULAR) -> Path:
    """Return the TrueType file of a face."""
    return FOLDER / f"{FAMILY}-{style}.ttf"


@cache
def letters() -> frozenset[str]:
    """Return the characters of one face as code points' characters."""
    return frozenset.intersection(*(_covered(style) for style in Style))


def missing_letters() -> set[str]:
    """Return what a Vietnamese paper needs and one of the faces lacks: empty on a sound machine.

    Every vowel with every tone is asked for both composed (NFC) and as letter and combining mark.
    """
    return {sign for sign in _needed() if any(char not in letters() for char in sign)}


def displayable(text: str) -> str:
    """Return the text with every character the faces lack shown as a white square.

    PDF/A refuses a page with a missing glyph; an emoji in somebody's note must not stop a receipt.
    """
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in letters() or char == "\n":
        return char
    if char.isspace():
        return " "
    return "" if unicodedata.category(char) in {"Cc", "Cf", "Mn", "Me"} else REPLACEMENT


def _needed() -> set[str]:
    vowels = {unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES}
    plain = {chr(code) for code in range(ord("a"), ord("z") + 1)} | {"đ"}
    both = {case for letter in vowels | plain for case in (letter, letter.upper())}
    return both | {unicodedata.normalize("NFD", letter) for letter in both} | set(_PRINTED)


def _covered(style: Style) -> frozenset[str]:
    with TTFont(path(style), lazy=True) as face:
        return frozenset(map(chr, face.getBestCmap()))
