"""One line of the doctor's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The sign in front of a line; only ``bad`` makes the doctor end with status 1."""

    GOOD = "✓"
    BAD = "✗"
    NOTE = "–"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at and how it is; ``mend`` says what to do."""

    verdict: Verdict
    words: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.verdict} {self.words}" + (f"\n    → {self.mend}" if self.mend else "")


def good(words: str) -> Finding:
    """All is well here."""
    return Finding(Verdict.GOOD, words)


def bad(words: str, mend: str) -> Finding:
    """Something must be done."""
    return Finding(Verdict.BAD, words, mend)


def note(words: str, mend: str = "") -> Finding:
    """Not wrong, but worth knowing."""
    return Finding(Verdict.NOTE, words, mend)
