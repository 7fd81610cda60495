"""Acts on a step: take it, give it to somebody, leave it by one of its choices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.channels.desk.acts import Act, Ask, Page, leads_to
from motcua.channels.desk.acts_typed import Typed
from motcua.channels.ui import formats
from motcua.domain.dossiers import commands
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.types import Assignee
from motcua.foundation.kernel.errors import FieldProblem, Invalid, NotAllowed

NOBODY_CHOSEN = gettext_lazy("Hãy chọn cán bộ xử lý.")


class Claim(Act):
    """Take a task that was offered to several."""

    title = gettext_lazy("Nhận việc")
    button = gettext_lazy("Nhận việc")
    done = gettext_lazy("Bạn đã nhận việc này.")

    def consequences(self) -> list[str]:
        return [_("Việc “%(task)s” thành của bạn; đồng nghiệp không nhận được nữa.") % {"task": self.task.name}]

    def do(self, typed: Typed) -> str:
        task = commands.claim(task_id=self.task.id, expected=typed.expected(), actor=self.case.actor, at=self.case.at)
        return str(task.id)


class Assign(Act):
    """The head gives a task to an officer, or to another one (TT 11/2025 14.1)."""

    title = gettext_lazy("Giao việc cho cán bộ")
    button = gettext_lazy("Giao việc")
    done = gettext_lazy("Đã giao việc.")

    def require(self) -> None:
        if self.work is None or not self.work.may_assign:
            raise NotAllowed(_("Chỉ người phụ trách đơn vị mới giao việc này."))

    def consequences(self) -> list[str]:
        return [_("Việc “%(task)s” chuyển cho người bạn chọn, hạn của bước giữ nguyên.") % {"task": self.task.name}]

    def page(self) -> Page:
        directions = Ask("words", _("Ý kiến chỉ đạo"), needed=False)
        return Page((officer_ask(self), directions))

    def do(self, typed: Typed) -> str:
        task = commands.assign(
            task_id=self.task.id,
            assignee=assignee_of(typed),
            words=typed.text("words"),
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(task.id)


class Finish(Act):
    """Leave the step by a choice that needs nothing but words or a name (TT 11/2025 15.10, 15.11, 16.1, 16.4)."""

    done = gettext_lazy("Đã xong việc này, hồ sơ đã chuyển đi.")

    @property
    def name(self) -> str:
        return f"Finish.{self.choice.key}" if self.choice else "Finish"

    def consequences(self) -> list[str]:
        return leads_to(self)

    def page(self) -> Page:
        needs = self.choice.needs if self.choice else ()
        asks = [officer_ask(self)] if "assignee" in needs else []
        words = _("Ý kiến, lý do") if "words" in needs else _("Ghi chú cho người xử lý tiếp")
        asks.append(Ask("words", words, needed="words" in needs))
        return Page(tuple(asks))

    def do(self, typed: Typed) -> str:
        needs_name = self.choice is not None and "assignee" in self.choice.needs
        advance = commands.finish(
            task_id=self.task.id,
            action=self.choice.key if self.choice else "",
            words=typed.text("words"),
            assignee=assignee_of(typed) if needs_name else None,
            expected=typed.expected(),
            actor=self.case.actor,
            at=self.case.at,
        )
        return str(advance.run_id)


def officer_ask(act: Act) -> Ask:
    """The question who shall do it, each officer with how much they have now."""
    options: list[tuple[str, Any, Any]] = []
    for held in dossiers.assignees(act.task, act.case.at):
        count = runs.tasks_for([held]).count()
        busy = _("%(count)s việc đang giữ") % {"count": formats.number(count)}
        options.append((f"{held.officer_id}.{held.position_id}", f"{held.officer_name} – {held.title}", busy))
    hint = "" if options else _("Chưa có cán bộ nào giữ chức danh này ở đơn vị. Hãy báo quản trị viên.")
    return Ask("assignee", _("Cán bộ xử lý"), "radios", hint, options=options)


def assignee_of(typed: Typed) -> Assignee:
    """Read the chosen officer and position. Raises Invalid."""
    officer, _dot, position = typed.text("assignee").partition(".")
    try:
        return Assignee(UUID(officer), UUID(position))
    except ValueError:
        raise Invalid((FieldProblem("assignee", NOBODY_CHOSEN),)) from None
