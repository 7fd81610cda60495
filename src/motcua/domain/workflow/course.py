"""A locked run while one command changes it: the pure engine on one side, rows and events on the other."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from motcua.domain.workflow import assignment, engine, limits, models, views
from motcua.domain.workflow.assignment import Assignment
from motcua.domain.workflow.engine import Move, Outcome, TokenState
from motcua.domain.workflow.graph import Graph, NodeKind
from motcua.domain.workflow.types import SUBJECT_KIND, Advance, Closing, RunState, TaskState
from motcua.foundation import expressions
from motcua.foundation.journal import commands as journal
from motcua.foundation.journal.types import Subject
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.clocks import local
from motcua.foundation.kernel.errors import FieldProblem, Invalid, Missing, Stale, WrongState

MOST_DATA_BYTES = 2_000


@dataclass
class Course:
    """One command's hold on a run. Made by ``hold`` (or for a new run); ``advance`` says what came of it."""

    run: models.Run
    actor: Actor
    at: datetime
    opened: list[models.Task] = field(default_factory=list)
    closed: list[models.Task] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    ended: str | None = None
    parked: list[str] = field(default_factory=list)

    @property
    def graph(self) -> Graph:
        return views.graph_of(self.run.process_version_id)

    def make(self, move: Move, *, reason: str = "", again: bool = False) -> None:
        """Make a move: write tokens, close what was called off, open what was reached, end the run if it is over."""
        rows = {row.number: row for row in self.run.tokens.order_by("number")}
        before = {number: _token(row) for number, row in rows.items()}
        outcome = engine.advance(self.graph, tuple(before.values()), move, self.run.data)
        self._write(rows, before, outcome)
        for number in outcome.dropped:
            for task in self.run.tasks.filter(token=rows[number], closed_at__isnull=True, asked_by__isnull=True):
                self.close(task, Closing.WITHDRAWN, words=reason)
        for number in outcome.opened:
            self._open(rows[number], outcome.token(number).node, reason=reason, again=again)
        if outcome.ended is not None:
            self.end(outcome.ended, reason="")
        else:
            self.touch()

    def _write(self, rows: dict[int, models.Token], before: Mapping[int, engine.Token], outcome: Outcome) -> None:
        for token in outcome.tokens:
            if before.get(token.number) == token and token.number not in outcome.opened:
                continue
            row = rows.setdefault(token.number, models.Token(run=self.run, number=token.number))
            row.node, row.state, row.came_by = token.node, token.state, token.came_by
            row.parent, row.reason = token.parent, token.reason
            self._listen(row)
            row.save()
            was_parked = token.number in before and before[token.number].state is TokenState.PARKED
            if token.state is TokenState.PARKED and not was_parked:
                self.record("run.parked", {"node": token.node, "reason": token.reason})
        self.parked = [token.reason for token in outcome.tokens if token.state is TokenState.PARKED]

    def _listen(self, row: models.Token) -> None:
        """Note on a waiting token what it waits for."""
        node = self.graph.node(row.node)
        waits = row.state == TokenState.WAITING
        row.message = node.message if waits and node.kind is NodeKind.MESSAGE else ""
        is_timer = waits and node.kind is NodeKind.TIMER
        row.wakes_at = self.at + timedelta(minutes=node.minutes) if is_timer else None

    def _open(self, token: models.Token, node: str, *, reason: str, again: bool) -> None:
        step = self.graph.step(node)
        given = assignment.assign(step, node, self.run, local(self.at).date(), again=again)
        task = self.new_task(
            token=token,
            node=node,
            kind=step.kind,
            name=self.graph.node(node).name or node,
            limit_minutes=step.limit_minutes,
            silence=step.consultation.silence if step.consultation else "",
            reason=reason,
        )
        self.give(task, given)
        task.due_at = limits.due_at(step.limit_minutes, task.agency_id, self.at)
        self.open(task, fell_back=given.fell_back)

    def new_task(self, *, node: str, **given: Any) -> models.Task:
        """Return a task of this run, not yet saved; ``given`` are its columns."""
        passes = Count("id", filter=Q(node=node, asked_by__isnull=True))
        so_far = self.run.tasks.aggregate(all=Count("id"), here=passes)
        given = {"attempt": so_far["here"] + 1} | given
        return models.Task(
            run=self.run,
            subject_id=self.run.subject_id,
            number=so_far["all"] + 1,
            node=node,
            opened_at=self.at,
            **given,
        )

    def give(self, task: models.Task, given: Assignment) -> None:
        """Write down who gets the task."""
        task.role = given.role
        task.agency_id = given.at.agency_id if given.at else None
        task.department_id = given.at.department_id if given.at else None
        task.officer_id, task.position_id = given.officer_id, given.position_id

    def open(self, task: models.Task, *, fell_back: bool = False) -> None:
        """Save a new task and say so in the history; in a held run it waits like the others."""
        if self.run.state == RunState.HELD:
            task.state, task.minutes_left = TaskState.HELD, task.limit_minutes
        task.save()
        self.opened.append(task)
        self.record(
            "task.opened",
            _facts(task)
            | {
                "kind": str(task.kind),
                "name": task.name,
                "attempt": task.attempt,
                "role": task.role,
                "agency_id": _text(task.agency_id),
                "department_id": _text(task.department_id),
                "officer_id": _text(task.officer_id),
                "due_at": task.due_at.isoformat() if task.due_at else None,
                "fell_back_to_head": fell_back,
                "reason": task.reason,
            },
        )

    def close(self, task: models.Task, closing: Closing, *, action: str = "", words: str = "") -> None:
        """Close a task by this actor; a closed task never opens again (coming back to the step is a new one)."""
        may_have_asked = task.state != TaskState.OPEN
        task.state, task.closing, task.closed_at = TaskState.CLOSED, closing, self.at
        task.action, task.words = action, words
        if closing is not Closing.WITHDRAWN:
            task.closed_by_id, task.closed_by_position_id = self.actor.officer_id, self.actor.position_id
        task.version += 1
        task.save()
        self.closed.append(task)
        self.record(f"task.{closing}", _facts(task) | {"name": task.name, "action": action, "words": words})
        for asked in task.asked.filter(closed_at__isnull=True).order_by("number") if may_have_asked else ():
            self.close(asked, Closing.WITHDRAWN, words=words)

    def end(self, how: str, *, reason: str) -> None:
        """The run is over; nothing of it stays open."""
        self.run.tokens.exclude(state=TokenState.DONE).update(state=TokenState.DONE, message="", wakes_at=None)
        for task in self.run.tasks.filter(closed_at__isnull=True, asked_by__isnull=True).order_by("number"):
            self.close(task, Closing.WITHDRAWN, words=reason)
        self.run.state, self.run.ended, self.run.ended_at = RunState.ENDED, how, self.at
        self.run.held_because = ""
        self.ended, self.parked = how, []
        self.touch()
        self.record("run.ended", {"how": how, "reason": reason})

    def touch(self) -> None:
        """Save the run with a new version."""
        self.run.version += 1
        self.run.save()

    def remember(self, data: Mapping[str, Any]) -> None:
        """Add to what conditions can see. Raises Invalid: not declared, of another type, or too much."""
        problems = []
        fresh: dict[str, Any] = {}
        for name, value in data.items():
            declared = self.graph.declared.get(name)
            if declared is None or name == "action":
                problems.append(FieldProblem(name, _("Quy trình không khai báo dữ liệu “%(name)s”.") % {"name": name}))
                continue
            try:
                expressions.plain(value, declared, name)
            except expressions.EvaluationFailed as failed:
                problems.append(FieldProblem(name, failed.sentence))
            fresh[name] = expressions.plain(value)
        if problems:
            raise Invalid(tuple(problems))
        self.run.data = self.run.data | fresh
        if len(json.dumps(self.run.data, ensure_ascii=False).encode()) > MOST_DATA_BYTES:
            raise Invalid((FieldProblem("data", _("Dữ liệu điều khiển quy trình vượt quá 2 KB.")),))

    def record(self, kind: str, data: Mapping[str, Any]) -> None:
        """Record an event in the subject's history."""
        subject = Subject(SUBJECT_KIND, self.run.subject_id)
        journal.record(
            kind=kind, subject=subject, actor=self.actor, at=self.at, data={"run_id": str(self.run.id)} | dict(data)
        )

    def visited(self) -> dict[int, frozenset[str]]:
        """At which steps each token of the run has been."""
        found: dict[int, set[str]] = defaultdict(set)
        for number, node in self.run.tasks.filter(asked_by__isnull=True).values_list("token__number", "node"):
            found[number].add(node)
        return {number: frozenset(nodes) for number, nodes in found.items()}

    def advance(self) -> Advance:
        """What this command did."""
        return Advance(
            run_id=self.run.id,
            opened=tuple(views.task(task) for task in self.opened),
            closed=tuple(views.task(task) for task in self.closed),
            ended=self.ended,
            parked=" ".join(self.parked) or None,
            effects=tuple(self.effects),
        )


def hold(run_id: UUID, *, actor: Actor, at: datetime) -> Course:
    """Lock the run: whoever changes it comes one after the other. Raises Missing."""
    run = models.Run.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise Missing(_("Không tìm thấy quy trình đang chạy này."))
    return Course(run, actor, at)


def hold_task(task_id: UUID, *, expected: int | None, actor: Actor, at: datetime) -> tuple[Course, models.Task]:
    """Lock a task's run, and the task as it is now. Raises Missing, Stale (not as it was seen), WrongState."""
    run_id = models.Task.objects.filter(id=task_id).values_list("run_id", flat=True).first()
    if run_id is None:
        raise Missing(_("Không tìm thấy việc này."))
    course = hold(run_id, actor=actor, at=at)
    task = models.Task.objects.select_related("token").get(id=task_id)
    task.run = course.run
    if task.closed_at is not None or (expected is not None and expected != task.version):
        changed = _("Việc “%(name)s” đã xong.") if task.closed_at else _("Việc “%(name)s” đã đổi người xử lý.")
        raise Stale(
            _("Việc này vừa được người khác xử lý hoặc thay đổi. Hãy tải lại trang."),
            changed=changed % {"name": task.name},
        )
    if task.state == TaskState.HELD:
        raise WrongState(_("Quy trình đang tạm dừng: %(why)s") % {"why": course.run.held_because})
    return course, task


def _token(row: models.Token) -> engine.Token:
    return engine.Token(row.number, row.node, TokenState(row.state), row.came_by, row.parent, row.reason)


def _facts(task: models.Task) -> dict[str, Any]:
    return {"task_id": str(task.id), "node": task.node, "number": task.number}


def _text(key: UUID | None) -> str | None:
    return str(key) if key else None
