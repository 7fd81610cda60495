"""Papers with their previews, the catalogue of statuses with its diagram, calendars by year."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from motcua.channels.studio import words
from motcua.channels.studio.guard import LOOKING, needs, today
from motcua.domain.deadlines import queries as deadlines
from motcua.domain.deadlines.calendars import Calendar, Day
from motcua.domain.documents import queries as documents
from motcua.domain.statuses import queries as statuses
from motcua.foundation.kernel.clocks import now
from motcua.foundation.kernel.errors import Missing
from motcua.foundation.organisation import queries as organisation

YEARS = (1990, 2100)


@require_safe
@needs(*LOOKING)
def papers(request: HttpRequest) -> HttpResponse:
    """List the templates, the newest version of each kind first."""
    return render(request, "studio/papers.html", {"templates": documents.templates()})


@require_safe
@needs(*LOOKING)
def paper(_request: HttpRequest, kind: str) -> HttpResponse:
    """Show a kind of paper with sample data; nothing is issued."""
    return HttpResponse(documents.preview(kind, at=now()), content_type="application/pdf")


@require_safe
@needs(*LOOKING)
def status_catalogue(request: HttpRequest) -> HttpResponse:
    """Show the statuses in force and which may follow which."""
    catalogue = statuses.current_catalogue()
    shown = [catalogue.legal(status.code) for status in catalogue.statuses]
    after = {one.code: sorted(a.target for a in catalogue.arrows if a.source == one.code) for one in shown}
    context = {"version": statuses.current_version(), "statuses": shown, "after": after, "rules": catalogue.rules}
    return render(request, "studio/statuses.html", {**context, "catalogue": catalogue, "words": words})


@require_safe
@needs(*LOOKING)
def calendars(request: HttpRequest) -> HttpResponse:
    """List the calendars."""
    found = deadlines.calendars()
    agencies = organisation.agencies(row.agency_id for row in found if row.agency_id)
    context = {"calendars": found, "agencies": agencies, "names": {row.id: row.name for row in found}}
    return render(request, "studio/calendars.html", {**context, "year": today().year})


@require_safe
@needs(*LOOKING)
def calendar(request: HttpRequest, calendar_id: UUID, year: int) -> HttpResponse:
    """Show a year: every day, and the days that differ."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise Missing(_("Không có lịch của năm này."))
    found, row = deadlines.calendar(calendar_id), next(c for c in deadlines.calendars() if c.id == calendar_id)
    context = {
        "calendar": row,
        "year": year,
        "months": [(date(year, month, 1), _weeks(found, year, month)) for month in range(1, 13)],
        "differing": found.rules_between(date(year - 1, 12, 31), date(year, 12, 31)),
        "working": found.working_between(date(year - 1, 12, 31), date(year, 12, 31)),
        "words": words,
    }
    return render(request, "studio/calendar.html", context)


def _weeks(found: Calendar, year: int, month: int) -> list[list[tuple[date, Day] | None]]:
    """The month by weeks from Monday; None outside it."""
    first, (blank, count) = date(year, month, 1), months.monthrange(year, month)
    days: list[tuple[date, Day] | None] = [None] * blank
    for after in range(count):
        on = first + timedelta(days=after)
        days.append((on, found.day(on)))
    days += [None] * (-len(days) % 7)
    return [days[begin : begin + 7] for begin in range(0, len(days), 7)]
