"""The errors every room raises and every channel words.

A problem carries one sentence for the person who reads it, in Vietnamese through gettext, that says what to do.
``details`` are for the channel (what changed, which state), never shown raw.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field: ``field`` is its path in the form, ``sentence`` says what to do."""

    field: str
    sentence: Any  # str or a lazy translation


class Problem(Exception):
    """Something a person can be told and can act on."""

    def __init__(self, sentence: Any, **details: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.details: Mapping[str, Any] = details

    def __str__(self) -> str:
        return str(self.sentence)


class Missing(Problem):
    """Not there, or not yours: nobody can tell the two apart."""


class NotAllowed(Problem):
    """You may see it, but this act is not yours."""


class WrongState(Problem):
    """Not now: the thing is in a state in which this act has no place."""


class Stale(Problem):
    """Somebody was faster; ``details['changed']`` says what is different now."""


class Reused(Problem):
    """This request id was used for something else; nothing was done."""


class Unavailable(Problem):
    """The outside world does not answer; ``details['retry']`` says whether to try again."""


@dataclass(eq=False)
class Invalid(Problem):
    """The input cannot be taken as it is; one problem per field, everything else is kept."""

    problems: tuple[FieldProblem, ...]
    details: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        Exception.__init__(self, *(str(p.sentence) for p in self.problems))
        self.sentence = " ".join(str(p.sentence) for p in self.problems)

    def __str__(self) -> str:
        return str(self.sentence)
