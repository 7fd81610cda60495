"""Reads: clocks, their ledgers and explanations, calendars, what is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from motcua.domain.deadlines import ledger as arithmetic
from motcua.domain.deadlines import models, reckoning, shelf, wording
from motcua.domain.deadlines.calendars import Calendar
from motcua.domain.deadlines.types import (
    CalendarRow,
    ClockKind,
    ClockState,
    ClockView,
    Difference,
    Explanation,
    Lateness,
    Ledger,
    LimitRule,
)
from motcua.foundation.kernel.errors import Missing


def clock_of(subject_id: UUID, kind: ClockKind, key: str = "") -> ClockView | None:
    """The latest clock of a kind, going or stopped; None when there never was one."""
    row = _latest(subject_id, kind, key)
    return row.view() if row else None


def clocks_of(subject_id: UUID) -> list[ClockView]:
    """All clocks of a subject, oldest first."""
    rows = models.Clock.objects.filter(subject_id=subject_id).order_by("started_at", "kind", "key", "round")
    return [row.view() for row in rows]


def latest_of(subject_ids: Iterable[UUID], kind: ClockKind) -> dict[UUID, ClockView]:
    """The latest clock of a kind for each of these subjects, in one query: for lists."""
    rows = models.Clock.objects.filter(subject_id__in=list(subject_ids), kind=kind, key="").order_by("round")
    return {row.subject_id: row.view() for row in rows}


def ledger_of(subject_id: UUID, kind: ClockKind, key: str = "") -> Ledger:
    """How the due moment came about, computed anew from the entries. Raises Missing."""
    return reckoning.of(_found(subject_id, kind, key))


def explanation_of(subject_id: UUID, kind: ClockKind, key: str = "") -> Explanation:
    """The ledger in words, in the active language. Raises Missing."""
    row = _found(subject_id, kind, key)
    computed = reckoning.of(row)
    return Explanation(row.view(), computed, wording.explained(computed), wording.sentence(computed))


def lateness_of(subject_id: UUID, kind: ClockKind, at: datetime, key: str = "") -> Lateness:
    """How late a clock is at a moment, pauses not counted, and the words for it. Raises Missing."""
    computed = ledger_of(subject_id, kind, key)
    late = computed.late_by(at)
    return Lateness(computed.due_at, late, wording.late_words(late) if late else "")


def promise(rules: Sequence[LimitRule], agency_id: UUID | None, at: datetime) -> datetime:
    """The due moment a receipt given at `at` would promise: the earliest of the limits. Raises Missing."""
    return arithmetic.promise(rules, calendar_for(agency_id, arithmetic.wall(at).date()), at)


def limit_words(rule: LimitRule) -> str:
    """A limit in words of the active language: "10 ngày làm việc", "trong ngày"."""
    return wording.quantity(rule.amount, rule.unit)


def calendar_for(agency_id: UUID | None, on: date) -> Calendar:
    """The calendar an agency works by on a date: its own, its parents', or the nation's. Raises Missing."""
    return shelf.load(shelf.row_for(agency_id, on).id)


def calendars() -> list[CalendarRow]:
    """Every calendar, the nation's first."""
    rows = models.Calendar.objects.order_by(F("agency_id").asc(nulls_first=True), "name", "valid_from")
    return [CalendarRow(r.id, r.name, r.agency_id, r.parent_id, r.valid_from, r.valid_to) for r in rows]


def calendar(calendar_id: UUID) -> Calendar:
    """One calendar as a value, with what it inherits. Raises Missing."""
    return shelf.load(calendar_id)


def due_before(at: datetime, kinds: Iterable[ClockKind] = tuple(ClockKind), limit: int = 1000) -> list[ClockView]:
    """Running clocks whose due moment lies before `at`, the most urgent first."""
    rows = models.Clock.objects.filter(state=ClockState.RUNNING, due_at__lt=at, kind__in=list(kinds))
    return [row.view() for row in rows.order_by("due_at")[:limit]]


def differences(subject_ids: Iterable[UUID] | None = None) -> Iterator[Difference]:
    """Clocks whose stored due moment or state does not follow from their entries; none, if all is well."""
    rows = models.Clock.objects.order_by("id").prefetch_related("entries")
    if subject_ids is not None:
        rows = rows.filter(subject_id__in=list(subject_ids))
    for row in rows.iterator(chunk_size=500):
        computed = reckoning.of(row)
        if (computed.due_at, computed.state) != (row.due_at, ClockState(row.state)):
            yield Difference(row.view(), computed.due_at, computed.state)


def _found(subject_id: UUID, kind: ClockKind, key: str) -> models.Clock:
    row = _latest(subject_id, kind, key)
    if row is None:
        raise Missing(_("Hồ sơ chưa có thời hạn này."))
    return row


def _latest(subject_id: UUID, kind: ClockKind, key: str) -> models.Clock | None:
    return models.Clock.objects.filter(subject_id=subject_id, kind=kind, key=key).order_by("-round").first()
