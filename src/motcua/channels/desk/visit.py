"""One request of an officer: who, when; what they read is logged, what they do happens once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from motcua.channels.ui.signin.middleware import actor_of
from motcua.domain.dossiers.types import Row
from motcua.foundation.journal.commands import log_read
from motcua.foundation.kernel import clocks, requests
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.errors import FieldProblem

NOT_OF_THE_ACT = frozenset({"csrfmiddlewaretoken", "request_id"})


@dataclass(frozen=True, slots=True)
class Visit:
    """An officer's request, now."""

    request: HttpRequest
    actor: Actor
    at: datetime

    @property
    def on(self) -> date:
        """Today in Vietnam."""
        return clocks.local(self.at).date()

    def log(self, page: str, purpose: str, *, parties: Iterable[UUID], subjects: Iterable[UUID] = ()) -> None:
        """Note what this officer is about to read; the page is shown only after that."""
        log_read(actor=self.actor, at=self.at, page=page, purpose=purpose, parties=parties, subjects=subjects)

    def log_rows(self, page: str, purpose: str, rows: Iterable[Row]) -> None:
        """Note the people and dossiers of a list; an empty list shows nobody."""
        shown = list(rows)
        if shown:
            people = [row.owner_id for row in shown if row.owner_id]
            self.log(page, purpose, parties=people, subjects=[row.id for row in shown])

    def once(self, verb: str, act: Callable[[], object]) -> str:
        """Do the act of this form once; the same form again gives the first outcome, as text."""
        with requests.once(actor=self.actor, verb=verb, body=self._body(), at=self.at) as this:
            if this.first_outcome is not None:
                return this.first_outcome
            this.finish(str(act() or ""))
            return this.outcome

    def _body(self) -> Mapping[str, Any]:
        post = self.request.POST
        return {"path": self.request.path} | {key: post.getlist(key) for key in post if key not in NOT_OF_THE_ACT}


def visit_of(request: HttpRequest) -> Visit:
    """Return the request of the signed-in officer."""
    return Visit(request, actor_of(request), clocks.now())


def sentences(problems: Iterable[FieldProblem]) -> dict[str, str]:
    """Return what is wrong by field, for templates."""
    return {problem.field: str(problem.sentence) for problem in problems}


def summary(problems: Iterable[FieldProblem]) -> list[dict[str, str]]:
    """Return what is wrong as lines that lead to their inputs."""
    return [{"href": f"#{problem.field}", "text": str(problem.sentence)} for problem in problems]
