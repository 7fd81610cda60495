"""Vietnamese text: one form (NFC), searching without marks, the order of the Vietnamese alphabet."""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from motcua.foundation.kernel.errors import FieldProblem, Invalid

_SPACES = re.compile(r"\s+")
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_ORDER = {letter: index + 20 for index, letter in enumerate(_LETTERS)}


def nfc(text: str) -> str:
    """Return the text in Unicode NFC without direction marks (TT21-PL6-8).

    Raises Invalid for a NUL or an unpaired surrogate: PostgreSQL cannot keep them and no person typed them.
    """
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise Invalid((FieldProblem("", _("Có ký tự không đọc được trong ô này. Hãy xóa và gõ lại.")),))
    return unicodedata.normalize("NFC", text).translate(_INVISIBLE)


def one_line(text: str, limit: int) -> str:
    """Return the text in NFC on one line with single spaces, cut at ``limit`` characters."""
    return _SPACES.sub(" ", nfc(text)).strip()[:limit]


def search_key(text: str) -> str:
    """Return the text lower-cased, without Vietnamese marks: what people type when they search."""
    plain = unicodedata.normalize("NFD", nfc(text).lower().replace("đ", "d"))
    return _SPACES.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def sort_key(text: str) -> str:
    """Return a key that sorts by the Vietnamese alphabet, then by tone, under plain byte order.

    The embedded PostgreSQL has no ICU, so the order is a stored column.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in nfc(text).lower():
        base, tone = _split_tone(char)
        letters.append(chr(_ORDER[base] + 0x100) if base in _ORDER else base)
        tones.append(str(tone))
    return "".join(letters) + "\x01" + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in parts if mark in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tone
