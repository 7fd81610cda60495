"""Moods: how a simulated system behaves at this moment, so that the product can be tried against bad days.

A mood is one line in the file ``<state>/moods/<server>``: a word, and for ``slow`` the seconds to wait.
Anything may write the file; ``POST /sandbox/mood`` on the server itself does the same.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

LABELS: Final = {
    "ok": "Bình thường",
    "slow": "Chậm (trả lời sau vài giây)",
    "refuse": "Từ chối mọi yêu cầu",
    "garbage": "Trả lời sai định dạng",
    "twice": "Gửi hai lần",
    "lost-answer": "Làm xong nhưng mất câu trả lời",
}
"""Every mood a server will have one day; the ones that work now have a row in BEHAVIOURS."""

DEFAULT_WAIT: Final = 5.0
LONGEST_WAIT: Final = 120.0


class UnknownMood(ValueError):
    """The word is no mood, or one that has no behaviour yet."""


@dataclass(frozen=True)
class Mood:
    """A mood and how long it makes a caller wait, in seconds."""

    word: str = "ok"
    wait: float = 0.0

    def __str__(self) -> str:
        return f"{self.word} {self.wait:g}" if self.wait else self.word


def parse(line: str) -> Mood:
    """Read ``word [seconds]``. Raises UnknownMood."""
    word, _, rest = line.strip().partition(" ")
    if word not in BEHAVIOURS:
        known = ", ".join(BEHAVIOURS)
        raise UnknownMood(f"“{word}” chưa dùng được; hiện có: {known}")
    try:
        wait = float(rest) if rest.strip() else (DEFAULT_WAIT if word == "slow" else 0.0)
    except ValueError:
        raise UnknownMood(f"“{rest}” không phải số giây") from None
    return Mood(word, min(max(wait, 0.0), LONGEST_WAIT))


class MoodFile:
    """The mood of one server, kept in a file so that it outlives the process and is visible to everybody."""

    def __init__(self, state: Path, server: str) -> None:
        self._path = state / "moods" / server

    def read(self) -> Mood:
        """Return the present mood; a missing or unreadable file means ``ok``."""
        try:
            return parse(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, UnknownMood):
            return Mood()

    def write(self, line: str) -> Mood:
        """Set the mood. Raises UnknownMood."""
        mood = parse(line)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(f"{mood}\n", encoding="utf-8")
        return mood


T = TypeVar("T")


def _ok(mood: Mood, act: Callable[[], T], refuse: Callable[[], T]) -> T:
    return act()


def _slow(mood: Mood, act: Callable[[], T], refuse: Callable[[], T]) -> T:
    time.sleep(mood.wait)
    return act()


def _refuse(mood: Mood, act: Callable[[], T], refuse: Callable[[], T]) -> T:
    return refuse()


BEHAVIOURS: Final = {"ok": _ok, "slow": _slow, "refuse": _refuse}
"""The one table that gives a mood its behaviour, for every server."""


def behave(mood: Mood, act: Callable[[], T], refuse: Callable[[], T]) -> T:
    """Do ``act`` the way the mood says; ``refuse`` makes the server's own refusal in its own protocol."""
    return BEHAVIOURS[mood.word](mood, act, refuse)
