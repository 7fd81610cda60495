"""My work: counters, one list with the most endangered first, notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from motcua.channels.desk.visit import Visit, visit_of
from motcua.channels.desk.words import COUNTER_TONES, counter_words
from motcua.channels.ui import flash
from motcua.channels.ui.signin.needed import officer_needed
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.types import ClockKind
from motcua.domain.dossiers import access
from motcua.domain.dossiers import queries as dossiers
from motcua.domain.dossiers.types import Row
from motcua.domain.notices import commands as notices
from motcua.domain.notices import queries as notices_of
from motcua.domain.statuses.types import State
from motcua.domain.workflow import queries as workflow
from motcua.foundation.organisation import queries as organisation

MOST = 100  # lines of one's own work on the home page; the lists have pages
LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """A line of my work: a dossier and what is asked of me with it."""

    row: Row
    asked: str
    url: str
    due_at: datetime | None
    started_at: datetime | None
    is_offered: bool = False


@require_safe
@officer_needed
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for this officer."""
    visit = visit_of(request)
    items = my_work(visit)
    visit.log_rows("desk:home", gettext_noop("Xem việc của tôi"), [item.row for item in items])
    serves = access.may_serve(visit.actor, visit.on)
    context = {"items": items, "counters": counters_of(visit), "now": visit.at, "serves": serves, "most": MOST}
    return render(request, "desk/home/home.html", context)


def my_work(visit: Visit) -> list[Item]:
    """Return the tasks of this seat and what waits at its desk, the most endangered first, late ones on top."""
    found = [*_tasks(visit), *(_at_desk(visit) if access.may_serve(visit.actor, visit.on) else ())]
    return sorted(found, key=lambda item: item.due_at or LAST)[:MOST]


def counters_of(visit: Visit) -> list[dict[str, Any]]:
    """Return the counters of TT 11/2025 20, each with the address of exactly its dossiers."""
    numbers = dossiers.counters(actor=visit.actor, at=visit.at, on=visit.on)
    address = reverse("desk:dossiers")
    return [
        {
            "words": words,
            "number": numbers[name],
            "url": f"{address}?nhom={name}",
            "tone": COUNTER_TONES.get(name, "") if numbers[name] else "",
        }
        for name, words in counter_words().items()
    ]


def _tasks(visit: Visit) -> Iterator[Item]:
    if visit.actor.officer_id is None:
        return
    held = organisation.positions_of(visit.actor.officer_id, visit.on)
    seats = [seat for seat in held if seat.position_id == visit.actor.position_id]
    tasks = workflow.tasks_for(seats)[: 2 * MOST]
    rows = dossiers.rows_of([task.subject_id for task in tasks], actor=visit.actor, on=visit.on)
    for task in tasks:
        if (row := rows.get(task.subject_id)) is not None:
            yield Item(
                row=row,
                asked=task.name,
                url=reverse("desk:dossier", args=[row.id]),
                due_at=task.due_at or row.due_at,
                started_at=task.opened_at if task.due_at else row.received_at,
                is_offered=task.officer_id is None,
            )


def _at_desk(visit: Visit) -> Iterator[Item]:
    states = (State.SUBMITTED, State.COMPLETED, State.SUPPLEMENTED)
    chosen = dossiers.Filter(states=states, order="oldest")
    rows = dossiers.find_many(chosen, actor=visit.actor, at=visit.at, on=visit.on, count=MOST).rows
    clocks = deadlines.latest_of([row.id for row in rows], ClockKind.RECEPTION)
    for row in rows:
        if row.state is State.SUPPLEMENTED:
            yield Item(row, _("Xác nhận đã bổ sung đủ"), reverse("desk:dossier", args=[row.id]), None, None)
            continue
        clock = clocks.get(row.id)
        url = reverse("desk:reception_one", args=[row.id])
        due_at, started_at = (clock.due_at, clock.started_at) if clock else (None, None)
        yield Item(row, _("Tiếp nhận hồ sơ"), url, due_at, started_at)


@require_safe
@officer_needed
def notices_page(request: HttpRequest) -> HttpResponse:
    """Show what this officer was told, the newest first."""
    visit = visit_of(request)
    found = notices_of.mine(visit.actor)
    rows = dossiers.rows_of([notice.subject_id for notice in found], actor=visit.actor, on=visit.on)
    visit.log_rows("desk:notices", gettext_noop("Xem thông báo"), rows.values())
    return render(request, "desk/home/notices.html", {"notices": found, "rows": rows})


@require_POST
@officer_needed
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    visit = visit_of(request)
    if notices.mark_read(actor=visit.actor, at=visit.at):
        flash.say(request, _("Đã đánh dấu mọi thông báo là đã đọc."))
    return redirect("desk:notices")
