"""What can be wrong with an expression: for its author when it is written, for everybody else when it is run."""

from __future__ import annotations

from typing import Any

from motcua.foundation.kernel.errors import Problem


class BadExpression(Problem):
    """The expression cannot be used. ``position`` is the offset in characters, from 0, of the place to look at."""

    def __init__(self, sentence: Any, position: int, **details: Any) -> None:
        super().__init__(sentence, **details)
        self.position = position


class EvaluationFailed(Problem):
    """The expression is sound but has no value for these values.

    ``unset`` names the unanswered fields it needed: a form takes that for "not met", a process waits for them.
    """

    def __init__(self, sentence: Any, unset: tuple[str, ...] = (), **details: Any) -> None:
        super().__init__(sentence, **details)
        self.unset = unset
