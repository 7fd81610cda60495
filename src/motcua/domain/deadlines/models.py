"""Tables: calendars with their windows and days; clocks and the entries they are computed from."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.domain.deadlines.calendars import DayKind
from motcua.domain.deadlines.types import ClockKind, ClockState, ClockView, Entry, EntryKind, LimitRule, Unit
from motcua.foundation.kernel.identifiers import new_id
from motcua.foundation.kernel.tables import AppendOnly, Mutable


class Calendar(Mutable):
    """A calendar of one agency (`agency_id` null: the nation's); what it lacks it has from its parent."""

    agency_id = models.UUIDField(null=True)
    name = models.CharField(max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    #: Changes with every change of the calendar, so that a loaded copy knows whether it is current.
    stamp = models.UUIDField(default=new_id)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency_id", "valid_from"], nulls_distinct=False, name="deadlines_calendar_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="deadlines_calendar_validity",
            ),
        ]


class WorkingWindow(Mutable):
    """Open from `opens` to `closes` every `weekday` (0 = Monday) while valid."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="windows")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="deadlines_window_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="deadlines_window_one_date"),
        ]


class DayRule(Mutable):
    """One date that differs: holiday, make-up working day, half-day, closure.

    `windows` is a list of ["07:00", "11:30"] pairs; needed for a half-day, optional for a make-up day.
    """

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="days")
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in DayKind])
    name = models.CharField(max_length=200)
    ground = models.CharField(max_length=300, blank=True)
    windows = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "on"], name="deadlines_day_once"),
            models.CheckConstraint(condition=Q(kind__in=list(DayKind)), name="deadlines_day_kind"),
        ]


class Clock(Mutable):
    """One measured waiting of a subject. `due_at` and `nominal` are kept beside the entries they follow from."""

    subject_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in ClockKind])
    key = models.CharField(max_length=80, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    rule = models.JSONField()
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in ClockState])
    due_at = models.DateTimeField()
    nominal = models.CharField(max_length=25)
    started_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_id", "kind", "key", "round"], name="deadlines_clock_round"),
            models.UniqueConstraint(
                fields=["subject_id", "kind", "key"],
                condition=~Q(state="stopped"),
                name="deadlines_clock_one_going",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(ClockKind)), name="deadlines_clock_kind"),
            models.CheckConstraint(condition=Q(state__in=list(ClockState)), name="deadlines_clock_state"),
            models.CheckConstraint(
                condition=Q(state="stopped", stopped_at__isnull=False)
                | (~Q(state="stopped") & Q(stopped_at__isnull=True)),
                name="deadlines_clock_stopped_at",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="running"), name="deadlines_clock_running"),
        ]

    def limit(self) -> LimitRule:
        """The rule the clock was started with."""
        return LimitRule.from_json(self.rule)

    def view(self) -> ClockView:
        """The clock as other rooms see it."""
        return ClockView(
            id=self.id,
            subject_id=self.subject_id,
            kind=ClockKind(self.kind),
            key=self.key,
            state=ClockState(self.state),
            due_at=self.due_at,
            started_at=self.started_at,
            rule=self.limit(),
            calendar_id=self.calendar_id,
            stopped_at=self.stopped_at,
            version=self.version,
        )


class ClockEntry(AppendOnly):
    """One act on a clock: when it was true, why, by which article, on which paper, by whom."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="entries")
    seq = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in EntryKind])
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    reason = models.CharField(max_length=1000, blank=True)
    ground = models.CharField(max_length=300, blank=True)
    document = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=200, blank=True)
    officer_id = models.UUIDField(null=True)
    amount = models.PositiveIntegerField(default=0)
    unit = models.CharField(max_length=14, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clock", "seq"], name="deadlines_entry_seq"),
            models.CheckConstraint(condition=Q(kind__in=list(EntryKind)), name="deadlines_entry_kind"),
        ]

    def entry(self) -> Entry:
        """The entry as the arithmetic reads it."""
        return Entry(
            kind=EntryKind(self.kind),
            at=self.at,
            reason=self.reason,
            ground=self.ground,
            document=self.document,
            by=self.by,
            amount=self.amount,
            unit=Unit(self.unit) if self.unit else None,
        )
