"""Reading what an officer typed into an act's form; whatever is wrong is said beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from motcua.foundation.kernel.clocks import VIETNAM
from motcua.foundation.kernel.errors import FieldProblem, Invalid
from motcua.foundation.kernel.text import nfc

LONGEST = 8000
UNSEEN = frozenset({"csrfmiddlewaretoken", "request_id"})


class Typed:
    """A post as texts. Methods that read a date, a moment, an id or an amount raise Invalid, naming the field."""

    def __init__(self, post: Mapping[str, Any]) -> None:
        getlist = getattr(post, "getlist", None)
        self._texts: dict[str, list[str]] = {name: (getlist(name) if getlist else [post[name]]) for name in post}

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def text(self, name: str) -> str:
        """Return one text without the space around it; empty when there is none."""
        return nfc((self._texts.get(name) or [""])[-1]).strip()[:LONGEST]

    def several(self, name: str) -> list[str]:
        """Return every value of a name (check boxes)."""
        return [nfc(text).strip()[:LONGEST] for text in self._texts.get(name, ())]

    def lines(self, name: str) -> tuple[str, ...]:
        """Return the lines of a text, one thing a line, without bullets and empty ones."""
        found = (re.sub(r"^\s*(?:[-+•*]|\d+[.)])\s+", "", line).strip() for line in self.text(name).splitlines())
        return tuple(line for line in found if line)

    def rows(self, name: str, parts: Iterable[str]) -> list[dict[str, str]]:
        """Return the filled rows of a small table whose inputs are called ``name-0-part``."""
        parts = tuple(parts)
        found = {int(m[1]) for key in self._texts if (m := re.fullmatch(rf"{re.escape(name)}-(\d{{1,3}})-\w+", key))}
        rows = [{part: self.text(f"{name}-{index}-{part}") for part in parts} for index in sorted(found)]
        return [row for row in rows if row[parts[0]]]

    def yes(self, name: str) -> bool:
        """Say whether a box is ticked or a radio says yes."""
        return self.text(name) in {"yes", "on", "true", "1"}

    def expected(self) -> int | None:
        """Return the version of what the person saw."""
        text = self.text("expected")
        return int(text) if text.isascii() and text.isdigit() else None

    def id(self, name: str, sentence: Any) -> UUID:
        """Return a chosen id; ``sentence`` says what to do when nothing was chosen."""
        try:
            return UUID(self.text(name))
        except ValueError:
            raise Invalid((FieldProblem(name, sentence),)) from None

    def day(self, name: str, *, needed: bool = True) -> date | None:
        """Return a date typed as ``24/11/2026``; None for an empty one that is not needed."""
        text = self.text(name)
        if not text and not needed:
            return None
        found = re.fullmatch(r"(\d{1,2})\D(\d{1,2})\D(\d{4})", text)
        try:
            return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
        except ValueError:
            raise Invalid((FieldProblem(name, _("Hãy ghi ngày dạng ngày/tháng/năm, ví dụ 24/11/2026.")),)) from None

    def moment(self, day: str, clock: str) -> datetime:
        """Return a moment of Vietnam's clock from a date and a time typed as ``09:30``."""
        found = re.fullmatch(r"(\d{1,2})[:hg](\d{2})", self.text(clock).lower())
        on = self.day(day)
        try:
            assert on is not None and found is not None  # noqa: S101, PT018 - a date that is needed is there
            return datetime.combine(on, time(int(found[1]), int(found[2])), VIETNAM)
        except (AssertionError, ValueError):
            raise Invalid((FieldProblem(clock, _("Hãy ghi giờ dạng giờ:phút, ví dụ 09:30.")),)) from None

    def number(self, name: str, sentence: Any) -> int:
        """Return a whole number, dots between thousands allowed."""
        text = re.sub(r"[.\s]|đ$", "", self.text(name).lower())
        if not (text.isascii() and text.isdigit() and len(text) < 14):
            raise Invalid((FieldProblem(name, sentence),))
        return int(text)

    def plain(self, *, without: Iterable[str] = ()) -> dict[str, list[str]]:
        """Return everything that was typed, for the fingerprint of the request."""
        hidden = UNSEEN | set(without)
        return {name: texts for name, texts in sorted(self._texts.items()) if name not in hidden}
