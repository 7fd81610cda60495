"""Lists of dossiers: filters, pages, the counters on top; a counter is the size of a list by construction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from motcua.domain.catalog import queries as catalog
from motcua.domain.catalog.types import ReceptionChannel
from motcua.domain.dossiers import access
from motcua.domain.dossiers.models import Ask, Dossier
from motcua.domain.dossiers.types import PAUSED, TYPED_AT_DESK, AskKind, Row
from motcua.domain.statuses import queries as statuses
from motcua.domain.statuses.types import State
from motcua.domain.workflow import access as workflow
from motcua.foundation.kernel.actor import Actor
from motcua.foundation.kernel.text import search_key, sort_key

CAP = 10_000
NEAR = timedelta(days=2)  # from here on a dossier counts as about to expire (TT 11/2025 20.1g)


class Whose(StrEnum):
    """Whose work: anybody's, what is in my hands now, what I had in my hands before (TT 11/2025 15.3, 15.4)."""

    ANY = ""
    MINE = "mine"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows; every part narrows it. ``text`` searches code, names and summary without marks.

    ``party`` keeps to what one person owns or handed in; ``overdue`` and ``near`` look at the promised limit, and a
    dossier that waits for its applicant is neither, unless it was late already when the clock stopped.
    """

    text: str = ""
    states: tuple[State, ...] = ()
    procedure: str = ""
    channels: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    overdue: bool = False
    order: str = "danger"
    near: bool = False
    party: UUID | None = None
    received: bool = False
    whose: Whose = Whose.ANY


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows; ``total`` is capped at 10,000 and says so by ``more``."""

    rows: tuple[Row, ...]
    total: int
    more: bool


ORDERS: Mapping[str, Sequence[Any]] = {
    "danger": (F("due_at").asc(nulls_last=True), "submitted_at", "created_at"),
    "promised": (F("promised_at").asc(nulls_last=True), "submitted_at", "created_at"),
    "newest": (F("submitted_at").desc(nulls_last=True), "-created_at"),
    "oldest": ("submitted_at", "created_at"),
    "kind": ("procedure_code", F("promised_at").asc(nulls_last=True), "submitted_at"),
}
S = State
HANDED_IN = tuple(state for state in State if state is not State.DRAFT)
COUNTERS: Mapping[str, Filter] = {
    "waiting": Filter(states=(S.SUBMITTED, S.COMPLETED)),
    "supplemented": Filter(states=(S.SUPPLEMENTED,)),
    "overdue": Filter(overdue=True),
    "near": Filter(near=True),
    "working": Filter(states=(S.RECEIVED, S.IN_PROGRESS, S.SUPPLEMENTED, S.PAYMENT_DUE, S.STOP_ASKED)),
    "supplement_asked": Filter(states=(S.SUPPLEMENT_ASKED,)),
    "to_return": Filter(states=(S.DECIDED, S.READY_FOR_COLLECTION)),
    "refused": Filter(states=(S.REFUSED,)),
    "all": Filter(states=HANDED_IN),
}


def find_many(chosen: Filter, *, actor: Actor, at: datetime, on: date, start: int = 0, count: int = 25) -> Page:
    """Return a page of the dossiers that the actor may see and the filter lets through."""
    rows = chosen_rows(chosen, actor=actor, at=at, on=on)
    total = rows[: CAP + 1].count()
    wanted = rows.order_by(*ORDERS.get(chosen.order, ORDERS["danger"]))[start : start + count]
    return Page(tuple(_rows(wanted)), min(total, CAP), total > CAP)


def chosen_rows(chosen: Filter, *, actor: Actor, at: datetime, on: date) -> QuerySet[Dossier]:
    """Return what the actor may see and the filter lets through; inside the room only."""
    rows = access.visible(actor, on).filter(condition(chosen, at), discarded_at__isnull=True)
    if chosen.whose is Whose.MINE:
        rows = rows.filter(id__in=workflow.in_hand(actor, on))
    if chosen.whose is Whose.DONE:
        rows = rows.filter(id__in=workflow.handled(actor))
    return rows


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many dossiers of a list are of one procedure."""

    code: str
    name: str
    count: int


def kinds(chosen: Filter, *, actor: Actor, at: datetime, on: date) -> list[KindCount]:
    """Return the procedures of a list with how many dossiers each has, by name (TT 11/2025 12.2e)."""
    rows = chosen_rows(replace(chosen, procedure=""), actor=actor, at=at, on=on)
    counts = dict(rows.values_list("procedure_code").annotate(count=Count("id")).order_by())
    names = catalog.procedure_names(counts)
    found = [KindCount(code, names[code], count) for code, count in counts.items()]
    return sorted(found, key=lambda one: sort_key(one.name))


def condition(chosen: Filter, at: datetime) -> Q:
    """Return the filter as a condition on dossiers."""
    found = Q()
    for word in search_key(chosen.text).split():
        found &= Q(search_key__contains=word)
    if chosen.states:
        found &= Q(state__in=chosen.states)
    if chosen.procedure:
        found &= Q(procedure_code=chosen.procedure)
    if chosen.channels:
        found &= Q(channel__in=chosen.channels)
    if chosen.from_on:
        found &= Q(submitted_at__date__gte=chosen.from_on)
    if chosen.until_on:
        found &= Q(submitted_at__date__lte=chosen.until_on)
    if chosen.received:
        found &= Q(received_at__isnull=False)
    if chosen.party:
        found &= Q(owner_id=chosen.party) | Q(submitter_id=chosen.party)
    if chosen.overdue:
        found &= Q(due_at__lt=at) & _counting()
    if chosen.near:
        found &= Q(due_at__gte=at, due_at__lt=at + NEAR) & _counting()
    return found


def _counting() -> Q:
    """Not over yet, and not resting in time at the applicant's."""
    asked = Ask.objects.filter(dossier=OuterRef("pk"), kind=AskKind.SUPPLEMENT, confirmed_at__isnull=True)
    late_already = Q(Exists(asked.filter(asked_at__gt=OuterRef("due_at"))))
    return Q(finished_at__isnull=True) & ~Q(state=State.DRAFT) & (~Q(state__in=PAUSED) | late_already)


def recent_procedures(*, actor: Actor, on: date, count: int = 6) -> list[str]:
    """Return the codes of the procedures last typed at the actor's desks, the latest first."""
    rows = access.visible(actor, on).filter(channel__in=TYPED_AT_DESK).order_by("-created_at")
    return list(dict.fromkeys(rows.values_list("procedure_code", flat=True)[:100]))[:count]


def rows_of(dossier_ids: Sequence[UUID], *, actor: Actor, on: date) -> dict[UUID, Row]:
    """Return rows by id for a list that another room ordered (tasks); what may not be seen is absent."""
    return {one.id: one for one in _rows(access.visible(actor, on).filter(id__in=list(dossier_ids)))}


def counters(*, actor: Actor, at: datetime, on: date) -> dict[str, int]:
    """Return the numbers on top of the desk, each the count of its filter in ``COUNTERS`` (TT 11/2025 20)."""
    found = access.visible(actor, on).filter(discarded_at__isnull=True)
    return found.aggregate(
        **{name: Count("id", filter=condition(chosen, at)) for name, chosen in COUNTERS.items()},
    )


def drafts_of(*, actor: Actor, on: date) -> list[Row]:
    """Return the actor's own drafts, the newest first, cancelled ones not."""
    mine = access.visible(actor, on).filter(state=State.DRAFT, discarded_at__isnull=True).order_by("-created_at")
    return _rows(mine[:100])


def cancelled_drafts_of(*, actor: Actor, on: date) -> list[Row]:
    """Return the drafts the actor cancelled, the last first: each can be brought back (TT21-PL2-5.8)."""
    gone = access.visible(actor, on).filter(state=State.DRAFT, discarded_at__isnull=False).order_by("-discarded_at")
    return _rows(gone[:20])


def _rows(wanted: QuerySet[Dossier]) -> list[Row]:
    """A list's lines, in three queries. The status is the state's own: a list does not look at every step."""
    found = list(wanted)
    catalogue = statuses.current_catalogue()
    names = catalog.procedure_names({one.procedure_code for one in found})
    words = {
        state: statuses.status_for(State(state), None, catalogue).officer_words if state != State.DRAFT else ""
        for state in {one.state for one in found}
    }
    return [_row(one, names[one.procedure_code], words[one.state]) for one in found]


def _row(found: Dossier, procedure_name: str, status_words: str) -> Row:
    return Row(
        id=found.id,
        code=found.code or "",
        state=State(found.state),
        procedure_code=found.procedure_code,
        procedure_name=procedure_name,
        owner_name=found.owner_name,
        summary=found.summary,
        channel=ReceptionChannel(found.channel),
        submitted_at=found.submitted_at,
        received_at=found.received_at,
        due_at=found.due_at,
        promised_at=found.promised_at,
        finished_at=found.finished_at,
        status_words=status_words,
        owner_id=found.owner_id,
    )
