"""What a dossier offers an officer now: the open tasks, their choices, and why one is not possible.

Pages ask this, so that a button says why it cannot be pressed instead of disappearing. Nothing is decided here: the
commands check again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from motcua.domain.dossiers.commands.resulting import ALREADY, NO_RESULT
from motcua.domain.dossiers.commands.returning import WITH_RESULT, WITHOUT_RESULT, check_money
from motcua.domain.dossiers.commands.supplementing import check_within
from motcua.domain.dossiers.commands.working import given_by
from motcua.domain.dossiers.lifecycle import may
from motcua.domain.dossiers.models import Dossier, Result
from motcua.domain.dossiers.types import ResultStage
from motcua.domain.workflow import access as workflow
from motcua.domain.workflow import queries as runs
from motcua.domain.workflow.graph import Action, Graph, Need, Step
from motcua.domain.workflow.types import Choice, Given, Task, TaskState
from motcua.foundation.kernel.actor import Actor, ActorKind
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import NotAllowed, WrongState
from motcua.foundation.organisation import access as rights
from motcua.foundation.organisation import queries as organisation
from motcua.foundation.organisation.types import Capability, HeldPosition, Role

NOT_PASSED = gettext_lazy("Biên bản thẩm định gần nhất chưa kết luận đạt. Hãy ghi biên bản trước.")
WANTING = {
    "result": gettext_lazy("Hãy soạn dự thảo kết quả trước."),
    "minutes": gettext_lazy("Hãy ghi biên bản thẩm định trước."),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice of a task. ``hindrance`` says why it is not possible now, empty when it is; ``leads_to`` names the
    steps that may come next (several when conditions decide), none when the task stays or the process ends.
    """

    choice: Choice
    hindrance: str = ""
    leads_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An open task as one officer meets it.

    ``is_mine``: they may do it; ``may_claim``: nobody has it yet; ``may_assign``: they may give it to somebody.
    ``hindrance``: why nothing at all can be done with it now.
    """

    task: Task
    is_mine: bool
    may_claim: bool
    may_assign: bool
    hindrance: str
    offers: tuple[Offer, ...]

    def offer(self, key: str) -> Offer | None:
        """Return the choice with this key."""
        return next((one for one in self.offers if one.choice.key == key), None)


def work_on(dossier: Dossier, *, actor: Actor, at: datetime) -> tuple[Work, ...]:
    """Return the open tasks of a dossier, the actor's own first."""
    found = [_work(dossier, task, actor, at) for task in runs.open_tasks(dossier.id)]
    return tuple(sorted(found, key=lambda one: not one.is_mine))


def candidates(task: Task, at: datetime) -> tuple[HeldPosition, ...]:
    """Return whom the task may be given to, or whom it names for the step that it assigns (TT 11/2025 14.1)."""
    if task.agency_id is None:
        return ()
    on, roles = local(at).date(), _roles(task)
    here = [held for role in roles for held in organisation.holders(role, task.agency_id, task.department_id, on=on)]
    if not here:
        here = [held for role in roles for held in organisation.holders(role, task.agency_id, on=on)]
    return tuple(here)


def _roles(task: Task) -> tuple[Role, ...]:
    """The role of the steps whose doer is chosen in this one, else the task's own."""
    run = runs.run(task.run_id)
    steps = [node.step for node in runs.graph(run.process_version_id).steps if node.step]
    chosen = {step.who.role for step in steps if step.who.chosen_in == task.node and step.who.role}
    return tuple(Role(role) for role in sorted(chosen) or [task.role] if role)


def _work(dossier: Dossier, task: Task, actor: Actor, at: datetime) -> Work:
    on = local(at).date()
    mine = actor.kind is ActorKind.OFFICER and workflow.may_do(task, actor, on)
    held = _held(task)
    return Work(
        task=task,
        is_mine=mine,
        may_claim=mine and task.officer_id is None and not held,
        may_assign=rights.can(
            actor, Capability.ASSIGN, agency_id=task.agency_id, department_id=task.department_id, own=True, on=on
        ),
        hindrance=held,
        offers=tuple(_offers(dossier, task, held, actor, at)) if mine else (),
    )


def _held(task: Task) -> str:
    if task.state is TaskState.WAITING:
        return _("Đang chờ ý kiến của đơn vị khác.")
    if task.state is TaskState.HELD:
        run = runs.run(task.run_id)
        why = _(run.held_because) if run.held_because else _("chờ người nộp hồ sơ")
        return _("Đang tạm dừng: %(why)s") % {"why": why}
    return ""


def _offers(dossier: Dossier, task: Task, held: str, actor: Actor, at: datetime) -> Iterator[Offer]:
    given, graph = given_by(dossier, task), runs.graph(runs.run(task.run_id).process_version_id)
    step = None if task.asked_by_id else graph.step(task.node)
    result = Result.objects.filter(dossier=dossier, replaced_at__isnull=True).first()
    for choice in task.choices:
        action = step.action(choice.key) if step else None
        why = held or _effect(choice.effect, dossier, result, actor, at) or _lacking(step, action, given)
        yield Offer(choice, str(why), _leads_to(graph, task.node, action) if action else ())


def _leads_to(graph: Graph, node: str, action: Action) -> tuple[str, ...]:
    """The names of the steps behind an action, looking through gateways and waits."""
    if not action.leaves_step:
        return ()
    if action.to:
        return (graph.node(action.to).name,)
    chosen = graph.flow(action.flow) if action.flow else None
    open_ends = [chosen.target] if chosen else [flow.target for flow in graph.out_of(node)]
    found, seen = list[str](), set[str]()
    while open_ends:
        here = graph.node(open_ends.pop(0))
        if here.key in seen:
            continue
        seen.add(here.key)
        if here.step is not None:
            found.append(here.name)
        else:
            open_ends += [flow.target for flow in graph.out_of(here.key)]
    return tuple(found)


def _effect(effect: str, dossier: Dossier, result: Result | None, actor: Actor, at: datetime) -> Any:
    """Why an effect has no place now; an effect that is not listed always has."""
    checks: dict[str, Callable[[], Any]] = {
        "ask_supplement": lambda: _supplement(dossier, actor, at),
        "draft_result": lambda: ALREADY if result and result.stage != ResultStage.DRAFTED else "",
        "draft_refusal": lambda: ALREADY if result and result.stage != ResultStage.DRAFTED else "",
        "sign": lambda: _stage(result, {ResultStage.DRAFTED, ResultStage.SIGNING}, _("Kết quả đã được ký.")),
        "number": lambda: _stage(result, {ResultStage.SIGNED}, _("Chỉ lấy số sau khi kết quả đã được ký.")),
        "seal": lambda: _stage(
            result, {ResultStage.NUMBERED, ResultStage.SEALING}, _("Chỉ đóng dấu sau khi kết quả đã có số.")
        ),
        "return": lambda: why_not_return(dossier),
    }
    return checks[effect]() if effect in checks else ""


def _stage(result: Result | None, wanted: set[ResultStage], otherwise: str) -> Any:
    if result is None:
        return NO_RESULT
    return "" if result.stage in wanted else otherwise


def _supplement(dossier: Dossier, actor: Actor, at: datetime) -> Any:
    if not may(dossier, "ask_supplement"):
        return _("Hồ sơ đang ở trạng thái không yêu cầu bổ sung được.")
    try:
        check_within(dossier, actor, at)
    except NotAllowed as problem:
        return problem.sentence
    return ""


def why_not_return(dossier: Dossier) -> Any:
    """Say why nothing can be handed over yet; empty when it can."""
    if dossier.state not in WITH_RESULT | WITHOUT_RESULT:
        return _("Chưa có kết quả để trả.")
    try:
        check_money(dossier)
    except WrongState as problem:
        return problem.sentence
    return ""


def _lacking(step: Step | None, action: Action | None, given: Given) -> Any:
    """What the step demands before it is left forward. What the action itself brings about is not asked for."""
    if step is None or action is None or not action.leaves_step or action.to:
        return ""
    if Need.PASSED in action.needs and Need.PASSED not in given.filled:
        return NOT_PASSED
    wanted = [key for key in step.must.issued if key not in given.issued]
    if action.effect not in {"sign", "issue_on_paper"}:
        wanted += [key for key in step.must.signed if key not in given.signed]
    return next((WANTING.get(key) or _("Còn thiếu: %(key)s.") % {"key": key} for key in wanted), "")
