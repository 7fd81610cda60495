"""Tables: published processes, runs, their tokens, and tasks (one row per attempt)."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q

from motcua.domain.statuses.types import StepKind
from motcua.domain.workflow.engine import TokenState
from motcua.domain.workflow.types import Closing, RunState, TaskState
from motcua.foundation.kernel.tables import AppendOnly, Mutable


def one_of(field: str, words: type[StrEnum], *more: str) -> models.CheckConstraint:
    """Let the database refuse a word that the code does not know."""
    known = [str(word) for word in words] + list(more)
    return models.CheckConstraint(condition=Q(**{f"{field}__in": known}), name=f"%(app_label)s_%(class)s_{field}_known")


class ProcessVersion(AppendOnly):
    """A published process: the file as it was given and the graph compiled from it. Runs are pinned to it."""

    key = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    bpmn = models.BinaryField()
    graph = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="workflow_processversion_once")]


class Run(Mutable):
    """A process on its way for one subject. ``data`` are the variables its conditions use, under 2 KB."""

    subject_id = models.UUIDField()
    process_version = models.ForeignKey(ProcessVersion, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=RunState.RUNNING)
    data = models.JSONField(default=dict)
    #: Name of a place → [agency id, department id or null].
    places = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    held_because = models.TextField(default="", blank=True)
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=100, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("state", RunState),
            models.UniqueConstraint(
                fields=["subject_id"], condition=~Q(state=RunState.ENDED), name="workflow_run_one_under_way"
            ),
            models.CheckConstraint(
                condition=Q(state=RunState.ENDED, ended_at__isnull=False)
                | (~Q(state=RunState.ENDED) & Q(ended_at__isnull=True)),
                name="workflow_run_ended_once",
            ),
        ]
        indexes = [models.Index(fields=["subject_id", "started_at"], name="workflow_run_subject")]


class Token(Mutable):
    """Where one branch of a run stands; ``number`` counts from 1 in the run (see ``engine.Token``)."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="tokens")
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=200)
    state = models.CharField(max_length=8)
    came_by = models.CharField(max_length=200, default="", blank=True)
    parent = models.PositiveIntegerField(null=True)
    reason = models.TextField(default="", blank=True)
    message = models.CharField(max_length=200, default="", blank=True)
    wakes_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            one_of("state", TokenState),
            models.UniqueConstraint(fields=["run", "number"], name="workflow_token_number"),
            models.CheckConstraint(
                condition=~Q(state=TokenState.PARKED) | ~Q(reason=""), name="workflow_token_parked_says_why"
            ),
        ]
        indexes = [
            models.Index(fields=["wakes_at"], condition=Q(wakes_at__isnull=False), name="workflow_token_to_wake"),
            models.Index(fields=["run"], condition=Q(state=TokenState.PARKED), name="workflow_token_parked"),
        ]


class Task(Mutable):
    """A step that waits for somebody, or did. Coming to a step again is a new row (``attempt``).

    Offered to the holders of ``role`` at the place, or of ``position_id``, while ``officer_id`` is null.
    ``minutes_left`` are the working minutes a held task has left. ``asked_by`` is the task that asked, for a
    consultation asked on the way. ``subject_id`` is its run's, kept here so that an inbox reads one table.
    """

    run = models.ForeignKey(Run, models.PROTECT, related_name="tasks")
    token = models.ForeignKey(Token, models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    number = models.PositiveIntegerField()
    node = models.CharField(max_length=200)
    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=300)
    attempt = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default=TaskState.OPEN)
    role = models.CharField(max_length=16, default="", blank=True)
    agency_id = models.UUIDField(null=True)
    department_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    position_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    limit_minutes = models.PositiveIntegerField(null=True)
    due_at = models.DateTimeField(null=True)
    minutes_left = models.PositiveIntegerField(null=True)
    reason = models.TextField(default="", blank=True)
    asked_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="asked")
    silence = models.CharField(max_length=8, default="", blank=True)
    closed_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=10, default="", blank=True)
    closed_by_id = models.UUIDField(null=True)
    closed_by_position_id = models.UUIDField(null=True)
    action = models.CharField(max_length=100, default="", blank=True)
    words = models.TextField(default="", blank=True)
    answer = models.JSONField(default=dict)
    chosen_officer_id = models.UUIDField(null=True)
    chosen_position_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            one_of("state", TaskState),
            one_of("kind", StepKind),
            one_of("closing", Closing, ""),
            models.UniqueConstraint(fields=["run", "number"], name="workflow_task_number"),
            models.UniqueConstraint(
                fields=["token"],
                condition=Q(closed_at__isnull=True, asked_by__isnull=True),
                name="workflow_task_one_open_per_token",
            ),
            models.UniqueConstraint(
                fields=["run", "node", "attempt"], condition=Q(asked_by__isnull=True), name="workflow_task_attempt"
            ),
            models.CheckConstraint(
                condition=Q(state=TaskState.CLOSED, closed_at__isnull=False, closing__gt="")
                | (~Q(state=TaskState.CLOSED) & Q(closed_at__isnull=True, closing="")),
                name="workflow_task_closed_once",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_id", "number"], name="workflow_task_subject"),
            models.Index(
                fields=["officer_id", "due_at"],
                condition=Q(closed_at__isnull=True, officer_id__isnull=False),
                name="workflow_task_mine",
            ),
            models.Index(
                fields=["agency_id", "role", "due_at"],
                condition=Q(closed_at__isnull=True, officer_id__isnull=True),
                name="workflow_task_offered",
            ),
            models.Index(
                fields=["position_id"],
                condition=Q(closed_at__isnull=True, officer_id__isnull=True, position_id__isnull=False),
                name="workflow_task_for_position",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(closed_at__isnull=True, kind=StepKind.CONSULT),
                name="workflow_task_consultations",
            ),
        ]
