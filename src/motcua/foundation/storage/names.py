"""Names of files as people gave them, made harmless."""

import re

from motcua.foundation.kernel.text import one_line

_NOT_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def harmless(name: str) -> str:
    """Return the last part of the path in NFC, at most 120 characters, its ending kept; never empty."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\x00", "")
    last = "".join(c for c in last if not "\ud800" <= c <= "\udfff")
    plain = one_line(_NOT_A_NAME.sub(" ", last), 1000).strip(". ")
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        return plain[:120] or "tep"
    return f"{stem[: 119 - len(ending[:10])].strip() or 'tep'}.{ending[:10]}"


def ending(name: str) -> str:
    """Return the lower-cased ending, empty when there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""
