"""One sentence carried over a redirect: "Đã tiếp nhận hồ sơ …". Kept in the session, shown once."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from django.http import HttpRequest

_KEY = "flash"
Tone = Literal["good", "news", "bad"]


@dataclass(frozen=True, slots=True)
class Flash:
    """``link`` and ``link_words`` say what to do next, if anything."""

    sentence: str
    tone: Tone = "good"
    link: str = ""
    link_words: str = ""


def say(
    request: HttpRequest, sentence: object, *, tone: Tone = "good", link: str = "", link_words: object = ""
) -> None:
    """Have the next page begin with this sentence."""
    said = Flash(str(sentence), tone, link, str(link_words))
    request.session[_KEY] = [*request.session.get(_KEY, []), asdict(said)]


def take(request: HttpRequest) -> tuple[Flash, ...]:
    """Return what is to be said, and forget it. A page without a session has nothing to say."""
    session = getattr(request, "session", None)
    if session is None or _KEY not in session:
        return ()
    return tuple(Flash(**said) for said in session.pop(_KEY))
