"""An act on a dossier: a page that says what will happen and asks what is needed, and the command behind it.

An act is a small class: its words, its fields, the command. What is common to all is here: the rights (through the
query that finds the dossier), the reading log, one effect for one request id, what was typed kept when it is wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from motcua.channels.desk.acts_typed import Typed
from motcua.channels.desk.casework_case import Case
from motcua.channels.ui import flash
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.offering import Offer, Work
from motcua.domain.workflow.types import Choice, Task
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed
from motcua.foundation.kernel.requests import once

NOT_YOURS = gettext_lazy("Việc này đang được giao cho người khác.")
SECRETS = ("pin", "otp")


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of an act's form. Kinds: text long radios checks select date time secret money.

    ``options``: (value, words, hint); ``lines``: height of a long text.
    """

    name: str
    label: Any
    kind: str = "long"
    hint: Any = ""
    value: str = ""
    options: Sequence[tuple[str, Any, Any]] = ()
    lines: int = 4
    needed: bool = True

    def items(self, chosen: Collection[str]) -> list[dict[str, Any]]:
        """Return the options as GOV.UK's macros want them."""
        return [
            {
                "value": value,
                "text": str(words),
                "hint": {"text": str(hint)} if hint else None,
                "checked": value in chosen,
                "selected": value in chosen,
            }
            for value, words, hint in self.options
        ]


@dataclass(frozen=True, slots=True)
class Page:
    """What the form page of an act is made of, beside the act itself."""

    asks: tuple[Ask, ...] = ()
    more: Mapping[str, Any] | None = None


class Act:
    """One act on one dossier, perhaps for one of its tasks. Subclasses say the words, the questions and the command."""

    title: ClassVar[Any] = ""
    button: ClassVar[Any] = gettext_lazy("Xác nhận")
    done: ClassVar[Any] = gettext_lazy("Đã ghi nhận.")
    template: ClassVar[str] = "desk/casework/act.html"
    is_grave: ClassVar[bool] = False

    def __init__(self, case: Case, work: Work | None = None, choice: Choice | None = None) -> None:
        self.case, self.work, self.choice = case, work, choice

    @property
    def task(self) -> Task:
        """The task the act is for."""
        assert self.work is not None  # noqa: S101 - acts that ask for it are routed with a task
        return self.work.task

    @property
    def name(self) -> str:
        """What the request id is kept under: a class is a verb."""
        return type(self).__name__

    def heading(self) -> str:
        """The words on top: the choice's own label when there is one."""
        return self.choice.label if self.choice else str(self.title)

    def consequences(self) -> list[str]:
        """Say what will happen, a sentence each."""
        return []

    def hindrance(self) -> str:
        """Say why it is not possible now; empty when it is."""
        offer = self.offer()
        return offer.hindrance if offer else (self.work.hindrance if self.work else "")

    def offer(self) -> Offer | None:
        return self.work.offer(self.choice.key) if self.work and self.choice else None

    def page(self) -> Page:
        """Return what is asked."""
        return Page()

    def do(self, typed: Typed) -> str:
        """Run the command; returns an opaque reference of what came of it. Raises what the command raises."""
        raise NotImplementedError

    def said(self, _outcome: str, /) -> str:
        """The sentence the next page begins with."""
        return str(self.done)

    def onward(self, _outcome: str, /) -> str:
        """The address that follows."""
        return self.case.url

    def require(self) -> None:
        """Raise NotAllowed when the page is not for this actor; the command checks again."""
        if self.work is not None and not self.work.is_mine:
            raise NotAllowed(NOT_YOURS)

    @property
    def expected(self) -> int:
        """The version the person saw: the task's, or the dossier's."""
        return self.work.task.version if self.work else self.case.dossier.version


def respond(request: HttpRequest, act: Act) -> HttpResponse:
    """Show the act, or do it once and go on."""
    if request.method != "POST":
        act.require()
        return show(request, act, Typed({}))
    typed = Typed(request.POST)
    try:
        outcome = _do_once(act, typed)
    except Invalid as wrong:
        return show(request, act, typed, wrong.problems)
    flash.say(request, act.said(outcome))
    return redirect(act.onward(outcome))


def show(request: HttpRequest, act: Act, typed: Typed, wrong: tuple[FieldProblem, ...] = ()) -> HttpResponse:
    """Draw the page; nothing typed is lost."""
    with override(settings.LANGUAGE_CODE):  # the log of reads is kept in one language
        act.case.log(f"desk:{act.name}", act.heading())
    page = act.page()
    context = {
        "act": act,
        "case": act.case,
        "dossier": act.case.dossier,
        "now": act.case.at,
        "asks": page.asks,
        "typed": typed,
        "wrong": {problem.field: str(problem.sentence) for problem in wrong},
        "summary": [{"href": f"#{problem.field}", "text": str(problem.sentence)} for problem in wrong],
        "expected": typed.text("expected") or act.expected,
        **(page.more or {}),
    }
    return render(request, act.template, context, status=422 if wrong else 200)


def _do_once(act: Act, typed: Typed) -> str:
    """The same form sent twice acts once; what only the holder may know never becomes part of a fingerprint."""
    case = act.case
    body: dict[str, Any] = {
        "dossier": str(case.id),
        "task": str(act.work.task.id) if act.work else "",
        "choice": act.heading(),
    }
    body |= {"typed": typed.plain(without=SECRETS)}
    with once(actor=case.actor, verb=f"desk.{act.name}", body=body, at=case.at) as claimed:
        if claimed.first_outcome is not None:
            return claimed.first_outcome
        outcome = act.do(typed)
        claimed.finish(outcome)
    return outcome


def work_of(case: Case, task_id: UUID) -> Work | None:
    """Return the open task of this dossier as the actor meets it; None when it is done."""
    works = dossiers.work(case.id, actor=case.actor, at=case.at)
    return next((one for one in works if one.task.id == task_id), None)


def leads_to(act: Act) -> list[str]:
    """Say where the dossier goes when the task is left."""
    offer = act.offer()
    if offer is None or not offer.leads_to:
        return [_("Kết thúc bước này.")] if offer and offer.choice.leaves else []
    if len(offer.leads_to) == 1:
        return [_("Hồ sơ chuyển sang bước: %(step)s.") % {"step": offer.leads_to[0]}]
    steps = "; ".join(offer.leads_to)
    return [_("Hồ sơ chuyển sang một trong các bước sau, tùy dữ liệu của hồ sơ: %(steps)s.") % {"steps": steps}]
